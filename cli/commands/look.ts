/** `tocsin case show | timeline`: commands that only look at one case. */
import type { Command } from 'commander';
import { connected, show, type Context } from '../context';
import { EXIT } from '../exit';
import { renderCase } from '../render/case';
import { count } from '../options';
import { firstWanted, renderWholeTimeline } from '../render/timeline';
import { followTimeline } from './follow';

/** Enough that some remain when those are left out that only move pages about. */
const LAST_EVENTS = 40;

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
    .option('--follow', 'go on as more happens, until interrupted or nothing can happen any more')
    .action(async (caseNumber: string, { after, limit, last, follow }: TimelineFlags, command: Command) => {
      await connected(command, async (client) => {
        const wanted = last === undefined ? { after, limit } : { last };
        const timeline = await client.getTimeline(caseNumber, wanted);
        if (follow) return await followTimeline(client, caseNumber, firstWanted(timeline) - 1, context, command);
        show(context, command, timeline, () => renderWholeTimeline(timeline, context.terminal.screen()));
        if (timeline.endedOutside) context.exitCode = EXIT.REFUSED;
      });
    });
}
