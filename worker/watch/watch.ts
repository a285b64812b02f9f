/**
 * Round after round: look, judge, tell. It knows nothing of cases and needs nothing of theirs, so that it can say that all of
 * them stand still.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import type { Target } from '../connect';
import { pingDeadMan, sendAlarm, sentenceOf, type AlarmTarget } from './alarm';
import { isWell } from './finding';
import { look, type Look, type Watched } from './look';
import type { WatchSettings } from './settings';
import { isSuspicious, judge, NOTHING_WRONG, type Alarm, type Verdict } from './verdict';

interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface WatchOptions extends WatchSettings {
  readonly watched: Watched;
  readonly connect: (target: Target) => Promise<Connection>;
  readonly log: Log;
  readonly stopped: AbortSignal;
  /** Told of each look, for metrics. */
  readonly onLook?: (look: Look) => void;
}

/** Something seen once is looked at again so much sooner. */
const SOONER = 4;

/** Resolves when told to stop. */
export async function watch(options: WatchOptions): Promise<void> {
  const { everyMs, stopped, onLook } = options;
  const outbox = new Outbox(options);
  const told = new Promise<undefined>((resolve) => {
    if (stopped.aborted) resolve(undefined);
    stopped.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  let verdict = NOTHING_WRONG;
  while (!stopped.aborted) {
    // Told to stop, nobody waits for a canary that may not come back.
    const seen = await Promise.race([lookedAt(options), told]);
    if (seen === undefined) return;
    // Of a look that has failed nothing is known: nothing is cleared, and the dead-man URL hears nothing.
    if (seen !== 'FAILED') {
      onLook?.(seen);
      // Whoever watches in this one's place has what was wrong in sight, and will say when it is over.
      verdict = seen.standsBy ? NOTHING_WRONG : await judgedAndTold(verdict, seen, outbox, options);
    }
    const pause = isSuspicious(verdict) ? everyMs / SOONER : everyMs;
    await delay(pause, undefined, { signal: stopped }).catch(() => undefined);
  }
}

async function judgedAndTold(
  before: Verdict,
  { findings }: Look,
  outbox: Outbox,
  options: WatchOptions,
): Promise<Verdict> {
  const { verdict, alarms } = judge(before, findings, Date.now());
  for (const alarm of alarms) {
    options.log[alarm.state === 'ALARM' ? 'error' : 'info'](sentenceOf(alarm));
    outbox.put(alarm);
  }
  await Promise.all([outbox.send(), isWell(findings) ? deadMan(options) : undefined]);
  return verdict;
}

/** A watch that ends because it has met something new is gone when it is needed. */
async function lookedAt({ watched, connect, log }: WatchOptions): Promise<Look | 'FAILED'> {
  try {
    return await look(watched, connect);
  } catch (error) {
    log.error(`A look has failed, and the next one is taken all the same: ${String(error)}`);
    return 'FAILED';
  }
}

async function deadMan({ deadManUrl, log }: WatchOptions): Promise<void> {
  if (deadManUrl === undefined) return;
  await pingDeadMan(deadManUrl).catch((error: unknown) =>
    log.warn(`The dead-man URL does not take a ping: ${(error as Error).message}`),
  );
}

/** Alarms that a receiver has not taken yet: tried again each round, of each check the newest only. */
class Outbox {
  private waiting: { readonly alarm: Alarm; readonly target: AlarmTarget }[] = [];

  constructor(private readonly options: WatchOptions) {}

  put(alarm: Alarm): void {
    this.waiting = this.waiting.filter(({ alarm: { check } }) => check !== alarm.check);
    this.waiting.push(...this.options.alarms.map((target) => ({ alarm, target })));
  }

  async send(): Promise<void> {
    const { watched, log } = this.options;
    const where = `${watched.target.address}/${watched.target.namespace}/${watched.taskQueue}`;
    await Promise.all(
      this.waiting.map(async (entry) => {
        try {
          await sendAlarm(entry.alarm, where, entry.target);
          this.waiting = this.waiting.filter((other) => other !== entry);
        } catch (error) {
          // Without the address: it may carry a secret.
          log.error(
            `An alarm was not taken (${(error as Error).message}); it is tried again: ${sentenceOf(entry.alarm)}`,
          );
        }
      }),
    );
  }
}
