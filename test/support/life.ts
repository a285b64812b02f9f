/** Random lives of a case: people of the stories' company act, time passes, lines fail, workers go away. */
import fc from './random';
import { COMMANDS, type CommandName } from '../../workflows/core/language/inputs';
import { ROLES, type Role } from '../../workflows/core/language/vocabulary';
import { type Line, type Phones, roleOf } from './org';
import { anythingAtAll } from './corruption';
import { completeAnswers } from './story';
import type { Simulation } from './simulation';

export type Act =
  | {
      readonly kind: 'command';
      readonly name: CommandName;
      readonly input: Record<string, unknown>;
      readonly page: number;
      /** It says that it happened so long ago, in milliseconds. */
      readonly ago?: number;
      /** Done by this one of those who are asked something at that moment. */
      readonly asked?: number;
    }
  | { readonly kind: 'noise'; readonly name: CommandName; readonly input: unknown }
  | { readonly kind: 'pass' | 'outage'; readonly ms: number }
  | { readonly kind: 'line'; readonly person: string; readonly line: Line }
  | { readonly kind: 'away'; readonly person: string; readonly delegate: string | undefined; readonly ms: number };

const MINUTE = 60_000;
const staff = ['lee', 'kim', 'maier', 'ana', 'ben', 'vera', 'dora', 'dirk'] as const;
const everybody = [...staff, 'maria', 'pat', 'quinn', 'desk', 'crm'] as const;
/** Names that neither the case nor the directory knows, and what they say they are; one is a letter away from another. */
const STRANGERS: Readonly<Record<string, Role>> = { zed: 'MANAGER', bem: 'ENGINEER' };
export const strangers = Object.keys(STRANGERS);
/** Of the company, and seldom asked: a case comes to know them when they come. */
const others = ['sato', 'smith', 'jones', 'eve', 'rita'] as const;
const person = fc.oneof(
  { weight: 13, arbitrary: fc.constantFrom(...everybody) },
  { weight: 1, arbitrary: fc.constantFrom(...strangers, ...others) },
);
const text = fc.constantFrom('Restarted it.', 'Nobody called us.', '停机', 'x');

const own: Partial<Record<CommandName, fc.Arbitrary<Record<string, unknown>>>> = {
  changeSeverity: fc.record({
    severity: fc.constantFrom(0, 0, 1, 2, 3),
    reason: fc.option(text, { nil: undefined }),
    customerAgreed: fc.option(fc.boolean(), { nil: undefined }),
    eDown: fc.option(
      fc.constantFrom(
        completeAnswers(),
        { ...completeAnswers(), affectedUsers: 900 },
        { ...completeAnswers(), contactChanges: [{ name: 'quinn', reach: 'ON_SITE' }] },
      ),
      { nil: undefined },
    ),
  }),
  requestEDown: fc.record({ withdraw: fc.boolean() }),
  escalate: fc.record({
    dissatisfaction: fc.option(text, { nil: undefined }),
    level: fc.constantFrom(undefined, undefined, 'M1', 'M2'),
  }),
  acknowledge: fc.record({ means: fc.constantFrom(undefined, undefined, 'LINK', 'SMS') }),
  decline: fc.record({ reason: fc.option(text, { nil: undefined }) }),
  confirmStaffing: fc.constant({ staff: ['lee'] }),
  recordCustomerContact: fc.record({
    how: fc.constant('PHONE'),
    outcome: fc.constantFrom('REACHED', 'NO_ANSWER'),
    summary: text,
  }),
  confirmResources: fc.constant({
    plan: ['lee', 'kim', 'ana', 'ben', 'vera', 'dora'].map((who) => ({ who, task: 'help' })),
  }),
  linkSpr: fc.constant({ sprNumber: 'SPR123456' }),
  escalateSpr: fc.constant({ sprNumber: 'SPR123456', reason: 'needed' }),
  recordSprStatus: fc.record({ sprNumber: fc.constant('SPR123456'), status: fc.constantFrom('SUBMITTED', 'RESOLVED') }),
  deEscalate: fc.record({ reason: text, customerAgreed: fc.boolean() }),
  recordTransfer: fc.record({ outcome: fc.constantFrom('CONNECTED', 'UNREACHABLE') }),
  recordProgress: fc.record({ summary: text, substantive: fc.boolean() }),
  stepDown: fc.record({ reason: text, customerAgreed: fc.boolean() }),
  updateContacts: fc.constantFrom(
    { remove: ['pat'] },
    { add: [{ name: 'quinn', reach: 'ON_SITE', english: true, knowsSoftware: true, knowsEnvironment: true }] },
  ),
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
const OFTEN: readonly CommandName[] = [
  'changeSeverity',
  'escalate',
  'acknowledge',
  'acknowledge',
  'decline',
  'acceptEscalation',
  'recordProgress',
  'confirmWorkableSystem',
  'deEscalate',
];

/** Somebody calls, and it is entered for them; a service says that somebody wants it, which makes it nobody's but its own. */
const entered = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ by: 'desk', role: 'ASSISTANT', channel: 'PHONE' }) },
  { weight: 1, arbitrary: fc.constant({ by: 'crm', role: 'SERVICE', channel: 'PHONE' }) },
);

const AGO = [MINUTE, 20 * MINUTE, 3 * 60 * MINUTE] as const;

