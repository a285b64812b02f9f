/** `tocsin directory diff OLD NEW`: what an edit changes, in people and hours, before it counts. No server. */
import type { Command } from 'commander';
import { configuration, configured } from '../configured';
import { show, type Context } from '../context';
import { aheadOption, atOption } from '../options';
import { renderDiff } from '../render/on-call';

const YEAR_MS = 52 * 7 * 24 * 3_600_000;

export function addDiff(directory: Command, context: Context): void {
  directory
    .command('diff')
    .description('who comes first by the new file who did not by the old one, and when')
    .argument('<old>', 'a directory.yaml, or its folder')
    .argument('<new>', 'the same')
    .addOption(atOption())
    .addOption(aheadOption('--for <time>', 'so far ahead').default(YEAR_MS, '52w'))
    .action((old: string, now: string, flags: { readonly at?: number; readonly for: number }, command: Command) => {
      const from = flags.at ?? context.terminal.screen().now;
      const changes = configured(() => configuration().directoryDiff(old, now, from, from + flags.for));
      const answer = changes.map(({ team, before, after, ...span }) => ({
        team,
        from: new Date(span.from).toISOString(),
        to: new Date(span.to).toISOString(),
        before,
        after,
      }));
      show(context, command, answer, () => renderDiff(changes, context.terminal.screen()));
    });
}
