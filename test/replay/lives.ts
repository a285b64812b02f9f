/**
 * The lives whose histories are recorded: each is short, and together they have every command, every kind of activity, and
 * what cases meet on their way. What a life waits for is what comes in any case, not a number of seconds.
 */
import type { CommandName } from '../../client';
import type { Purpose } from '../../workflows/core/language/vocabulary';
import { policyOf, type Company, type LiveCase } from '../support/company';
import { completeAnswers } from '../support/story';

/** A life, from its opening to where it is recorded. */
type Life = (company: Company) => Promise<LiveCase>;

/** Whatever a policy has as minutes, so that the next step comes by itself within a second. */
const QUICK = { managerAck: '1s', engineerAck: '1s' };
/** No night: a contact is asked at whatever hour the histories are recorded. */
const contactCheck = {
  first: '1s',
  second: '1h',
  proposeLowering: '2h',
  idle: '4h',
  quiet: { from: '00:00', to: '00:00' },
};

/** An update that must be done; then everything that it has moved comes to rest. */
async function done(
  live: LiveCase,
  by: string,
  name: CommandName,
  fields: Record<string, unknown> = {},
): Promise<void> {
  await live.update(name, by, fields).catch((error: unknown) => {
    const { cause } = error as { cause?: unknown };
    throw new Error(`${name} by ${by} was not done: ${String(cause ?? error)}`, { cause: error });
  });
  await live.atRest();
}

/** Waits until somebody was asked or told for this purpose. */
const until = (live: LiveCase, purpose: Purpose, nth = 1): Promise<unknown> =>
  live.until(
    (events) => events.filter(({ type, data }) => type === 'PageRequested' && data.purpose === purpose).length >= nth,
  );

/** Severity, M1 past somebody who declines and somebody who does not answer, M2 with its team, an SPR, and the end. */
const escalated: Life = async (company) => {
  const live = await company.open({}, { severities: { '1': QUICK } });
  await live.signal('changeSeverity', 'maria', { severity: 1 });
  await live.atRest();
  await done(live, 'lee', 'acknowledge');
  await done(live, 'maria', 'escalate');
  await done(live, 'ana', 'decline', { reason: 'On a plane.' });
  await live.until((events) => events.some(({ type }) => type === 'PageUnanswered'));
  await live.atRest();
  await done(live, 'ana', 'acceptEscalation');
  await done(live, 'ana', 'confirmStaffing', { staff: ['lee', 'kim'] });
  await done(live, 'ana', 'recordCustomerContact', { how: 'PHONE', outcome: 'REACHED', summary: 'Called Maria.' });
  // Refused, and on record: a signal never fails.
  await live.signal('changeSeverity', 'maria', { severity: 9 });
  await done(live, 'maria', 'escalate', { level: 'M2', dissatisfaction: 'Nobody has a plan.' });
  await done(live, 'ben', 'acknowledge');
  await done(live, 'lee', 'acknowledge');
  const plan = ['lee', 'ana', 'ben'].map((who) => ({ who, task: 'their part' }));
  await done(live, 'ben', 'confirmResources', { plan });
  await done(live, 'lee', 'linkSpr', { sprNumber: 'SPR123456' });
  await done(live, 'ben', 'escalateSpr', { sprNumber: 'SPR123456', reason: 'Needs a fix.' });
  await done(live, 'crm', 'recordSprStatus', { sprNumber: 'SPR123456', status: 'RESOLVED' });
  await done(live, 'maria', 'requestManagerContact', { callback: '+1 555 0123' });
  await done(live, 'desk', 'recordTransfer', { outcome: 'CONNECTED', manager: 'ben' });
  await done(live, 'ben', 'deEscalate', { reason: 'Under control.', customerAgreed: true });
  await done(live, 'lee', 'closeCase', { resolution: 'Patched.', customerAgreed: true });
  await done(live, 'maria', 'reopenCase', { reason: 'It is back.' });
  return live;
};

