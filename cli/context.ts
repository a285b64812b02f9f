/** What every command shares: the terminal, the options that stand before or after any of them, and a connection. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import type * as Client from '../client/tocsin-client';
import type { TocsinClient } from '../client/tocsin-client';
import type { Terminal } from './terminal';

export interface Context {
  readonly terminal: Terminal;
  /** The id that the command went out with, for whoever has to send it again. */
  requestId?: string;
  /** How a command ends that has an answer and yet is not well: a check that found something. */
  exitCode?: number;
}

interface GlobalFlags {
  readonly json?: boolean;
  readonly address?: string;
  readonly namespace?: string;
  readonly profile?: string;
  readonly taskQueue?: string;
  readonly deadline: number;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** `500ms`, `10s`, `1m`. */
export function durationMs(words: string): number {
  const [, count, unit] = /^(\d+)(ms|s|m)$/.exec(words) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit];
  if (count === undefined || factor === undefined || Number(count) === 0)
    throw new InvalidArgumentError('It is written like 500ms, 10s or 1m.');
  return Number(count) * factor;
}

/** Known to the root command, and with that before and after any other. */
export const addGlobalOptions = (program: Command): Command =>
  program
    .option('--json', 'answer in JSON; refusals as a problem document on stderr')
    .option('--address <host:port>', 'Temporal server (TEMPORAL_ADDRESS, temporal.toml)')
    .option('--namespace <name>', 'Temporal namespace (TEMPORAL_NAMESPACE, temporal.toml)')
    .option('--profile <name>', 'profile of temporal.toml (TEMPORAL_PROFILE)')
    .option('--task-queue <name>', 'task queue of the cases')
    .addOption(
      new Option('--deadline <duration>', 'how long to wait for an answer')
        .argParser(durationMs)
        .default(10_000, '10s'),
    );

export const globalFlags = (command: Command): GlobalFlags => command.optsWithGlobals<GlobalFlags>();

/** Loaded when it is wanted: it takes most of the time that a command takes, and help, checks and completion have no use for it. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as in commands/service.ts
const theClient = (): typeof Client => require('../client/tocsin-client') as typeof Client;

/** Runs with a connection, and closes it whatever comes: an open one would keep the process from ending. */
export async function connected<T>(command: Command, run: (client: TocsinClient) => Promise<T>): Promise<T> {
  const { address, namespace, profile, taskQueue, deadline } = globalFlags(command);
  const client = await theClient().TocsinClient.connect({
    deadlineMs: deadline,
    identity: 'tocsin-cli',
    ...(address !== undefined && { address }),
    ...(namespace !== undefined && { namespace }),
    ...(profile !== undefined && { profile }),
    ...(taskQueue !== undefined && { taskQueue }),
  });
  try {
    return await run(client);
  } finally {
    await client.close();
  }
}

/** The answer as JSON for machines, or as `render` pictures it. */
export function show(context: Context, command: Command, answer: unknown, render: () => string): void {
  context.terminal.out(globalFlags(command).json ? JSON.stringify(answer) : render());
}
