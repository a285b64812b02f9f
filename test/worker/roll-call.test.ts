/** Two workers with two policies on one queue are told, by name and hash, for as long as it lasts and no longer. */
import { Connection } from '@temporalio/client';
import { presentAmong, PRESENT_MS, sentenceOf } from '../../worker/roll-call/differing';
import { farewellOf, identityOf, saidIn } from '../../worker/roll-call/identity';
import { startRollCall, type RollCall } from '../../worker/roll-call/roll-call';
import { startLocalServer, type LocalServer } from '../../worker/temporal-server/local-server';

const ONE = { version: '2026-11-01', hash: 'sha256:1111' };
const OTHER = { version: 'desk short', hash: 'sha256:2222' };

describe('who is there', () => {
  const now = 1_000_000;
  const said = (worker: string, policy: typeof ONE, ago: number, since = now - ago) => ({
    identity: identityOf({ worker, ...policy }, since),
    at: now - ago,
  });

  test('a name says worker, hash and version, whatever is in the version', () => {
    const present = { worker: '1@a', ...OTHER };
    expect(saidIn(identityOf(present, 7))).toEqual({ worker: '1@a', since: 7, present });
    expect(saidIn(farewellOf('1@a', 8))).toEqual({ worker: '1@a', since: 8 });
    expect(saidIn('1@a')).toBeUndefined();
  });

  test('of each worker what it said last; of one that has left, or is silent for long, nothing', () => {
    const pollers = [
      said('1@a', OTHER, 20_000),
      said('1@a', ONE, 10_000),
      said('2@b', OTHER, 10_000),
      { identity: farewellOf('2@b', now - 5_000), at: now - 5_000 },
      said('3@c', OTHER, PRESENT_MS + 1),
      { identity: 'somebody else', at: now },
    ];
    expect(presentAmong(pollers, now)).toEqual([{ worker: '1@a', ...ONE }]);
  });

  test('the server notes the name of a wait again as the wait ends: what was said later counts all the same', () => {
    const replaced = said('1@a', OTHER, 10, now - 25_000);
    const inForce = said('1@a', ONE, 20, now - 20);
    expect(presentAmong([replaced, inForce], now)).toEqual([{ worker: '1@a', ...ONE }]);
  });

  test('one sentence names every policy with its workers; nothing while all agree', () => {
    const a = { worker: '1@a', ...ONE };
    const [b, c] = [
      { worker: '2@b', ...OTHER },
      { worker: '3@c', ...ONE },
    ];
    expect(sentenceOf([], 'tocsin')).toBeUndefined();
    expect(sentenceOf([a, c], 'tocsin')).toBeUndefined();
    expect(sentenceOf([b, c, a], 'tocsin')).toBe(
      'Workers of queue tocsin have 2 different policies, and chance decides which one a new case gets: ' +
        '"2026-11-01" (sha256:1111) at 1@a, 3@c; "desk short" (sha256:2222) at 2@b. Give all of them the same policy.yaml.',
    );
  });
});

/** A worker whose good-bye nobody has read is forgotten after 35 s. */
const PATIENCE_MS = 90_000;

describe('on a real server', () => {
  let server: LocalServer;
  let connection: Connection;
  const running: RollCall[] = [];
  beforeAll(async () => {
    server = await startLocalServer();
    connection = await Connection.connect({ address: server.address });
  }, 300_000);
  afterEach(async () => {
    await Promise.all(running.splice(0).map((call) => call.stop()));
  });
  afterAll(async () => {
    await connection.close();
    await server.stop();
  });

  /** What this worker says, as it is said. */
  function join(worker: string, policy: () => typeof ONE, taskQueue: string) {
    const lines: string[] = [];
    const waiting = new Set<() => void>();
    const say = (line: string): void => {
      lines.push(line);
      for (const look of waiting) look();
    };
    const says = (words: RegExp, times = 1): Promise<void> =>
      new Promise((resolve, reject) => {
        const given = setTimeout(() => {
          const there = call.present().map((present) => `${present.worker} ${present.hash}`);
          reject(
            new Error(`${worker} has not said ${words} ${times} times: ${lines.join('; ')}. There: ${there.join()}`),
          );
        }, PATIENCE_MS);
        const look = (): void => {
          if (lines.filter((line) => words.test(line)).length < times) return;
          clearTimeout(given);
          resolve();
        };
        waiting.add(look);
        look();
      });
    const call = startRollCall({
      connection: connection,
      namespace: 'default',
      taskQueue,
      policy,
      worker,
      everyMs: 100,
      log: { info: say, warn: say },
    });
    running.push(call);
    return { call, lines, says };
  }

  test('both are told; an edit that ends it is told too; who has left counts no more', async () => {
    let policy = OTHER;
    const first = join('1@a', () => ONE, 'edited');
    const second = join('2@b', () => policy, 'edited');
    const both = /2 different policies.*\(sha256:1111\) at 1@a; "desk short" \(sha256:2222\) at 2@b/;
    await Promise.all([first.says(both), second.says(both)]);
    expect(first.call.present()).toHaveLength(2);

    policy = ONE;
    await Promise.all([first.says(/one policy again/), second.says(/one policy again/)]);
    // Said once each, not at every look.
    expect(first.lines).toHaveLength(2);

    const third = join('3@c', () => OTHER, 'edited');
    await Promise.all([third.says(/2 different policies/), first.says(/2 different policies/, 2)]);
    await third.call.stop();
    // It has said good-bye: nobody waits for it to be forgotten.
    await Promise.all([first.says(/one policy again/, 2), second.says(/one policy again/, 2)]);
  });
});
