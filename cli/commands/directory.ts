/** `tocsin directory check`: for people, and for CI by its exit code. No Temporal server. */
import { Option, type Command } from 'commander';
import { configuration, configured, configuredThen } from '../configured';
import { show, type Context } from '../context';
import { EXIT } from '../exit';
import { atOption, upTo } from '../options';
import { renderProbes } from '../render/reach';
import { addMovingIn } from './moving-in';
import { addDiff } from './directory-diff';
import { addAccept, addIcal, addOnCall } from './on-call';
import { renderDirectoryCheck } from '../render/readiness';

const iso = (ms: number): string => new Date(ms).toISOString();
const spanOf = ({ from, to }: { readonly from?: number; readonly to?: number }) => ({
  ...(from !== undefined && { from: iso(from) }),
  ...(to !== undefined && { to: iso(to) }),
});

interface Flags {
  readonly at?: number;
  readonly days: number;
  readonly probe: boolean;
}

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
    .option('--no-probe', 'do not ask accounts and servers of channels whether they are there')
    .action(async ({ at, days, probe }: Flags, command: Command) => {
      const found = configured(() =>
        configuration().checkDirectory({ from: at ?? context.terminal.screen().now, days }),
      );
      const { from, to, findings, hints, ...rest } = found;
      // Nobody can be asked with a secret that is not here, and which one that is stands below.
      const probes =
        probe && found.unset.length === 0 ? await configuredThen(() => configuration().probeConfigured()) : [];
      const isBroken = probes.some(({ isGood, isHint }) => !isGood && !isHint);
      const json = {
        ...rest,
        from: iso(from),
        to: iso(to),
        ...(probes.length > 0 && { probes, isReady: found.isReady && !isBroken }),
        findings: findings.map((finding) => ({ ...finding, from: iso(finding.from), to: iso(finding.to) })),
        hints: hints.map((hint) => ({ ...hint, ...spanOf(hint) })),
      };
      show(context, command, json, () => {
        const screen = context.terminal.screen();
        const asked = probes.length > 0 ? [`Accounts and servers of channels:\n${renderProbes(probes, screen)}`] : [];
        return [renderDirectoryCheck(found, screen), ...asked].join('\n');
      });
      if (!found.isReady || isBroken) context.exitCode = EXIT.REFUSED;
    });
}
