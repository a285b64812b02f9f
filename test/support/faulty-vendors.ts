/** Vendors that fail in every way that a vendor can: what they do on the wire, byte by byte, to whoever sends them a page. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** How often a slow drip drips: often enough that no time-out between two bytes ever ends it. */
const DRIP_MS = 100;

export interface Vendor {
  /** `127.0.0.1:4711` */
  readonly host: string;
  /** How many pages it was sent. */
  readonly asked: () => number;
  readonly close: () => Promise<void>;
}

/** What it does when a request has come, or instead of the next line of a conversation. */
export type Deed =
  | { readonly say: string }
  /** Byte by byte, and it never ends; after what is said at once. */
  | { readonly say?: string; readonly drip: string }
  | 'SILENCE'
  | 'HANG_UP';

function perform(socket: Socket, deed: Deed): void {
  if (deed === 'HANG_UP') socket.destroy();
  else if (deed === 'SILENCE') return;
  else {
    if (deed.say !== undefined) socket.write(deed.say);
    if (!('drip' in deed)) return;
    const bytes = [...deed.drip];
    const dripping = setInterval(() => socket.write(bytes.shift() ?? ' '), DRIP_MS);
    socket.on('close', () => clearInterval(dripping));
  }
}

async function listening(onSocket: (socket: Socket) => void, asked: () => number): Promise<Vendor> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    onSocket(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** As it stands on the wire. */
export const http = (status: number, body = '', headers: Readonly<Record<string, string>> = {}): string =>
  [
    `HTTP/1.1 ${status} -`,
    ...Object.entries({ 'content-type': 'application/json', 'content-length': String(body.length), ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    '',
    body,
  ].join('\r\n');

/** Does this to each whole request. */
export function httpVendor(deed: Deed): Promise<Vendor> {
  let asked = 0;
  return listening(
    (socket) => {
      let text = '';
      socket.on('data', (data) => {
        text += data.toString('latin1');
        const end = text.indexOf('\r\n\r\n');
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
        if (end < 0 || text.length < end + 4 + length) return;
        text = '';
        asked += 1;
        perform(socket, deed);
      });
    },
    () => asked,
  );
}

/** The steps of a conversation with a mail server, in their order. */
const STEPS = ['GREETING', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'END'] as const;
export type Step = (typeof STEPS)[number];

const WELL: Readonly<Record<Step, string>> = {
  GREETING: '220 mail.example\r\n',
  EHLO: '250-mail.example\r\n250 AUTH PLAIN\r\n',
  AUTH: '235 welcome\r\n',
  MAIL: '250 ok\r\n',
  RCPT: '250 ok\r\n',
  DATA: '354 go on\r\n',
  END: '250 taken\r\n',
};

/** A mail server that does well until this step; on so many connections. */
export function mailVendor(step: Step, deed: Deed, times = Infinity): Promise<Vendor> {
  let asked = 0;
  return listening(
    (socket) => {
      const isIll = (asked += 1) <= times;
      let isData = false;
      let text = '';
      const at = (now: Step): void => perform(socket, isIll && now === step ? deed : { say: WELL[now] });
      at('GREETING');
      socket.on('data', (data) => {
        text += data.toString('latin1');
        for (;;) {
          const line = isData ? /^[\s\S]*?\r\n\.\r\n/.exec(text)?.[0] : /^.*\r\n/.exec(text)?.[0];
          if (line === undefined) return;
          text = text.slice(line.length);
          if (isData) {
            isData = false;
            at('END');
            continue;
          }
          const word = line.slice(0, 4).trim().toUpperCase();
          const known = STEPS.find((name) => name === word);
          isData = known === 'DATA' && !(isIll && step === 'DATA');
          if (known) at(known);
          else socket.write('250 ok\r\n');
        }
      });
    },
    () => asked,
  );
}
