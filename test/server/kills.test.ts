/**
 * B2, R27 and section 6 of the contract from outside: workers and servers that die at any moment. Nothing is lost, and a
 * phone that rings twice for one page gets it under one key.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from '../support/random';
import { Company, policyOf, type LiveCase } from '../support/company';
import { countOf } from '../support/history';
import { removeFolder, temporaryFolder, tocsinWorker, workerProcess, type Killable } from '../support/processes';
import { completeAnswers } from '../support/story';

const policy = { severities: { '0': { engineerAck: '2s' }, '1': { managerAck: '2s' } }, eDown: { alertEvery: '2s' } };

const folder = temporaryFolder();
const dbFile = join(folder, 'cases.db');
let company: Company;
let worker: Killable;

beforeAll(async () => {
  company = await Company.start({ dbFile, worker: false });
  worker = await workerProcess(folder, {
    address: company.server.address,
    directory: company.directory,
    policy: policyOf(policy),
  });
  await worker.start();
});
afterEach(() => company.endCases());
afterAll(async () => {
  await worker.kill();
  await company.stop();
  removeFolder(folder);
});

/**
 * Every message that was asked for has come to an end that is on record, what was sent has arrived, each under one key, and
 * no phone got what nobody asked for.
 */
async function expectNothingLost(live: LiveCase): Promise<void> {
  const history = await live.atRest(45_000);
  const keyOf = ({ pageId, attempt }: { pageId: string; attempt: number }): string => `${pageId}/${attempt}`;
  const asked = (await live.told('PageRequested')).map(({ data }) => keyOf(data));
  const ended = (await live.told('PageSent', 'PageMerged', 'PageDeferred', 'PageFailed')).map(({ data }) =>
    keyOf(data),
  );
  expect([...new Set(ended)].sort()).toEqual([...new Set(asked)].sort());
  // What somebody was asked by then goes out as a message of the page that they have.
  const sent = (await live.told('PageSent')).map(({ data }) => keyOf(data.joined ?? data));
  const arrived = new Set(live.rings.map(({ id }) => id.split('/').slice(0, 2).join('/')));
  expect([...new Set(sent)].filter((key) => !arrived.has(key))).toEqual([]);
  // What was called back may be out already, as a message of the page that they have: its number is used all the same.
  const calledBack = (await live.told('PageFailed')).filter(({ data }) => data.reason === 'CANCELLED');
  const strangers = [...arrived].filter((key) => !sent.includes(key) && !asked.includes(key));
  expect(strangers.slice(calledBack.length)).toEqual([]);
  expect(new Set(sent).size).toBe(sent.length);
  // Called back, or told by another message already: neither is lost.
  const lost = (await live.told('PageFailed')).filter(
    ({ data }) => data.reason !== 'CANCELLED' && data.reason !== 'KNOWS_ALREADY',
  );
  expect(lost).toEqual([]);
  expect(countOf(history, 'WORKFLOW_TASK_FAILED')).toBe(0);
}

/** Six busy cases, and a worker that is killed so many milliseconds after each wave of commands. */
async function liveThrough(moments: readonly number[]): Promise<void> {
  const lives = await Promise.all(Array.from({ length: 6 }, () => company.open()));
  for (const [round, ms] of moments.entries()) {
    const sent = lives.flatMap((live) => [
      live.signal('changeSeverity', 'maria', { severity: 3 - (round % 2) }),
      live.signal('requestManagerContact', 'maria'),
      // By its name: the same person's second wish within a minute is the first one (D14).
      live.signal('escalate', 'maria', { dissatisfaction: `round ${round}`, ...(round > 0 && { level: 'M2' }) }),
    ]);
    // The moment is the test's subject, not something that it waits for.
    await Promise.all([...sent, pause(ms).then(() => worker.kill())]);
    await worker.start();
  }
  for (const live of lives) {
    await live.until(
      (events) => events.filter(({ type }) => type === 'SeverityChanged').length === moments.length,
      45_000,
    );
    await expectNothingLost(live);
    expect(await live.told('Escalated')).toHaveLength(2);
  }
}

