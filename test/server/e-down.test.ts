/**
 * R27-R30, B14, H2, H3, H9 from outside: an E-Down alerts whoever is on call, on the beat, and climbs until somebody
 * answers; from then on the beat is word to whoever has it. It ends with a workable system that the contact confirms,
 * everybody who was woken is told, and no phone rings after that.
 */
import type { CaseEvent } from '../../client';
import { Company, openingOf, type LiveCase } from '../support/company';
import { completeAnswers } from '../support/story';

const EVERY_MS = 2_000;
/** As long to answer as from one alert to the next: each alert that nobody answers goes one further. */
const policy = { severities: { '0': { engineerAck: '2s', managerAck: '2s' } }, eDown: { alertEvery: '2s' } };

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterEach(() => company.endCases());
afterAll(() => company.stop());

/** Declared by lee for whoever called: the engineer knows it already, so that all that climbs are the alerts. */
async function declared(over: object = {}): Promise<LiveCase> {
  const live = await company.open({}, { ...policy, ...over });
  await live.update('changeSeverity', 'lee', {
    severity: 0,
    eDown: completeAnswers(),
    channel: 'PHONE',
    requestedBy: 'maria',
  });
  return live;
}

/** The alerts, in order: whose phone, and whether it was only word. */
const alerts = (live: LiveCase): string[] =>
  live.rings
    .filter(({ purpose }) => purpose === 'E_DOWN_ALERT')
    .map(({ phone, urgent, asks }) => (urgent ? phone : `${phone} (${asks.length > 0 ? 'quietly' : 'word'})`));
const others = (live: LiveCase): Record<string, number> =>
  Object.fromEntries(Object.entries(live.rang()).filter(([came]) => !came.includes(' E_DOWN_ALERT')));
const beatsOf = async (live: LiveCase): Promise<number> => (await live.told('EmergencyAlerted')).length;
/** What everybody hears of an E-Down whose engineer has declared it. */
const STARTED = { 'lee E_DOWN_STARTED (word)': 1, 'eve E_DOWN_STARTED (word)': 1 };

test('R27, B14 it starts at once: the engineer and whoever is on call are rung, the executive has word, each once', async () => {
  const live = await company.open({}, { eDown: { alertEvery: '1h' } });
  expect(await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() })).toMatchObject({
    severity: 0,
    emergency: 'ACTIVE',
    level: 'NORMAL',
    phonePreferred: true,
    hotline: '+1 555 0100',
  });
  await Promise.all([
    live.ring('lee', 'E_DOWN_STARTED'),
    live.ring('eve', 'E_DOWN_STARTED'),
    live.ring('kim', 'E_DOWN_ALERT'),
  ]);
  await live.atRest();
  expect(live.rang()).toEqual({ 'lee E_DOWN_STARTED': 1, 'eve E_DOWN_STARTED (word)': 1, 'kim E_DOWN_ALERT': 1 });
  expect(await live.refused('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() })).toMatchObject({
    type: 'ALREADY_E_DOWN',
  });
  expect(live.rings).toHaveLength(3);
});

const kimHas = (events: readonly CaseEvent[]): number =>
  events.filter(({ type, data }) => type === 'PageSent' && 'person' in data && data.person === 'kim').length;

test.each(['first', 'last'])(
  'H2 it is theirs, and an E-Down before that page has arrived: none says it is over, be its news %s',
  async (order) => {
    // Given a case that is kim's at once, whose phone takes nothing yet
    const live = company.prepare({ eDown: { alertEvery: '1h' } });
    const letGo: (() => void)[] = [];
    live.phone('kim', (nth) => (nth > 2 ? {} : new Promise((resolve) => (letGo[nth] = () => resolve({})))));
    await company.tocsin.open(openingOf(live.number, { engineer: 'kim', by: 'maria', role: 'CUSTOMER', severity: 2 }));
    await live.ring('kim', 'ASSIGNED');

    // When it is an E-Down, whose alert is kim's as well, and each has its news
    await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
    await live.ring('kim', 'E_DOWN_ALERT');
    for (const [before, nth] of (order === 'first' ? [1, 2] : [2, 1]).entries()) {
      letGo[nth]?.();
      await live.until((events) => kimHas(events) > before);
    }
    await live.atRest();

    // Then kim has the two, and no word that the first is not asked any more
    expect(live.rang()).toEqual({ 'kim ASSIGNED (quietly)': 1, 'kim E_DOWN_ALERT': 1, 'eve E_DOWN_STARTED (word)': 1 });
    await live.replays();
  },
);

