/** Every example of `tocsin help` is pasted, as its line stands there, in a case of examples/acme where it fits, and is taken. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { commandHelp, type FieldHelp } from '../../cli/command-help';
import { renderCommandHelp } from '../../cli/render/command-help';
import { painter } from '../../cli/render/text';
import { COMMANDS, type CommandName, type Input } from '../../workflows/core/language/inputs';
import type { CaseOpening } from '../../workflows/core/language/opening';
import { loadConfig } from '../../worker/config';
import { Phones } from '../support/org';
import { Simulation } from '../support/simulation';

const acme = loadConfig('examples/acme', {});
const from = (file: string): unknown => JSON.parse(readFileSync(`examples/acme/${file}`, 'utf8'));
const eDown = from('e-down.json') as Input<'changeSeverity'>['eDown'] & object;
const screen = { now: 0, paint: painter(false), width: 80 };

class AcmeCase extends Simulation {
  constructor() {
    const opening = from('opening.json') as CaseOpening;
    super(opening, acme.policy, new Phones(acme.directory), Date.parse('2026-11-24T03:00:00Z'));
  }

  eDown(): this {
    this.do('changeSeverity', { by: 'maria', role: 'CUSTOMER', severity: 0, eDown });
    return this;
  }

  over(): this {
    this.do('confirmWorkableSystem', { by: 'pat', role: 'CONTACT' });
    return this;
  }

  m1(): this {
    this.do('escalate', { by: 'maria', role: 'CUSTOMER' });
    this.do('acceptEscalation', { by: 'mgr-ana' });
    return this;
  }

  m2(): this {
    this.m1();
    // A wish that comes again at once is the same wish.
    this.pass(3_600_000);
    this.do('escalate', { by: 'maria', role: 'CUSTOMER', dissatisfaction: 'Nobody called us.' });
    this.do('acceptEscalation', { by: 'mgr-ben' });
    this.do('acknowledge', { by: 'eng-lee' });
    return this;
  }

  spr(): this {
    this.m1().do('linkSpr', { by: 'eng-lee', role: 'ENGINEER', sprNumber: 'SPR123456' });
    return this;
  }

  progress(): this {
    this.do('recordProgress', { by: 'eng-lee', role: 'ENGINEER', summary: 'A rebuild runs.', substantive: true });
    return this;
  }

  closed(): this {
    this.do('closeCase', { by: 'eng-lee', role: 'ENGINEER', resolution: 'Rebuilt.', customerAgreed: true });
    return this;
  }

  asksPat(): this {
    this.eDown().do('requestContactAction', { by: 'eng-lee', role: 'ENGINEER', kind: 'TEST', what: 'Log in.' });
    return this;
  }

  handsOver(): this {
    const written = { to: 'eng-kim', state: 'It runs.', tried: 'A restart.', nextStep: 'Check.' };
    this.eDown().do('handOver', { by: 'eng-lee', ...written });
    return this;
  }
}

const asOpened = (): AcmeCase => new AcmeCase();
const inEDown = (): AcmeCase => asOpened().eDown();
const anyTime = [asOpened, inEDown, () => asOpened().m2()];

/** Each state in which somebody would paste it. */
const fits: Readonly<Record<CommandName, readonly (() => AcmeCase)[]>> = {
  changeSeverity: [asOpened],
  requestEDown: [...anyTime, () => asOpened().closed()],
  escalate: [asOpened, inEDown],
  acceptEscalation: [
    () => {
      const c = asOpened();
      c.do('escalate', { by: 'maria', role: 'CUSTOMER' });
      return c;
    },
  ],
  acknowledge: [asOpened, inEDown],
  decline: [asOpened, inEDown],
  confirmStaffing: [() => asOpened().m1()],
  recordCustomerContact: anyTime,
  confirmResources: [() => asOpened().m2()],
  linkSpr: anyTime,
  escalateSpr: [() => asOpened().spr()],
  recordSprStatus: [() => asOpened().spr()],
  deEscalate: [() => asOpened().m1()],
  requestManagerContact: [...anyTime, () => asOpened().closed()],
  recordTransfer: [() => asOpened().m1()],
  recordProgress: anyTime,
  confirmWorkableSystem: [inEDown],
  stepDown: [() => inEDown().progress()],
  updateContacts: anyTime,
  requestContactAction: [inEDown],
  completeContactAction: [() => asOpened().asksPat()],
  handOver: [asOpened, inEDown],
  acceptHandOver: [() => asOpened().handsOver()],
  assignEngineer: anyTime,
  reviewEDown: [() => inEDown().over()],
  updateEntitlement: anyTime,
  adoptPolicy: anyTime,
  closeCase: [asOpened],
  reopenCase: [() => asOpened().closed()],
};

