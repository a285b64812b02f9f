/** `tocsin up | worker | gateway | demo`: what runs until it is stopped. */
import type { Command } from 'commander';
import type * as Demo from '../../worker/demo';
import type * as Run from '../../worker/run';
import type * as Doors from '../doors';
import type * as Gateway from './gateway';
import { globalFlags } from '../context';

/** Loaded only when it is wanted: a worker takes a second to load, and `tocsin case` has no use for one. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would be an ES module's, which ts-node does not compile
const service = (): typeof Run => require('../../worker/run') as typeof Run;
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
const theDemo = (): typeof Demo => require('../../worker/demo') as typeof Demo;
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
const doors = (): typeof Doors => require('../doors') as typeof Doors;
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
const gateway = (): typeof Gateway => require('./gateway') as typeof Gateway;

/** The worker reads TEMPORAL_* like every Temporal program, so what was typed is said in that language. */
export function exportFlags(command: Command): void {
  const { address, namespace, profile } = globalFlags(command);
  if (address !== undefined) process.env['TEMPORAL_ADDRESS'] = address;
  if (namespace !== undefined) process.env['TEMPORAL_NAMESPACE'] = namespace;
  if (profile !== undefined) process.env['TEMPORAL_PROFILE'] = profile;
}

/** A connection that is still being tried in the background must not keep alive what has said that it ends. */
export async function untilItEnds(work: Promise<void>): Promise<never> {
  await work;
  process.exit();
}

export const queueOf = (command: Command): { taskQueue?: string } => {
  const { taskQueue } = globalFlags(command);
  return taskQueue === undefined ? {} : { taskQueue };
};

export function addService(program: Command): void {
  program
    .command('up')
    .description('everything on this machine: Temporal server when none is configured, worker, gateway')
    .action(async (_flags: object, command: Command) => {
      exportFlags(command);
      await untilItEnds(service().up({ door: doors().wholeGateway, ...queueOf(command) }));
    });
  program
    .command('worker')
    .description('a worker for a Temporal server that runs elsewhere')
    .action(async (_flags: object, command: Command) => {
      exportFlags(command);
      await untilItEnds(service().runWorker({ door: doors().healthOnly, ...queueOf(command) }));
    });
  program
    .command('gateway')
    .description('the HTTP gateway as a process of its own: API, answer links, callbacks of vendors')
    .action(async (_flags: object, command: Command) => {
      exportFlags(command);
      await untilItEnds(gateway().runGateway(globalFlags(command).taskQueue));
    });
  program
    .command('demo')
    .description('a whole case on the embedded server, from opened to closed, with timers of seconds')
    .action(async (_flags: object, command: Command) => {
      exportFlags(command);
      await untilItEnds(theDemo().demo(doors().wholeGateway));
    });
}
