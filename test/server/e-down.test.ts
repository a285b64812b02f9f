/**
 * R27-R30, B14 from outside: an E-Down alerts whoever is on call, on the beat, and climbs until somebody answers; it ends
 * with a workable system that the contact confirms, everybody who was woken is told, and no phone rings after that.
 */
import { Company, tally, type LiveCase } from '../support/company';
import { completeAnswers } from '../support/story';

const EVERY_MS = 2_000;
/** As long to answer as from one alert to the next: each alert that nobody answers goes one further. */
const policy = { severities: { '0': { engineerAck: '2s' } }, eDown: { alertEvery: '2s' } };

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterEach(() => company.endCases());
afterAll(() => company.stop());

/** Declared by the customer; lee has answered his page, so that all that climbs are the alerts. */
async function declared(): Promise<LiveCase> {
  const live = await company.open({}, policy);
  await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers(), channel: 'CASE_TRACKER' });
  await live.acknowledge(await live.ring('lee', 'E_DOWN_STARTED'));
  return live;
}

const alerts = (live: LiveCase): string[] => live.rings.filter(({ purpose }) => purpose === 'E_DOWN_ALERT').map(({ phone }) => phone);
const others = (live: LiveCase): Record<string, number> => tally(live.rings.filter(({ purpose }) => purpose !== 'E_DOWN_ALERT').map(({ phone, purpose }) => `${phone} ${purpose}`));

test('it starts at once: the engineer, the executive and whoever is on call, each once', async () => {
  const live = await company.open({}, { eDown: { alertEvery: '1h' } });
  expect(await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() })).toMatchObject({ severity: 0, emergency: 'ACTIVE', level: 'NORMAL', phonePreferred: true, hotline: '+1 555 0100' });
  await Promise.all([live.ring('lee', 'E_DOWN_STARTED'), live.ring('eve', 'E_DOWN_STARTED'), live.ring('kim', 'E_DOWN_ALERT')]);
  await live.atRest();
  expect(live.rang()).toEqual({ 'lee E_DOWN_STARTED': 1, 'eve E_DOWN_STARTED': 1, 'kim E_DOWN_ALERT': 1 });
  expect(await live.refused('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() })).toMatchObject({ type: 'ALREADY_E_DOWN' });
  expect(live.rings).toHaveLength(3);
});

test('alerts come on the beat and climb while nobody answers; an answer stops the climb and not the beat', async () => {
  const live = await declared();
  await live.ring('sato', 'E_DOWN_ALERT');
  const dora = await live.ring('dora', 'E_DOWN_ALERT');
  expect(alerts(live)).toEqual(['kim', 'sato', 'dora']);
  await live.acknowledge(dora);
  await Promise.all([live.ring('kim', 'ESCALATION_INFO'), live.ring('sato', 'ESCALATION_INFO')]);

  const next = await live.until((events) => events.filter(({ type }) => type === 'EmergencyAlerted').length === 5);
  await live.atRest();

  // The beat is the clock's, not the network's: what an alert is late by does not move the next one.
  const beats = next.filter((event) => event.type === 'EmergencyAlerted').map(({ at, data }) => Date.parse(at) - (data as { lateMs: number }).lateMs);
  const [first = 0] = beats;
  for (const [index, beat] of beats.entries()) expect(Math.abs(beat - first - index * EVERY_MS)).toBeLessThanOrEqual(5 * (index + 1));

  // One alert is one page.
  const pages = live.rings.filter(({ purpose }) => purpose === 'E_DOWN_ALERT');
  expect(new Set(pages.map(({ id }) => id)).size).toBe(pages.length);
  expect(pages).toHaveLength((await live.told('EmergencyAlerted')).length);
  expect(others(live)).toEqual({ 'lee E_DOWN_STARTED': 1, 'eve E_DOWN_STARTED': 1, 'kim ESCALATION_INFO': 1, 'sato ESCALATION_INFO': 1 });
  expect(alerts(live)).toEqual(['kim', 'sato', 'dora', 'dora', 'dora']);
});