/** What somebody is asked says who they are: they need not say it (H10). */
const isAnswer = (name: CommandName): boolean => name === 'acknowledge' || name === 'decline';

export type Command = Extract<Act, { kind: 'command' }>;

export const commandOf = (
  names: readonly CommandName[],
  whoever: fc.Arbitrary<string> = person,
  as?: Role,
): fc.Arbitrary<Command> =>
  fc.constantFrom(...names.filter((name) => name !== 'adoptPolicy')).chain((name) =>
    fc
      .record({
        kind: fc.constant('command' as const),
        name: fc.constant(name),
        page: fc.integer({ min: 0, max: 5 }),
        ago: fc.oneof(
          { weight: 9, arbitrary: fc.constant(undefined) },
          { weight: 1, arbitrary: fc.constantFrom(...AGO) },
        ),
        input: fc
          .tuple(
            whoever,
            own[name] ?? fc.constant({}),
            fc.oneof(
              { weight: 12, arbitrary: fc.constant('THEIR_OWN' as const) },
              { weight: 1, arbitrary: fc.constantFrom(...ROLES) },
              { weight: isAnswer(name) ? 12 : 0, arbitrary: fc.constant(undefined) },
            ),
            fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: entered }),
          )
          .map(([by, fields, role, forThem]) =>
            forThem
              ? { ...fields, ...forThem, requestedBy: by }
              : { ...fields, by, role: as ?? (role === 'THEIR_OWN' ? (STRANGERS[by] ?? roleOf(by)) : role) },
          ),
      })
      .map(({ ago, ...act }) => (ago === undefined ? act : { ...act, ago })),
  );

/** By somebody who is asked something when it is done: what they do then matters most. */
export const byWhoIsAsked = (names: readonly CommandName[]): fc.Arbitrary<Command> =>
  fc.tuple(commandOf(names), fc.nat(5)).map(([act, asked]) => ({ ...act, asked }));

export const acts = (minLength: number, maxLength: number): fc.Arbitrary<Act[]> =>
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: commandOf(OFTEN) },
      { weight: 3, arbitrary: commandOf(COMMANDS) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('noise' as const),
          name: fc.constantFrom(...COMMANDS),
          input: anythingAtAll(),
        }),
      },
      {
        weight: 5,
        arbitrary: fc.record({
          kind: fc.constant('pass' as const),
          ms: fc.constantFrom(1, MINUTE, 10 * MINUTE, 15 * MINUTE, 31 * MINUTE, 3 * 60 * MINUTE, 26 * 60 * MINUTE),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('outage' as const),
          ms: fc.constantFrom(20 * MINUTE, 6 * 60 * MINUTE),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('line' as const),
          person: fc.constantFrom(...staff),
          line: fc.constantFrom<Line>('ok', 'down', 'retries', 'rejects'),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('away' as const),
          person: fc.constantFrom(...staff),
          delegate: fc.constantFrom(undefined, 'kim', 'vera', 'dirk'),
          ms: fc.constantFrom(60 * MINUTE, 24 * 60 * MINUTE),
        }),
      },
    ),
    { minLength, maxLength },
  );

/** What the customer does, so that much is asked, and short waits. */
const stir: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: commandOf(['changeSeverity', 'escalate', 'requestManagerContact'], fc.constant('maria')) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(MINUTE, 10 * MINUTE, 31 * MINUTE),
    }),
  },
);

/** Lives in which this happens often, to a case that asks for much. */
export const livesWith = (often: fc.Arbitrary<Act>): fc.Arbitrary<Act[]> =>
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: often },
      { weight: 3, arbitrary: stir },
      { weight: 3, arbitrary: acts(1, 1).map(([act]) => act as Act) },
    ),
    { minLength: 12, maxLength: 30 },
  );

/** Of the youngest pages; the others answer without naming one. */
const NAMED_PAGES = 4;

export const namesAPage = ({ name, page }: Command): boolean => isAnswer(name) && page < NAMED_PAGES;

function whoIsAsked({ state }: Simulation, { asked, input }: Command): Record<string, unknown> {
  const people = state.pages.flatMap(({ person, says }) => (person !== null && says.length > 0 ? [person] : []));
  const by = asked === undefined ? undefined : people[asked % people.length];
  if (by === undefined) return {};
  return input['requestedBy'] === undefined ? { by, role: roleOf(by) } : { requestedBy: by };
}

/** Does one act; an answer that names a page names one of the youngest. */
export function live(simulation: Simulation, phones: Phones, act: Act): ReturnType<Simulation['give']> | undefined {
  switch (act.kind) {
    case 'command': {
      const occurredAt = act.ago === undefined ? {} : { occurredAt: new Date(simulation.now - act.ago).toISOString() };
      const pageId = simulation.state.pages.at(-1 - act.page)?.pageId ?? 'none';
      const whose = { ...act.input, ...whoIsAsked(simulation, act) };
      return simulation.give(act.name, { ...whose, ...occurredAt, ...(namesAPage(act) && { pageId }) });
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
      phones.away(act.person, {
        from: simulation.now,
        to: simulation.now + act.ms,
        ...(act.delegate !== undefined && { delegate: act.delegate }),
      });
      return undefined;
    default:
      return act satisfies never;
  }
}
