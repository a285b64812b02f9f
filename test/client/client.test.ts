/** What the typed client does by itself, before and after Temporal: ids, idempotency, and which refusal it is. */
import { WorkflowFailedError } from '@temporalio/client';
import {
  ApplicationFailure,
  RetryState,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/common';
import { CaseNotFound, CaseRejected, ServiceUnavailable, TocsinClient, type CaseOpening } from '../../client';
import { ended, fakeTemporal, published, waiting, type Answers } from '../support/fake-temporal';

const opening: CaseOpening = {
  by: 'maria',
  role: 'CUSTOMER',
  channel: 'CASE_LOGGER',
  requestId: 'log-1',
  caseNumber: 'C1234567',
  title: 'Everything *is* slow',
  severity: 1,
  customer: { number: '100200', name: 'Acme', activeSupport: true, enterprise: true },
  environment: 'PRODUCTION',
};
const view = {
  caseNumber: 'C1234567',
  severity: 1,
  level: 'NORMAL',
  emergency: 'NONE',
  status: 'OPEN',
  owner: 'support-desk',
  nextDue: null,
  attention: [],
  counters: { events: 1 },
};
const running = {
  status: { name: 'RUNNING' },
  runId: 'run-1',
  raw: { workflowExecutionInfo: { firstRunId: 'run-1' } },
};
const query = () => view;
const notFound = (): never => {
  throw new WorkflowNotFoundError('workflow execution already completed', 'C1234567', undefined);
};
const exists = (): never => {
  throw new WorkflowExecutionAlreadyStartedError('Workflow execution already started', 'C1234567', 'supportCase');
};

const clientThat = (answers: Answers) => {
  const { client, sent } = fakeTemporal(answers);
  return { tocsin: new TocsinClient(client), sent };
};
const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it was done',
    (error: unknown) => error,
  );

describe('opening a case', () => {
  test('starts the workflow of that number, never a second one, and tells who has it', async () => {
    const { tocsin, sent } = clientThat({ start: () => undefined, query, describe: () => running });
    expect(await tocsin.open(opening)).toMatchObject({
      caseNumber: 'C1234567',
      runId: 'run-1',
      owner: 'support-desk',
      seq: 1,
      notes: [],
      repeated: false,
    });
    expect(sent[0]).toMatchObject({
      what: 'start',
      name: 'supportCase',
      args: [opening],
      options: {
        workflowId: 'C1234567',
        taskQueue: 'tocsin',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        staticSummary: 'C1234567 · Acme · Everything \\*is\\* slow',
        memo: { requestId: 'log-1' },
      },
    });
    // Lists show a memo, and only the worker knows whether they may show a name.
    expect(Object.keys(sent[0]?.options?.['memo'] as object).sort()).toEqual(['bodyHash', 'requestId']);
  });

  test.each([
    [0, { priorityKey: 1 }],
    [1, { priorityKey: 1 }],
    [2, undefined],
    [3, undefined],
  ] as const)('of severity %i, with its place among all that wait for a worker', async (severity, priority) => {
    const { tocsin, sent } = clientThat({ start: () => undefined, query, describe: () => running });
    await tocsin.open({ ...opening, severity });
    expect(sent[0]?.options?.['priority']).toEqual(priority);
  });

  test('that cannot be right is refused before anything is sent, with every wrong field', async () => {
    const { tocsin, sent } = clientThat({});
    const bad = { ...opening, severity: 7, title: ' ', customer: { number: '1' } } as unknown as CaseOpening;
    const error = await rejection(tocsin.open(bad));
    expect(error).toBeInstanceOf(CaseRejected);
    expect(error).toMatchObject({ code: 'INVALID_INPUT' });
    expect((error as CaseRejected).fields.map(({ field }) => field)).toEqual([
      'title',
      'severity',
      'customer.name',
      'customer.activeSupport',
      'customer.enterprise',
    ]);
    expect(sent).toEqual([]);
  });

  test('with one thing wrong is refused under that code', async () => {
    const { severity: _, ...without } = opening;
    const { tocsin } = clientThat({});
    expect(await rejection(tocsin.open(without as CaseOpening))).toMatchObject({ code: 'SEVERITY_REQUIRED' });
  });

  test('that the case refuses is a refusal with its code, and the case is asked nothing', async () => {
    const cause = ApplicationFailure.create({ type: 'INVALID_CASE_NUMBER', message: 'Not a number.', details: [] });
    const { tocsin, sent } = clientThat({
      start: () => undefined,
      history: [() => ended],
      describe: () => ({ ...running, status: { name: 'FAILED' } }),
      result: () => {
        throw new WorkflowFailedError('failed', cause, RetryState.NON_RETRYABLE_FAILURE);
      },
    });
    expect(await rejection(tocsin.open(opening))).toMatchObject({ name: 'CaseRejected', code: 'INVALID_CASE_NUMBER' });
    expect(sent.map(({ what }) => what)).not.toContain('query');
  });

  test('waits until the case has judged it: before that it has no answers to give', async () => {
    const { tocsin } = clientThat({
      start: () => undefined,
      history: [() => waiting, () => waiting, () => published],
      query,
      describe: () => running,
    });
    expect(await tocsin.open(opening)).toMatchObject({ caseNumber: 'C1234567' });
  });

  test('while no worker is there says that the case is on record all the same', async () => {
    const tooLate = (): never => {
      throw Object.assign(new Error('4 DEADLINE_EXCEEDED'), { code: 4, details: 'Deadline exceeded', metadata: {} });
    };
    const { tocsin } = clientThat({ start: () => undefined, history: [() => waiting, tooLate] });
    expect(await rejection(tocsin.open(opening))).toMatchObject({
      name: 'ServiceUnavailable',
      reason: 'NO_WORKER',
      message: expect.stringMatching(/on record.*safe to send again/) as string,
    });
  });

  describe('of a number that exists', () => {
    let memo: Record<string, unknown>;
    beforeAll(async () => {
      const { tocsin, sent } = clientThat({ start: () => undefined, query, describe: () => running });
      await tocsin.open(opening);
      memo = sent[0]?.options?.['memo'] as Record<string, unknown>;
    });
    const again = (sentNow: CaseOpening, first: () => unknown) =>
      clientThat({ start: exists, query, describe: () => ({ ...running, memo: first() }) }).tocsin.open(sentNow);

    test('by the same request is the first answer again', async () => {
      expect(await again({ ...opening }, () => memo)).toMatchObject({
        caseNumber: 'C1234567',
        runId: 'run-1',
        repeated: true,
      });
    });
    test('by the same request, its fields in another order, too', async () => {
      const turned = Object.fromEntries(Object.entries(opening).reverse()) as unknown as CaseOpening;
      expect(await again(turned, () => memo)).toMatchObject({ repeated: true });
    });
    test('and has gone through several runs is not waited for: its first history may be gone', async () => {
      const { tocsin } = clientThat({
        start: exists,
        query,
        history: [],
        describe: () => ({ ...running, runId: 'run-9', memo }),
      });
      expect(await tocsin.open(opening)).toMatchObject({ runId: 'run-1', repeated: true });
    });
    test('by the same request with another body is a conflict', async () => {
      expect(await rejection(again({ ...opening, severity: 2 }, () => memo))).toMatchObject({
        code: 'IDEMPOTENCY_CONFLICT',
      });
    });
    test('by another request is refused', async () => {
      expect(await rejection(again({ ...opening, requestId: 'log-2' }, () => memo))).toMatchObject({
        code: 'CASE_EXISTS',
      });
    });
    test('without a request id is refused, even where the first had none either', async () => {
      const { requestId: _, ...anonymous } = opening;
      expect(await rejection(again(anonymous, () => ({})))).toMatchObject({ code: 'CASE_EXISTS' });
    });
    test('that was opened by another client, without a memo, is refused', async () => {
      expect(await rejection(again(opening, () => undefined))).toMatchObject({ code: 'CASE_EXISTS' });
    });
  });
});

