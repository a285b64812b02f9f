/** A connection as configured: TEMPORAL_* variables and temporal.toml, with what the caller says on top. */
import type { Connection, ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { openConnection } from '../connection/open';
import { tlsMistake } from '../connection/trouble';
import { unreadableFile } from '../connection/unreadable';
import { BadConfiguration, ServiceUnavailable } from './errors';
import { failureOf } from './failures';

export interface ConnectOptions {
  readonly address?: string;
  readonly namespace?: string;
  /** Profile of temporal.toml. */
  readonly profile?: string;
  /** Where the cases' workers listen; `tocsin` by default. */
  readonly taskQueue?: string;
  /** How long a call may take, connecting included; 10 seconds by default. */
  readonly deadlineMs?: number;
  /** Shown in the histories as the one who sent it. */
  readonly identity?: string;
}

interface Resolved {
  readonly connection: ConnectionOptions;
  readonly address: string;
  readonly namespace: string;
}

function resolve(options: ConnectOptions): Resolved {
  let config: ReturnType<typeof loadClientConnectConfig>;
  try {
    config = loadClientConnectConfig({ ...(options.profile !== undefined && { profile: options.profile }) });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const sentence = unreadableFile(error) ?? `The Temporal configuration cannot be read: ${words}`;
    throw new BadConfiguration(sentence, { cause: error });
  }
  const { tls, apiKey, metadata } = config.connectionOptions;
  const address = options.address ?? config.connectionOptions.address ?? 'localhost:7233';
  return {
    address,
    namespace: options.namespace ?? config.namespace ?? 'default',
    connection: {
      address,
      ...(tls !== undefined && { tls }),
      ...(apiKey !== undefined && { apiKey }),
      ...(metadata !== undefined && { metadata }),
    },
  };
}

/** Where the cases are, as configured; nobody is asked. @throws BadConfiguration */
export function configuredPlace(options: ConnectOptions): Pick<Resolved, 'address' | 'namespace'> {
  const { address, namespace } = resolve(options);
  return { address, namespace };
}

/** Connects now, so that a wrong address is told at once and not with the first case. */
export async function connectTo(
  options: ConnectOptions,
  deadlineMs: number,
): Promise<{ readonly connection: Connection; readonly namespace: string }> {
  const { connection: settings, address, namespace } = resolve(options);
  const connection = await lazily({ ...settings, address, connectTimeout: deadlineMs });
  try {
    await connection.ensureConnected();
    return { connection, namespace };
  } catch (error) {
    // An open channel would go on trying, and keep the process alive.
    await connection.close();
    const failure = failureOf(error);
    if (
      failure.type === 'ERROR' &&
      failure.error instanceof ServiceUnavailable &&
      failure.error.reason === 'NOT_ALLOWED'
    ) {
      throw failure.error;
    }
    const mistake = await tlsMistake({ ...settings, address });
    if (mistake !== undefined) throw new ServiceUnavailable('TLS', mistake, { cause: error });
    throw new ServiceUnavailable('UNREACHABLE', `${address}, tried for ${deadlineMs / 1000} s`, { cause: error });
  }
}

async function lazily(settings: ConnectionOptions & { readonly address: string }): Promise<Connection> {
  try {
    return openConnection(settings);
  } catch (error) {
    const words = (await tlsMistake(settings)) ?? (error instanceof Error ? error.message : String(error));
    throw new BadConfiguration(`The Temporal configuration cannot work: ${words}`, { cause: error });
  }
}