describe('a worker', () => {
  test('killed while a page is on its way: the page goes to the same person again, under the same key', async () => {
    const live = await company.open();
    live.phone('ana', (nth) => (nth === 1 ? 'SILENCE' : {}));
    await live.signal('escalate', 'maria');
    await live.ring('ana', 'ESCALATED_M1');
    await worker.kill();
    await worker.start();
    await live.ring('ana', 'ESCALATED_M1', 2);
    await expectNothingLost(live);
    expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 2 });
    expect(live.rings.map(({ id }) => id)).toEqual([
      `${live.number}-1/1/ana/webhook`,
      `${live.number}-1/1/ana/webhook`,
    ]);
  });

  test('killed while a page is on its way that is called back then: it was called back, and counts as no loss', async () => {
    const live = await company.open();
    live.phone('ana', () => 'SILENCE');
    await live.signal('escalate', 'maria');
    await live.ring('ana', 'ESCALATED_M1');
    await worker.kill();
    // Otherwise the server keeps the case for the worker that died until its try of the page has timed out too.
    const { client } = company.server;
    await client.workflowService.resetStickyTaskQueue({
      namespace: client.options.namespace,
      execution: { workflowId: live.number },
    });
    await worker.start();
    // The server takes the try for a running one still, and nobody is there to say that it has stopped.
    await live.signal('acknowledge', 'ana');
    await expectNothingLost(live);
    expect((await live.told('PageFailed')).map(({ data }) => data.reason)).toEqual(['CANCELLED']);
    expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
  });

  test('killed right after a signal: what it asked for is done, once', async () => {
    const live = await company.open();
    await live.signal('changeSeverity', 'maria', { severity: 3 });
    await worker.kill();
    await live.signal('escalate', 'maria');
    await worker.start();
    await Promise.all([live.ring('ana', 'ESCALATED_M1'), live.ring('lee', 'SEVERITY_CHANGED')]);
    await expectNothingLost(live);
    expect(new Set(live.rings.map(({ phone, purpose, id }) => `${phone} ${purpose} ${id.split('/')[0]}`)).size).toBe(2);
    expect(await live.told('Escalated', 'SeverityChanged')).toHaveLength(2);
  });

  test('away while a deadline passes: the next one is asked as soon as it is back, once', async () => {
    const live = await company.open({ severity: 1 });
    await live.signal('escalate', 'maria');
    await live.ring('ana', 'ESCALATED_M1');
    await live.atRest();
    await worker.kill();
    await live.follow((history) => Promise.resolve(countOf(history, 'TIMER_FIRED') === 1));
    expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
    await worker.start();
    const ben = await live.ring('ben', 'ESCALATED_M1');
    await live.acknowledge(ben);
    await live.ring('ana', 'ESCALATION_INFO');
    await expectNothingLost(live);
    expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1, 'ben ESCALATED_M1': 1, 'ana ESCALATION_INFO (word)': 1 });
  });

  test('killed at any moment, again and again: nothing is lost, nothing rings under two keys', async () => {
    const moments = fc.sample(fc.integer({ min: 0, max: 120 }), 3);
    await liveThrough(moments).catch((error: unknown) => {
      throw new Error(`killed after ${moments.join(', ')} ms`, { cause: error });
    });
  }, 120_000);
});

describe('the server', () => {
  test('killed during an E-Down: the case goes on where it was, alerts and commands alike', async () => {
    const live = await company.open();
    await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
    const [kim] = await Promise.all([live.ring('kim', 'E_DOWN_ALERT'), live.ring('lee', 'E_DOWN_STARTED')]);
    await live.atRest();
    await live.acknowledge(kim);
    await live.ring('kim', 'E_DOWN_ALERT', 2);
    await company.killServer(dbFile);
    await live.ring('kim', 'E_DOWN_ALERT', 4, 40_000);
    expect(await live.update('confirmWorkableSystem', 'pat')).toMatchObject({ emergency: 'NONE' });
    await Promise.all([live.ring('kim', 'E_DOWN_ENDED'), live.ring('lee', 'SEVERITY_ZERO_IDLE')]);
    await live.atRest();
    // The beat was missed at most while the server was away, and nothing but the first alert has rung.
    const alerts = live.rings.filter(({ purpose }) => purpose === 'E_DOWN_ALERT');
    expect(new Set(alerts.map(({ id }) => id)).size).toBe((await live.told('EmergencyAlerted')).length);
    expect(new Set(alerts.filter(({ urgent }) => urgent).map(({ id }) => id)).size).toBe(1);
    expect(Object.keys(live.rang()).sort()).toEqual([
      'eve E_DOWN_ENDED (word)',
      'eve E_DOWN_STARTED (word)',
      'kim E_DOWN_ALERT',
      'kim E_DOWN_ALERT (word)',
      'kim E_DOWN_ENDED (word)',
      'lee E_DOWN_STARTED',
      'lee E_DOWN_STARTED (quietly)',
      'lee SEVERITY_ZERO_IDLE (quietly)',
    ]);
    expect(countOf(await live.history(), 'WORKFLOW_TASK_FAILED')).toBe(0);
  });
});

describe('`tocsin worker`', () => {
  test('killed during an escalation and started again with its configuration: the ladder goes on', async () => {
    await worker.kill();
    writeFileSync(join(folder, 'directory.yaml'), JSON.stringify(company.directory));
    writeFileSync(join(folder, 'policy.yaml'), JSON.stringify({ hotline: '+1 555 0100', warnAt: [], ...policy }));
    const command = await tocsinWorker({ TOCSIN_CONFIG: folder, TEMPORAL_ADDRESS: company.server.address });
    try {
      await command.start();
      const live = await company.open({ severity: 1 });
      await live.update('escalate', 'maria');
      await live.ring('ana', 'ESCALATED_M1');
      await command.kill();
      await command.start();
      await live.acknowledge(await live.ring('ben', 'ESCALATED_M1'));
      await live.ring('ana', 'ESCALATION_INFO');
      await expectNothingLost(live);
      expect(Object.keys(live.rang()).sort()).toEqual([
        'ana ESCALATED_M1',
        'ana ESCALATION_INFO (word)',
        'ben ESCALATED_M1',
      ]);
      expect(await live.view()).toMatchObject({ escalation: { status: 'ENGAGED', owner: 'ben' } });
    } finally {
      await command.kill();
    }
  });
});
