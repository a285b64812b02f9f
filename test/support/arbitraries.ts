/** Valid messages with values as they occur in life, for property tests: `validOpening()`, `validInput('escalate')`. */
import fc from './random';
import type { CaseOpening, CommandName, Input } from '../../workflows/messages';
import type { Contact, EDownAnswers } from '../../workflows/core/language/opening';
import { wellFormed } from '../../workflows/core/language/text';
import type { CasePolicy } from '../../workflows/core/language/policy';
import {
  CHANNELS,
  CONTACT_ACTION_KINDS,
  E_DOWN_CATEGORIES,
  ENVIRONMENTS,
  ESCALATION_REASONS,
  LEVELS,
  MEANS,
  REACHES,
  ROLES,
  SEVERITIES,
} from '../../workflows/core/language/vocabulary';

type Fields<T> = { [K in keyof T]-?: fc.Arbitrary<Exclude<T[K], undefined>> };

/** Every field of `required` always, every field of `rest` now and then. */
const message = <T extends object>(required: Partial<Fields<T>>, rest: Partial<Fields<T>> = {}): fc.Arbitrary<T> =>
  fc.record({ ...required, ...rest } as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: Object.keys(required),
  }) as unknown as fc.Arbitrary<T>;

export const people = ['maria', 'eng-lee', 'eng-kim', 'mgr-ana', 'mgr-ben', 'vp-ops', 'desk', 'acme-account'] as const;
export const person = (): fc.Arbitrary<string> => fc.constantFrom(...people);

export const sentence = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(
      'Restarted the method server twice; users are locked out again after ten minutes.',
      'Nobody has called since Tuesday.',
      '停机已经两个小时，产线全部停止。',
      'Logs & traces: see <ticket 42>, *urgent*',
      "Customer's own DBA moved the tablespace, 40% done",
    ),
    // A title takes 200 UTF-16 units, and one grapheme can be many of them.
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((value) => wellFormed(value).trim() !== '' && value.length <= 200),
  );

const instants = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc
      .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    fc.constantFrom('2026-11-24T03:00:00Z', '2026-11-24T12:00+09:00', '2026-03-29T02:30:00.123456789+01:00'),
  );

const requestId = (): fc.Arbitrary<string> => fc.oneof(fc.uuid(), fc.constantFrom('req-1', 'req-2', 'tracker/8812'));

const envelope = { by: person(), role: fc.constantFrom(...ROLES) };
const envelopeRest = {
  channel: fc.constantFrom(...CHANNELS),
  requestedBy: person(),
  requestId: requestId(),
  occurredAt: instants(),
  means: fc.constantFrom(...MEANS),
};

const zone = fc.constantFrom('Asia/Tokyo', 'Europe/Berlin', 'America/St_Johns', 'UTC');

export const caseNumber = (): fc.Arbitrary<string> =>
  fc.integer({ min: 1_000_000, max: 999_999_999 }).map((digits) => `C${digits}`);

export const contact = (): fc.Arbitrary<Contact> =>
  message<Contact>(
    { name: fc.constantFrom('Kenji Sato', 'Ilse Weber', '李敏'), reach: fc.constantFrom(...REACHES) },
    {
      number: fc.constantFrom('+81 3 5555 0100', '+49 89 555 0123'),
      email: fc.constantFrom('kenji@acme.example', 'ilse@acme.example'),
      timezone: zone,
      english: fc.boolean(),
      knowsSoftware: fc.boolean(),
      knowsEnvironment: fc.boolean(),
    },
  );
const contacts = (): fc.Arbitrary<Contact[]> => fc.array(contact(), { maxLength: 3 });

/** Well formed, and as complete as it happens to be: whether it suffices is for the case to say. */
export const eDownAnswers = (): fc.Arbitrary<EDownAnswers> =>
  message<EDownAnswers>(
    {},
    {
      category: fc.constantFrom(...E_DOWN_CATEGORIES),
      justification: fc.oneof(sentence(), fc.constant('')),
      productivityLossPct: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(79.9, 80, 0, 100)),
      totalUsers: fc.integer({ min: 1, max: 20_000 }),
      affectedUsers: fc.integer({ min: 0, max: 20_000 }),
      actionsTaken: fc.oneof(sentence(), fc.constant('none yet'), fc.constant('  ')),
      contactChanges: fc.oneof(contacts(), fc.constant('none' as const)),
      downSince: instants(),
      downForMinutes: fc.integer({ min: -10, max: 5000 }),
      allProductionStopped: fc.boolean(),
      confirmGenuine: fc.boolean(),
      technicalContact: contact(),
    },
  );

