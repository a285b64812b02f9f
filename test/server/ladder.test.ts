/**
 * R44-R49, R38, H1 and section 6 of the contract from outside: an escalation that nobody answers walks the chart, and
 * begins again; only an answer stops it. Whoever comes is welcome while nobody has it, and M2 never comes to the owner of M1.
 */
import { Company, eventually, type LiveCase } from '../support/company';

const hasty = { severities: { '1': { managerAck: '1s' } } };

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterEach(() => company.endCases());
afterAll(() => company.stop());

/** M1 with ana, who has it. */
async function engaged(policy: object = hasty): Promise<LiveCase> {
  const live = await company.open({ severity: 1 }, policy);
  await live.update('escalate', 'maria');
  await live.acknowledge(await live.ring('ana', 'ESCALATED_M1'));
  return live;
}

test('unanswered, M1 walks from the direct manager up, to the duty managers, and again', async () => {
  const live = await company.open({ severity: 1 }, hasty);
  await live.signal('escalate', 'maria');
  await live.ring('ben', 'ESCALATED_M1', 2);
  expect(live.asked('ESCALATED_M1')).toEqual(['ana', 'ben', 'vera', 'dora', 'dirk', 'ana', 'ben']);
  // Whose turn comes round again is rung by the page that they have.
  const [first, second] = live.rings.filter(({ phone }) => phone === 'ana').map(({ id }) => id);
  expect([first, second]).toEqual([`${live.number}-1/1/ana/webhook`, `${live.number}-1/2/ana/webhook`]);
  expect(new Set(live.rings.map(({ id }) => id)).size).toBe(7);
  expect(live.rings).toHaveLength(7);
  expect((await live.told('ManagerUnreachable')).slice(0, 6).map(({ data }) => `${data.person} ${data.why}`)).toEqual(
    ['ana', 'ben', 'vera', 'dora', 'dirk', 'ana'].map((person) => `${person} NO_ANSWER`),
  );
  expect(await live.view()).toMatchObject({
    level: 'M1',
    escalation: { status: 'PENDING', owner: null },
    attention: ['UNACKNOWLEDGED'],
  });
});

test('H1 a late answer is welcome while nobody has it: it stops the search, and whoever was asked meanwhile hears who came', async () => {
  const live = await company.open({ severity: 1 }, { severities: { '1': { managerAck: '2s' } } });
  await live.signal('escalate', 'maria');
  const ana = await live.ring('ana', 'ESCALATED_M1');
  const ben = await live.ring('ben', 'ESCALATED_M1');
  await live.atRest();
  // Late, while ben is being asked.
  expect(await live.acknowledge(ana)).toMatchObject({
    level: 'M1',
    events: expect.arrayContaining(['PageAcknowledged', 'EscalationAccepted']) as string[],
    notes: ['Yours now: M1.'],
  });
  expect(await live.ring('ben', 'ESCALATION_INFO')).toMatchObject({
    pageId: ben.pageId,
    attempt: 2,
    text: expect.stringContaining('Ana has it: M1.') as string,
  });
  expect(await live.refused('acknowledge', 'ben', { pageId: ben.pageId })).toMatchObject({
    type: 'STALE_ASSIGNMENT',
    message: expect.stringContaining('ana') as string,
  });
  expect(await live.refused('acceptEscalation', 'ben')).toMatchObject({
    type: 'ALREADY_ACCEPTED',
    message: expect.stringContaining('ana') as string,
  });
  expect(await live.refused('acknowledge', 'ana', { pageId: ana.pageId })).toMatchObject({
    type: 'ALREADY_ACKNOWLEDGED',
  });

  // As long as three answers would have taken, by another case's ladder.
  const other = await company.open({ severity: 1 }, hasty);
  await other.signal('escalate', 'maria');
  await other.ring('ana', 'ESCALATED_M1', 2);
  await live.atRest();
  expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1, 'ben ESCALATED_M1': 1, 'ben ESCALATION_INFO (word)': 1 });
  expect(await live.view()).toMatchObject({ escalation: { status: 'ENGAGED', owner: 'ana' }, attention: [] });
});

