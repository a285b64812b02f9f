/**
 * B6 from outside: a case keeps the policy it was opened with, whatever its worker reads since; another one comes only by
 * being adopted, counts at once where it is shorter, takes nothing away where it is longer, and rings nobody twice.
 */
import { Company, policyOf, type LiveCase } from '../support/company';
import { completeAnswers } from '../support/story';

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterEach(() => company.endCases());
afterAll(() => company.stop());

const SLOW = {
  version: 'slow',
  severities: { '0': { managerAck: '1h', engineerAck: '1h', customerUpdate: '1h' }, '1': { managerAck: '1h' } },
  eDown: { alertEvery: '1h' },
};
const QUICK = {
  version: 'quick',
  severities: { '0': { managerAck: '1s', engineerAck: '1s', customerUpdate: '1s' }, '1': { managerAck: '1s' } },
  eDown: { alertEvery: '1s' },
};

const adopt = (live: LiveCase, policy: object) => live.update('adoptPolicy', 'crm', { policy: policyOf(policy) });

test('a running case keeps its policy when the worker has another one; the next case has that', async () => {
  // Given a case, and a policy that is edited afterwards
  const live = await company.open({ severity: 1 }, SLOW);
  company.prepare(QUICK, live.number);
  const next = await company.open({ severity: 1 }, QUICK);

  // When both are escalated, and nobody answers
  await live.update('escalate', 'maria');
  await next.update('escalate', 'maria');
  await next.ring('vera', 'ESCALATED_M1');
  await live.atRest();

  // Then
  expect(next.asked('ESCALATED_M1')).toEqual(['ana', 'ben', 'vera']);
  expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
  expect([(await live.view()).policy.version, (await next.view()).policy.version]).toEqual(['slow', 'quick']);
});

test('B6 a shorter one counts at once for whoever is being waited for: a manager, a contact, the customer, and for the beat', async () => {
  // Given an emergency at M1, declared by its engineer, of which each next step is an hour away
  const live = await company.open({}, SLOW);
  live.picksUp('kim', 'E_DOWN_ALERT');
  await live.update('changeSeverity', 'lee', {
    severity: 0,
    eDown: completeAnswers(),
    channel: 'PHONE',
    requestedBy: 'maria',
  });
  await live.update('escalate', 'maria');
  await Promise.all([live.ring('kim', 'E_DOWN_ALERT'), live.ring('ana', 'ESCALATED_M1')]);
  await live.atRest();
  live
    .picksUp('lee', 'PROMISE_OVERDUE')
    .picksUp('ben', 'ESCALATED_M1')
    .phone('kim', () => ({}));

  // When a policy of seconds is adopted
  await adopt(live, {
    ...QUICK,
    eDown: {
      alertEvery: '1s',
      contactCheck: { idle: '1s', first: '1s', second: '1h', proposeLowering: '2h' },
    },
  });
  await Promise.all([
    live.ring('ben', 'ESCALATED_M1'),
    live.ring('lee', 'PROMISE_OVERDUE'),
    live.ring('contacts', 'CONTACT_CHECK'),
    live.ring('kim', 'E_DOWN_ALERT', 4),
  ]);
  await live.update('changeSeverity', 'maria', { severity: 3, reason: 'It runs again.' });
  await Promise.all(['kim', 'eve', 'contacts'].map((phone) => live.ring(phone, 'E_DOWN_ENDED')));
  await live.atRest();

  // Then each was rung for their own, and the beat is word to the one who has it
  const rang = live.rang();
  const rung = Object.entries(rang).filter(([came]) => !came.endsWith(')'));
  expect(Object.fromEntries(rung.filter(([came]) => !came.includes('PROMISE_OVERDUE')))).toEqual({
    'kim E_DOWN_ALERT': 1,
    'ana ESCALATED_M1': 1,
    'ben ESCALATED_M1': 1,
    'contacts CONTACT_CHECK': 1,
  });
  expect(rang['lee PROMISE_OVERDUE']).toBeGreaterThanOrEqual(1);
  expect(rang['kim E_DOWN_ALERT (word)']).toBe((await live.told('EmergencyAlerted')).length - 1);
  expect(new Set(live.rings.map(({ id }) => id)).size).toBe(live.rings.length);
  expect(await live.view()).toMatchObject({
    policy: { version: 'quick' },
    escalation: { status: 'ENGAGED', owner: 'ben' },
  });
});

test('B6 a shorter one counts for a search that rests as well: it begins again', async () => {
  const live = await company.open({ severity: 1 }, { ...SLOW, escalation: { rounds: 1, keepTryingEvery: '1h' } });
  for (const phone of ['ana', 'ben', 'vera', 'dora', 'dirk', 'eve'])
    live.phone(phone, (nth) => ({ status: nth === 1 ? 404 : 200 }));
  await live.update('escalate', 'maria');
  await live.ring('eve', 'NOBODY_REACHED');
  await live.until((events) => events.some(({ type }) => type === 'SearchPaused'));
  await adopt(live, { ...SLOW, version: 'again', escalation: { keepTryingEvery: '1s' } });
  await live.acknowledge(await live.ring('ana', 'ESCALATED_M1', 2));
  await live.atRest();
  expect(live.asked('ESCALATED_M1')).toEqual(['ana', 'ben', 'vera', 'dora', 'dirk', 'ana']);
  expect(await live.view()).toMatchObject({ escalation: { owner: 'ana' }, attention: [] });
});

test('a longer one takes nothing away from who is being waited for, and the same one again is nothing', async () => {
  // Given a manager who is asked for two seconds
  const live = await company.open({ severity: 1 }, { severities: { '1': { managerAck: '2s' } } });
  await live.update('escalate', 'maria');
  await live.ring('ana', 'ESCALATED_M1');
  await live.atRest();

  // When a policy of hours is adopted meanwhile, twice
  await adopt(live, SLOW);
  expect(await adopt(live, SLOW)).toMatchObject({
    events: [],
    notes: [expect.stringContaining('slow already') as string],
  });
  await live.ring('ben', 'ESCALATED_M1');

  // Then the next one is asked when it was promised, and has the hour
  const other = await company.open({ severity: 1 }, QUICK);
  await other.update('escalate', 'maria');
  await other.ring('dora', 'ESCALATED_M1');
  await live.atRest();
  expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1, 'ben ESCALATED_M1': 1 });
  expect(await live.told('PolicyAdopted')).toHaveLength(1);
});
