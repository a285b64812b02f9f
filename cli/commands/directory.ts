/** `tocsin directory check`: for people, and for CI by its exit code. No server. */
import { Option, type Command } from 'commander';
import { configuration, configured } from '../configured';
import { show, type Context } from '../context';
import { EXIT } from '../exit';
import { atOption, upTo } from '../options';
import { addMovingIn } from './moving-in';
import { addDiff } from './directory-diff';
import { addAccept, addIcal, addOnCall } from './on-call';
import { renderDirectoryCheck } from '../render/readiness';

const iso = (ms: number): string => new Date(ms).toISOString();
const spanOf = ({ from, to }: { readonly from?: number; readonly to?: number }) => ({
  ...(from !== undefined && { from: iso(from) }),
  ...(to !== undefined && { to: iso(to) }),
});

export function addDirectory(program: Command, context: Context): void {
  const directory = program.command('directory').description('the people and rotas of the configuration');
  addCheck(directory, context);
  addOnCall(directory, context);
  addIcal(directory, context);
  addMovingIn(directory, context);
  addDiff(directory, context);
  addAccept(directory, context);
}

function addCheck(directory: Command, context: Context): void {
  directory
    .command('check')
    .description('can everybody be reached, now and over the next days? Ends with 1 when somebody cannot')
    .addOption(atOption())
    .addOption(new Option('--days <count>', 'how far to look ahead').argParser(upTo(366)).default(7, '7'))
    .action(({ at, days }: { readonly at?: number; readonly days: number }, command: Command) => {
      const found = configured(() =>
        configuration().checkDirectory({ from: at ?? context.terminal.screen().now, days }),
      );
      const { from, to, findings, hints, ...rest } = found;
      const json = {
        ...rest,
        from: iso(from),
        to: iso(to),
        findings: findings.map((finding) => ({ ...finding, from: iso(finding.from), to: iso(finding.to) })),
        hints: hints.map((hint) => ({ ...hint, ...spanOf(hint) })),
      };
      show(context, command, json, () => renderDirectoryCheck(found, context.terminal.screen()));
      if (!found.isReady) context.exitCode = EXIT.REFUSED;
    });
}
