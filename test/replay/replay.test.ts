/**
 * The replay gate: cases that are under way when a new version is deployed go on as they were: each step, whatever an activity
 * is asked, and whatever a command is answered. A change that this catches hurts no running case, which stays with its version; but
 * it is a change of what cases do. Where that is meant, the lives are recorded again (`npm run replay:record`).
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { COMMANDS } from '../../client';
import type { PageOrder, PageResult } from '../../workflows/core/language/page';
import { recordedIn, replay, type Replayed } from '../../worker/replay';
import { bundleWorkflows } from '../../worker/worker';
import { policyOf } from '../support/company';
import type { HistoryEvent } from '../support/history';
import { org } from '../support/org';
import { workflowBundle } from '../support/bundle';
import { activitiesOf, quiet } from '../support/server';
import { LIVES } from './lives';

const FOLDER = join(__dirname, 'histories');
const ROOT = join(__dirname, '..', '..');
const names = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));
const textOf = (name: string): string => readFileSync(join(FOLDER, `${name}.json`), 'utf8');
const recordings = new Map(names.map((name) => [name, recordedIn(JSON.parse(textOf(name)))]));

beforeAll(quiet);

async function replayed(name: string, bundle: WorkflowBundleWithSourceMap): Promise<Replayed | undefined> {
  const recorded = recordings.get(name);
  if (!recorded) throw new Error(`${name} is not recorded`);
  return (await replay([recorded], bundle))[0];
}

describe('cases under way go on as they were', () => {
  test.each(names)('%s, on the workflow as it is', async (name) => {
    expect(await replayed(name, await workflowBundle())).toMatchObject({ fits: true, why: null, differences: [] });
  });

  test('all of them, on the minified workflow that `npm run build` makes', async () => {
    const built = await bundleWorkflows({ logLevel: 'ERROR', minimize: true });
    const verdicts = await replay([...recordings.values()], built);
    expect(verdicts.filter(({ fits }) => !fits)).toEqual([]);
    expect(verdicts).toHaveLength(names.length);
  });
});

describe('what is recorded', () => {
  const all = [...recordings.values()].flatMap(({ history }) => history.events ?? []);
  const given = <T>(of: (event: HistoryEvent) => T | null | undefined): T[] => all.flatMap((event) => of(event) ?? []);
  const valueOf = <T>(payload: Payload | null | undefined): T =>
    defaultPayloadConverter.fromPayload<T>(payload as Payload);
  const scheduled = given((event) => event.activityTaskScheduledEventAttributes);
  const orders = scheduled.flatMap(({ activityType, input }) =>
    ['lookUpPerson', 'settlePage'].includes(activityType?.name ?? '') ? [] : [valueOf<PageOrder>(input?.payloads?.[0])],
  );
  // What only tells somebody something has no result.
  const results = given((event) => event.activityTaskCompletedEventAttributes).flatMap(
    ({ result }) => valueOf<PageResult | undefined>(result?.payloads?.[0]) ?? [],
  );
  const signalled = given((event) => event.workflowExecutionSignaledEventAttributes);

  /** The updates that were done, in their histories: a refused one proves little. */
  const done = [...recordings.values()].flatMap(({ history }) => {
    const events = history.events ?? [];
    const ids = events.flatMap(({ workflowExecutionUpdateCompletedEventAttributes: completed }) =>
      completed?.outcome?.success ? [completed.meta?.updateId] : [],
    );
    return events.flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
      ids.includes(accepted?.acceptedRequest?.meta?.updateId) ? [accepted?.acceptedRequest?.input?.name ?? ''] : [],
    );
  });

  test.each(COMMANDS)('%s, done', (command) => expect(done).toContain(command));

  test('every life, to its end', () => {
    expect(names).toEqual(expect.arrayContaining(Object.keys(LIVES)));
  });

  test.each(Object.keys(activitiesOf(org(), policyOf())))('the activity %s', (activity) => {
    const local = given((event) => event.markerRecordedEventAttributes).flatMap(({ details }) =>
      Object.values(details ?? {}).flatMap(({ payloads }) =>
        payloads?.map((payload) => JSON.stringify(valueOf(payload))),
      ),
    );
    const isAsked = scheduled.some(({ activityType }) => activityType?.name === activity);
    expect([activity, isAsked || local.some((marker) => marker?.includes(`"${activity}"`))]).toEqual([activity, true]);
  });

  test('a case that continues as new, and the run that goes on', () => {
    const next = given((event) => event.workflowExecutionContinuedAsNewEventAttributes).map(
      (ended) => ended.newExecutionRunId,
    );
    const began = given((event) => event.workflowExecutionStartedEventAttributes).map(
      (start) => start.originalExecutionRunId,
    );
    expect(next.length).toBeGreaterThan(0);
    expect(began).toEqual(expect.arrayContaining(next));
  });

  test('a provider that is down: the next channel of the same person, and the next person', () => {
    const down = results.flatMap((result) => ('reason' in result && result.reason === 'PROVIDER_DOWN' ? [result] : []));
    expect(new Set(down.map(({ person }) => person)).size).toBeGreaterThan(1);
    expect(orders.some(({ used }) => used.length > 0)).toBe(true);
    expect(signalled.some(({ signalName, input }) => signalName === 'pageDelayed' && input)).toBe(true);
  });

  test('a contact who is checked on', () => {
    const kinds = orders.flatMap(({ wanted, asks }) =>
      wanted.audience === 'CONTACT' ? asks.map(({ kind }) => kind) : [],
    );
    expect(kinds).toEqual(expect.arrayContaining(['CONTACT_ACTION', 'CONTACT_CHECK']));
  });

  test('a policy that is adopted, and a page that goes by it', () => {
    const events = recordings.get('adopted-policy')?.history.events ?? [];
    const from = events.findIndex(
      ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
        accepted?.acceptedRequest?.input?.name === 'adoptPolicy',
    );
    expect(from).toBeGreaterThan(0);
    expect(events.slice(from).some((event) => event.activityTaskScheduledEventAttributes)).toBe(true);
  });

  test('a case that has ended, a refusal on record, and a signal that came as such', () => {
    expect(given((event) => event.workflowExecutionCompletedEventAttributes)).not.toEqual([]);
    expect(signalled.map(({ signalName }) => signalName)).toContain('changeSeverity');
    const refused = given((event) => event.workflowExecutionSignaledEventAttributes?.input?.payloads?.[0]).map(
      (payload) => valueOf<{ severity?: number }>(payload),
    );
    expect(refused).toContainEqual(expect.objectContaining({ severity: 9 }));
  });

  test('little enough to be kept, and nothing of the machine that it was recorded on', () => {
    const texts = names.map(textOf);
    expect(texts.reduce((sum, text) => sum + text.length, 0)).toBeLessThan(3_000_000);
    for (const text of texts) expect(text).not.toMatch(/"(identity|stackTrace|workerVersion)"/);
  });
});

