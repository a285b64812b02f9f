/**
 * The mail box of everybody in the demo: an SMTP server that takes all their mails, and a page to read them on. Both listen on
 * the loopback only, keep nothing when they end, and send nothing on.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Mail } from './mail';
import { answerTo } from './pages';

const HOST = '127.0.0.1';
/** More than a demo has. */
const MOST = 500;

export class MailBox {
  readonly mails: Mail[] = [];
  private arrived = 0;
  private readonly smtp: SMTPServer;
  private readonly http: Server;

  private constructor(private readonly onMail: (mail: Mail) => void) {
    this.smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onData: (stream, { envelope }, done) => {
        const to = envelope.rcptTo.map(({ address }) => address).join(', ');
        buffer(stream)
          .then((bytes) => this.take(bytes, to))
          .then(
            () => done(),
            (error: unknown) => done(error as Error),
          );
      },
    });
    this.http = createServer((request, response) => {
      const { status, headers, body } = answerTo(request, this.mails);
      response.writeHead(status, headers).end(body);
    });
  }

  /** `onMail` is told of each mail once it can be read; `port` is the page's, any free one without. @throws as `listen` does */
  static async open(onMail: (mail: Mail) => void = () => undefined, port = 0): Promise<MailBox> {
    const box = new MailBox(onMail);
    await once(box.smtp.listen(0, HOST), 'listening');
    // A client that breaks off is no reason to end.
    box.smtp.on('error', () => undefined);
    await once(box.http.listen(port, HOST), 'listening');
    return box;
  }

  /** For TOCSIN_SMTP_URL. */
  get smtpUrl(): string {
    return `smtp://${HOST}:${(this.smtp.server.address() as AddressInfo).port}`;
  }

  /** Of the page. */
  get url(): string {
    return `http://${HOST}:${(this.http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.http.closeAllConnections();
    await Promise.all([
      new Promise<void>((resolve) => this.http.close(() => resolve())),
      new Promise<void>((resolve) => this.smtp.close(() => resolve())),
    ]);
  }

  private async take(bytes: Buffer, to: string): Promise<void> {
    const { subject = '', text = '', html = '', headers } = await PostalMime.parse(bytes);
    const mail: Mail = {
      number: (this.arrived += 1),
      arrivedAt: new Date(),
      to,
      subject,
      text,
      html,
      headers: new Map(headers.map(({ key, value }) => [key, value])),
    };
    this.mails.push(mail);
    if (this.mails.length > MOST) this.mails.shift();
    this.onMail(mail);
  }
}
