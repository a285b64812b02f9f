/** `tocsin watch`: from outside the cases, are they served? For a process of its own, or once for another monitoring's check. */
import type { Command } from 'commander';
import type * as Run from '../../worker/watch/run';
import { show, type Context } from '../context';
import { EXIT } from '../exit';
import { lengthOption } from '../options';
import { renderFindings } from '../render/watched';
import { exportFlags, queueOf, untilItEnds } from './service';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is wanted, as in service.ts
const theWatch = (): typeof Run => require('../../worker/watch/run') as typeof Run;

interface Flags {
  readonly every?: number;
  readonly once?: boolean;
}

export function addWatch(program: Command, context: Context): void {
  program
    .command('watch')
    .description('from outside the cases: Temporal answers, workers work, a canary gets through, nothing is overdue')
    .addOption(lengthOption('--every <time>', 'how often it looks (TOCSIN_WATCH_EVERY; 1m)'))
    .option(
      '--once',
      'look once and say what is found; ends with 1 when something is wrong, with 3 when Temporal is gone',
    )
    .action(async ({ every, once }: Flags, command: Command) => {
      exportFlags(command);
      const run = { ...queueOf(command), ...(every !== undefined && { everyMs: every }) };
      if (once !== true) return untilItEnds(theWatch().runWatch(run));
      const findings = await theWatch().watchOnce(run);
      const wrong = findings.filter(({ is }) => is === 'WRONG');
      if (findings.length > 0)
        show(context, command, { isWell: wrong.length === 0, findings }, () =>
          renderFindings(findings, context.terminal.screen()),
        );
      if (wrong.length > 0)
        context.exitCode = wrong.some(({ check }) => check === 'TEMPORAL') ? EXIT.UNAVAILABLE : EXIT.REFUSED;
    });
}