test('two who accept at once: one has it, the other hears who', async () => {
  const live = await company.open({ severity: 1 });
  await live.update('escalate', 'maria');
  await live.ring('ana', 'ESCALATED_M1');
  await live.atRest();
  const outcomes = await Promise.allSettled([
    live.update('acceptEscalation', 'ana'),
    live.update('acceptEscalation', 'ben'),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const { owner } = (await live.view()).escalation;
  expect(['ana', 'ben']).toContain(owner);
  await live.atRest();
  expect(await live.told('EscalationAccepted')).toHaveLength(1);
});

test('R48 whoever is rung while somebody else takes it is told who has it, though the page was called back', async () => {
  // Given a manager whose provider takes its time
  const live = await company.open({ severity: 1 });
  let take = (): void => undefined;
  const taken = new Promise<void>((resolve) => (take = resolve));
  live.phone('ana', async (nth) => {
    if (nth === 1) await taken;
    return {};
  });
  await live.update('escalate', 'maria');
  await live.ring('ana', 'ESCALATED_M1');

  // When another manager takes the escalation meanwhile
  await live.update('acceptEscalation', 'ben');
  take();
  await live.ring('ana', 'ESCALATION_INFO');
  await live.atRest();

  // Then the page is on record, and changes nothing about who has it
  expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1, 'ana ESCALATION_INFO (word)': 1 });
  expect(live.rings.at(-1)?.text).toContain('Ben has it: M1.');
  expect(await live.told('PageSent')).toMatchObject([
    { data: { person: 'ana', overtaken: true } },
    { data: { person: 'ana' } },
  ]);
  expect((await live.view()).escalation).toMatchObject({ owner: 'ben' });
});

test('an acknowledgement that nothing follows expires: the next one is asked, and whoever had it may have it again', async () => {
  const live = await company.open({ severity: 1 }, { severities: { '1': { managerAck: '10s', ackExpires: '1s' } } });
  // A phone that answers by itself, and whose owner sleeps on.
  live.phone('ana', async (nth, request) => {
    const { data } = JSON.parse(request.body) as { data: { pageId: string } };
    if (nth === 1) await live.update('acknowledge', 'ana', { pageId: data.pageId });
    return {};
  });
  await live.update('escalate', 'maria');
  const ben = await live.ring('ben', 'ESCALATED_M1');
  expect(await live.ring('ana', 'ESCALATED_M1', 2)).toMatchObject({
    urgent: false,
    asks: [{ purpose: 'ESCALATED_M1' }],
    text: expect.stringMatching(/Ana had it, and nothing has been done since .*, so others are asked: M1\./) as string,
  });
  await live.atRest();
  await live.acknowledge(ben);
  await live.update('recordCustomerContact', 'ben', { how: 'PHONE', outcome: 'REACHED', summary: 'Called Maria.' });
  await live.ring('ana', 'ESCALATION_INFO');
  await live.atRest();
  expect(live.rang()).toEqual({
    'ana ESCALATED_M1': 1,
    'ana ESCALATED_M1 (quietly)': 1,
    'ben ESCALATED_M1': 1,
    'ana ESCALATION_INFO (word)': 1,
  });
  expect(await live.told('AcknowledgementExpired')).toMatchObject([{ data: { person: 'ana' } }]);
});

test('M2 goes to the manager’s manager and joins the other two', async () => {
  const live = await engaged();
  expect(await live.refused('escalate', 'maria', { level: 'M2' })).toMatchObject({ type: 'DISSATISFACTION_REQUIRED' });
  await live.update('escalate', 'maria', { level: 'M2', dissatisfaction: 'Nobody has called.' });
  await live.acknowledge(await live.ring('ben', 'ESCALATED_M2'));
  await live.acknowledge(await live.ring('lee', 'ESCALATION_INFO'));
  await live.ring('ana', 'ESCALATION_INFO');
  await live.atRest();
  expect(live.rang()).toEqual({
    'ana ESCALATED_M1': 1,
    'ben ESCALATED_M2': 1,
    'lee ESCALATION_INFO': 1,
    'ana ESCALATION_INFO (word)': 1,
  });
  expect(await live.told('M2TeamFormed')).toMatchObject([
    { data: { engineer: 'lee', manager: 'ana', secondLevelManager: 'ben' } },
  ]);
});

test('M2 never comes to the owner of M1, round after round', async () => {
  const live = await company.open({ severity: 1 }, hasty);
  await live.update('escalate', 'maria');
  await live.acknowledge(await live.ring('ben', 'ESCALATED_M1'));
  await live.update('escalate', 'maria', { level: 'M2', dissatisfaction: 'Still nothing.' });
  await live.acknowledge(await live.ring('lee', 'ESCALATION_INFO'));
  await live.ring('eve', 'ESCALATED_M2', 2);
  // ben, who would be next by the chart, has M1.
  expect(live.asked('ESCALATED_M2')).toEqual(['vera', 'eve', 'dora', 'dirk', 'vera', 'eve']);
  expect(await live.refused('acceptEscalation', 'ben')).toMatchObject({ type: 'OTHER_MANAGER_REQUIRED' });
});

