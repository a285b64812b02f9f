/**
 * B7, R50 from outside: a case goes back from M2 to M1 to NORMAL, is closed and opened again. Whoever needs to know is told,
 * whoever is not needed any more is rung no more, and a page of before is no answer to what is asked now.
 */
import { Company, type LiveCase } from '../support/company';

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterEach(() => company.endCases());
afterAll(() => company.stop());

/** By its name: the same person's second wish within a minute is the first one (D14). */
const dissatisfied = { level: 'M2', dissatisfaction: 'Nobody has called.' };
const calm = { reason: 'Two engineers work on it.', customerAgreed: true };
const closing = { resolution: 'Patched.', customerAgreed: true };
const pagesOf = (live: LiveCase, phone: string, purpose: string): string[] =>
  live.rings.filter((ring) => ring.phone === phone && ring.purpose === purpose).map(({ pageId }) => pageId);

/** At M2 with ana and ben, who have answered; lee has not said yet that he is in the team. */
async function atM2(severity: object): Promise<LiveCase> {
  const live = await company.open({ severity: 1 }, { severities: { '1': severity }, escalation: { retryFor: '1s' } });
  live.picksUp('ana', 'ESCALATED_M1').picksUp('ben', 'ESCALATED_M2');
  await live.update('escalate', 'maria');
  await live.ring('ana', 'ESCALATED_M1');
  await live.until((events) => events.some(({ type }) => type === 'EscalationAccepted'));
  await live.update('escalate', 'maria', dissatisfied);
  await Promise.all([
    live.ring('ben', 'ESCALATED_M2'),
    live.ring('lee', 'ESCALATION_INFO'),
    live.ring('ana', 'ESCALATION_INFO'),
  ]);
  await live.until((events) => events.filter(({ type }) => type === 'EscalationAccepted').length === 2);
  return live;
}

test('M2 goes back to M1 and to NORMAL, a step at a time, by its owner: the one who has it next is told, and no promise of before rings', async () => {
  // Given M2, with promises and pages that would be due in seconds
  const due = { engineerAck: '5s', managerContact: '5s', staffing: '5s' };
  const live = await atM2(due);
  const atTheTop = live.rang();

  // When it is asked for by whom it is not up to, or without the customer
  expect(await live.refused('deEscalate', 'ana', calm)).toMatchObject({ type: 'NOT_ESCALATION_OWNER' });
  expect(await live.refused('deEscalate', 'ben', { ...calm, customerAgreed: false })).toMatchObject({
    type: 'CUSTOMER_AGREEMENT_REQUIRED',
  });
  // And when it is decided
  expect(await live.update('deEscalate', 'ben', calm)).toMatchObject({ level: 'M1' });
  expect((await live.ring('ana', 'ESCALATION_INFO', 2)).text).toContain('M2 → M1 by Ben: Two engineers work on it.');
  expect(await live.view()).toMatchObject({ escalation: { status: 'ENGAGED', owner: 'ana' }, attention: [] });
  expect(await live.refused('deEscalate', 'ben', calm)).toMatchObject({ type: 'NOT_ESCALATION_OWNER' });
  expect(await live.update('deEscalate', 'ana', calm)).toMatchObject({ level: 'NORMAL' });

  // Then what would have rung at M2 does not, as long as another case takes to break its promises
  const other = await atM2(due);
  await other.ring('ben', 'PROMISE_OVERDUE');
  await live.atRest();
  expect(live.rang()).toEqual({ ...atTheTop, 'ana ESCALATION_INFO (word)': 2, 'lee ESCALATION_INFO (word)': 1 });
  expect(await live.view()).toMatchObject({ level: 'NORMAL', attention: [] });

  // And it is a new escalation when the customer escalates again: a page of before does not answer it
  await live.phone('ana', () => ({})).update('escalate', 'maria');
  const asked = await live.ring('ana', 'ESCALATED_M1', 2);
  await live.atRest();
  const [before] = pagesOf(live, 'ana', 'ESCALATED_M1');
  expect(await live.refused('acknowledge', 'ana', { pageId: before })).toMatchObject({
    type: expect.stringMatching(/^(STALE_ASSIGNMENT|ALREADY_ACKNOWLEDGED)$/) as string,
  });
  expect(await live.view()).toMatchObject({
    level: 'M1',
    escalation: { status: 'PENDING', owner: null },
    attention: ['UNACKNOWLEDGED'],
  });
  expect(await live.acknowledge(asked)).toMatchObject({
    level: 'M1',
    events: expect.arrayContaining(['EscalationAccepted']) as string[],
  });
});

