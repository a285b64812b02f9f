/** `tocsin deploy status | promote | move`: from one version of the rules to the next, and back. */
import { InvalidArgumentError, type Command } from 'commander';
import type * as Deployment from '../../worker/deployment';
import type { TocsinClient } from '../../client/tocsin-client';
import { connected, durationMs, globalFlags, show, type Context } from '../context';
import { BadInput, EXIT, NotDone } from '../exit';
import { renderMoved, renderProgress, renderStatus } from '../render/deployed';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is wanted, as in service.ts
const deployment = (): typeof Deployment => require('../../worker/deployment') as typeof Deployment;

const placeOf = ({ temporal, taskQueue }: TocsinClient): Deployment.Place => ({ client: temporal, taskQueue });

export function addDeploy(program: Command, context: Context): void {
  const deploy = program
    .command('deploy')
    .description('which version running cases are on, and moving them to another');
  addStatus(deploy, context);
  addPromote(deploy, context);
  addMove(deploy, context);
}

function addStatus(deploy: Command, context: Context): void {
  deploy
    .command('status')
    .description('versions, which is current, how many cases each has, what is left to move')
    .action(async (_flags: object, command: Command) => {
      const status = await connected(command, (client) => deployment().deployStatus(placeOf(client)));
      show(context, command, status, () => renderStatus(status, deployment().ownBuild(), context.terminal.screen()));
    });
}

function addPromote(deploy: Command, context: Context): void {
  deploy
    .command('promote')
    .description(
      'make a version the current one: new cases begin on it, and running ones move to it. Back is the same command',
    )
    .argument('[version]', 'its name, or how it begins; this copy of Tocsin where none is named')
    .option('--even-unserved', 'also where no worker serves it yet: cases wait until one does')
    .action(
      async (named: string | undefined, { evenUnserved }: { readonly evenUnserved?: boolean }, command: Command) => {
        const { build, before } = await connected(command, async (client) => {
          const place = placeOf(client);
          const routing = await deployment().routingOf(place);
          const known = (routing?.versions ?? []).map((version) => version.build);
          const wanted = wantedOf(named ?? deployment().ownBuild(), known);
          await deployment()
            .promote(place, wanted, { evenUnserved: evenUnserved ?? false, forMs: globalFlags(command).deadline })
            .catch(refusedBy(deployment().NotPromoted));
          return { build: wanted, before: routing?.current ?? null };
        });
        show(context, command, { current: build, before }, () =>
          build === before
            ? `Version ${build} was the current one already.`
            : `Version ${build} is current${before === null ? '' : `; ${before} was`}. Idle cases move with tocsin deploy move.`,
        );
      },
    );
}

/** The one version that is meant. */
function wantedOf(named: string | undefined, known: readonly string[]): string {
  if (named === undefined) throw new BadInput('This copy has no workflow code of its own: name a version.');
  // An empty variable of a pipeline: it begins every name.
  if (named === '') throw new BadInput('The name of the version is empty. Leave it out for the version of this copy.');
  const found = known.filter((build) => build.startsWith(named));
  if (found.length === 1 && found[0] !== undefined) return found[0];
  const all =
    known.length === 0 ? 'There is none: no worker has come with a version yet.' : `There are ${known.join(', ')}.`;
  throw new BadInput(`${found.length === 0 ? 'No' : 'More than one'} version is called ${named}. ${all}`);
}

function rate(words: string): number {
  const value = Number(words);
  if (!(value > 0 && value <= 1_000)) throw new InvalidArgumentError('It is a number from above 0 to 1000.');
  return value;
}

interface MoveFlags {
  readonly perSecond: number;
  readonly for: number;
}

function addMove(deploy: Command, context: Context): void {
  deploy
    .command('move')
    .description(
      'move idle cases to the current version, slowly; can be stopped and begun again. Ends with 1 while some are left',
    )
    .option('--per-second <n>', 'at most so many nudges', rate, 10)
    .option('--for <duration>', 'give up after', durationMs, durationMs('10m'))
    .action(async ({ perSecond, for: forMs }: MoveFlags, command: Command) => {
      const isForPeople = !globalFlags(command).json;
      const stop = new AbortController();
      const onInterrupt = (): void => stop.abort();
      process.once('SIGINT', onInterrupt);
      let last = '';
      try {
        const moved = await connected(command, (client) =>
          deployment()
            .move(placeOf(client), {
              perSecond,
              forMs,
              stopped: stop.signal,
              onProgress: (progress) => {
                const line = renderProgress(progress);
                if (isForPeople && line !== last) context.terminal.err(line);
                last = line;
              },
            })
            .catch(refusedBy(deployment().NoCurrentVersion)),
        );
        show(context, command, moved, () => renderMoved(moved, context.terminal.screen()));
        if (moved.left > 0) context.exitCode = EXIT.REFUSED;
      } finally {
        process.removeListener('SIGINT', onInterrupt);
      }
    });
}

/** A sentence of the server's, and no page of a stack. */
const refusedBy =
  (kind: new (...given: never[]) => Error) =>
  (error: unknown): never => {
    throw error instanceof kind ? new NotDone(error.message) : error;
  };
