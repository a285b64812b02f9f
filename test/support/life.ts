/** Random lives of a case: people of the stories' company act, time passes, lines fail, workers go away. */
import fc from 'fast-check';
import { COMMANDS, type CommandName } from '../../workflows/case/inputs';
import { ROLES } from '../../workflows/case/vocabulary';
import { roleOf, type Line } from './org';
import { anythingAtAll } from './corruption';
import { completeAnswers } from './story';
import type { Simulation } from './simulation';
import type { Phones } from './org';

export type Act =
  | { readonly kind: 'command'; readonly name: CommandName; readonly input: Record<string, unknown>; readonly page: number }
  | { readonly kind: 'noise'; readonly name: CommandName; readonly input: unknown }
  | { readonly kind: 'pass' | 'outage'; readonly ms: number }
  | { readonly kind: 'line'; readonly person: string; readonly line: Line }
  | { readonly kind: 'away'; readonly person: string; readonly delegate: string | undefined; readonly ms: number };

const MINUTE = 60_000;
const staff = ['lee', 'kim', 'maier', 'ana', 'ben', 'vera', 'dora', 'dirk'] as const;
const everybody = [...staff, 'maria', 'pat', 'quinn', 'desk', 'crm'] as const;
const person = fc.constantFrom(...everybody);
const text = fc.constantFrom('Restarted it.', 'Nobody called us.', '停机', 'x');

const own: Partial<Record<CommandName, fc.Arbitrary<Record<string, unknown>>>> = {
  changeSeverity: fc.record({
    severity: fc.constantFrom(0, 0, 1, 2, 3),
    reason: fc.option(text, { nil: undefined }),
    customerAgreed: fc.option(fc.boolean(), { nil: undefined }),
    eDown: fc.option(fc.constantFrom(completeAnswers(), { ...completeAnswers(), affectedUsers: 900 }, { ...completeAnswers(), contactChanges: [{ name: 'quinn', reach: 'ON_SITE' }] }), { nil: undefined }),
  }),
  requestEDown: fc.record({ withdraw: fc.boolean() }),
  escalate: fc.record({ dissatisfaction: fc.option(text, { nil: undefined }), level: fc.constantFrom(undefined, undefined, 'M1', 'M2') }),
  acknowledge: fc.record({}),
  confirmStaffing: fc.constant({ staff: ['lee'] }),
  recordCustomerContact: fc.record({ how: fc.constant('PHONE'), outcome: fc.constantFrom('REACHED', 'NO_ANSWER'), summary: text }),
  confirmResources: fc.constant({ plan: ['lee', 'kim', 'ana', 'ben', 'vera', 'dora'].map((who) => ({ who, task: 'help' })) }),
  linkSpr: fc.constant({ sprNumber: 'SPR123456' }),
  escalateSpr: fc.constant({ sprNumber: 'SPR123456', reason: 'needed' }),
  recordSprStatus: fc.record({ sprNumber: fc.constant('SPR123456'), status: fc.constantFrom('SUBMITTED', 'RESOLVED') }),
  deEscalate: fc.record({ reason: text, customerAgreed: fc.boolean() }),
  recordTransfer: fc.record({ outcome: fc.constantFrom('CONNECTED', 'UNREACHABLE') }),
  recordProgress: fc.record({ summary: text, substantive: fc.boolean() }),
  stepDown: fc.record({ reason: text, customerAgreed: fc.boolean() }),
  updateContacts: fc.constantFrom({ remove: ['pat'] }, { add: [{ name: 'quinn', reach: 'ON_SITE', english: true, knowsSoftware: true, knowsEnvironment: true }] }),
  requestContactAction: fc.record({ kind: fc.constant('TEST'), what: text }),
  completeContactAction: fc.constant({ actionId: 'C1000001-A1', result: 'done' }),
  handOver: fc.record({ to: fc.constantFrom('lee', 'kim', 'smith'), state: text, tried: text, nextStep: text }),
  assignEngineer: fc.record({ engineer: fc.constantFrom('lee', 'kim', 'sato') }),
  reviewEDown: fc.record({ verdict: fc.constant('CONFIRMED'), note: text }),
  updateEntitlement: fc.record({ activeSupport: fc.boolean(), enterprise: fc.constant(true) }),
  closeCase: fc.record({ resolution: text, customerAgreed: fc.boolean() }),
  reopenCase: fc.record({ reason: text }),
};

/** Commands that move the case; the others come as often as they come. */
const OFTEN: readonly CommandName[] = ['changeSeverity', 'escalate', 'acknowledge', 'acknowledge', 'acceptEscalation', 'recordProgress', 'confirmWorkableSystem', 'deEscalate'];

export const commandOf = (names: readonly CommandName[]): fc.Arbitrary<Extract<Act, { kind: 'command' }>> =>
  fc.constantFrom(...names.filter((name) => name !== 'adoptPolicy')).chain((name) =>
    fc.record({
      kind: fc.constant('command' as const),
      name: fc.constant(name),
      page: fc.integer({ min: 0, max: 5 }),
      input: fc.tuple(person, own[name] ?? fc.constant({}), fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...ROLES) })).map(([by, fields, role]) => ({ ...fields, by, role: role ?? roleOf(by) })),
    }),
  );

export const acts = (minLength: number, maxLength: number): fc.Arbitrary<Act[]> =>
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: commandOf(OFTEN) },
      { weight: 3, arbitrary: commandOf(COMMANDS) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('noise' as const), name: fc.constantFrom(...COMMANDS), input: anythingAtAll() }) },
      { weight: 5, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1, MINUTE, 10 * MINUTE, 15 * MINUTE, 31 * MINUTE, 3 * 60 * MINUTE, 26 * 60 * MINUTE) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('outage' as const), ms: fc.constantFrom(20 * MINUTE, 6 * 60 * MINUTE) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('line' as const), person: fc.constantFrom(...staff), line: fc.constantFrom<Line>('ok', 'down', 'rejects') }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('away' as const), person: fc.constantFrom(...staff), delegate: fc.constantFrom(undefined, 'kim', 'vera', 'dirk'), ms: fc.constantFrom(60 * MINUTE, 24 * 60 * MINUTE) }) },
    ),
    { minLength, maxLength },
  );

/** Does one act; a command's page is one of those that are open now. */
export function live(simulation: Simulation, phones: Phones, act: Act): ReturnType<Simulation['give']> | undefined {
  switch (act.kind) {
    case 'command': {
      const open = simulation.state.pages.slice(-6);
      const page = open[act.page % Math.max(1, open.length)];
      return simulation.give(act.name, act.name === 'acknowledge' ? { ...act.input, pageId: page?.pageId ?? 'none' } : act.input);
    }
    case 'noise':
      return simulation.give(act.name, act.input);
    case 'pass':
      simulation.pass(act.ms);
      return undefined;
    case 'outage':
      simulation.outage(act.ms);
      return undefined;
    case 'line':
      phones.lines.set(act.person, act.line);
      return undefined;
    case 'away':
      phones.away(act.person, { from: simulation.now, to: simulation.now + act.ms, ...(act.delegate !== undefined && { delegate: act.delegate }) });
      return undefined;
    default:
      return act satisfies never;
  }
}
