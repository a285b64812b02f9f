/** The Temporal server that cases run on: TEMPORAL_* and temporal.toml, as for every Temporal program. */
import type { Connection, ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import { openConnection } from '../connection/open';
import { tlsMistake } from '../connection/trouble';
import { unreadableFile } from '../connection/unreadable';
import { ConfigError } from './config';
import { present, type Present } from './config/present';

/** Temporal does not answer, or does not let us in. */
export class TemporalUnreachable extends Error {
  override readonly name = 'TemporalUnreachable';
}

/** It is not there at all, so far as can be seen from here. */
export class NobodyAnswers extends TemporalUnreachable {}

export type Target = { readonly address: string; readonly namespace: string } & Omit<
  Present<ClientConnectConfig['connectionOptions']>,
  'address'
>;

/** Where a server of ours is, and where every command asks that is told nothing else. */
export const USUAL_ADDRESS = '127.0.0.1:7233';

/**
 * Nothing when no address is configured, and there is no usual one.
 * @throws ConfigError
 */
export function configuredTarget(usual?: string): Target | undefined {
  const { connectionOptions, namespace } = configured();
  const { address = usual, ...access } = present(connectionOptions);
  return address === undefined ? undefined : { address, namespace: namespace ?? 'default', ...access };
}

function configured(): ClientConnectConfig {
  try {
    return loadClientConnectConfig();
  } catch (error) {
    throw new ConfigError([
      {
        file: 'temporal.toml',
        line: 1,
        path: '',
        problem:
          unreadableFile(error) ?? `with the TEMPORAL_* variables it makes no sense: ${(error as Error).message}`,
      },
    ]);
  }
}

export interface Connected {
  /** For commands and queries. */
  readonly connection: Connection;
  /** For workers. */
  readonly native: NativeConnection;
  readonly close: () => Promise<void>;
}

const CONNECT_MS = 10_000;

/** @throws TemporalUnreachable, also when it is told to stop before there is an answer */
export async function connect(
  { namespace: _namespace, ...options }: Target,
  stopped?: AbortSignal,
): Promise<Connected> {
  const connection = await lazily({ ...options, connectTimeout: CONNECT_MS });
  try {
    await unless(stopped, connection.ensureConnected());
    const native = await NativeConnection.connect(options);
    return {
      connection,
      native,
      close: async () => {
        await connection.close();
        await native.close();
      },
    };
  } catch (error) {
    // An open channel would go on trying, and keep the process alive.
    await connection.close();
    const mistake = stopped?.aborted ? undefined : await tlsMistake(options);
    if (mistake !== undefined) throw new TemporalUnreachable(mistake, { cause: error });
    const { cause = error } = error as Error;
    throw new NobodyAnswers(
      `Temporal cannot be reached at ${options.address}, tried for ${CONNECT_MS / 1000} s (${(cause as Error).message}): start it, or set TEMPORAL_ADDRESS to where it runs.`,
      { cause: error },
    );
  }
}

/** Without a call. What cannot even be tried, such as a key that is none, is told as what it is. */
export async function lazily(options: ConnectionOptions & { address: string }): Promise<Connection> {
  try {
    return openConnection(options);
  } catch (error) {
    throw new TemporalUnreachable((await tlsMistake(options)) ?? (error as Error).message, { cause: error });
  }
}

/** The work, or an error as soon as we are told to stop. */
function unless<T>(stopped: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (!stopped) return work;
  const told = new Promise<never>((_, reject) => {
    const tell = (): void => reject(new Error('told to stop'));
    if (stopped.aborted) tell();
    stopped.addEventListener('abort', tell, { once: true });
  });
  return Promise.race([work, told]);
}
