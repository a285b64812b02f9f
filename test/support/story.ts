/**
 * Stories: commands and the passing of time above the line, what happened and who was paged below it.
 * A story is run against the real decider and the real look-ups; only the clock and the telephone lines are the test's.
 */
import type { CaseEvent } from '../../workflows/core/language/events';
import { en } from '../../workflows/core/words/en';
import { isQuiet } from '../../workflows/core/language/quiet';
import { COMMANDS, type CommandName } from '../../workflows/core/language/inputs';
import type { PageNews } from '../../workflows/core/language/page';
import type { CaseOpening } from '../../workflows/core/language/opening';
import type { CasePolicy } from '../../workflows/core/language/policy';
import type { Channel } from '../../activities/directory/types';
import { Phones, roleOf, type Line } from './org';
import { Simulation } from './simulation';

const DAY_MS = 86_400_000;
const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const ms = (text: string): number =>
  [...text.matchAll(/(\d+)(ms|s|m|h|d)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS],
    0,
  );

/** `key=value` and `key="several words"`; `a.b=1` sets a field inside; `x=[..]` and `x={..}` are JSON. */
function fieldsOf(words: readonly string[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const word of words) {
    const cut = word.indexOf('=');
    const path = word.slice(0, cut).split('.');
    const leaf = path.pop() ?? '';
    const target = path.reduce<Record<string, unknown>>(
      (at, key) => (at[key] ??= {}) as Record<string, unknown>,
      fields,
    );
    const value = valueOf(word.slice(cut + 1));
    if (value === undefined) delete target[leaf];
    else target[leaf] = value;
  }
  return fields;
}

