/**
 * B1: what happened in a case is on record from the first event to the last, over however many runs; lists know each case once, by
 * the run that lives; what the server keeps no longer is named.
 */
import type { temporal } from '@temporalio/proto';
import type { CaseEvent } from '../../client';
import { ENDED_FROM_OUTSIDE } from '../../workflows/ended-outside/lists';
import { runsOf } from '../../client/runs';
import { recordOf, type RecordLine } from '../../cli/record/record';
import { Company, eventually, type LiveCase } from '../support/company';
import { typed } from '../support/typed';

let company: Company;
beforeAll(async () => {
  company = await Company.start();
}, 300_000);
afterEach(() => company.endCases());
afterAll(() => company.stop());

const numbers = (events: readonly CaseEvent[]): number[] => events.map(({ seq }) => seq);
const upTo = (last: number, first = 1): number[] => Array.from({ length: last - first + 1 }, (_, nth) => first + nth);

/** So much is said of it that it has gone on in a new run twice at least. */
async function longCase(): Promise<LiveCase> {
  const live = await company.open();
  for (let nth = 1; nth <= 30; nth += 1)
    await live.update('recordProgress', 'lee', { summary: `${nth} ${'停'.repeat(1_190)}`, substantive: true });
  return live;
}

async function runIds({ number, handle }: LiveCase): Promise<string[]> {
  const ids: string[] = [];
  const { runId } = await handle.describe();
  for await (const run of runsOf(company.server.client, number, runId, 10_000)) ids.unshift(run.runId);
  return ids;
}

async function detailsOf({ number }: LiveCase, runId: string): Promise<string> {
  const handle = company.server.client.workflow.getHandle(number, runId);
  const metadata = await handle.query<temporal.api.sdk.v1.IWorkflowMetadata>('__temporal_workflow_metadata');
  return metadata.currentDetails ?? '';
}

const count = async (query: string): Promise<number> => (await company.server.client.workflow.count(query)).count;

test('a case of several runs has one timeline, whole and in order, however it is paged through', async () => {
  const live = await longCase();
  const runs = await runIds(live);
  expect(runs.length).toBeGreaterThanOrEqual(3);

  const whole = await company.tocsin.getTimeline(live.number, { limit: 1_000 });
  expect(whole.missing).toEqual([]);
  expect(whole.events[0]?.type).toBe('CaseOpened');
  expect(numbers(whole.events)).toEqual(upTo(whole.seq));
  expect(whole.firstKept).toBe(1);
  // In words too, whether the case carries them or a run before it did.
  for (const { sentence } of whole.events) expect(sentence).toMatch(/^\S+ .*\S$/s);
  // The case itself carries the youngest only.
  expect((await live.timeline())[0]?.seq).toBeGreaterThan(1);

  const { tocsin } = company;
  const paged: CaseEvent[] = [];
  while (paged.length < whole.seq) {
    const { events, missing } = await tocsin.getTimeline(live.number, { after: paged.at(-1)?.seq ?? 0, limit: 7 });
    expect(missing).toEqual([]);
    paged.push(...events);
  }
  expect(paged).toEqual(whole.events);
  expect(numbers((await tocsin.getTimeline(live.number, { last: 5 })).events)).toEqual(upTo(whole.seq, whole.seq - 4));
  expect((await tocsin.getTimeline(live.number, { after: whole.seq })).events).toEqual([]);
});

