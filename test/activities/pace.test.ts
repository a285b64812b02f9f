/** D13: forty cases page one engineer, whose receiver takes one page a second: all arrive, in turn, and nobody else is asked. */
import { Pace } from '../../activities/channels/pace';
import { nextTryAfter } from '../../activities/retry';

/** A receiver that takes one page a second, and a clock that only the test moves. */
function deliver(pages: number): { readonly lastAt: number; readonly tries: number; readonly lost: number } {
  const pace = new Pace();
  let lastTaken = -Infinity;
  let tries = 0;
  let lost = 0;
  let lastAt = 0;
  const queue = Array.from({ length: pages }, (_, page) => ({ key: `page ${page}`, at: 0, attempt: 1 }));
  while (queue.length > 0) {
    queue.sort((a, b) => a.at - b.at);
    const next = queue.shift();
    if (!next) break;
    const { key, at, attempt } = next;
    let afterMs = pace.waitOf('lee', key, at);
    if (afterMs === undefined) {
      tries += 1;
      if (at - lastTaken >= 1_000) {
        lastTaken = at;
        lastAt = at;
        continue;
      }
      afterMs = pace.refused('lee', key, 1_000, at);
    }
    const delay = nextTryAfter(
      { attempt, firstTryAt: 0, now: at, retryForMs: 60_000, closesAt: Infinity },
      { afterMs, spread: 0 },
    );
    if (delay === undefined) lost += 1;
    else queue.push({ key, at: at + delay, attempt: attempt + 1 });
  }
  return { lastAt, tries, lost };
}

test('40 pages are out in about 45 seconds, and each is refused once at most', () => {
  const { lastAt, tries, lost } = deliver(40);
  expect(lost).toBe(0);
  expect(lastAt).toBeLessThan(46_000);
  expect(tries).toBeLessThanOrEqual(80);
});

test('a provider that wants to be left alone is no queue, and one that is quiet again is forgotten', () => {
  const pace = new Pace();
  expect(pace.refused('lee', 'a', 60_000, 0)).toBeUndefined();
  expect(pace.waitOf('lee', 'b', 1)).toBeUndefined();
  expect(pace.refused('lee', 'a', 1_000, 0)).toBe(1_075);
  expect(pace.waitOf('lee', 'b', 10)).toBe(2_140);
  expect(pace.waitOf('kim', 'c', 10)).toBeUndefined();
  expect(pace.waitOf('lee', 'a', 1_075)).toBeUndefined();
  expect(pace.waitOf('lee', 'd', 60_000)).toBeUndefined();
});
