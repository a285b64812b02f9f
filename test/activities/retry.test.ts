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
  expect(nextTryAfter(tries(), 7_000)).toBe(7_000);
  expect(nextTryAfter(tries({ attempt: 5 }), 1_000)).toBe(8_000);
  expect(nextTryAfter(tries(), 0)).toBe(500);
});

test('a provider that asks for longer than there is gets no further try', () => {
  expect(nextTryAfter(tries(), 60_000)).toBe(60_000);
  expect(nextTryAfter(tries(), 60_001)).toBeUndefined();
  expect(nextTryAfter(tries({ now: 50_000 }), 20_000)).toBeUndefined();
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
