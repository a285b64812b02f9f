/**
 * A case that somebody has ended from outside is an alarm and no case: whoever looks at it is told so first, lists have it on top,
 * nothing of it is promised any more, and its number may be opened again, by a case that names the one before.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CaseRejected, ORDERS, TocsinClient, type CaseList, type CaseOpening } from '../../client';
import { eDownsOf } from '../../workflows/desk';
import { OPENED_BY_CLIENT, TASK_QUEUE, WORKFLOW_TYPE } from '../../workflows/messages';
import { listed, pickedUp } from '../support/ended';
import { Company, eventually, openingOf, type LiveCase } from '../support/company';
import { removeFolder, temporaryFolder } from '../support/processes';
import { completeAnswers } from '../support/story';
import { typed } from '../support/typed';

let company: Company;
beforeAll(async () => {
  company = await Company.start();
}, 300_000);
afterEach(() => company.endCases());
afterAll(() => company.stop());

async function eDown(over: Partial<CaseOpening> = {}): Promise<LiveCase> {
  const live = await company.open(over);
  await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
  await live.ring('kim', 'E_DOWN_ALERT');
  return live;
}

const terminated = {
  how: 'TERMINATED',
  at: expect.any(String) as string,
  by: expect.any(String) as string,
  reason: 'a click',
};

const ofCustomer = (number: string): Pick<CaseOpening, 'customer'> => ({
  customer: { number, name: 'Bolt', activeSupport: true, enterprise: true },
});
const shell = (...argv: string[]) => typed([...argv, '--address', company.server.address], { now: Date.now() });
/** As it is sent. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('a terminated E-Down says so first, and by whom; nothing is due, nobody is asked', async () => {
  const live = await eDown();
  await live.handle.terminate('a click');
  const { tocsin } = company;
  const view = await tocsin.getCase(live.number);
  expect(Object.keys(view)[0]).toBe('endedOutside');
  expect(view).toMatchObject({
    endedOutside: terminated,
    severity: 0,
    nextDue: null,
    pages: [],
    needs: [],
    clocks: [],
  });
  expect(Date.now() - Date.parse(view.endedOutside?.at ?? '')).toBeLessThan(60_000);

  const owned = await tocsin.whoOwnsThis(live.number);
  expect(owned).toMatchObject({ endedOutside: terminated, nextDue: null });
  expect(owned.sentence).toMatch(
    /^This case was ended from outside \(terminated\) at .* UTC by .*: a click\. Nobody works on it and nobody is paged\. It was the case of lee\.$/,
  );
  expect((await tocsin.getManager(live.number)).sentence).toMatch(/^This case was ended from outside/);
  const { events, endedOutside } = await tocsin.getTimeline(live.number);
  expect(endedOutside).toMatchObject(terminated);
  expect(events[0]?.type).toBe('CaseOpened');
  const refused: unknown = await tocsin
    .update(live.number, 'recordProgress', { by: 'lee', role: 'ENGINEER', summary: 'On it.', substantive: true })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(CaseRejected);
  expect(refused).toMatchObject({ code: 'CASE_CLOSED', endedOutside: terminated });
});

test('it is first in every list until somebody opens the number again', async () => {
  const [other, ended] = [await eDown(), await company.open({ severity: 2 })];
  await ended.handle.terminate('a click');
  const [first, second] = await listed(company, [other, ended], (rows) => rows[0]?.endedOutside !== undefined);
  expect(first).toMatchObject({ caseNumber: ended.number, endedOutside: terminated, nextDue: null });
  expect(second).toMatchObject({ caseNumber: other.number, emergency: 'ACTIVE' });
  expect(second?.endedOutside).toBeUndefined();

  await company.open({ caseNumber: ended.number, severity: 3 });
  const after = await listed(company, [other, ended], (rows) => rows.every(({ endedOutside: is }) => is === undefined));
  expect(after.map(({ caseNumber, severity }) => [caseNumber, severity]).sort()).toEqual([
    [other.number, 0],
    [ended.number, 3],
  ]);
});

test('client and shell say the same of it, in the same order: an E-Down first, and none is left out without a word', async () => {
  const customer = 'ended-1';
  const down = await eDown(ofCustomer(customer));
  const high = await company.open({ ...ofCustomer(customer), severity: 1, engineer: 'kim' });
  const green = await company.open({ ...ofCustomer(customer), severity: 3 });
  // It was ended last, and lists give it first.
  for (const { handle } of [down, high]) await handle.terminate('a click');
  const listing = (limit = 100): Promise<CaseList> => company.tocsin.listing({ customer }, { limit });
  const { cases, more } = await eventually(
    () => listing(),
    ({ cases: rows }) => rows.filter(({ endedOutside }) => endedOutside).length === 2 && rows.length === 3,
  );
  expect(cases.map(({ caseNumber, urgency }) => [caseNumber, urgency])).toEqual([
    [down.number, 0],
    [high.number, 0],
    [green.number, 5],
  ]);
  expect(more).toBe(0);
  expect(cases[0]).toMatchObject({
    endedOutside: terminated,
    attention: [],
    waitsFor: null,
    nextDue: null,
    severity: 0,
    emergency: 'ACTIVE',
    asItStood: { attention: ['UNACKNOWLEDGED'], waitsFor: 'kim', urgency: 1 },
  });
  expect(await company.tocsin.list({ customer })).toEqual(cases);
  const list = async (...words: string[]): Promise<CaseList> =>
    JSON.parse((await shell('case', 'list', '--json', '--customer', customer, ...words)).out) as CaseList;
  expect(await list()).toEqual(plain({ cases, more }));
  expect(await list('--all')).toEqual(plain({ cases, more }));

  expect(await listing(2)).toEqual({ cases: cases.slice(0, 2), more: 1 });
  expect(await list('--limit', '2')).toEqual(plain({ cases: cases.slice(0, 2), more: 1 }));
  for (const order of ORDERS) {
    const sorted = (await list('--sort', order)).cases.map(({ caseNumber }) => caseNumber);
    expect([sorted.slice(0, 2).sort(), sorted[2]]).toEqual([[down.number, high.number], green.number]);
  }
  const uses = company.server.client.workflow.list({ query: eDownsOf(customer).query });
  const used: string[] = [];
  for await (const { workflowId } of uses) used.push(workflowId);
  expect(used).toEqual([down.number]);
});

test('a closed case is late with nothing: neither while it can be reopened nor when its time for that is over', async () => {
  const customer = 'ended-2';
  const closing = { resolution: 'Fixed.', customerAgreed: true };
  const [closed, over] = [
    await company.open(ofCustomer(customer)),
    await company.open(ofCustomer(customer), { reopenWindow: '1s' }),
  ];
  for (const live of [closed, over]) await live.update('closeCase', 'lee', closing);
  await over.handle.result();
  const rows = await eventually(
    () => company.tocsin.list({ customer, status: 'CLOSED' }),
    (found) => found.length === 2 && found.some(({ asItStood }) => asItStood),
  );
  expect(rows.map(({ nextDue, waitsFor, urgency }) => [nextDue, waitsFor, urgency])).toEqual([
    [null, null, 5],
    [null, null, 5],
  ]);
  const { out } = await shell('case', 'list', '--all', '--customer', customer);
  expect(out).toContain(over.number);
  expect(out).not.toContain('late');
  expect(await company.tocsin.getCase(over.number)).toMatchObject({ status: 'CLOSED', nextDue: null });
  const owned = await company.tocsin.whoOwnsThis(over.number);
  expect(owned.nextDue).toBeNull();
  expect(owned.sentence).toMatch(/^The case is closed\..* It was the case of lee\.$/);
  expect((await shell('case', 'show', over.number)).out).not.toMatch(/\blate\b/);
});

test('by whom and why is said where no worker answers, too', async () => {
  const live = await company.open();
  await live.handle.terminate('a click');
  await company.restartWorker(async () => {
    const hurried = new TocsinClient(company.server.client, { deadlineMs: 2_000 });
    for (const ask of [
      () => hurried.getCase(live.number),
      () => hurried.whoOwnsThis(live.number),
      () => hurried.getTimeline(live.number),
    ]) {
      const refused: unknown = await ask().catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'CASE_CLOSED', endedOutside: terminated });
    }
    expect(await hurried.endedOutside(live.number)).toMatchObject(terminated);
  });
});

test('the line that opens it again works with an opening in that file; the request of the first one needs another id', async () => {
  const live = company.prepare();
  const folder = temporaryFolder();
  const file = join(folder, 'opening.json');
  const { caseNumber: _, ...opening } = openingOf(live.number);
  const first = { ...opening, caseNumber: live.number, requestId: 'log-1' };
  writeFileSync(file, JSON.stringify(first));
  expect(await shell('case', 'open', '--file', file)).toMatchObject({ exitCode: 0 });
  await live.handle.terminate('a click');
  const [line = ''] = (await shell('case', 'show', live.number)).out
    .split('\n')
    .filter((one) => /^ +tocsin /.test(one));
  try {
    const words = line.trim().split(' ').slice(1);
    const open = (written: object) => {
      writeFileSync(file, JSON.stringify(written));
      return shell(...words.map((word) => (word === 'opening.json' ? file : word)));
    };
    const again = await open(first);
    expect([again.exitCode, again.err]).toEqual([1, expect.stringMatching(/another requestId/)]);
    expect(await open(opening)).toMatchObject({ exitCode: 0, out: expect.stringContaining(live.number) as string });
  } finally {
    removeFolder(folder);
  }
  expect((await company.tocsin.getCase(live.number)).endedOutside).toBeUndefined();
});

test('the number may be opened again, and the new case names the one before; the same request is not done twice', async () => {
  const live = await company.open({ requestId: 'log-1' });
  const { runId } = await live.handle.describe();
  await live.handle.terminate('a click');
  await expect(company.open({ caseNumber: live.number, requestId: 'log-1' })).rejects.toMatchObject({
    code: 'CASE_CLOSED',
    endedOutside: terminated,
  });

  await company.open({ caseNumber: live.number, requestId: 'log-2' });
  const { how, at, by } = (await pickedUp(live)) ?? {};
  expect({ how, by }).toEqual({ how: 'TERMINATED', by: expect.any(String) as string });
  expect((await live.told('CaseOpened'))[0]?.data.before?.runId).toBe(runId);
  expect(Date.now() - Date.parse(at ?? '')).toBeLessThan(60_000);
  const { events, missing, endedOutside } = await company.tocsin.getTimeline(live.number);
  expect([events[0]?.seq, missing, endedOutside]).toEqual([1, [], undefined]);
});

test('a case that is started with nothing but Temporal names the one before it, too; and the first of its number names none', async () => {
  const live = company.prepare();
  const { workflow } = company.server.client;
  const start = (over: Partial<CaseOpening> = {}): Promise<unknown> =>
    workflow.start(WORKFLOW_TYPE, {
      workflowId: live.number,
      taskQueue: TASK_QUEUE,
      args: [openingOf(live.number, over)],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
  await start();
  await live.atRest();
  expect(await pickedUp(live)).toBeUndefined();
  const ended: string[] = [];
  for (const severity of [2, 3] as const) {
    const { runId } = await live.handle.describe();
    ended.push(runId);
    await live.handle.terminate('a click');
    await eventually(
      () => workflow.count(`WorkflowId = '${live.number}' AND ExecutionStatus = 'Terminated'`),
      ({ count }) => count === ended.length,
    );
    await start({ severity });
    await live.atRest();
    expect(await pickedUp(live)).toEqual({
      runId,
      how: 'TERMINATED',
      at: expect.any(String) as string,
      by: expect.any(String) as string,
    });
  }
});

test('a number that was refused names nothing, and one of a case that has ended properly is never used again', async () => {
  const refused = company.prepare();
  await expect(
    company.open({ caseNumber: refused.number, severity: 0, channel: 'CASE_LOGGER', by: 'maria', role: 'CUSTOMER' }),
  ).rejects.toMatchObject({ code: 'E_DOWN_NOT_AT_LOGGING' });
  await company.open({ caseNumber: refused.number });
  expect(await pickedUp(refused)).toBeUndefined();

  const live = await company.open({}, { reopenWindow: '1s' });
  await live.update('closeCase', 'lee', { resolution: 'Fixed.', customerAgreed: true });
  await live.handle.result();
  await expect(company.open({ caseNumber: live.number })).rejects.toMatchObject({ code: 'CASE_EXISTS' });
  expect((await company.tocsin.getCase(live.number)).endedOutside).toBeUndefined();
});

test('started again with nothing but Temporal, a number of a case that has come to its own end is refused, and nobody is paged', async () => {
  const live = await company.open({}, { reopenWindow: '1s' });
  await live.update('closeCase', 'lee', { resolution: 'Fixed.', customerAgreed: true });
  await live.handle.result();
  const { workflow } = company.server.client;
  await eventually(
    () => workflow.count(`WorkflowId = '${live.number}' AND ExecutionStatus = 'Completed'`),
    ({ count }) => count === 1,
  );
  const start = (memo?: Record<string, string>) =>
    workflow.start(WORKFLOW_TYPE, {
      workflowId: live.number,
      taskQueue: TASK_QUEUE,
      args: [openingOf(live.number, { by: 'maria', role: 'CUSTOMER' })],
      ...(memo && { memo }),
    });
  const rung = live.rings.length;
  const again = await start();
  await expect(again.result()).rejects.toMatchObject({ cause: { type: 'CASE_EXISTS' } });
  expect(live.rings).toHaveLength(rung);

  // One that was begun all the same, and is ended from outside, is not taken for the one that has come to its own end.
  const taken = await start({ [OPENED_BY_CLIENT]: 'said so' });
  await live.ring('lee', 'ASSIGNED');
  await taken.terminate('a click');
  await eventually(
    () => company.tocsin.list(),
    (rows) => rows.some((row) => row.caseNumber === live.number && row.endedOutside !== undefined),
  );
});

test('a case that was ended before any worker had begun it is on top as well', async () => {
  const live = company.prepare();
  await company.restartWorker(async () => {
    const { workflow } = company.server.client;
    const args = [openingOf(live.number)];
    const started = await workflow.start(WORKFLOW_TYPE, { workflowId: live.number, taskQueue: TASK_QUEUE, args });
    await started.terminate('a click');
  });
  const [row] = await listed(company, [live], (rows) => rows[0]?.endedOutside !== undefined);
  expect(row).toMatchObject({ caseNumber: live.number, endedOutside: terminated, nextDue: null });
  await expect(company.tocsin.getCase(live.number)).rejects.toMatchObject({ endedOutside: terminated });
});

test('in the shell it ends with 1 and is on top; as JSON it says so too', async () => {
  const [other, ended] = [await eDown(), await company.open()];
  await ended.handle.terminate('a click');
  await listed(company, [other, ended], (rows) => rows[0]?.endedOutside !== undefined);

  const shown = await shell('case', 'show', ended.number);
  expect(shown.exitCode).toBe(1);
  const lines = shown.out.split('\n');
  expect(lines[0]).toMatch(/^! This case was ended from outside \(terminated\) at /);
  expect(shown.out).toContain(`As it stood: ${ended.number} · severity 2 · not escalated · ended from outside`);
  expect(shown.out).toMatch(/Next due +nothing will come any more/);
  expect(shown.out).not.toMatch(/Open pages|· open|Clocks/);
  expect((await shell('case', 'show', other.number)).exitCode).toBe(0);
  const who = await shell('who', ended.number);
  expect([who.exitCode, who.out.replace(/\s+/g, ' ')]).toEqual([1, expect.stringMatching(/ by .*: a click\. Nobody/)]);
  expect((await shell('who', other.number)).exitCode).toBe(0);

  const json = await shell('case', 'show', ended.number, '--json');
  expect(json.exitCode).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({ endedOutside: terminated });
  const timeline = await shell('case', 'timeline', ended.number);
  expect(timeline.out.split('\n')[0]).toMatch(/^! This case was ended from outside/);
  expect(timeline.exitCode).toBe(1);
  const numbers = [other.number, ended.number];
  const inList = (await shell('case', 'list')).out
    .split('\n')
    .flatMap((line) => numbers.find((number) => line.startsWith(number)) ?? []);
  expect(inList).toEqual([ended.number, other.number]);
  expect((await shell('case', 'list')).out).toMatch(/ENDED · sev 2/);
  const listedJson = JSON.parse((await shell('case', 'list', '--json')).out) as {
    cases: { caseNumber: string }[];
  };
  const row = listedJson.cases.find(({ caseNumber }) => caseNumber === ended.number);
  expect(row).toMatchObject({ endedOutside: terminated, urgency: 0 });
});

describe('whoever follows a case is told that it was ended, and the following ends as a look at it does', () => {
  const words = (number: string) => ['case', 'timeline', number, '--follow', '--address', company.server.address];

  test('while it is being followed', async () => {
    const live = await company.open();
    const child = spawn(process.execPath, [resolve('client/tocsin.js'), ...words(live.number)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const over = once(child, 'close');
    let out = '';
    const told = new Promise<void>((done) =>
      child.stdout.on('data', (data: Buffer) => {
        out += data.toString();
        if (out.includes('Opened by lee')) done();
      }),
    );
    await told;
    await live.handle.terminate('a click');
    expect(await over).toEqual([1, null]);
    expect(out).toMatch(/Opened by lee[^]*\n! This case was ended from outside \(terminated\) at .*: a\s+click\./);
  });

  test('from the first line, when it is ended already; a machine hears it last, as the plain timeline has it', async () => {
    const live = await company.open();
    await live.handle.terminate('a click');
    const { exitCode, out } = await typed(words(live.number));
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^! This case was ended from outside .*\n[^]*Opened by lee/);
    expect(out.match(/ended from outside/g)).toHaveLength(1);

    const json = await typed([...words(live.number), '--json']);
    expect(json.exitCode).toBe(1);
    const lines = json.out.split('\n').map((line) => JSON.parse(line) as object);
    expect(lines[0]).toMatchObject({ seq: 1, type: 'CaseOpened' });
    expect(lines.at(-1)).toEqual({ endedOutside: terminated });
  });

  test('and of one that is closed for good, which is no failure', async () => {
    const live = await company.open({}, { reopenWindow: '1s' });
    await live.update('closeCase', 'lee', { resolution: 'Fixed.', customerAgreed: true });
    await live.handle.result();
    const { exitCode, out } = await typed(words(live.number));
    expect(exitCode).toBe(0);
    expect(out).toMatch(/Opened by lee[^]*\nThe case is closed for good\. Nothing more will come\.$/);
  });
});