/** An opening that every guard accepts; rules between fields (E-Down in Case Logger, say) are the case's own. */
export const validOpening = (): fc.Arbitrary<CaseOpening> =>
  message<CaseOpening>(
    {
      ...envelope,
      caseNumber: caseNumber(),
      title: sentence(),
      severity: fc.constantFrom(...SEVERITIES),
      customer: message<CaseOpening['customer']>(
        {
          number: fc.constantFrom('100200', 'AC-7'),
          name: fc.constantFrom('Acme Motors', 'Größe & Söhne', '丸山製作所'),
          activeSupport: fc.constantFrom(true, false, 'UNKNOWN' as const),
          enterprise: fc.constantFrom(true, false, 'UNKNOWN' as const),
        },
        { accountActive: fc.boolean(), timezone: zone },
      ),
      environment: fc.constantFrom(...ENVIRONMENTS),
    },
    {
      ...envelopeRest,
      product: fc.constantFrom('Windchill 13', 'Vault server'),
      engineer: person(),
      contacts: contacts(),
      eDown: eDownAnswers(),
      description: fc.oneof(sentence(), fc.constant('')),
    },
  );

const durationMs = fc.integer({ min: 1, max: 366 * 24 * 3_600_000 });
const timeOfDay = fc.constantFrom('22:00', '07:00', '00:00', '23:59');
const channelKinds = fc.subarray(['voice', 'sms', 'slack', 'webhook', 'email', 'console'], { minLength: 1 });

const severityPolicy = message<CasePolicy['severities']['0']>(
  {
    firstContactMs: durationMs,
    engineerAckMs: durationMs,
    managerAckMs: durationMs,
    managerContactMs: durationMs,
    staffingMs: durationMs,
    customerUpdateMs: durationMs,
    ackExpiresMs: durationMs,
    suggest: message<CasePolicy['severities']['0']['suggest']>(
      {},
      { M1Ms: durationMs, M2Ms: durationMs, executiveMs: durationMs },
    ),
  },
  { progressStallMs: durationMs },
);

export const policy = (): fc.Arbitrary<CasePolicy> =>
  message<CasePolicy>({
    version: fc.constantFrom('2026-11-01', '2027-01-15'),
    hash: fc.constantFrom('9f2c4d', 'a71b00'),
    hotline: fc.constant('+1 555 0100'),
    caseNumber: fc.constant('^C\\d{7,9}$'),
    severities: message<CasePolicy['severities']>({
      '0': severityPolicy,
      '1': severityPolicy,
      '2': severityPolicy,
      '3': severityPolicy,
    }),
    eDown: message<CasePolicy['eDown']>({
      alertEveryMs: durationMs,
      contactCheck: message<CasePolicy['eDown']['contactCheck']>({
        firstMs: durationMs,
        secondMs: durationMs,
        proposeLoweringMs: durationMs,
        idleMs: durationMs,
        quiet: message<CasePolicy['eDown']['contactCheck']['quiet']>({ from: timeOfDay, to: timeOfDay }),
      }),
      contactActionMs: durationMs,
      handOver: message<CasePolicy['eDown']['handOver']>({ acceptMs: durationMs, overlapMs: durationMs }),
      recentProgressMs: durationMs,
      stepDownReading: fc.constantFrom('CHINESE', 'ENGLISH'),
      reviewBusinessDays: fc.integer({ min: 1, max: 60 }),
    }),
    escalation: message<CasePolicy['escalation']>({
      rounds: fc.integer({ min: 1, max: 50 }),
      keepTryingEveryMs: durationMs,
      remindAtMostEveryMs: durationMs,
      nextChannelAfter: message<CasePolicy['escalation']['nextChannelAfter']>({
        urgentMs: durationMs,
        normalMs: durationMs,
      }),
      nextPersonAfterMs: durationMs,
      retryForMs: durationMs,
    }),
    reopenWindowMs: durationMs,
    channels: message<CasePolicy['channels']>({ urgent: channelKinds, normal: channelKinds }),
    warnAt: fc.subarray([50, 75, 90]),
    pageWarnings: fc.boolean(),
  });

type Own<N extends CommandName> = Partial<Fields<Omit<Input<N>, keyof typeof envelope | keyof typeof envelopeRest>>>;

const command = <N extends CommandName>(required: Own<N>, rest: Own<N> = {}): fc.Arbitrary<Input<N>> =>
  message<Input<N>>(
    { ...envelope, ...required } as Partial<Fields<Input<N>>>,
    { ...envelopeRest, ...rest } as Partial<Fields<Input<N>>>,
  );

/** Where one role only may give it, or what somebody is asked says who they are. */
const commandOfOneRole = <N extends CommandName>(required: Own<N>, rest: Own<N> = {}): fc.Arbitrary<Input<N>> =>
  message<Input<N>>(
    { by: envelope.by, ...required } as Partial<Fields<Input<N>>>,
    { role: envelope.role, ...envelopeRest, ...rest } as Partial<Fields<Input<N>>>,
  );

const sprNumber = fc.integer({ min: 100_000, max: 999_999 }).map((digits) => `SPR${digits}`);
const agreed = fc.boolean();
const pageId = fc.tuple(caseNumber(), fc.integer({ min: 1, max: 99 })).map(([number, page]) => `${number}-${page}`);