test('back at M1 whose manager has gone silent, it is not green: the search for another one goes on until somebody comes', async () => {
  // Given M1 that was accepted by ana, who then did nothing
  const live = await atM2({ ackExpires: '3s', engineerAck: '1h', managerAck: '1h' });
  await live.update('recordProgress', 'ben', { summary: 'I look after it.', substantive: false });
  await live.ring('vera', 'ESCALATED_M1');

  // When ben gives M2 back
  await live.update('deEscalate', 'ben', calm);
  await live.atRest();

  // Then M1 is vera's as soon as she says so, and nobody believes that ana has it
  expect(await live.view()).toMatchObject({
    level: 'M1',
    escalation: { status: 'PENDING', owner: null },
    attention: ['UNACKNOWLEDGED'],
  });
  expect(pagesOf(live, 'ana', 'ESCALATION_INFO')).toHaveLength(1);
  const [vera = ''] = pagesOf(live, 'vera', 'ESCALATED_M1');
  await live.update('acknowledge', 'vera', { pageId: vera });
  await live.ring('ana', 'ESCALATION_INFO', 2);
  await live.atRest();
  expect(await live.view()).toMatchObject({ escalation: { status: 'ENGAGED', owner: 'vera' }, attention: [] });
  expect(live.rang()).toEqual({
    'ana ESCALATED_M1': 1,
    // Who did nothing hears that others are asked, and may have it again (B3).
    'ana ESCALATED_M1 (quietly)': 1,
    'ana ESCALATION_INFO (word)': 2,
    'ben ESCALATED_M2': 1,
    'lee ESCALATION_INFO': 1,
    // Back at M1 there is no team to join any more.
    'lee ESCALATION_INFO (word)': 1,
    'vera ESCALATED_M1': 1,
  });
});

test('closed while pages are on their way: who was rung in vain is told, what was being tried again is not, and nothing follows', async () => {
  // Given a manager whose provider takes its time, and an engineer whose provider is down for longer than this test has
  const live = await company.open({ severity: 2 }, { escalation: { retryFor: '50s' } });
  const ana = live.holds('ana');
  live.phone('lee', () => ({ status: 503 }));
  await live.update('escalate', 'maria');
  await live.update('changeSeverity', 'maria', { severity: 1 });
  await Promise.all([live.ring('ana', 'ESCALATED_M1'), live.ring('lee', 'SEVERITY_CHANGED')]);

  // When the case is closed
  await live.update('closeCase', 'lee', closing);
  ana.letGo();
  await live.atRest();
  const tries = live.rang()['lee SEVERITY_CHANGED'];

  // Then
  expect((await live.ring('ana', 'ESCALATION_INFO')).text).toContain('Not asked any more: M1 (the case was closed).');
  const other = await company.open({ severity: 2 }, { escalation: { retryFor: '2s' } });
  other.phone('lee', () => ({ status: 503 }));
  await other.update('changeSeverity', 'maria', { severity: 1 });
  await other.ring('ana', 'SEVERITY_CHANGED');
  await live.atRest();
  expect(live.rang()).toEqual({
    'ana ESCALATED_M1': 1,
    'ana ESCALATION_INFO (word)': 1,
    'lee SEVERITY_CHANGED': tries,
  });
  expect(await live.view()).toMatchObject({ status: 'CLOSED', level: 'NORMAL', attention: [] });
});

test.each<[how: string, reply: { status: number }]>([
  ['is taken', { status: 200 }],
  ['is refused', { status: 404 }],
])(
  'reopened and escalated again while the page of before is still on its way: when that one %s, the new search stands',
  async (_how, reply) => {
    // Given M1 whose page hangs, in a case that is closed and opened again
    const live = await company.open({ severity: 1 });
    const ana = live.holds('ana');
    await live.update('escalate', 'maria');
    const before = await live.ring('ana', 'ESCALATED_M1');
    await live.update('closeCase', 'lee', closing);
    await live.update('reopenCase', 'maria', { reason: 'It is down again.' });
    await live.acknowledge(await live.ring('lee', 'ASSIGNED'));
    await live.update('escalate', 'maria');
    const now = await live.ring('ana', 'ESCALATED_M1', 2);

    // When it comes to its end
    ana.letGo(reply);
    await live.atRest();

    // Then it is ana who is asked for it, and no one else
    expect(new Set(live.rings.map(({ phone }) => phone))).toEqual(new Set(['ana', 'lee']));
    expect(now.id).not.toBe(before.id);
    expect(await live.view()).toMatchObject({
      level: 'M1',
      escalation: { status: 'PENDING', owner: null },
      attention: ['UNACKNOWLEDGED'],
    });
    const rings = live.rings.length;
    // Nobody has it, so she is welcome (H1).
    expect(await live.acknowledge(now)).toMatchObject({
      events: expect.arrayContaining(['EscalationAccepted']) as string[],
    });
    await live.atRest();
    expect(live.rings).toHaveLength(rings);
    expect((await live.view()).attention).toEqual([]);
  },
);
