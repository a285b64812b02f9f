/**
 * Section 2 of the contract from outside: whatever is sent under the name of a command, as a signal or as an update, is
 * refused with every wrong field named. It pages nobody, fails no workflow task, and the case answers as before.
 */
import fc from '../support/random';
import type { CaseEvent } from '../../client';
import { COMMANDS, TASK_QUEUE, WORKFLOW_TYPE, type CommandName } from '../../workflows/messages';
import { validInput } from '../support/arbitraries';
import { Company, refusalIn, type LiveCase, type Refused } from '../support/company';
import { countOf } from '../support/history';

type Fields = Record<string, unknown>;
type Rejection = Extract<CaseEvent, { type: 'CommandRejected' }>['data'];

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterEach(() => company.endCases());
afterAll(() => company.stop());

const HUGE = 'x'.repeat(1_000_000);

/** Which of a command's fields are words of a closed list. */
const ENUMS: Partial<Record<CommandName, readonly string[]>> = {
  changeSeverity: ['severity'],
  escalate: ['level', 'reason'],
  recordCustomerContact: ['how', 'outcome'],
  recordSprStatus: ['status'],
  recordTransfer: ['outcome'],
  requestContactAction: ['kind'],
  reviewEDown: ['verdict'],
};

/** Every field that the command knows, with a good value each. */
function complete(name: CommandName): Fields {
  const samples = fc.sample(validInput(name), { numRuns: 200, seed: 7 });
  return Object.assign({}, ...samples) as Fields;
}

/** The fields that no input of the command goes without. */
function required(name: CommandName): string[] {
  const samples = fc.sample(validInput(name), { numRuns: 200, seed: 7 });
  return Object.keys(samples[0] ?? {}).filter((field) => samples.every((sample) => field in sample));
}

/** Of another type than it should be. */
const wrongType = (value: unknown): unknown => (typeof value === 'object' ? 7 : { not: 'this' });

interface Bad {
  readonly what: string;
  readonly args: readonly unknown[];
  /** Named by path up to the first bracket or dot: `plan[0].who` counts as `plan`. */
  readonly wrong: readonly string[];
}

function badInputs(name: CommandName): Bad[] {
  const all = complete(name);
  const nothing = ['input', ...required(name)];
  const enums = ENUMS[name] ?? [];
  return [
    { what: 'no argument', args: [], wrong: nothing },
    { what: 'null', args: [null], wrong: nothing },
    { what: 'a list', args: [[all]], wrong: nothing },
    { what: 'a number', args: [42], wrong: nothing },
    { what: 'a sentence', args: ['please escalate'], wrong: nothing },
    { what: 'a string of 1 MB', args: [HUGE], wrong: nothing },
    { what: 'an empty object', args: [{}], wrong: required(name) },
    {
      what: 'every field of a wrong type',
      args: [Object.fromEntries(Object.entries(all).map(([field, value]) => [field, wrongType(value)]))],
      wrong: Object.keys(all),
    },
    {
      what: 'every field null',
      args: [Object.fromEntries(Object.keys(all).map((field) => [field, null]))],
      wrong: Object.keys(all),
    },
    { what: '1 MB in a field', args: [{ ...all, by: HUGE }], wrong: ['by'] },
    // A wish for E-Down is heard with whatever can be read of it (R37): words that nobody knows do not refuse it.
    ...(name === 'requestEDown'
      ? []
      : [
          {
            what: 'unknown words',
            args: [
              { ...all, ...Object.fromEntries(['role', 'channel', ...enums].map((field) => [field, 'SOMETHING'])) },
            ],
            wrong: ['role', 'channel', ...enums],
          },
        ]),
  ];
}

const updateWith = (live: LiveCase, name: string, args: readonly unknown[]): Promise<unknown> =>
  live.handle.executeUpdate<unknown, [unknown]>(name, { args: args as [unknown] });

