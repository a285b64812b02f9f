/**
 * Connections to a mail server that several mails share. A server that answers byte by byte never ends a time-out that counts from
 * the last byte: so each mail has a time of its own, and the connections of a pool in which one has run out are cut.
 */
import { connect, type Socket } from 'node:net';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';

/** Of nodemailer's, those that depend on the address. */
export interface PoolSettings {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly requireTLS: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
}

type Opened = (error: Error | null, found?: { readonly connection: Socket }) => void;

const CONNECT_MS = 4_000;
const SOCKET_MS = 10_000;
/** Well before a worker would be taken for dead (workflows/shell/pager.ts), and longer than any step that goes on. */
const MAIL_MS = 25_000;

/** A time that is over, as nodemailer would say it. */
const late = (): Error => Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });

export class MailPool {
  private readonly sockets = new Set<Socket>();
  private readonly transport: Transporter;
  /** A mail in it has had all its time. */
  isStuck = false;

  constructor(private readonly settings: PoolSettings) {
    this.transport = createTransport({
      ...settings,
      pool: true,
      maxConnections: 5,
      // A connection that the server has closed since the last mail costs no try; a server that closes each one is down.
      maxRequeues: 1,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SOCKET_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
      getSocket: (_options: unknown, done: Opened) => this.open(done),
    }) as Transporter;
  }

  /** @throws what the server says, or that its time is over: then this pool is of no use any more */
  send(mail: SendMailOptions): Promise<{ readonly rejected?: readonly unknown[] }> {
    return this.inTime(this.transport.sendMail(mail) as Promise<{ readonly rejected?: readonly unknown[] }>);
  }

  /** Reaches the server and logs in. @throws as `send` */
  async verify(): Promise<void> {
    await this.inTime(this.transport.verify());
  }

  /** Mails on their way have their own time to end in. */
  retire(): void {
    setTimeout(() => this.cut(), MAIL_MS).unref();
  }

  close(): void {
    this.transport.close();
  }

  private cut(): void {
    this.transport.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private async inTime<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.isStuck = true;
        reject(late());
      }, MAIL_MS);
    });
    try {
      return await Promise.race([work, over]);
    } finally {
      clearTimeout(timer);
      work.catch(() => undefined);
    }
  }

  private open(done: Opened): void {
    const { host, port } = this.settings;
    const connection = connect({ host, port });
    this.sockets.add(connection);
    const timer = setTimeout(() => connection.destroy(late()), CONNECT_MS);
    const failed = (error: Error): void => done(error);
    connection
      .once('error', failed)
      .once('connect', () => {
        connection.off('error', failed);
        done(null, { connection });
      })
      .once('close', () => this.sockets.delete(connection));
    for (const end of ['connect', 'close']) connection.once(end, () => clearTimeout(timer));
  }
}
