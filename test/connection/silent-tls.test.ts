/** A service that leaves has left, also where a server has taken its connection and never said a word of TLS. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { openConnection } from '../../connection/open';

const sockets = new Set<Socket>();
let silent: Server;
let address: string;
beforeEach(async () => {
  silent = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  silent.close();
});

test.each([
  ['with TLS', { tls: true }],
  ['with an API key', { apiKey: 'key' }],
] as const)('%s, closing ends a handshake that nobody answers', async (_how, access) => {
  const connection = openConnection({ address, ...access });
  const call = expect(connection.workflowService.describeNamespace({ namespace: 'default' })).rejects.toThrow();
  const [socket] = (await once(silent, 'connection')) as [Socket];
  socket.resume();
  await once(socket, 'data');
  const ended = once(socket, 'close');
  await connection.close();
  await ended;
  await call;
});

test('a process whose client could not connect ends by itself', async () => {
  const program = `
    require('ts-node').register({ swc: true, project: 'tsconfig.json' });
    const { TocsinClient } = require('./client');
    TocsinClient.connect({ address: '${address}', deadlineMs: 500 }).catch(({ name }) => console.log(name));
  `;
  const child = spawn(process.execPath, ['-e', program], {
    cwd: process.cwd(),
    env: { ...process.env, TEMPORAL_TLS: 'true' },
  });
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const [code] = (await once(child, 'exit')) as [number];
  expect([code, said.trim()]).toEqual([0, 'ServiceUnavailable']);
}, 60_000);