const named = (fields: readonly string[]): string[] =>
  [...new Set(fields.map((field) => field.replace(/[.[].*$/, '')))].sort();

/** Nothing has happened to the case but what is on record as rejected, and it takes the next good command. */
async function expectUnharmed(live: LiveCase, rejections: number): Promise<void> {
  const history = await live.atRest();
  expect(countOf(history, 'WORKFLOW_TASK_FAILED')).toBe(0);
  expect(countOf(history, 'ACTIVITY_TASK_SCHEDULED')).toBe(0);
  expect(live.rings).toEqual([]);
  expect((await live.timeline()).map(({ type }) => type)).toEqual([
    'CaseOpened',
    ...Array.from({ length: rejections }, () => 'CommandRejected'),
  ]);
  expect(await live.update('recordProgress', 'lee', { summary: 'Still here.', substantive: true })).toMatchObject({
    events: ['ProgressRecorded'],
    severity: 2,
    level: 'NORMAL',
  });
}

describe.each(COMMANDS)('%s', (name) => {
  const bad = badInputs(name);

  test('as a signal', async () => {
    const live = await company.open();
    for (const { args } of bad) await live.handle.signal<unknown[]>(name, ...args);
    await live.atRest();
    const rejected = (await live.told('CommandRejected')).map(({ data }) => data);
    expect(rejected).toHaveLength(bad.length);
    for (const [index, { what, wrong }] of bad.entries()) {
      const { command, code, fields } = rejected[index] ?? {};
      expect({ what, command, fields: named(fields ?? []) }).toEqual({ what, command: name, fields: named(wrong) });
      if (wrong.length > 1) expect({ what, code }).toEqual({ what, code: 'INVALID_INPUT' });
    }
    await expectUnharmed(live, bad.length);
  });

  test('as an update', async () => {
    const live = await company.open();
    const refusals: Refused[] = [];
    // The server takes ten updates of a case at once.
    for (const half of [bad.slice(0, 6), bad.slice(6)])
      refusals.push(...(await Promise.all(half.map(({ args }) => refusalIn(updateWith(live, name, args))))));
    for (const [index, { what, wrong }] of bad.entries()) {
      const { type, message, nonRetryable, details } = refusals[index] as Refused;
      const [detail] = details;
      expect({
        what,
        nonRetryable,
        code: detail?.code,
        fields: named(detail?.fields?.map(({ field }) => field) ?? []),
      }).toEqual({ what, nonRetryable: true, code: type, fields: named(wrong) });
      if (wrong.length > 1) expect({ what, type }).toEqual({ what, type: 'INVALID_INPUT' });
      for (const { problem } of detail?.fields ?? []) expect(problem).not.toBe('');
      expect(message.length).toBeLessThan(4_000);
    }
    await expectUnharmed(live, 0);
  });
});

test('R37 requestEDown with a role and a channel that nobody knows is heard all the same, and says what could not be read', async () => {
  const live = await company.open();
  const answer = await live.update('requestEDown', 'maria', { role: 'SOMETHING', channel: 'SOMETHING', eDown: {} });
  expect(answer).toMatchObject({
    events: expect.arrayContaining(['EDownRequested']) as string[],
    notes: expect.arrayContaining([expect.stringMatching(/Could not be read.*channel, role/)]) as string[],
  });
  await live.ring('lee', 'E_DOWN_REQUESTED');
  await live.atRest();
  expect(live.rang()).toEqual({ 'lee E_DOWN_REQUESTED': 1 });
});

describe('what no command is', () => {
  const names = ['escalateNow', 'x'.repeat(900), '__proto__', 'toString', 'escalate '];

  test('an unknown signal is on record and does no harm', async () => {
    const live = await company.open();
    for (const name of names) await live.handle.signal<unknown[]>(name, { by: 'maria', role: 'CUSTOMER' });
    const events = await live.until((told) => told.length === 1 + names.length);
    expect(events.slice(1)).toMatchObject(
      names.map((name) => ({
        type: 'CommandRejected',
        data: { code: 'UNKNOWN_COMMAND', command: name.length > 60 ? 'unreadable' : name },
      })),
    );
    await expectUnharmed(live, names.length);
  });

  test('an unknown update is refused and does no harm', async () => {
    const live = await company.open();
    for (const name of names) {
      const refused = await refusalIn(updateWith(live, name, [{ by: 'maria', role: 'CUSTOMER' }]));
      expect(refused).toMatchObject({
        type: 'UNKNOWN_COMMAND',
        nonRetryable: true,
        details: [{ code: 'UNKNOWN_COMMAND' }],
      });
    }
    await expectUnharmed(live, 0);
  });

  test('more arguments than one, and bytes that are no JSON, are taken for what they are', async () => {
    const live = await company.open();
    await live.handle.signal<unknown[]>('escalate', 'too', 'many');
    await live.handle.signal<unknown[]>('escalate', new Uint8Array([1, 2, 3]));
    await live.until((told) => told.length === 3);
    expect(await refusalIn(updateWith(live, 'escalate', [new Uint8Array([1, 2, 3])]))).toMatchObject({
      type: 'INVALID_INPUT',
    });
    await expectUnharmed(live, 2);
  });

  test('a payload that cannot be decoded does no harm', async () => {
    const live = await company.open();
    const { client } = company.server;
    const encoded = (encoding: string, data: string) => ({
      metadata: { encoding: Buffer.from(encoding) },
      data: Buffer.from(data),
    });
    const broken = [
      encoded('json/plain', '{"by": "mar'),
      encoded('json/encrypted', '...'),
      encoded('json/protobuf', '{}'),
      { data: Buffer.from('{}') },
    ];
    for (const payload of broken) {
      await client.workflowService.signalWorkflowExecution({
        namespace: client.options.namespace,
        workflowExecution: { workflowId: live.number },
        signalName: 'escalate',
        input: { payloads: [payload] },
      });
    }
    const events = await live.until((told) => told.length === 1 + broken.length);
    for (const { data } of events.slice(1) as { data: Rejection }[])
      expect(data).toMatchObject({ command: 'escalate', code: 'INVALID_INPUT', fields: ['input', 'by', 'role'] });
    await expectUnharmed(live, broken.length);
  });

  test('brackets without end are refused like any other field that is not known', async () => {
    const live = await company.open();
    const { client } = company.server;
    const deep = 200_000;
    const nested = [`${'['.repeat(deep)}${']'.repeat(deep)}`, `${'{"a":'.repeat(deep / 2)}1${'}'.repeat(deep / 2)}`];
    const inputs = nested.map((value) => ({
      payloads: [
        { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(`{"by":"maria","more":${value}}`) },
      ],
    }));
    const to = { namespace: client.options.namespace, workflowExecution: { workflowId: live.number } };
    for (const input of inputs) {
      await client.workflowService.signalWorkflowExecution({ ...to, signalName: 'escalate', input });
      const { outcome } = await client.workflowService.updateWorkflowExecution({
        ...to,
        waitPolicy: { lifecycleStage: 3 },
        request: { meta: { updateId: `${input.payloads[0]?.data.length}` }, input: { name: 'escalate', args: input } },
      });
      expect(outcome?.failure?.applicationFailureInfo?.type).toBe('INVALID_INPUT');
    }
    const events = await live.until((told) => told.length === 1 + inputs.length);
    for (const { data } of events.slice(1) as { data: Rejection }[])
      expect(data).toMatchObject({ command: 'escalate', fields: ['role'] });
    await expectUnharmed(live, inputs.length);
  });

  test('an opening that cannot be decoded is refused, and the number stays usable', async () => {
    const live = company.prepare();
    const { client } = company.server;
    await client.workflowService.startWorkflowExecution({
      namespace: client.options.namespace,
      requestId: 'broken',
      workflowId: live.number,
      workflowType: { name: WORKFLOW_TYPE },
      taskQueue: { name: TASK_QUEUE },
      input: { payloads: [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{') }] },
    });
    await expect(live.handle.result()).rejects.toMatchObject({ cause: { type: 'INVALID_INPUT' } });
    await company.open({ caseNumber: live.number });
    await expectUnharmed(live, 0);
  });
});
