/** The typed client against a real server and the real workflow: what only the two together can show. */
import { setTimeout as pause } from 'node:timers/promises';
import { CaseNotFound, CaseRejected, ServiceUnavailable, TocsinClient, type CaseOpening } from '../../client';
import { serveCases, type ServedCases } from '../support/served-cases';

const opening = (caseNumber: string, more: Partial<CaseOpening> = {}): CaseOpening => ({
  by: 'maria',
  role: 'CUSTOMER',
  channel: 'CASE_LOGGER',
  requestId: `log-${caseNumber}`,
  caseNumber,
  title: 'Everything is slow',
  severity: 1,
  customer: { number: '100200', name: 'Acme', activeSupport: true, enterprise: true },
  environment: 'PRODUCTION',
  engineer: 'eng-lee',
  ...more,
});
const maria = { by: 'maria', role: 'CUSTOMER', channel: 'CASE_TRACKER' } as const;

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => `it was done: ${JSON.stringify(value)}`,
    (error: unknown) => error,
  );

/** Visibility and closing lag a moment behind; asked until it is so, or the test's own time is over. */
async function eventually<T>(ask: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask();
    if (isSo(value)) return value;
    await pause(50);
  }
}

describe('on a real server', () => {
  let cases: ServedCases;
  let tocsin: TocsinClient;
  beforeAll(async () => {
    cases = await serveCases();
    tocsin = await TocsinClient.connect({ address: cases.address });
  });
  afterAll(async () => {
    await tocsin?.close();
    await cases?.close();
  });

  test('a case is opened once, whoever asks how often', async () => {
    const first = await tocsin.open(opening('C1000001'));
    expect(first).toMatchObject({
      caseNumber: 'C1000001',
      severity: 1,
      status: 'OPEN',
      owner: 'eng-lee',
      repeated: false,
    });
    expect(await tocsin.open(opening('C1000001'))).toMatchObject({ runId: first.runId, repeated: true });
    expect(await rejection(tocsin.open(opening('C1000001', { severity: 2 })))).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect(await rejection(tocsin.open(opening('C1000001', { requestId: 'other' })))).toMatchObject({
      code: 'CASE_EXISTS',
    });
    expect((await tocsin.getTimeline('C1000001')).events.filter(({ type }) => type === 'CaseOpened')).toHaveLength(1);
  });

  test('two who open one number at once get one case', async () => {
    const [one, other] = await Promise.all([tocsin.open(opening('C1000002')), tocsin.open(opening('C1000002'))]);
    expect(one.runId).toBe(other.runId);
    expect([one.repeated, other.repeated].sort()).toEqual([false, true]);
  });

  test('a refused opening is a refusal, leaves no case, and leaves the number usable', async () => {
    const error = await rejection(tocsin.open(opening('C1000003', { severity: 0 })));
    expect(error).toBeInstanceOf(CaseRejected);
    expect(error).toMatchObject({ code: 'E_DOWN_NOT_AT_LOGGING' });
    expect(await rejection(tocsin.getCase('C1000003'))).toBeInstanceOf(CaseNotFound);
    expect(await rejection(tocsin.update('C1000003', 'escalate', maria))).toBeInstanceOf(CaseNotFound);
    expect(await tocsin.open(opening('C1000003'))).toMatchObject({ severity: 1, repeated: false });
  });

  test('the longest title that is allowed fits into the summary', async () => {
    const customer = { ...opening('').customer, name: '丸'.repeat(200) };
    expect(await tocsin.open(opening('C1000004', { title: '🚨*'.repeat(66), customer }))).toMatchObject({
      caseNumber: 'C1000004',
    });
  });

  test('a command sent twice is done once; with another body it is a conflict', async () => {
    await tocsin.open(opening('C1000005'));
    const first = await tocsin.update('C1000005', 'escalate', { ...maria, requestId: 'esc-1' });
    expect(first).toMatchObject({ level: 'M1' });
    expect(await tocsin.update('C1000005', 'escalate', { ...maria, requestId: 'esc-1' })).toEqual(first);
    expect(
      await rejection(tocsin.update('C1000005', 'escalate', { ...maria, requestId: 'esc-1', reason: 'INACTIVITY' })),
    ).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect((await tocsin.getCase('C1000005')).level).toBe('M1');
  });

  test.each<[string, unknown, string[]]>([
    ['nothing', undefined, ['input', 'by', 'role', 'summary', 'substantive']],
    ['a list', [1], ['input', 'by', 'role', 'summary', 'substantive']],
    ['a number', 7, ['input', 'by', 'role', 'summary', 'substantive']],
    ['wrong fields', { by: '', role: 'BOSS', summary: ' ' }, ['by', 'role', 'summary', 'substantive']],
  ])('%s as input is refused with every wrong field', async (_, input, fields) => {
    const error = await rejection(tocsin.update('C1000001', 'recordProgress', input as never));
    expect(error).toMatchObject({ name: 'CaseRejected', code: 'INVALID_INPUT' });
    expect((error as CaseRejected).fields.map(({ field }) => field)).toEqual(fields);
  });

  test('an answer needs no page and no role: it takes what this person is asked, once (H1, D1)', async () => {
    await tocsin.open(opening('C1000009'));
    await eventually(
      () => tocsin.getCase('C1000009'),
      ({ pages }) => pages.some(({ status }) => status === 'SENT'),
    );
    expect(await tocsin.update('C1000009', 'acknowledge', { by: 'eng-lee' })).toMatchObject({
      events: ['PageAcknowledged'],
    });
    expect((await tocsin.getCase('C1000009')).attention).toEqual([]);
    const late = { by: 'mgr-ana', pageId: 'C1000009-1' };
    expect(await rejection(tocsin.update('C1000009', 'acknowledge', late))).toMatchObject({
      code: 'STALE_ASSIGNMENT',
      message: expect.stringContaining('eng-lee') as string,
    });
  });

  test('whoever cannot says so, and the next is asked (D6)', async () => {
    await tocsin.open(opening('C1000010'));
    await eventually(
      () => tocsin.getCase('C1000010'),
      ({ pages }) => pages.some(({ status }) => status === 'SENT'),
    );
    expect(await tocsin.update('C1000010', 'decline', { by: 'eng-lee', reason: 'On a plane.' })).toMatchObject({
      events: expect.arrayContaining(['PageDeclined']) as string[],
    });
    const { pages } = await eventually(
      () => tocsin.getCase('C1000010'),
      (view) => view.pages.some(({ person, status }) => person === 'mgr-ana' && status === 'SENT'),
    );
    expect(pages.map(({ person }) => person)).toEqual(['mgr-ana']);
  });

  test('queries answer, and an unknown case is not found', async () => {
    expect(await tocsin.whoOwnsThis('C1000001')).toMatchObject({ owner: 'eng-lee' });
    expect(await tocsin.getManager('C1000005')).toMatchObject({ manager: 'mgr-ana', how: 'BEING_PAGED' });
    expect(await tocsin.getImpact('C1000001')).toMatchObject({ totalUsers: null });
    expect(await tocsin.eDownCategories('C1000001')).toHaveLength(5);
    expect((await tocsin.getTimeline('C1000001', { after: 1, limit: 1 })).events.map(({ seq }) => seq)).toEqual([2]);
    expect(await rejection(tocsin.getCase('C9999999'))).toBeInstanceOf(CaseNotFound);
    expect(await rejection(tocsin.signal('C9999999', 'escalate', maria))).toBeInstanceOf(CaseNotFound);
    expect(await rejection(tocsin.update('C9999999', 'escalate', maria))).toBeInstanceOf(CaseNotFound);
  });

  test('cases are found by what they show; a quote in a value finds only itself', async () => {
    const customer = { ...opening('').customer, number: "o'brien" };
    await tocsin.open(opening('C1000006', { customer }));
    await tocsin.signal('C1000006', 'escalate', maria);
    const rows = await eventually(
      () => tocsin.list({ level: 'M1', severity: [0, 1], customer: "o'brien" }),
      (found) => found.length > 0,
    );
    expect(rows).toMatchObject([
      {
        caseNumber: 'C1000006',
        title: 'Everything is slow',
        customer: { number: "o'brien", name: 'Acme' },
        status: 'OPEN',
        attention: ['UNACKNOWLEDGED'],
      },
    ]);
    expect(await tocsin.list({ customer: "x' OR '1'='1" })).toEqual([]);
    expect(
      await tocsin.list({ engineer: 'eng-lee', attention: ['UNACKNOWLEDGED', 'NOBODY_REACHED'] }, { limit: 2 }),
    ).toHaveLength(2);
  });

  test('a case that was opened with nothing but Temporal is listed by its title and customer too', async () => {
    const args: [CaseOpening] = [
      opening('C1000020', { customer: { number: '100220', name: 'Bolt', activeSupport: true, enterprise: true } }),
    ];
    await tocsin.temporal.workflow.start('supportCase', { workflowId: 'C1000020', taskQueue: tocsin.taskQueue, args });
    const [row] = await eventually(
      () => tocsin.list({ customer: '100220' }),
      (found) => found.length > 0,
    );
    expect(row).toMatchObject({
      caseNumber: 'C1000020',
      title: 'Everything is slow',
      customer: { number: '100220', name: 'Bolt' },
    });
  });

  test('a case that is over answers what it was, takes no command, and keeps its number', async () => {
    await tocsin.open(opening('C1000007', { severity: 3 }));
    await tocsin.update('C1000007', 'closeCase', {
      by: 'eng-lee',
      role: 'ENGINEER',
      resolution: 'Patched.',
      customerAgreed: true,
    });
    await tocsin.temporal.workflow.getHandle('C1000007').result();
    expect(await rejection(tocsin.update('C1000007', 'reopenCase', { ...maria, reason: 'again' }))).toMatchObject({
      name: 'CaseRejected',
      code: 'CASE_CLOSED',
    });
    expect(await rejection(tocsin.signal('C1000007', 'escalate', maria))).toMatchObject({ code: 'CASE_CLOSED' });
    expect(await tocsin.getCase('C1000007')).toMatchObject({ status: 'CLOSED' });
    expect(await rejection(tocsin.open(opening('C1000007', { severity: 3, requestId: 'new' })))).toMatchObject({
      code: 'CASE_EXISTS',
    });
    expect(await tocsin.open(opening('C1000007', { severity: 3 }))).toMatchObject({ status: 'CLOSED', repeated: true });
  });

  test('without a worker: no answer in time, said as such, and nothing lost', async () => {
    await cases.stopWorker();
    const hurried = new TocsinClient(tocsin.temporal, { deadlineMs: 4000 });
    try {
      const command = { ...maria, requestId: 'esc-late' };
      expect(await rejection(hurried.update('C1000001', 'escalate', command))).toMatchObject({
        name: 'ServiceUnavailable',
        reason: 'DEADLINE',
      });
      expect(await rejection(hurried.getCase('C1000001'))).toBeInstanceOf(ServiceUnavailable);
      expect(await rejection(hurried.open(opening('C1000008')))).toMatchObject({
        name: 'ServiceUnavailable',
        reason: expect.stringMatching(/^(NO_WORKER|DEADLINE)$/) as string,
      });
      await cases.startWorker();
      expect(await tocsin.update('C1000001', 'escalate', command)).toMatchObject({ level: 'M1' });
      expect(await tocsin.open(opening('C1000008'))).toMatchObject({ repeated: true });
      expect((await tocsin.getTimeline('C1000001')).events.filter(({ type }) => type === 'Escalated')).toHaveLength(1);
    } finally {
      await cases.startWorker();
    }
  });

  test('an unknown namespace is told apart from an unknown case', async () => {
    const elsewhere = await TocsinClient.connect({ address: cases.address, namespace: 'nowhere' });
    try {
      expect(await rejection(elsewhere.getCase('C1000001'))).toMatchObject({
        name: 'ServiceUnavailable',
        reason: 'NAMESPACE_NOT_FOUND',
      });
    } finally {
      await elsewhere.close();
    }
  });
});