test('it can be taken away and verified; what was taken away before is the beginning of what is taken away later', async () => {
  const live = await longCase();
  const shell = (...words: string[]) => typed(['case', ...words, '--address', company.server.address]);
  const earlier = await shell('export', live.number);
  expect(earlier).toMatchObject({ exitCode: 0, err: '' });
  await live.update('recordProgress', 'lee', { summary: `31 ${'停'.repeat(1_190)}`, substantive: true });
  for (let nth = 1; nth <= 10; nth += 1)
    await live.update('recordProgress', 'lee', { summary: `${nth} ${'动'.repeat(1_190)}`, substantive: true });
  const later = await shell('export', live.number);
  expect(later.out.startsWith(earlier.out)).toBe(true);

  const { hash } = JSON.parse(earlier.out.split('\n').at(-1) ?? '') as { readonly hash: string };
  const verify = (stdin: string, ...words: string[]) =>
    typed(['case', 'verify', '-', ...words, '--address', company.server.address], { stdin });
  expect(await verify(later.out, '--head', hash, '--live')).toMatchObject({ exitCode: 0 });
  // What came after the export, or was cut off, is told: nobody can tell the one from the other.
  const short = await verify(earlier.out, '--live');
  expect(short.exitCode).toBe(0);
  expect(short.out.replace(/\s+/g, ' ')).toMatch(
    /The server has \d+ events? after event \d+: later than the export, or cut off here\./,
  );
  const [first = '', ...others] = later.out.split('\n');
  const event = JSON.parse(first) as RecordLine;
  const forged = [...recordOf(live.number, [{ ...event.data, by: 'somebody' }])].map((line) => JSON.stringify(line));
  const { exitCode, out } = await verify([...forged, ...others].join('\n'), '--live');
  expect(exitCode).toBe(1);
  expect(out).toContain('line 1: event 1 is another on the server');
});

test('more is said in one task than a run may carry: nothing of it is lost', async () => {
  const live = await company.open();
  await company.restartWorker(async () => {
    for (let nth = 1; nth <= 30; nth += 1)
      await live.signal('recordProgress', 'lee', { summary: `${nth} ${'停'.repeat(1_190)}`, substantive: true });
  });
  const { events, missing, seq } = await eventually(
    () => company.tocsin.getTimeline(live.number, { limit: 1_000 }),
    ({ seq: last }) => last > 30,
  );
  expect(missing).toEqual([]);
  expect(numbers(events)).toEqual(upTo(seq));
});

test('lists know the living run only, an older one says where the case goes on, and each leads to the one before', async () => {
  const live = await longCase();
  const runs = await runIds(live);
  const last = runs.at(-1) ?? '';
  const ofIt = `WorkflowId = '${live.number}' AND CaseStatus = 'OPEN'`;
  await eventually(
    () => count(`WorkflowId = '${live.number}' AND ExecutionStatus = 'ContinuedAsNew'`),
    (number) => number === runs.length - 1,
  );
  expect(
    await eventually(
      () => count(ofIt),
      (number) => number === 1,
    ),
  ).toBe(1);
  expect(await count(`WorkflowId = '${live.number}' AND ${ENDED_FROM_OUTSIDE}`)).toBe(0);
  expect(await live.lists()).toMatchObject({ CaseStatus: 'OPEN', CaseSeverity: 2, CaseCustomer: '1001' });

  for (const [nth, runId] of runs.slice(0, -1).entries()) {
    expect(await detailsOf(live, runId)).toMatch(
      /An earlier part of C\d+\*\*, up to event \d+\. The case goes on in its latest run/,
    );
    expect(await detailsOf(live, runs[nth + 1] ?? '')).toMatch(
      runs[nth + 1] === last ? `Goes on from run \`${runId}\`` : /./,
    );
  }
});

test('what retention has taken is told in words, and the rest is there', async () => {
  const live = await longCase();
  // The last run was given what the one before it handed on: less than all of it.
  const old = (await runIds(live)).slice(0, -1);
  const whole = await company.tocsin.getTimeline(live.number, { limit: 1_000 });
  const { workflowService } = company.server.client;
  for (const runId of old)
    await workflowService.deleteWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: live.number, runId },
    });
  // The server deletes when it gets to it: half a minute has been seen.
  const rest = await eventually(
    () => company.tocsin.getTimeline(live.number, { limit: 1_000 }),
    ({ missing }) => missing.length > 0,
    60_000,
  );
  const [gone] = rest.missing;
  expect(rest.missing).toHaveLength(1);
  expect(gone).toMatchObject({
    from: 1,
    why: 'RETENTION',
    sentence: expect.stringMatching(/^Events 1 to \d+ are gone/) as string,
  });
  expect(rest.firstKept).toBe((gone?.to ?? 0) + 1);
  expect(rest.events).toEqual(whole.events.slice(gone?.to));
});
