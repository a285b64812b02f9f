/** `tocsin up | worker`: what runs until it is stopped. */
import type { Command } from 'commander';
import { globalFlags } from '../context';

interface Service {
  /** Embedded server when no address is configured, worker, gateway. */
  up(): Promise<void>;
  runWorker(): Promise<void>;
}

/** Loaded only when it is wanted: a worker takes a second to load, and `tocsin case` has no use for one. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would be an ES module's, which ts-node does not compile
const service = (): Service => require('../../../worker/run') as Service;

/** The worker reads TEMPORAL_* like every Temporal program, so what was typed is said in that language. */
function exportFlags(command: Command): void {
  const { address, namespace, profile } = globalFlags(command);
  if (address !== undefined) process.env['TEMPORAL_ADDRESS'] = address;
  if (namespace !== undefined) process.env['TEMPORAL_NAMESPACE'] = namespace;
  if (profile !== undefined) process.env['TEMPORAL_PROFILE'] = profile;
}

export function addService(program: Command): void {
  program
    .command('up')
    .description('everything on this machine: Temporal server when none is configured, worker, gateway')
    .action(async (_flags: object, command: Command) => {
      exportFlags(command);
      await service().up();
    });
  program
    .command('worker')
    .description('a worker for a Temporal server that runs elsewhere')
    .action(async (_flags: object, command: Command) => {
      exportFlags(command);
      await service().runWorker();
    });
}