describe('a command', () => {
  const escalation = { by: 'maria', role: 'CUSTOMER', requestId: 'esc-1' } as const;

  test('goes out under an id in which the server finds only true repetitions', async () => {
    const { tocsin, sent } = clientThat({ update: () => view });
    await tocsin.update('C1234567', 'escalate', escalation);
    await tocsin.update('C1234567', 'escalate', { role: 'CUSTOMER', requestId: 'esc-1', by: 'maria' });
    await tocsin.update('C1234567', 'escalate', { ...escalation, reason: 'INACTIVITY' });
    await tocsin.update('C1234567', 'escalate', { by: 'maria', role: 'CUSTOMER' });
    const ids = sent.map(({ options }) => options?.['updateId']);
    expect(ids[0]).toMatch(/^esc-1\/escalate\//);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(ids[3]).toBeUndefined();
  });

  test('as an update goes to the case as it is, so that a refusal can be on record (R37)', async () => {
    const { tocsin, sent } = clientThat({ update: () => view });
    await tocsin.update('C1234567', 'requestEDown', { by: 'maria', eDown: { category: 'NONSENSE' } } as never);
    expect(sent[0]?.args).toEqual([{ by: 'maria', eDown: { category: 'NONSENSE' } }]);
  });

  test('as a signal is checked first, because nobody would hear the refusal', async () => {
    const { tocsin, sent } = clientThat({ signal: () => undefined });
    const pageId = 7 as unknown as string;
    expect(await rejection(tocsin.signal('C1234567', 'acknowledge', { by: 'lee', pageId }))).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ field: 'pageId' }],
    });
    await tocsin.signal('C1234567', 'acknowledge', { by: 'lee', pageId: 'C1234567-1' });
    expect(sent.map(({ what, name }) => [what, name])).toEqual([['signal', 'acknowledge']]);
  });

  test.each([
    ['an unknown name', () => ['C1234567', 'explode', {}], 'UNKNOWN_COMMAND'],
    ['a name every object has', () => ['C1234567', 'constructor', {}], 'UNKNOWN_COMMAND'],
    ['no case number', () => ['', 'escalate', {}], 'CASE_NUMBER_REQUIRED'],
    ['a case number with a line break', () => ['C1\n2', 'escalate', {}], 'INVALID_CASE_NUMBER'],
    ['a case number that is none', () => [42, 'escalate', {}], 'INVALID_CASE_NUMBER'],
    ['more than Temporal takes', () => ['C1234567', 'reopenCase', { reason: 'x'.repeat(1_100_000) }], 'INVALID_INPUT'],
    ['what JSON cannot carry', () => ['C1234567', 'reopenCase', { reason: 1n }], 'INVALID_INPUT'],
  ])('with %s is refused here', async (_, args, code) => {
    const { tocsin, sent } = clientThat({});
    const update = tocsin.update.bind(tocsin) as (...given: unknown[]) => Promise<unknown>;
    expect(await rejection(update(...args()))).toMatchObject({ name: 'CaseRejected', code });
    expect(sent).toEqual([]);
  });
});