test('when a whole search has found nobody, it is seen, and goes on until somebody comes', async () => {
  const live = await company.open(
    { severity: 1, customer: { number: '4711', name: 'Nobody Ltd', activeSupport: true, enterprise: true } },
    { severities: { '1': { managerAck: '1s' } }, escalation: { rounds: 1, keepTryingEvery: '1s' } },
  );
  await live.signal('escalate', 'maria');
  expect(await live.ring('eve', 'NOBODY_REACHED')).toMatchObject({ audience: 'DUTY_EXECUTIVE' });
  expect(live.asked('ESCALATED_M1').slice(0, 5)).toEqual(['ana', 'ben', 'vera', 'dora', 'dirk']);
  expect((await live.view()).attention).toEqual(['UNACKNOWLEDGED', 'NOBODY_REACHED']);

  const found = await eventually(
    () => company.tocsin.list({ attention: 'NOBODY_REACHED' }),
    (rows) => rows.length > 0,
  );
  expect(found).toMatchObject([{ caseNumber: live.number, attention: ['UNACKNOWLEDGED', 'NOBODY_REACHED'] }]);

  // The search has begun again; whoever comes now is welcome, asked this moment or not.
  const ana = await live.ring('ana', 'ESCALATED_M1', 2);
  await live.ring('ben', 'ESCALATED_M1', 2);
  await live.atRest();
  expect(await live.acknowledge(ana)).toMatchObject({ attention: [] });
  const others = ['ben', 'vera', 'dora', 'dirk', 'eve'];
  for (const phone of others) await live.ring(phone, 'ESCALATION_INFO');
  await eventually(
    () => company.tocsin.list({ attention: 'NOBODY_REACHED' }),
    (rows) => rows.length === 0,
  );
  await live.atRest();
  // Everybody who was asked hears once who has it.
  expect(live.rang()).toMatchObject({
    'eve NOBODY_REACHED': 1,
    ...Object.fromEntries(others.map((phone) => [`${phone} ESCALATION_INFO (word)`, 1])),
  });
  expect(await live.view()).toMatchObject({ escalation: { status: 'ENGAGED', owner: 'ana' }, attention: [] });
});

test('at M2 another request reminds its manager, at most as often as the policy says', async () => {
  const live = await engaged({ escalation: { remindAtMostEvery: '1s' } });
  await live.update('escalate', 'maria', { level: 'M2', dissatisfaction: 'Nobody has called.' });
  await live.acknowledge(await live.ring('ben', 'ESCALATED_M2'));
  await live.atRest();
  const again = () => live.refused('escalate', 'maria', { level: 'M2', dissatisfaction: 'And again.' });
  expect(await again()).toMatchObject({ type: 'ALREADY_M2' });
  await live.ring('ben', 'ESCALATION_REMINDER');
  let requests = 1;
  // The customer asks until it is worth a page again.
  while ((await live.told('EscalationReminded')).filter(({ data }) => data.paged).length < 2) {
    await again();
    requests += 1;
  }
  await live.ring('ben', 'ESCALATION_REMINDER', 2);
  await live.atRest();
  const reminders = await live.told('EscalationReminded');
  const paged = reminders.filter(({ data }) => data.paged).map(({ at }) => Date.parse(at));
  expect(requests).toBeGreaterThan(2);
  expect(reminders).toHaveLength(requests);
  expect((paged[1] ?? 0) - (paged[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  // A reminder asks for nothing, so it rings nobody (H3).
  expect(live.rang()).toMatchObject({ 'ben ESCALATED_M2': 1, 'ben ESCALATION_REMINDER (word)': 2 });
  expect(await live.view()).toMatchObject({ level: 'M2', escalation: { status: 'ENGAGED', owner: 'ben' } });
});

test('a manager who is away is stood in for; one without a channel is passed by', async () => {
  company.hire('olga', 'carl');
  company.hire('carl', 'ben');
  company.change('carl', { away: [{ from: 0, to: Date.now() + 3_600_000, delegate: 'vera' }] });
  const live = await company.open({ engineer: 'olga', severity: 1 }, {});
  await live.signal('escalate', 'maria');
  await live.ring('vera', 'ESCALATED_M1');
  await live.atRest();
  expect(live.rang()).toEqual({ 'vera ESCALATED_M1': 1 });
  expect((await live.told('PageSent'))[0]?.data).toMatchObject({
    person: 'vera',
    route: 'DELEGATE',
    passedOver: [{ person: 'carl', why: 'AWAY' }],
  });

  company.change('carl', { away: [], channels: [] });
  const silent = await company.open({ engineer: 'olga', severity: 1 }, {});
  await silent.signal('escalate', 'maria');
  await silent.ring('ben', 'ESCALATED_M1');
  await silent.atRest();
  expect(silent.rang()).toEqual({ 'ben ESCALATED_M1': 1 });
});
