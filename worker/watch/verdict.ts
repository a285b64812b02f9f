/**
 * When what was found is an alarm. Pure: findings and the time in, messages out. Something wrong is looked at a second time
 * before it wakes anybody, an alarm is repeated while it lasts, and its end is told once.
 */
import { CHECKS, type Check, type Finding } from './finding';

/** A worker that restarts, a server that elects a leader: over before the second look. */
const LOOKS_BEFORE_ALARM = 2;
const REMIND_EVERY_MS = 30 * 60_000;

export interface Alarm {
  readonly check: Check;
  readonly state: 'ALARM' | 'CLEARED';
  /** When it was first seen. */
  readonly since: number;
  /** 1, and one more for each reminder: with check and since, the name of the message. */
  readonly nth: number;
  readonly words: string;
}

interface Trouble {
  readonly since: number;
  readonly looks: number;
  readonly told: number;
  readonly toldAt: number;
}

export type Verdict = Readonly<Partial<Record<Check, Trouble>>>;

export const NOTHING_WRONG: Verdict = {};

export function judge(
  before: Verdict,
  findings: readonly Finding[],
  now: number,
): { verdict: Verdict; alarms: Alarm[] } {
  const verdict: Partial<Record<Check, Trouble>> = { ...before };
  const alarms: Alarm[] = [];
  for (const { check, is, words } of findings) {
    const trouble = before[check];
    if (is === 'UNKNOWN') continue;
    if (is === 'WELL') {
      delete verdict[check];
      if (trouble && trouble.told > 0)
        alarms.push({ check, state: 'CLEARED', since: trouble.since, nth: trouble.told + 1, words });
      continue;
    }
    const { since, told, toldAt, looks } = trouble ?? { since: now, told: 0, toldAt: 0, looks: 0 };
    const isDue = looks + 1 >= LOOKS_BEFORE_ALARM && (told === 0 || now - toldAt >= REMIND_EVERY_MS);
    if (isDue) alarms.push({ check, state: 'ALARM', since, nth: told + 1, words });
    verdict[check] = { since, looks: looks + 1, told: told + (isDue ? 1 : 0), toldAt: isDue ? now : toldAt };
  }
  return { verdict, alarms };
}

/** Something was seen once: the second look should not wait for a whole round. */
export const isSuspicious = (verdict: Verdict): boolean =>
  CHECKS.some((check) => (verdict[check]?.looks ?? LOOKS_BEFORE_ALARM) < LOOKS_BEFORE_ALARM);
