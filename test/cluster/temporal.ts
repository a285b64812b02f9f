/**
 * Temporal as it stands in production: frontend, history, matching and worker, each a process of its own, on PostgreSQL. The
 * development server is one process on SQLite; what differs is found here or by a customer.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { PACKAGE_ROOT } from '../../worker/package-root';
import { freePort } from '../../worker/temporal-server/ports';
import { Killable } from '../support/processes';
import { startPostgres, SUPERUSER, type Postgres } from './postgres';

const BUILT = join(PACKAGE_ROOT, '.tocsin', 'cluster');
const ROLES = ['frontend', 'history', 'matching', 'worker'] as const;
const STORES = { temporal: 'postgresql/v12/temporal', temporal_visibility: 'postgresql/v12/visibility' } as const;
const READY_MS = 90_000;
const A_DAY = 86_400;

export interface Cluster {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  const postgres = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-cluster-'));
  const roles: Killable[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(roles.map((role) => role.kill()));
    postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const [database, schema] of Object.entries(STORES)) prepare(postgres, database, schema);
    const ports = await portsOf();
    const address = `127.0.0.1:${ports.frontend.grpcPort}`;
    const config = join(folder, 'cluster.yaml');
    // JSON is YAML.
    writeFileSync(config, JSON.stringify(configOf(postgres, ports, folder)));
    writeFileSync(join(folder, 'dynamic.yaml'), '{}\n');
    for (const role of ROLES) {
      const process = new Killable(
        [join(BUILT, 'server'), '--config-file', config, '--allow-no-auth', 'start', '--service', role],
        () => true,
      );
      roles.push(process);
      await process.start();
    }
    await namespaceOn(address);
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function prepare({ port }: Postgres, database: string, schema: string): void {
  const tool = ['--ep', '127.0.0.1', '-p', `${port}`, '-u', SUPERUSER, '--pl', 'postgres12', '--db', database];
  for (const words of [['create'], ['setup-schema', '-v', '0.0'], ['update-schema', '-s', schema]])
    execFileSync(join(BUILT, 'sql'), [...tool, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
}

type Ports = Readonly<Record<(typeof ROLES)[number], { readonly grpcPort: number; readonly membershipPort: number }>>;

async function portsOf(): Promise<Ports> {
  const ports: Partial<Record<(typeof ROLES)[number], Ports['frontend']>> = {};
  for (const role of ROLES) ports[role] = { grpcPort: await freePort(), membershipPort: await freePort() };
  return ports as Ports;
}

function configOf({ port }: Postgres, ports: Ports, folder: string): object {
  const store = (databaseName: string) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `127.0.0.1:${port}`,
      connectProtocol: 'tcp',
      user: SUPERUSER,
      password: '-',
      maxConns: 20,
      maxIdleConns: 20,
      maxConnLifetime: '1h',
    },
  });
  return {
    log: { stdout: true, level: 'error' },
    persistence: {
      defaultStore: 'cases',
      visibilityStore: 'lists',
      numHistoryShards: 16,
      datastores: { cases: store('temporal'), lists: store('temporal_visibility') },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(
      Object.entries(ports).map(([role, rpc]) => [role, { rpc: { ...rpc, bindOnLocalHost: true } }]),
    ),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${ports.frontend.grpcPort}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    publicClient: { hostPort: `127.0.0.1:${ports.frontend.grpcPort}` },
    dynamicConfigClient: { filepath: join(folder, 'dynamic.yaml'), pollInterval: '10s' },
  };
}

/** There is none until somebody makes it, and the roles find each other in their own time. */
async function namespaceOn(address: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 2_000 });
      try {
        const { workflowService } = connection;
        await workflowService
          .registerNamespace({ namespace: 'default', workflowExecutionRetentionPeriod: { seconds: A_DAY as never } })
          .catch((error: { readonly code?: number }) => {
            if (error.code !== ALREADY_EXISTS) throw error;
          });
        // Known to the store is not yet known to every role.
        await workflowService.countWorkflowExecutions({ namespace: 'default' });
        // The server's own worker of a namespace notes versions: one that polls before is not noted until it polls anew, a minute later.
        const { pollers } = await workflowService.describeTaskQueue({
          namespace: 'default',
          taskQueue: { name: 'temporal-sys-per-ns-tq' },
          taskQueueType: WORKFLOWS,
        });
        if (pollers && pollers.length > 0) return;
        throw new Error('the namespace has no worker of the server yet');
      } finally {
        await connection.close();
      }
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(250);
    }
  }
}

const ALREADY_EXISTS = 6;
const WORKFLOWS = 1;