/** An emergency with its alerts, the contact's part, a hand-over, the customer's word that it works, and its review. */
const eDown: Life = async (company) => {
  const live = await company.open({ severity: 1 }, { eDown: { alertEvery: '2s', contactCheck } });
  await done(live, 'maria', 'requestEDown');
  await live.signal('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
  await live.atRest();
  await done(live, 'lee', 'requestContactAction', { kind: 'GATHER_DATA', what: 'Send the server log.' });
  await until(live, 'CONTACT_CHECK');
  await live.atRest();
  const [asked] = await live.told('ContactActionRequested');
  await done(live, 'pat', 'completeContactAction', { actionId: asked?.data.actionId, result: 'Sent.' });
  await done(live, 'lee', 'updateContacts', { add: [{ name: 'quinn', reach: 'ON_SITE' }] });
  await live.until((events) => events.filter(({ type }) => type === 'EmergencyAlerted').length > 1);
  await done(live, 'kim', 'acknowledge');
  await done(live, 'lee', 'recordProgress', { summary: 'The index is lost; a rebuild runs.', substantive: true });
  await done(live, 'lee', 'handOver', { to: 'kim', state: 'Half way.', tried: 'A restart.', nextStep: 'The dump.' });
  await done(live, 'kim', 'acceptHandOver');
  await done(live, 'pat', 'confirmWorkableSystem', { summary: 'All users are back.' });
  await done(live, 'ana', 'reviewEDown', { verdict: 'CONFIRMED', note: 'The plant stood still.' });
  return live;
};

/** An emergency that steps down, and a case that ends: its summary is the last that a history has. */
const steppedDown: Life = async (company) => {
  const live = await company.open(
    { severity: 1, customer: UNENTITLED },
    { reopenWindow: '1ms', eDown: { contactCheck } },
  );
  await done(live, 'crm', 'updateEntitlement', { activeSupport: true, enterprise: true });
  await done(live, 'maria', 'changeSeverity', { severity: 0, eDown: completeAnswers() });
  await done(live, 'kim', 'acknowledge');
  await done(live, 'ana', 'assignEngineer', { engineer: 'sato' });
  await done(live, 'sato', 'recordProgress', { summary: 'A fix is in test.', substantive: true });
  await done(live, 'sato', 'stepDown', { reason: 'We make good progress.', customerAgreed: true });
  await done(live, 'maria', 'changeSeverity', { severity: 2, customerAgreed: true });
  await live.update('closeCase', 'sato', { resolution: 'Patched.', customerAgreed: true });
  await live.handle.result();
  return live;
};
const UNENTITLED = { number: '1001', name: 'Acme', activeSupport: false, enterprise: true };

/** Of two channels the first is down and is tried again; of the next manager the only one; and a name that nobody knows. */
const providersDown: Life = async (company) => {
  company.reroute('maier', '/maier', '/maier-second');
  company.hire('nora', 'vera');
  company.change('maier', { manager: 'nora' });
  const live = await company.open(
    { engineer: 'maier' },
    { severities: { '1': QUICK }, escalation: { retryFor: '2s', nextChannelAfter: { urgent: '1s', normal: '1s' } } },
  );
  for (const phone of ['maier', 'nora']) live.phone(phone, () => ({ status: 503 }));
  await live.update('changeSeverity', 'maria', { severity: 1 });
  await live.update('escalate', 'maria');
  await live.until((events) => events.filter(({ type }) => type === 'PageFailed').length >= 2);
  await live.atRest();
  await done(live, 'verra', 'acceptEscalation', { role: 'MANAGER' });
  await live.until((events) => events.some(({ type }) => type === 'AnswerVoided'));
  await live.atRest();
  return live;
};

/** Another policy is adopted while somebody is asked: it counts for whoever is asked next. */
const adopted: Life = async (company) => {
  const live = await company.open({ severity: 1 }, { version: 'slow' });
  await done(live, 'maria', 'escalate');
  const policy = policyOf({ version: 'quick', severities: { '1': { managerAck: '1s' } } });
  await live.update('adoptPolicy', 'crm', { policy });
  await live.until((events) => events.filter(({ type }) => type === 'PageUnanswered').length >= 2);
  await done(live, 'vera', 'acceptEscalation');
  return live;
};

/**
 * A case that gets too long goes on in a new run, while somebody is asked. What comes while no worker runs is one task; most
 * of it says nothing, so that the history is long but not large.
 */
const long: Life = async (company) => {
  const live = await company.open();
  await done(live, 'maria', 'escalate');
  const { runId } = await live.handle.describe();
  await company.restartWorker(async () => {
    for (let batch = 0; batch < 3; batch += 1)
      await Promise.all(Array.from({ length: 100 }, () => live.handle.signal('pageDelayed')));
    await live.signal('recordProgress', 'lee', { summary: 'Still at it.', substantive: true });
  });
  // It asks the run that is there now: the one before is over.
  while ((await live.handle.describe()).runId === runId) await live.handle.query('getCase');
  await done(live, 'ana', 'acceptEscalation');
  await done(live, 'maria', 'changeSeverity', { severity: 1 });
  return live;
};

export const LIVES: Readonly<Record<string, Life>> = {
  escalated,
  'e-down': eDown,
  'stepped-down': steppedDown,
  'providers-down': providersDown,
  'adopted-policy': adopted,
  long,
};