test('H2 whoever is on call takes the emergency and the case with it; the engineer is asked still, without a ring', async () => {
  // Given both have been rung
  const live = await company.open({}, { eDown: { alertEvery: '1h' } });
  await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
  const [kim, lee] = await Promise.all([live.ring('kim', 'E_DOWN_ALERT'), live.ring('lee', 'E_DOWN_STARTED')]);
  await live.atRest();

  // When kim answers
  await live.acknowledge(kim);
  expect(await live.ring('lee', 'E_DOWN_STARTED', 2)).toMatchObject({
    pageId: lee.pageId,
    urgent: false,
    text: expect.stringContaining('Kim has it for now.') as string,
  });
  await live.atRest();
  expect((await live.view()).attention).toEqual([]);

  // Then the engineer may take the case over, and kim goes on with the emergency
  expect(await live.acknowledge(lee)).toMatchObject({
    notes: ['kim has it: the emergency.', 'Yours now: the case as an E-Down.'],
  });
  await live.atRest();
  expect((await live.view()).owners).toMatchObject({ engineer: 'lee', onCall: 'kim' });
  expect(live.rang()).toEqual({
    'kim E_DOWN_ALERT': 1,
    'lee E_DOWN_STARTED': 1,
    'eve E_DOWN_STARTED (word)': 1,
    'lee E_DOWN_STARTED (quietly)': 1,
  });
});

test('R27, H3 alerts come on the beat and climb while nobody answers; an answer stops the climb and the rings, not the beat', async () => {
  const live = await declared();
  await live.ring('sato', 'E_DOWN_ALERT');
  const dora = await live.ring('dora', 'E_DOWN_ALERT');
  expect(alerts(live)).toEqual(['kim', 'sato', 'dora']);
  await live.acknowledge(dora);
  await Promise.all([live.ring('kim', 'ESCALATION_INFO'), live.ring('sato', 'ESCALATION_INFO')]);

  const next = await live.until((events) => events.filter(({ type }) => type === 'EmergencyAlerted').length === 5);
  await live.atRest();

  // The beat is the clock's, not the network's: what an alert is late by does not move the next one.
  const beats = next
    .filter((event) => event.type === 'EmergencyAlerted')
    .map(({ at, data }) => Date.parse(at) - (data as { lateMs: number }).lateMs);
  const [first = 0] = beats;
  for (const [index, beat] of beats.entries())
    expect(Math.abs(beat - first - index * EVERY_MS)).toBeLessThanOrEqual(5 * (index + 1));

  // One alert is one message.
  expect(new Set(live.rings.map(({ id }) => id)).size).toBe(live.rings.length);
  expect(alerts(live)).toEqual(['kim', 'sato', 'dora', 'dora (word)', 'dora (word)']);
  expect(others(live)).toEqual({ ...STARTED, 'kim ESCALATION_INFO (word)': 1, 'sato ESCALATION_INFO (word)': 1 });
});

test('H3 who has answered has word of each alert from then on, and nobody else hears of it', async () => {
  const live = await declared();
  const sato = await live.ring('sato', 'E_DOWN_ALERT');
  expect(await live.acknowledge(sato)).toMatchObject({ emergency: 'ACTIVE' });
  expect(await live.ring('sato', 'E_DOWN_ALERT', 4)).toMatchObject({
    asks: [],
    text: expect.stringContaining('Sato is working on it.') as string,
  });
  expect(alerts(live)).toEqual(['kim', 'sato', 'sato (word)', 'sato (word)', 'sato (word)']);
  expect(others(live)).toEqual({ ...STARTED, 'kim ESCALATION_INFO (word)': 1 });
  expect(
    await live.refused('acknowledge', 'kim', { pageId: live.rings.find(({ phone }) => phone === 'kim')?.pageId }),
  ).toMatchObject({ type: 'STALE_ASSIGNMENT', message: expect.stringContaining('It is sato') as string });
});