function valueOf(text: string): unknown {
  if (text === '-') return undefined;
  if (/^(true|false|-?\d+(\.\d+)?|[[{"].*)$/s.test(text)) return JSON.parse(text);
  return text;
}

/** Cuts at spaces, but not inside quotes, lists or objects. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word = '';
  let depth = 0;
  let quoted = false;
  for (const mark of line) {
    if (mark === '"') quoted = !quoted;
    if (!quoted && '[{'.includes(mark)) depth += 1;
    if (!quoted && ']}'.includes(mark)) depth -= 1;
    if (mark !== ' ' || quoted || depth > 0) word += mark;
    else if (word !== '') {
      words.push(word);
      word = '';
    }
  }
  return word === '' ? words : [...words, word];
}

/** All answers as they should be; a story changes the one it is about. */
export const completeAnswers = () => ({
  category: 'MOST_USERS_NO_ACCESS' as const,
  totalUsers: 400,
  affectedUsers: 380,
  actionsTaken: 'Restarted the server twice.',
  contactChanges: 'none' as const,
  downForMinutes: 20,
  allProductionStopped: true,
  confirmGenuine: true,
  technicalContact: {
    name: 'pat',
    reach: 'PAGER' as const,
    number: '+1 555 0199',
    english: true,
    knowsSoftware: true,
    knowsEnvironment: true,
  },
});

function merge(base: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const nested =
      typeof value === 'object' && value !== null && !Array.isArray(value) && typeof base[key] === 'object';
    if (value === 'omitted') delete merged[key];
    else merged[key] = nested ? merge(base[key] as Record<string, unknown>, value as Record<string, unknown>) : value;
  }
  return merged;
}

/** `eDown=complete` stands for all answers; `eDown.totalUsers=0` changes one of them, `omitted` leaves it out. */
function withAnswers(fields: Record<string, unknown>): Record<string, unknown> {
  const { eDown, ...rest } = fields;
  if (eDown === undefined || eDown === 'absent') return rest;
  return {
    ...rest,
    eDown: eDown === 'complete' ? completeAnswers() : merge(completeAnswers(), eDown as Record<string, unknown>),
  };
}

/** What else such a channel has in a directory. */
const ADDRESSES: Readonly<Record<string, object>> = {
  webhook: { url: 'http://phone' },
  voice: { number: '+15550111' },
  sms: { number: '+15550111' },
};

export class Story {
  readonly phones = new Phones();
  private simulation: Simulation | undefined;

  constructor(
    private readonly policy: (over: Record<string, unknown>) => CasePolicy,
    private start = Date.parse('2026-11-24T09:00:00Z'),
    private over: Record<string, unknown> = {},
  ) {}

  /** Nothing where the opening was refused. */
  get opened(): Simulation | undefined {
    return this.simulation;
  }

  get case(): Simulation {
    if (!this.simulation) throw new Error('a story opens a case first');
    return this.simulation;
  }

  /** One line of what people and the clock do; gives the lines of what came of it. */
  run(line: string): string[] {
    const [verb = '', ...words] = wordsOf(line);
    switch (verb) {
      case 'at':
        this.start = Date.parse(words[0] ?? '');
        return [];
      case 'policy':
        this.over = { ...this.over, ...fieldsOf(words) };
        return [];
      case 'open':
        return this.open(words);
      case 'wait':
        return this.told(this.case.pass(ms(words.join(''))));
      case 'outage':
        return this.told(this.case.outage(ms(words.join(''))));
      case 'line':
        this.phones.lines.set(words.slice(0, -1).join(' ').replaceAll('"', ''), words.at(-1) as Line);
        return [];
      case 'away': {
        const { from, to, delegate } = fieldsOf(words.slice(1)) as Record<string, string>;
        this.phones.away(words[0] ?? '', {
          from: Date.parse(from ?? '1970-01-01'),
          to: Date.parse(to ?? '2100-01-01'),
          ...(delegate !== undefined && { delegate }),
        });
        return [];
      }
      case 'channels':
        this.phones.change(words[0] ?? '', {
          channels: words.slice(1).map((kind) => ({ kind, ...ADDRESSES[kind] }) as Channel),
        });
        return [];
      case 'chart': {
        const { manager } = fieldsOf(words.slice(1)) as Record<string, string>;
        this.phones.change(words[0] ?? '', { manager: manager as string });
        return [];
      }
      case 'directory':
        this.phones.set(fieldsOf(words));
        return [];
      case 'cancel':
        return this.told(this.case.cancel());
      case 'news':
        return this.news(words);
      case 'show':
        return [
          JSON.stringify(words.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], this.case.view)),
        ];
      default:
        return this.command(verb, words);
    }
  }

  private open(words: readonly string[]): string[] {
    const [caseNumber = 'C1000001', ...rest] = words;
    const fields = withAnswers(fieldsOf(rest));
    const by = typeof fields['by'] === 'string' ? fields['by'] : 'maria';
    const { activeSupport = true, enterprise = true, accountActive, ...own } = fields;
    const opening = {
      caseNumber,
      title: 'MES down',
      severity: 2,
      environment: 'PRODUCTION',
      by,
      role: roleOf(by),
      customer: {
        number: '1001',
        name: 'Acme',
        activeSupport,
        enterprise,
        ...(accountActive !== undefined && { accountActive }),
      },
      ...own,
    };
    try {
      this.simulation = new Simulation(
        opening as unknown as CaseOpening,
        this.policy(this.over),
        this.phones,
        this.start,
      );
    } catch (error) {
      return [`refused ${(error as Error).message}`];
    }
    return this.told(this.simulation.events);
  }

  /** `news ana webhook page=2 FAILED reason=busy`: what a provider tells later of a message that it had taken. */
  private news([person = '', channel = '', ...words]: readonly string[]): string[] {
    const {
      page,
      attempt = 1,
      reason,
    } = fieldsOf(words.filter((word) => word.includes('='))) as {
      page: number;
      attempt?: number;
      reason?: string;
    };
    const news = words.find((word) => !word.includes('=')) as PageNews['news'];
    const pageId = `${this.case.state.caseNumber}-${page}`;
    return this.told(
      this.case.tell({ pageId, attempt, person, channel, news, ...(reason !== undefined && { reason }) }),
    );
  }

  private command(name: string, words: readonly string[]): string[] {
    if (!(COMMANDS as readonly string[]).includes(name)) throw new Error(`a story does not know "${name}"`);
    const fields = withAnswers(fieldsOf(words));
    const by = typeof fields['by'] === 'string' ? fields['by'] : '';
    const page = fields['page'];
    delete fields['page'];
    const input = {
      role: roleOf(by),
      ...fields,
      ...(page !== undefined && { pageId: `${this.case.state.caseNumber}-${page as number}` }),
    };
    const { refusal, answer, events } = this.case.give(name as CommandName, input);
    return [
      ...this.told(events),
      ...(refusal ? [`refused ${refusal.code}: ${refusal.message}`] : []),
      ...(answer?.notes ?? []).map((note) => `note: ${note}`),
      ...(answer && events.length === 0 ? ['nothing happens'] : []),
    ];
  }

  /** Requested pages are told by what became of them. */
  private told(events: readonly CaseEvent[]): string[] {
    return events.filter((event) => !isQuiet(event)).map((event) => `${this.time(event.at)}  ${en.event(event)}`);
  }

  /** Of the first day the time alone, then with the days since. */
  private time(at: string): string {
    const days = Math.floor(Date.parse(at) / DAY_MS) - Math.floor(this.start / DAY_MS);
    return `${days > 0 ? `+${days}d ` : ''}${at.slice(11, 16)}`;
  }

  /** The case as a desk sees it, at the end of each part. */
  standing(): string {
    if (!this.simulation) return '';
    const { severity, level, escalation, emergency, status, attention, owners } = this.case.view;
    return [
      `severity ${severity}`,
      level === 'NORMAL'
        ? 'NORMAL'
        : `${level} ${escalation.status ?? ''}${escalation.owner === null ? '' : ` by ${escalation.owner}`}`,
      ...(emergency === 'NONE' ? [] : [`emergency ${emergency}`]),
      ...(status === 'CLOSED' ? ['CLOSED'] : []),
      `engineer ${owners.engineer ?? 'nobody'}`,
      attention.length === 0 ? 'green' : attention.join(' '),
    ].join(' · ');
  }
}

/** The parts of a story, each with what is done in it. */
function partsOf(text: string): { readonly above: string; readonly acts: readonly string[] }[] {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((block) => {
      const [above = ''] = block.split(/^----$/m);
      const acts = above.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
      return { above: above.trim(), acts: acts.map((line) => line.trim()) };
    });
}

/** Runs a story's text and gives it back as it is now: equal to the text when the story still holds. */
export function tell(text: string, policy: (over: Record<string, unknown>) => CasePolicy): string {
  const story = new Story(policy);
  const out = partsOf(text).map(({ above, acts }) => {
    if (acts.length === 0) return above;
    const below = acts.flatMap((act) => story.run(act));
    return [above, '----', ...below, `= ${story.standing()}`].join('\n');
  });
  return `${out.join('\n\n')}\n`;
}

/** The case of a story at its end: everything that has happened in it. */
export function lived(text: string, policy: (over: Record<string, unknown>) => CasePolicy): Simulation | undefined {
  const story = new Story(policy);
  for (const { acts } of partsOf(text)) for (const act of acts) story.run(act);
  return story.opened;
}