test('who has answered is the one who is alerted from then on, and nobody else', async () => {
  const live = await declared();
  const sato = await live.ring('sato', 'E_DOWN_ALERT');
  expect(await live.acknowledge(sato)).toMatchObject({ emergency: 'ACTIVE' });
  await live.ring('sato', 'E_DOWN_ALERT', 4);
  expect(alerts(live)).toEqual(['kim', 'sato', 'sato', 'sato', 'sato']);
  expect(await live.refused('acknowledge', 'kim', { pageId: live.rings.find(({ phone }) => phone === 'kim')?.pageId })).toMatchObject({ type: 'STALE_ASSIGNMENT', message: expect.stringContaining('sato has it') as string });
});

test('a workable system ends it: everybody who was woken is told, and for three beats nothing rings', async () => {
  const live = await declared();
  await live.acknowledge(await live.ring('sato', 'E_DOWN_ALERT'));
  await live.ring('kim', 'ESCALATION_INFO');

  // The engineer's word is not enough; the contact is asked, and the alerts go on.
  expect(await live.refused('confirmWorkableSystem', 'lee', { summary: 'It runs.' })).toMatchObject({ type: 'CUSTOMER_CONFIRMATION_REQUIRED' });
  expect(await live.ring('contacts', 'CONFIRM_WORKABLE_SYSTEM')).toMatchObject({ person: 'pat' });
  await live.ring('sato', 'E_DOWN_ALERT', 2);
  await live.atRest();

  expect(await live.update('confirmWorkableSystem', 'pat', { summary: 'We work again.' })).toMatchObject({ emergency: 'NONE', severity: 0 });
  await Promise.all(['lee', 'eve', 'kim', 'sato'].map((person) => live.ring(person, 'E_DOWN_ENDED')));
  await live.atRest();
  const atTheEnd = live.rings.length;

  // Three beats, as another E-Down keeps them.
  const metronome = await declared();
  await metronome.until((events) => events.filter(({ type }) => type === 'EmergencyAlerted').length === 4);
  expect(live.rings).toHaveLength(atTheEnd);
  expect(others(live)).toEqual({
    'lee E_DOWN_STARTED': 1,
    'eve E_DOWN_STARTED': 1,
    'kim ESCALATION_INFO': 1,
    'contacts CONFIRM_WORKABLE_SYSTEM': 1,
    'lee E_DOWN_ENDED': 1,
    'eve E_DOWN_ENDED': 1,
    'kim E_DOWN_ENDED': 1,
    'sato E_DOWN_ENDED': 1,
    'contacts E_DOWN_ENDED': 1,
  });
  expect(alerts(live)).toHaveLength((await live.told('EmergencyAlerted')).length);
  expect(await live.view()).toMatchObject({ emergency: 'NONE', eDown: null, pastEpisodes: [{ episode: 1, how: 'WORKABLE_SYSTEM' }], owners: { onCall: null } });
});

test('lowered with agreement, it ends as well; without, it goes on', async () => {
  const live = await declared();
  expect(await live.refused('changeSeverity', 'maria', { severity: 1, reason: 'better' })).toMatchObject({ type: 'CUSTOMER_AGREEMENT_REQUIRED' });
  await live.ring('sato', 'E_DOWN_ALERT');
  await live.atRest();
  expect(await live.update('changeSeverity', 'maria', { severity: 1, reason: 'A way around is in place.', customerAgreed: true })).toMatchObject({ severity: 1, emergency: 'NONE' });
  await Promise.all([live.ring('lee', 'SEVERITY_CHANGED'), live.ring('eve', 'E_DOWN_ENDED'), live.ring('kim', 'E_DOWN_ENDED'), live.ring('sato', 'E_DOWN_ENDED')]);
  await live.atRest();
  expect(others(live)).toEqual({ 'lee E_DOWN_STARTED': 1, 'eve E_DOWN_STARTED': 1, 'lee SEVERITY_CHANGED': 1, 'eve E_DOWN_ENDED': 1, 'kim E_DOWN_ENDED': 1, 'sato E_DOWN_ENDED': 1 });
  expect(alerts(live)).toEqual(['kim', 'sato']);
});

