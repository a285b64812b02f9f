/** A command that has said how it ended is over, also where a server takes the connection and never says a word. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { removeFolder, temporaryFolder } from '../support/processes';
import { tocsin } from '../support/tocsin-process';

const folder = temporaryFolder();
const sockets = new Set<Socket>();
let silent: Server;
beforeAll(async () => {
  silent = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
  await once(silent.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  silent.close();
  removeFolder(folder);
});

// gRPC leaves a handshake with TLS open for as long as the other side does.
test.each([
  ['by TLS', { TEMPORAL_TLS: 'true' }],
  ['in plain text', {}],
])(
  '%s, every command ends with 3 and its whole sentence',
  async (_how, tls) => {
    const env = { TEMPORAL_ADDRESS: `127.0.0.1:${(silent.address() as AddressInfo).port}`, ...tls };
    const ended = await Promise.all(
      [
        ['case', 'list', '--deadline', '1s'],
        ['who', 'C1234567', '--deadline', '1s'],
        ['watch', '--once'],
      ].map((args) => tocsin(folder, args, env)),
    );
    expect(ended.map(({ code }) => code)).toEqual([3, 3, 3]);
    for (const { out, err } of ended) expect(`${out}${err}`).toMatch(/.\n$/);
  },
  90_000,
);