describe('a case that does not answer', () => {
  const update = (describe: () => unknown) =>
    rejection(
      clientThat({ update: notFound, describe }).tocsin.update('C1234567', 'reopenCase', {
        by: 'm',
        role: 'CUSTOMER',
        reason: 'again',
      }),
    );

  test('never was', async () => {
    const error = await update(notFound);
    expect(error).toBeInstanceOf(CaseNotFound);
    expect(error).toMatchObject({ code: 'CASE_NOT_FOUND', caseNumber: 'C1234567' });
  });
  test('was refused when it was opened: there is no such case', async () => {
    expect(await update(() => ({ status: { name: 'FAILED' } }))).toBeInstanceOf(CaseNotFound);
  });
  test('is closed for good', async () => {
    expect(await update(() => ({ status: { name: 'COMPLETED' } }))).toMatchObject({
      name: 'CaseRejected',
      code: 'CASE_CLOSED',
    });
  });
  test('was ended from outside', async () => {
    const closeTime = new Date('2026-11-27T09:14:00Z');
    expect(await update(() => ({ status: { name: 'TERMINATED' }, closeTime }))).toMatchObject({
      code: 'CASE_CLOSED',
      endedOutside: { how: 'TERMINATED', at: '2026-11-27T09:14:00.000Z' },
      message: expect.stringMatching(
        /^This case was ended from outside \(terminated\) at 2026-11-27 09:14 UTC/,
      ) as string,
    });
  });
  test('runs all the same: that is trouble, and no decision of the case', async () => {
    expect(await update(() => running)).toBeInstanceOf(ServiceUnavailable);
  });
});

test('a limit that is none is refused by its name', async () => {
  const { tocsin } = clientThat({});
  await expect(tocsin.list({}, { limit: 0 })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    fields: [{ field: 'limit' }],
  });
});

describe('a list', () => {
  const attributes = { getAll: () => [], get: () => undefined };
  const info = (workflowId: string, name: string) => ({
    workflowId,
    runId: `r-${workflowId}`,
    status: { name },
    typedSearchAttributes: attributes,
  });
  const [running, completed] = ['RUNNING', 'COMPLETED'].map((status, index) =>
    Array.from({ length: 3 }, (_, nth) => info(`C${index + 1}${nth}`, status)),
  );
  const isOf = (word: string) => (query: string) => query.includes(`'${word}'`);
  const desk = (count = 6) =>
    clientThat({
      list: (query) =>
        isOf('Terminated')(query) ? [] : ((isOf('Running')(query) ? running : completed) ?? []).slice(),
      count: () => ({ count }),
    });
  const asked = ({ sent }: ReturnType<typeof desk>) =>
    sent.flatMap(({ what, options }) => (what === 'list' ? String(options?.['query']) : []));

  test('says how many it leaves out', async () => {
    const { cases, more } = await desk().tocsin.listing({ severity: 0 }, { limit: 2 });
    expect([cases.map(({ caseNumber }) => caseNumber), more]).toEqual([['C10', 'C11'], 4]);
    expect(await desk().tocsin.listing({}, { limit: 5 })).toMatchObject({ cases: { length: 5 }, more: 1 });
    expect(await desk().tocsin.listing({})).toMatchObject({ cases: { length: 6 }, more: 0 });
  });

  test('asks for all that run, and for those that have completed only as far as there is room for them', async () => {
    const full = desk();
    await full.tocsin.listing({}, { limit: 3 });
    expect(asked(full).filter(isOf('Completed'))).toEqual([]);
    const roomy = desk();
    await roomy.tocsin.listing({}, { limit: 4 });
    expect(roomy.sent.at(-2)?.options).toMatchObject({
      pageSize: 1,
      query: expect.stringContaining('Completed') as string,
    });
    // By another order than urgency one of them may be the first.
    const bySeverity = desk();
    await bySeverity.tocsin.listing({}, { limit: 3, order: 'severity' });
    expect(asked(bySeverity).filter(isOf('Completed'))).toHaveLength(1);
  });
});