/** What a shell makes of the line: its words. */
function wordsOf(line: string): string[] {
  const printed = execFileSync('sh', ['-c', `tocsin() { printf '%s\\n' "$@"; }; ${line}`], { encoding: 'utf8' });
  return printed.trimEnd().split('\n');
}

/** The messages of the lines that help shows, as `tocsin case do` reads them. */
function pasted(name: CommandName): object[] {
  const lines = renderCommandHelp(commandHelp(name), screen).split('\n');
  const typed = lines.filter((line) => line.startsWith('  tocsin case do '));
  return typed.map((line) => {
    const words = wordsOf(line);
    const flag = (of: string): string | undefined => words[words.indexOf(of) + 1 || words.length];
    expect(words.slice(0, 4)).toEqual(['case', 'do', 'C1234567', name]);
    const input = flag('--input') ?? '{}';
    const own =
      input === '@policy.json' ? { policy: { ...acme.policy, version: 'next' } } : (JSON.parse(input) as object);
    const role = flag('--role');
    return { by: flag('--by'), ...(role !== undefined && { role }), ...own };
  });
}

const examples = COMMANDS.flatMap((name) => pasted(name).map((message, nth) => ({ name, nth: nth + 1, message })));

test.each(examples)('$name, example $nth, is taken wherever it fits', ({ name, message }) => {
  for (const state of fits[name]) {
    const { refusal } = state().give(name, message);
    expect(refusal).toBeUndefined();
  }
});

describe('an E-Down can be declared by what help says', () => {
  const declared = examples.filter(({ name, message }) => name === 'changeSeverity' && 'eDown' in message);
  const [{ message } = { message: {} }] = declared;
  const answers: Record<string, unknown> = (message as { readonly eDown: Record<string, unknown> }).eDown;
  const { fields } = commandHelp('changeSeverity');
  const childrenOf = (of: readonly FieldHelp[], name: string): readonly FieldHelp[] =>
    of.find((field) => field.name === name)?.fields ?? [];
  const told = childrenOf(fields, 'eDown');
  const refusedWith = (changed: Record<string, unknown>): string | undefined =>
    asOpened().give('changeSeverity', { by: 'maria', role: 'CUSTOMER', severity: 0, eDown: changed }).refusal?.code;
  const without = (of: Record<string, unknown>, name: string): Record<string, unknown> =>
    Object.fromEntries(Object.entries(of).filter(([key]) => key !== name));

  test('its example declares one, and is the file that README gives', () => {
    const c = asOpened();
    c.give('changeSeverity', message);
    expect(c.view.emergency).toBe('ACTIVE');
    expect(answers).toEqual(eDown);
  });

  test('every answer is told, with its codes and its range', () => {
    const shown = renderCommandHelp(commandHelp('changeSeverity'), screen);
    for (const name of Object.keys(answers)) expect(told.map((field) => field.name)).toContain(name);
    expect(shown).toMatch(/^ {4}category .*MOST_USERS_NO_ACCESS \|/m);
    expect(shown).toMatch(/SERVER_PERFORMANCE_LOSS/);
    expect(shown).toMatch(/^ {4}productivityLossPct .*0 to 100/m);
    expect(shown).toMatch(/^ {4}totalUsers +whole number, 1 to 100000000/m);
    expect(shown).toMatch(/^ {6}reach +ON_SITE \| PAGER/m);
  });

  test('what is not called optional must be there, and what is may be left out', () => {
    const SINCE = ['downSince', 'downForMinutes'];
    for (const { name, isRequired } of told) {
      const left = SINCE.includes(name) ? SINCE.reduce(without, answers) : without(answers, name);
      expect({ name, isRefused: refusedWith(left) !== undefined }).toEqual({ name, isRefused: isRequired });
    }
    // Either says since when: help names each beside the other.
    const since = { ...without(answers, 'downForMinutes'), downSince: '2026-11-24T02:40:00Z' };
    expect(refusedWith(since)).toBeUndefined();
    for (const name of SINCE) expect(told.find((field) => field.name === name)?.is).toMatch(/; or down/);
  });

  test('nor can the contact do without what help demands of them', () => {
    const contact = answers['technicalContact'] as Record<string, unknown>;
    for (const { name, isRequired, is } of childrenOf(told, 'technicalContact')) {
      const isRefused = refusedWith({ ...answers, technicalContact: without(contact, name) }) !== undefined;
      const isDemanded = isRequired || /where reach is PAGER/.test(is);
      expect({ name, isRefused }).toEqual({ name, isRefused: isDemanded });
    }
  });
});