test('R28 a workable system ends it: everybody who was woken has word, and for three beats nothing rings', async () => {
  const live = await declared();
  await live.acknowledge(await live.ring('sato', 'E_DOWN_ALERT'));
  await live.ring('kim', 'ESCALATION_INFO');

  // The engineer's word is not enough; the contact is asked, and the alerts go on.
  expect(await live.refused('confirmWorkableSystem', 'lee', { summary: 'It runs.' })).toMatchObject({
    type: 'CUSTOMER_CONFIRMATION_REQUIRED',
  });
  expect(await live.ring('contacts', 'CONFIRM_WORKABLE_SYSTEM')).toMatchObject({ person: 'pat' });
  await live.ring('sato', 'E_DOWN_ALERT', 2);
  await live.atRest();

  expect(await live.update('confirmWorkableSystem', 'pat', { summary: 'We work again.' })).toMatchObject({
    emergency: 'NONE',
    severity: 0,
  });
  // H9: severity 0 without an emergency is somebody's to settle; the message that asks for it tells of the end as well.
  const idle = await live.ring('lee', 'SEVERITY_ZERO_IDLE');
  expect(idle.text).toContain('E-Down 1 has ended: the system works again');
  await Promise.all(['eve', 'kim', 'sato'].map((person) => live.ring(person, 'E_DOWN_ENDED')));
  await live.atRest();
  expect((await live.view()).attention).toEqual(['UNACKNOWLEDGED', 'SEVERITY_ZERO_IDLE']);
  await live.update('changeSeverity', 'lee', { severity: 2, reason: 'It runs.', customerAgreed: true });
  await live.atRest();
  const atTheEnd = live.rings.length;

  // Three beats, as another E-Down keeps them.
  const metronome = await declared();
  await metronome.until((events) => events.filter(({ type }) => type === 'EmergencyAlerted').length === 4);
  expect(live.rings).toHaveLength(atTheEnd);
  expect(others(live)).toEqual({
    ...STARTED,
    'kim ESCALATION_INFO (word)': 1,
    'contacts CONFIRM_WORKABLE_SYSTEM': 1,
    'lee SEVERITY_ZERO_IDLE (quietly)': 1,
    'eve E_DOWN_ENDED (word)': 1,
    'kim E_DOWN_ENDED (word)': 1,
    'sato E_DOWN_ENDED (word)': 1,
    'lee SEVERITY_CHANGED (word)': 1,
  });
  expect(alerts(live)).toHaveLength(await beatsOf(live));
  expect(await live.view()).toMatchObject({
    emergency: 'NONE',
    eDown: null,
    attention: [],
    pastEpisodes: [{ episode: 1, how: 'WORKABLE_SYSTEM' }],
    owners: { onCall: null },
  });
});

test('R28 lowered with agreement, it ends as well; without, it goes on', async () => {
  const live = await declared();
  expect(await live.refused('changeSeverity', 'lee', { severity: 1, reason: 'better' })).toMatchObject({
    type: 'CUSTOMER_AGREEMENT_REQUIRED',
  });
  await live.ring('sato', 'E_DOWN_ALERT');
  await live.atRest();
  expect(
    await live.update('changeSeverity', 'maria', { severity: 1, reason: 'A way around is in place.' }),
  ).toMatchObject({ severity: 1, emergency: 'NONE' });
  // One message says both to the engineer (H2).
  expect((await live.ring('lee', 'SEVERITY_CHANGED')).text).toContain('Severity 0 → 1 by maria');
  await Promise.all(['eve', 'kim', 'sato'].map((person) => live.ring(person, 'E_DOWN_ENDED')));
  await live.atRest();
  expect(others(live)).toEqual({
    ...STARTED,
    'lee SEVERITY_CHANGED (quietly)': 1,
    'eve E_DOWN_ENDED (word)': 1,
    'kim E_DOWN_ENDED (word)': 1,
    'sato E_DOWN_ENDED (word)': 1,
  });
  expect(alerts(live)).toEqual(['kim', 'sato']);
});

