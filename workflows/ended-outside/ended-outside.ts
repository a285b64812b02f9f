import { CancellationScope, isCancellation, log, proxyActivities, sleep } from '@temporalio/workflow';
import type { EndedActivities, EndedNotice } from '../activities';

/** As long as a page of a case is tried on one channel, and what its result may take to come back. */
const ONE_CHANNEL_MS = 120_000;
/** As between the channels of an urgent page (H7). */
const NEXT_CHANNEL_MS = 20_000;
/** Somebody who could not be reached is tried again, for as long as the watch looks back. */
const ROUND_MS = 15 * 60_000;
const ROUNDS = 96;

const { dutyManagers } = proxyActivities<EndedActivities>({ startToCloseTimeout: '10s' });
const { tellEnded } = proxyActivities<EndedActivities>({
  startToCloseTimeout: '35s',
  scheduleToCloseTimeout: ONE_CHANNEL_MS,
  retry: { initialInterval: 500, backoffCoefficient: 2, maximumInterval: 15_000 },
  priority: { priorityKey: 1 },
});

/** Tells each duty manager once; whoever is on duty is looked up anew for those who were not reached. Gives who has heard. */
export async function endedOutside(notice: EndedNotice): Promise<readonly string[]> {
  const told = new Set<string>();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const onDuty = await dutyManagers();
    await Promise.all(
      onDuty
        .filter(({ person }) => !told.has(person))
        .map(async ({ person, channels }) => {
          if (await isReached(notice, person, channels)) told.add(person);
        }),
    );
    if (onDuty.length > 0 && onDuty.every(({ person }) => told.has(person))) break;
    log.warn(`${notice.pageId}: not every duty manager was reached; they are tried again`, { round });
    if (round < ROUNDS) await sleep(ROUND_MS);
  }
  return [...told];
}

/** Channel after channel: the next at once where one says no, and after a while where nothing comes back. */
const isReached = (notice: EndedNotice, person: string, channels: readonly string[]): Promise<boolean> =>
  CancellationScope.cancellable(async () => {
    const tries: Promise<boolean>[] = [];
    for (const channel of channels) {
      const taken = tellEnded(notice, person, channel).catch(() => false);
      tries.push(taken);
      if (await Promise.race([taken, waited()])) break;
    }
    const isTaken = await Promise.race([any(tries), Promise.all(tries).then((all) => all.some(Boolean))]);
    // What is still being tried on another channel would say it twice.
    CancellationScope.current().cancel();
    return isTaken;
  });

const waited = (): Promise<false> =>
  sleep(NEXT_CHANNEL_MS).then(
    () => false,
    (error: unknown) => {
      if (isCancellation(error)) return false;
      throw error;
    },
  );

/** Resolves with the first yes, and with nothing else. */
const any = (tries: readonly Promise<boolean>[]): Promise<true> =>
  new Promise((resolve) => {
    for (const one of tries) void one.then((taken) => taken && resolve(true));
  });
