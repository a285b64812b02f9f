/** `tocsin case timeline --follow`: what happens as it happens, until it is interrupted or nothing can happen any more. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { ServiceUnavailable, UNAVAILABLE_REASONS } from '../../client/errors';
import { isOver } from '../../client/over';
import type { WholeTimeline } from '../../client/timeline';
import type { Seen, TocsinClient } from '../../client/tocsin-client';
import { globalFlags, type Context } from '../context';
import { EXIT } from '../exit';
import { renderEnded, renderEvent, renderOver } from '../render/timeline';

const FOLLOW_EVERY_MS = 2000;
const PAGE = 100;

type Told = Seen<Pick<WholeTimeline, 'events'>>;

/** Asks again and again: a case tells its past to whoever asks, and keeps no list of listeners. */
export async function followTimeline(
  client: TocsinClient,
  caseNumber: string,
  after: number,
  context: Context,
  command: Command,
): Promise<void> {
  const { terminal } = context;
  const { json: isForMachines } = globalFlags(command);
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once('SIGINT', onInterrupt);
  try {
    for (let [seen, wasEnded] = [after, false]; !stop.signal.aborted;) {
      // Asked first, so that all it has told before its end is told here too.
      const isClosed = await isOver(client, caseNumber);
      const { events, endedOutside } = await newEvents(client, caseNumber, seen, context);
      // People read it before whatever it had come to, as in the plain timeline; for machines it is the last line.
      if (endedOutside && !wasEnded && !isForMachines) terminal.out(renderEnded(endedOutside, terminal.screen()));
      wasEnded ||= endedOutside !== undefined;
      for (const event of events)
        terminal.out(isForMachines ? JSON.stringify(event) : renderEvent(event, terminal.screen()));
      seen = events.at(-1)?.seq ?? seen;
      if (events.length > 0) continue;
      if (endedOutside) {
        if (isForMachines) terminal.out(JSON.stringify({ endedOutside }));
        context.exitCode = EXIT.REFUSED;
        return;
      }
      if (isClosed) {
        if (!isForMachines) terminal.out(renderOver(terminal.screen()));
        return;
      }
      await pause(FOLLOW_EVERY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  } finally {
    process.removeListener('SIGINT', onInterrupt);
  }
}

/** Whoever looks on for a whole night sees workers come and go: no answer is told, and asked for again. */
async function newEvents(
  client: TocsinClient,
  caseNumber: string,
  after: number,
  { terminal }: Context,
): Promise<Told> {
  try {
    return await client.getTimeline(caseNumber, { after, limit: PAGE });
  } catch (error) {
    if (!(error instanceof ServiceUnavailable)) throw error;
    terminal.err(`No answer just now (${UNAVAILABLE_REASONS[error.reason]}); looking on.`);
    return { events: [] };
  }
}
