/** A Temporal server of our own: it keeps cases across restarts, ends with us, and says why when it cannot start. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { Unusable } from '../../worker/config/unusable';
import { ServerFailed, startLocalServer, type LocalServer } from '../../worker/temporal-server/local-server';
import { registerSearchAttributes, SearchAttributesFailed } from '../../worker/temporal-server/search-attributes';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages';

let folder: string;
const toStop: LocalServer[] = [];
const toClose: Connection[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-server-'));
});
afterEach(async () => {
  for (const connection of toClose.splice(0)) await connection.close();
  for (const server of toStop.splice(0)) await server.stop();
  rmSync(folder, { recursive: true });
});

async function start(
  options: Parameters<typeof startLocalServer>[0] = {},
): Promise<{ server: LocalServer; connection: Connection }> {
  const server = await startLocalServer(options);
  toStop.push(server);
  const connection = await Connection.connect({ address: server.address });
  toClose.push(connection);
  return { server, connection };
}

async function stop({ server, connection }: { server: LocalServer; connection: Connection }): Promise<void> {
  await connection.close();
  await server.stop();
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const OPENING = {
  taskQueue: 'nobody',
  workflowId: 'C1000001',
  searchAttributes: { CaseSeverity: [1], CaseAttention: ['NOBODY_REACHED'] },
};

test('a case is there again after a restart with the same file, in a folder that did not exist', async () => {
  const dbFile = join(folder, 'data', 'tocsin.db');
  const first = await start({ dbFile });
  await registerSearchAttributes(first.connection, 'default');
  await new Client({ connection: first.connection }).workflow.start('supportCase', OPENING);
  await stop(first);
  expect(existsSync(dbFile)).toBe(true);

  const second = await start({ dbFile });
  await registerSearchAttributes(second.connection, 'default');
  const { status, typedSearchAttributes } = await new Client({ connection: second.connection }).workflow
    .getHandle('C1000001')
    .describe();
  expect(status.name).toBe('RUNNING');
  expect(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])).toEqual(
    expect.arrayContaining([
      ['CaseSeverity', 1],
      ['CaseAttention', ['NOBODY_REACHED']],
    ]),
  );
});

test('the Web UI answers where it is said to', async () => {
  const { server } = await start();
  expect((await fetch(server.uiUrl)).status).toBe(200);
});

test('stopped, it is gone, and that is no failure', async () => {
  const { server, connection } = await start();
  expect(isAlive(server.pid)).toBe(true);
  await stop({ server, connection });
  expect(isAlive(server.pid)).toBe(false);
  await expect(server.ended).resolves.toBeUndefined();
  await server.stop();
});

test('one that dies says so', async () => {
  const { server } = await start();
  process.kill(server.pid, 'SIGKILL');
  await expect(server.ended).resolves.toBe('The Temporal server ended (SIGKILL).');
});

test('a process that is killed leaves no server behind, whose file the next one would share', async () => {
  const module = join(__dirname, '..', '..', 'worker', 'temporal-server', 'local-server.ts');
  const script = `require(${JSON.stringify(module)}).startLocalServer().then(({ pid }) => console.log(pid))`;
  const owner = spawn(process.execPath, ['-r', 'ts-node/register', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(isAlive(pid)).toBe(true);
  owner.kill('SIGKILL');
  const deadline = Date.now() + 15_000;
  while (isAlive(pid) && Date.now() < deadline) await delay(50);
  expect(isAlive(pid)).toBe(false);
});

test('a port in use is said before anything is started', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  try {
    await expect(startLocalServer({ port })).rejects.toThrow(
      new Unusable(
        `Port ${port} is in use: set TOCSIN_TEMPORAL_PORT to another one, or TEMPORAL_ADDRESS to the Temporal server that runs there.`,
      ),
    );
    await expect(startLocalServer({ uiPort: port })).rejects.toThrow(
      new Unusable(`Port ${port} is in use: set TOCSIN_UI_PORT to another one.`),
    );
  } finally {
    other.close();
  }
});

test('a place for cases that cannot be made is said', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(startLocalServer({ dbFile: join(folder, 'file', 'tocsin.db') })).rejects.toThrow(
    /^There is no place for the cases at .*tocsin\.db \(\w+\): set TOCSIN_DATA to another file\.$/,
  );
});

describe('with another program in the place of the server', () => {
  const before = process.env['TOCSIN_TEMPORAL_CLI'];
  afterEach(() => {
    if (before === undefined) delete process.env['TOCSIN_TEMPORAL_CLI'];
    else process.env['TOCSIN_TEMPORAL_CLI'] = before;
  });

  function use(script: string): void {
    const file = join(folder, 'temporal');
    writeFileSync(file, script);
    chmodSync(file, 0o755);
    process.env['TOCSIN_TEMPORAL_CLI'] = file;
  }

  test('one that ends at once is told with its last words', async () => {
    use('#!/bin/sh\necho "starting" >&2\necho "unable to open database file" >&2\nexit 7\n');
    await expect(startLocalServer()).rejects.toThrow(
      new ServerFailed('The Temporal server ended (code 7): unable to open database file'),
    );
  });

  test('one that cannot be run at all is told', async () => {
    use('#!/no/such/interpreter\n');
    await expect(startLocalServer()).rejects.toThrow(/^The Temporal server cannot be run: /);
  });
});

describe('search attributes', () => {
  test('are usable once registered, and may be registered again and by two at once', async () => {
    const { connection } = await start();
    await Promise.all([
      registerSearchAttributes(connection, 'default'),
      registerSearchAttributes(connection, 'default'),
    ]);
    await registerSearchAttributes(connection, 'default');
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.keys(SEARCH_ATTRIBUTES)));
    await new Client({ connection }).workflow.start('supportCase', OPENING);
  });

  test('of another type are an error that names them', async () => {
    const { connection } = await start();
    const { INDEXED_VALUE_TYPE_KEYWORD } = temporal.api.enums.v1.IndexedValueType;
    await connection.operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: { CaseSeverity: INDEXED_VALUE_TYPE_KEYWORD },
    });
    await expect(registerSearchAttributes(connection, 'default')).rejects.toThrow(
      new SearchAttributesFailed(
        'Namespace default has search attributes of another type (CaseSeverity is not INT): use another namespace, or remove them.',
      ),
    );
  });

  test('in a namespace that does not exist are an error that says so', async () => {
    const { connection } = await start();
    await expect(registerSearchAttributes(connection, 'nowhere')).rejects.toThrow(
      'There is no namespace nowhere on this server',
    );
  });
});