test('B5, B8 a contact is lost and found, and the case is handed over by name; nobody else is rung', async () => {
  // Given an emergency whose only clock in sight is the contact's
  const live = await company.open({}, { eDown: { alertEvery: '1h', contactCheck: { first: '5s', second: '6s', proposeLowering: '1h' } } });
  await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
  await live.acknowledge(await live.ring('lee', 'E_DOWN_STARTED'));
  await live.acknowledge(await live.ring('kim', 'E_DOWN_ALERT'));

  // When the contact is silent, and answers at last
  const sign = await live.ring('contacts', 'CONTACT_CHECK');
  await live.acknowledge(await live.ring('ana', 'CONTACT_CHECK'));
  await live.update('acknowledge', 'pat', { pageId: sign.pageId });
  await live.ring('ana', 'CONTACT_CHECK', 2);

  // And the case is handed over, and the system runs
  await live.update('handOver', 'lee', { to: 'sato', state: 'Down.', tried: 'Restarts.', nextStep: 'Read the dump.' });
  await live.ring('sato', 'HAND_OVER');
  expect(await live.refused('acceptHandOver', 'kim')).toMatchObject({ type: 'NOT_HAND_OVER_TARGET' });
  expect(await live.update('acceptHandOver', 'sato')).toMatchObject({ owner: 'sato', emergency: 'ACTIVE' });
  await live.ring('lee', 'HAND_OVER');
  await live.update('confirmWorkableSystem', 'pat');
  await Promise.all(['lee', 'kim', 'ana', 'eve', 'sato', 'contacts'].map((phone) => live.ring(phone, 'E_DOWN_ENDED')));
  await live.atRest();

  // Then each of them was rung for what they had to know, once
  expect(await live.told('ContactRestored')).toHaveLength(1);
  expect(alerts(live)).toEqual(['kim']);
  expect(others(live)).toEqual({
    'lee E_DOWN_STARTED': 1,
    'eve E_DOWN_STARTED': 1,
    'contacts CONTACT_CHECK': 1,
    'ana CONTACT_CHECK': 2,
    'sato HAND_OVER': 1,
    'lee HAND_OVER': 1,
    ...Object.fromEntries(['lee', 'kim', 'ana', 'eve', 'sato', 'contacts'].map((phone) => [`${phone} E_DOWN_ENDED`, 1])),
  });
});

test('with nobody to be reached the search goes round and round, and the desk sees it', async () => {
  const live = await company.open({}, { ...policy, severities: { '0': { engineerAck: '2s', managerAck: '2s' } }, escalation: { rounds: 1, retryFor: '1s' } });
  for (const phone of ['kim', 'sato', 'dora', 'dirk']) live.phone(phone, () => ({ status: 404 }));
  await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
  await live.acknowledge(await live.ring('lee', 'E_DOWN_STARTED'));
  await live.ring('eve', 'NOBODY_REACHED');
  expect((await live.view()).attention).toEqual(expect.arrayContaining(['UNACKNOWLEDGED', 'NOBODY_REACHED']));
  await live.ring('kim', 'E_DOWN_ALERT', 3);
  await live.until((events) => events.filter(({ type }) => type === 'LadderPaused').length >= 3);
  expect(others(live)).toEqual({ 'lee E_DOWN_STARTED': 1, 'eve E_DOWN_STARTED': 1, 'eve NOBODY_REACHED': 1 });
  expect(alerts(live).slice(0, 8)).toEqual(['kim', 'sato', 'dora', 'dirk', 'kim', 'sato', 'dora', 'dirk']);
});
