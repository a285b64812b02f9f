/** `tocsin watch`: the watch as a process of its own, beside the workers and best on another machine. */
import { TASK_QUEUE } from '../../workflows/messages';
import { present } from '../config/present';
import { together } from '../config/together';
import { configuredTarget, TemporalUnreachable, USUAL_ADDRESS } from '../connect';
import { createLogger } from '../logging';
import { startLookout } from '../ended-outside/lookout';
import { fail } from '../run';
import type { Sight } from '../sight/cases';
import type { Finding } from './finding';
import { look, type Watched } from './look';
import { isHeard, watchSettings, type WatchSettings } from './settings';
import { watch } from './watch';
import { connectToWatch, watchedBy } from './watched';

export interface WatchRun {
  readonly taskQueue?: string;
  readonly everyMs?: number;
}

/** `usual`: where the server is if nobody says. @throws ConfigError, TemporalUnreachable where no server is configured */
function prepared(
  { taskQueue = TASK_QUEUE, everyMs }: WatchRun,
  usual?: string,
): { settings: WatchSettings; watched: Watched } {
  const { settings, target } = together({ settings: () => watchSettings(), target: () => configuredTarget(usual) });
  if (!target)
    throw new TemporalUnreachable('No Temporal server is configured: set TEMPORAL_ADDRESS to the one to watch.');
  const wanted = { ...settings, ...present({ everyMs }) };
  return { settings: wanted, watched: watchedBy('WATCH', { target, taskQueue, everyMs: wanted.everyMs }) };
}

/** Until SIGINT or SIGTERM. Sets the exit code; never throws. */
export async function runWatch(run: WatchRun = {}): Promise<void> {
  const log = createLogger();
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const { settings, watched } = prepared(run);
    if (!isHeard(settings))
      log.warn(
        'Nobody would hear an alarm: set TOCSIN_WATCH_ALARM_URL, and TOCSIN_WATCH_DEAD_MAN_URL for when the watch itself is gone',
      );
    log.info(`watches queue ${watched.taskQueue} of ${watched.target.address} every ${settings.everyMs / 1_000} s`);
    const stopLookout = startLookout({ seeing: (ask) => seeing(watched, ask), taskQueue: watched.taskQueue, log });
    await watch({ ...settings, watched, connect: connectToWatch, log, stopped: stopping.signal });
    await stopLookout();
  } catch (error) {
    process.exitCode = fail(error, log);
  }
}

/** With a connection of its own each time, as a look has. */
async function seeing<T>({ target }: Watched, ask: (sight: Sight) => Promise<T>): Promise<T> {
  const connection = await connectToWatch(target);
  try {
    return await ask({ connection, namespace: target.namespace });
  } finally {
    await connection.close();
  }
}

/**
 * Looks once, as any command asks: on this machine where no server is configured. Where it cannot even begin it says so, sets the exit
 * code, and has found nothing.
 */
export async function watchOnce(run: WatchRun = {}): Promise<readonly Finding[]> {
  try {
    const { watched } = prepared(run, USUAL_ADDRESS);
    return (await look(watched, connectToWatch)).findings;
  } catch (error) {
    process.exitCode = fail(error, createLogger());
    return [];
  }
}
