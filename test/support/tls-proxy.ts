/** A server behind TLS: what terminates it in front of Temporal, with certificates of `tls/`. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';

export const pemFile = (name: string): string => join(__dirname, 'tls', name);
export const pem = (name: string): Buffer => readFileSync(pemFile(name));

export interface Proxy {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Passes on what comes to `to`; without it, it keeps silent. */
export async function startTlsProxy(to: string | undefined, options: TlsOptions = {}): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const kept = (socket: Socket): void => {
    sockets.add(socket);
    // Whoever is turned away hangs up.
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  };
  const server = createServer(
    { cert: pem('server.crt'), key: pem('server.key'), ALPNProtocols: ['h2'], ...options },
    (socket) => {
      kept(socket);
      if (to === undefined) return;
      const [host, port] = to.split(':');
      const behind = connect({ host: host ?? '', port: Number(port) });
      kept(behind);
      socket.pipe(behind).pipe(socket);
    },
  );
  server.on('tlsClientError', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