test('B5, B8 a contact is lost and found, and the case is handed over by name; nobody else is rung', async () => {
  // Given an emergency whose only clock in sight is the contact's
  const live = await declared({
    eDown: {
      alertEvery: '1h',
      contactCheck: { idle: '3s', first: '3s', second: '4s', proposeLowering: '1h' },
    },
  });
  await live.acknowledge(await live.ring('kim', 'E_DOWN_ALERT'));

  // When the contact is silent, and answers at last
  const sign = await live.ring('contacts', 'CONTACT_CHECK');
  await live.acknowledge(await live.ring('ana', 'CONTACT_CHECK'));
  await live.update('acknowledge', 'pat', { pageId: sign.pageId });
  expect((await live.ring('ana', 'CONTACT_CHECK', 2)).text).toContain('is back in touch: pat');

  // And the case is handed over, and the system runs
  await live.update('handOver', 'lee', { to: 'sato', state: 'Down.', tried: 'Restarts.', nextStep: 'Read the dump.' });
  await live.ring('sato', 'HAND_OVER');
  expect(await live.refused('acceptHandOver', 'kim')).toMatchObject({ type: 'NOT_HAND_OVER_TARGET' });
  expect(await live.update('acceptHandOver', 'sato')).toMatchObject({ owner: 'sato', emergency: 'ACTIVE' });
  await live.ring('kim', 'HAND_OVER');
  await live.update('changeSeverity', 'maria', { severity: 2, reason: 'We work again.', customerAgreed: true });
  await Promise.all(['lee', 'kim', 'ana', 'eve', 'contacts'].map((phone) => live.ring(phone, 'E_DOWN_ENDED')));
  await live.ring('sato', 'SEVERITY_CHANGED');
  await live.atRest();

  // Then each of them heard what they had to know, once
  expect(await live.told('ContactRestored')).toHaveLength(1);
  expect(alerts(live)).toEqual(['kim']);
  expect(others(live)).toEqual({
    ...STARTED,
    'contacts CONTACT_CHECK': 1,
    'ana CONTACT_CHECK': 1,
    'ana CONTACT_CHECK (word)': 1,
    'sato HAND_OVER': 1,
    'kim HAND_OVER (word)': 1,
    'lee HAND_OVER (word)': 1,
    'sato SEVERITY_CHANGED (quietly)': 1,
    ...Object.fromEntries(['lee', 'kim', 'ana', 'eve', 'contacts'].map((phone) => [`${phone} E_DOWN_ENDED (word)`, 1])),
  });
});

test('R49 with nobody to be reached the search goes round at each beat, for ever, and the desk sees it', async () => {
  const live = await declared({ escalation: { rounds: 1, retryFor: '1s' } });
  const dead = ['kim', 'sato', 'dora', 'dirk'];
  for (const phone of dead) live.phone(phone, () => ({ status: 404 }));
  await live.ring('eve', 'NOBODY_REACHED');
  expect((await live.view()).attention).toEqual(expect.arrayContaining(['UNACKNOWLEDGED', 'NOBODY_REACHED']));
  await live.ring('dirk', 'E_DOWN_ALERT', 3);
  expect(alerts(live).slice(0, 12)).toEqual([...dead, ...dead, ...dead]);
  expect(await live.told('NoManagerReached')).toHaveLength(1);
  // The executive is one more rung: rung once a round, and kept up to date in between without a ring.
  const { 'eve NOBODY_REACHED': rung = 0, 'eve NOBODY_REACHED (quietly)': quietly = 0, ...rest } = others(live);
  expect(rung).toBeGreaterThanOrEqual(2);
  expect(rung + quietly).toBeLessThanOrEqual(2 * (await beatsOf(live)));
  expect(rest).toEqual(STARTED);
});
