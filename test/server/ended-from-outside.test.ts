/**
 * A case that somebody has ended from outside is an alarm and no case: whoever looks at it is told so first, lists have it on top,
 * nothing of it is promised any more, and its number may be opened again, by a case that names the one before.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { CaseRejected, type CaseOpening } from '../../client';
import { TASK_QUEUE, WORKFLOW_TYPE } from '../../workflows/messages';
import { listed, pickedUp } from '../support/ended';
import { Company, eventually, openingOf, type LiveCase } from '../support/company';
import { completeAnswers } from '../support/story';
import { typed } from '../support/typed';

let company: Company;
beforeAll(async () => {
  company = await Company.start();
}, 300_000);
afterEach(() => company.endCases());
afterAll(() => company.stop());

async function eDown(): Promise<LiveCase> {
  const live = await company.open();
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

test('in the shell it ends with 1 and is on top; as JSON it says so too', async () => {
  const [other, ended] = [await eDown(), await company.open()];
  await ended.handle.terminate('a click');
  await listed(company, [other, ended], (rows) => rows[0]?.endedOutside !== undefined);
  const shell = (...argv: string[]) => typed([...argv, '--address', company.server.address]);

  const shown = await shell('case', 'show', ended.number);
  expect(shown.exitCode).toBe(1);
  const lines = shown.out.split('\n');
  expect(lines[0]).toMatch(/^! This case was ended from outside \(terminated\) at /);
  expect(shown.out).toContain(`As it stood: ${ended.number} · severity 2 · NORMAL · ended from outside`);
  expect(shown.out).toMatch(/Next due +nothing will come any more/);
  expect(shown.out).not.toMatch(/Open pages|OPEN|Clocks/);
  expect((await shell('case', 'show', other.number)).exitCode).toBe(0);

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