/** A copy of the workflow code with one thing changed: what a careless edit would do. */
async function mutated(file: string, from: string, to: string): Promise<WorkflowBundleWithSourceMap> {
  const folder = mkdtempSync(join(ROOT, 'dist-mutated-'));
  try {
    cpSync(join(ROOT, 'workflows'), join(folder, 'workflows'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const path = join(folder, 'workflows', file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
    return await bundleWorkflowCode({
      workflowsPath: join(folder, 'workflows', 'index.ts'),
      payloadConverterPath: join(folder, 'workflows', 'shell', 'payloads.ts'),
      logger: new DefaultLogger('ERROR'),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a careless edit is caught', () => {
  interface Edit {
    readonly what: string;
    readonly file: string;
    readonly from: string;
    readonly to: string;
    readonly life: string;
    readonly why: RegExp;
  }
  const edits: readonly Edit[] = [
    {
      what: 'a page goes to another activity',
      file: 'shell/pager.ts',
      from: "MANAGER: 'notifyManager'",
      to: "MANAGER: 'notifyDutyManager'",
      life: 'escalated',
      why: /does not match.*notifyDutyManager/,
    },
    {
      what: 'a page is no longer sent',
      file: 'core/who-is-told.ts',
      from: "case 'SeverityChanged':",
      to: "case 'SeverityChanged': return [];",
      life: 'escalated',
      why: /this code does another step there.*Not done any more: page C\d+-\d+, message \d+, by notify\w+ to \w+ \(\w+\)\./,
    },
    {
      what: 'a page is sent that was not',
      file: 'support-case.ts',
      from: 'for (const order of send) pager.send(order);',
      to: 'for (const order of send) { pager.send(order); pager.send({ ...order, attempt: 99 }); }',
      life: 'adopted-policy',
      why: /Done besides: page C\d+-\d+, message 99 to \w+ \(\w+\)\./,
    },
    {
      what: 'pages go out in another order',
      file: 'support-case.ts',
      from: 'for (const order of send) pager.send(order);',
      to: 'for (const order of [...send].reverse()) pager.send(order);',
      life: 'e-down',
      why: /pageId was "C\d+-\d+" and would be "C\d+-\d+"/,
    },
    {
      what: 'somebody else is asked',
      file: 'core/paging/order.ts',
      from: '    engineer: state.engineer,\n    chart:',
      to: "    engineer: 'somebody else',\n    chart:",
      life: 'adopted-policy',
      why: /engineer was "lee" and would be "somebody else"/,
    },
    {
      what: 'a page does not ring any more',
      file: 'core/paging/order.ts',
      from: '    urgent,\n',
      to: '    urgent: false,\n',
      life: 'adopted-policy',
      why: /by notifyManager: urgent was true and would be false/,
    },
    {
      what: 'a page is about something else',
      file: 'core/paging/needs.ts',
      from: "purpose: 'ESCALATED_M1'",
      to: "purpose: 'ESCALATED_M2'",
      life: 'adopted-policy',
      why: /by notifyManager: purpose was "ESCALATED_M1" and would be "ESCALATED_M2"/,
    },
    {
      what: 'a sentence of a page has another key',
      file: 'core/paging/order.ts',
      from: 'what: due.what }',
      to: "what: { key: 'OTHER' } }",
      life: 'adopted-policy',
      why: /facts\.nextDue\.what\.key was "\w+" and would be "OTHER"/,
    },
    {
      what: 'a command is answered otherwise',
      file: 'core/views/queries.ts',
      from: 'nextDue: nextDue && {',
      to: 'nextDue: null && {',
      life: 'adopted-policy',
      why: /the answer to a command: nextDue was \{.*\} and would be null/,
    },
  ];

  test.each(edits)('$what', async ({ file, from, to, life, why }) => {
    const verdict = await replayed(life, await mutated(file, from, to));
    expect(verdict).toMatchObject({ fits: false, why: expect.stringMatching(why) as string });
  });

  test('an edit that changes nothing that a case says is none', async () => {
    const same = await mutated(
      'support-case.ts',
      'const CONTINUE_AT_EVENTS = 300;',
      'const CONTINUE_AT_EVENTS = 299 + 1;',
    );
    expect(await replayed('adopted-policy', same)).toMatchObject({ fits: true });
  });
});
