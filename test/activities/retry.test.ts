/** B2: how long one provider is tried, and when somebody else is asked instead. */
import { nextTryAfter, type Tries } from '../../activities/retry';

const tries = (over: Partial<Tries> = {}): Tries => ({
  attempt: 1,
  firstTryAt: 0,
  now: 0,
  retryForMs: 60_000,
  closesAt: Infinity,
  ...over,
});

test('the waiting doubles up to a quarter of a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((attempt) => nextTryAfter(tries({ attempt })))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
  ]);
});

test('the provider may ask for longer, not for shorter', () => {
  expect(nextTryAfter(tries(), { afterMs: 7_000, spread: 0 })).toBe(7_000);
  expect(nextTryAfter(tries({ attempt: 5 }), { afterMs: 1_000 })).toBe(9_000);
  expect(nextTryAfter(tries(), { afterMs: 0 })).toBe(500);
});

test('tries that failed in one instant do not come back in one: by chance, up to the whole of the wait (full jitter)', () => {
  expect(nextTryAfter(tries({ attempt: 4 }), { spread: 0.25 })).toBe(1_000);
  expect(nextTryAfter(tries({ attempt: 4 }), { spread: 0 })).toBe(50);
  expect(nextTryAfter(tries(), { afterMs: 7_000, spread: 0.5 })).toBe(7_250);
  // What is spread still falls into the provider's time.
  expect(nextTryAfter(tries({ attempt: 3, now: 50_000 }), { afterMs: 9_000, spread: 1 })).toBe(10_000);
});

test('a provider that asks for longer than there is gets no further try', () => {
  expect(nextTryAfter(tries(), { afterMs: 60_000 })).toBe(60_000);
  expect(nextTryAfter(tries(), { afterMs: 60_001 })).toBeUndefined();
  expect(nextTryAfter(tries({ now: 50_000 }), { afterMs: 20_000 })).toBeUndefined();
});

test('its time is over when the next try would begin after it, but not before the third', () => {
  expect(nextTryAfter(tries({ attempt: 6, now: 45_000 }))).toBe(15_000);
  expect(nextTryAfter(tries({ attempt: 6, now: 45_001 }))).toBeUndefined();
  expect(nextTryAfter(tries({ attempt: 2, now: 90_000 }))).toBe(1_000);
  expect(nextTryAfter(tries({ attempt: 3, now: 90_000 }))).toBeUndefined();
});

test('a result that Temporal would throw away is given before', () => {
  expect(nextTryAfter(tries({ closesAt: 501 }))).toBe(500);
  expect(nextTryAfter(tries({ closesAt: 500 }))).toBeUndefined();
  expect(nextTryAfter(tries({ attempt: 2, maximumAttempts: 2 }))).toBeUndefined();
  expect(nextTryAfter(tries({ attempt: 2, maximumAttempts: 0 }))).toBe(1_000);
});
