/** `tocsin case show | timeline`: commands that only look at one case. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ToldEvent } from '../../workflows/messages';
import { ServiceUnavailable, UNAVAILABLE_REASONS } from '../../client/errors';
import type { TocsinClient } from '../../client/tocsin-client';
import { connected, globalFlags, show, type Context } from '../context';
import { EXIT } from '../exit';
import { renderCase } from '../render/case';
import { count } from '../options';
import { firstWanted, renderEvent, renderWholeTimeline } from '../render/timeline';

/** Enough that some remain when those are left out that only move pages about. */
const LAST_EVENTS = 40;
const FOLLOW_EVERY_MS = 2000;

export function addShow(parent: Command, context: Context): void {
  parent
    .command('show')
    .description('a case on one screen')
    .argument('<case>')
    .action(async (caseNumber: string, _flags: object, command: Command) => {
      const [view, { events }] = await connected(command, (client) =>
        Promise.all([client.getCase(caseNumber), client.getTimeline(caseNumber, { last: LAST_EVENTS })]),
      );
      show(context, command, view, () => renderCase(view, events, context.terminal.screen()));
      if (view.endedOutside) context.exitCode = EXIT.REFUSED;
    });
}

interface TimelineFlags {
  readonly after: number;
  readonly limit: number;
  readonly last?: number;
  readonly follow?: boolean;
}

export function addTimeline(parent: Command, context: Context): void {
  parent
    .command('timeline')
    .description('what happened over all its runs, the oldest first')
    .argument('<case>')
    .option('--after <seq>', 'only events with a greater number', count, 0)
    .option('--limit <n>', 'at most so many', count, 100)
    .option('--last <n>', 'the youngest so many instead', count)
    .option('--follow', 'go on as more happens, until interrupted')
    .action(async (caseNumber: string, { after, limit, last, follow }: TimelineFlags, command: Command) => {
      await connected(command, async (client) => {
        const wanted = last === undefined ? { after, limit } : { last };
        const timeline = await client.getTimeline(caseNumber, wanted);
        if (follow) return await followTimeline(client, caseNumber, firstWanted(timeline) - 1, context, command);
        show(context, command, timeline, () => renderWholeTimeline(timeline, context.terminal.screen()));
      });
    });
}

/** Whoever looks on for a whole night sees workers come and go: no answer is told, and asked for again. */
async function newEvents(
  client: TocsinClient,
  caseNumber: string,
  after: number,
  { terminal }: Context,
): Promise<readonly ToldEvent[]> {
  try {
    return (await client.getTimeline(caseNumber, { after, limit: 100 })).events;
  } catch (error) {
    if (!(error instanceof ServiceUnavailable)) throw error;
    terminal.err(`No answer just now (${UNAVAILABLE_REASONS[error.reason]}); looking on.`);
    return [];
  }
}

/** Asks again and again: a case tells its past to whoever asks, and keeps no list of listeners. */
async function followTimeline(
  client: TocsinClient,
  caseNumber: string,
  after: number,
  context: Context,
  command: Command,
): Promise<void> {
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once('SIGINT', onInterrupt);
  try {
    for (let seen = after; !stop.signal.aborted;) {
      const events = await newEvents(client, caseNumber, seen, context);
      for (const event of events) {
        context.terminal.out(
          globalFlags(command).json ? JSON.stringify(event) : renderEvent(event, context.terminal.screen()),
        );
      }
      seen = events.at(-1)?.seq ?? seen;
      if (events.length === 0) await pause(FOLLOW_EVERY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  } finally {
    process.removeListener('SIGINT', onInterrupt);
  }
}