const inputs: { readonly [N in CommandName]: fc.Arbitrary<Input<N>> } = {
  changeSeverity: command<'changeSeverity'>(
    { severity: fc.constantFrom(...SEVERITIES) },
    { reason: sentence(), eDown: eDownAnswers(), customerAgreed: agreed },
  ),
  requestEDown: command<'requestEDown'>({}, { eDown: eDownAnswers(), withdraw: fc.boolean() }),
  escalate: command<'escalate'>(
    {},
    {
      level: fc.constantFrom(...LEVELS),
      reason: fc.constantFrom(...ESCALATION_REASONS),
      justification: sentence(),
      dissatisfaction: sentence(),
      criticalDate: instants(),
    },
  ),
  acceptEscalation: commandOfOneRole<'acceptEscalation'>({}),
  acknowledge: commandOfOneRole<'acknowledge'>({}, { pageId }),
  decline: commandOfOneRole<'decline'>({}, { pageId, reason: sentence() }),
  confirmStaffing: commandOfOneRole<'confirmStaffing'>(
    { staff: fc.array(person(), { minLength: 1, maxLength: 4 }) },
    { from: instants() },
  ),
  recordCustomerContact: command<'recordCustomerContact'>(
    {
      how: fc.constantFrom('PHONE', 'EMAIL', 'MEETING'),
      outcome: fc.constantFrom('REACHED', 'NO_ANSWER'),
      summary: sentence(),
    },
    { at: instants(), nextUpdateBy: instants() },
  ),
  confirmResources: commandOfOneRole<'confirmResources'>({
    plan: fc.array(fc.record({ who: person(), task: sentence() }), { minLength: 1, maxLength: 4 }),
  }),
  linkSpr: command<'linkSpr'>({ sprNumber }, { sprSeverity: fc.constantFrom('1', 'High') }),
  escalateSpr: command<'escalateSpr'>({ sprNumber, reason: sentence() }),
  recordSprStatus: command<'recordSprStatus'>(
    { sprNumber, status: fc.constantFrom('SUBMITTED', 'RESOLVED') },
    { note: sentence() },
  ),
  deEscalate: commandOfOneRole<'deEscalate'>({ reason: sentence(), customerAgreed: agreed }),
  requestManagerContact: command<'requestManagerContact'>({}, { callback: fc.constant('+49 89 555 0123') }),
  recordTransfer: commandOfOneRole<'recordTransfer'>(
    { outcome: fc.constantFrom('CONNECTED', 'UNREACHABLE') },
    { manager: person() },
  ),
  recordProgress: command<'recordProgress'>({ summary: sentence(), substantive: fc.boolean() }),
  confirmWorkableSystem: command<'confirmWorkableSystem'>({}, { summary: sentence() }),
  stepDown: command<'stepDown'>({ reason: sentence(), customerAgreed: agreed }),
  updateContacts: command<'updateContacts'>(
    {},
    {
      add: contacts(),
      replace: fc.array(
        fc.oneof(contact(), fc.record({ name: fc.constantFrom('Kenji Sato', 'Ilse Weber'), with: contact() })),
        { maxLength: 3 },
      ),
      remove: fc.array(fc.constantFrom('Kenji Sato', 'Ilse Weber'), { maxLength: 2 }),
    },
  ),
  requestContactAction: command<'requestContactAction'>(
    { kind: fc.constantFrom(...CONTACT_ACTION_KINDS), what: sentence() },
    { dueAt: instants() },
  ),
  completeContactAction: command<'completeContactAction'>({
    actionId: fc.integer({ min: 1, max: 30 }).map((number) => `A${number}`),
    result: sentence(),
  }),
  handOver: commandOfOneRole<'handOver'>(
    { to: person(), state: sentence(), tried: sentence(), nextStep: sentence() },
    { promise: sentence() },
  ),
  acceptHandOver: commandOfOneRole<'acceptHandOver'>({}),
  assignEngineer: command<'assignEngineer'>({ engineer: person() }),
  reviewEDown: commandOfOneRole<'reviewEDown'>(
    { verdict: fc.constantFrom('CONFIRMED', 'PROPOSE_LOWER'), note: sentence() },
    { episode: fc.integer({ min: 1, max: 5 }) },
  ),
  updateEntitlement: command<'updateEntitlement'>(
    { activeSupport: fc.boolean(), enterprise: fc.boolean() },
    { accountActive: fc.boolean() },
  ),
  adoptPolicy: command<'adoptPolicy'>({ policy: policy() }),
  closeCase: command<'closeCase'>({ resolution: sentence(), customerAgreed: agreed }),
  reopenCase: command<'reopenCase'>({ reason: sentence() }),
};

/** An input of this command that every guard accepts; whether the case then agrees depends on the case. */
export const validInput = <N extends CommandName>(name: N): fc.Arbitrary<Input<N>> => inputs[name];
