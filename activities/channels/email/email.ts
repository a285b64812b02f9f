/**
 * Mail by SMTP: text and HTML, one thread a case. The Message-ID comes from the idempotency key, so that a mail that went out
 * twice is one mail for whoever looks at ids; what changes stands in the brackets of the subject, because Gmail leaves them out
 * when it puts a thread together.
 */
import { createHash } from 'node:crypto';
import { threadOf, type OutgoingPage, type SendResult } from '../channel';
import type { Texts } from '../../texts/texts';
import { MailPool, type PoolSettings } from './pool';

export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  /** `Tocsin <tocsin@example.com>` */
  readonly from: string;
}

export class Mailer {
  private readonly poolSettings: PoolSettings;
  private pool: MailPool;

  constructor(private readonly settings: MailSettings) {
    const { protocol, hostname, port, username, password, searchParams } = new URL(settings.url);
    const isImplicit = protocol === 'smtps:';
    this.poolSettings = {
      host: hostname,
      port: port === '' ? (isImplicit ? 465 : 587) : Number(port),
      secure: isImplicit,
      ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
      // A password is never sent in the clear, unless the address says so.
      requireTLS: !isImplicit && username !== '' && searchParams.get('tls') !== 'off',
    };
    this.pool = new MailPool(this.poolSettings);
  }

  async send(page: OutgoingPage, address: string, texts: Texts): Promise<SendResult> {
    const domain = /@([^>\s]+)/.exec(this.settings.from)?.[1] ?? 'tocsin';
    const thread = `<case-${hashOf(threadOf(page))}@${domain}>`;
    try {
      const sent = await this.pooled((pool) =>
        pool.send({
          from: this.settings.from,
          to: address,
          subject: texts.subject(page),
          text: texts.long(page),
          html: texts.html(page),
          messageId: `<${hashOf(page.key)}@${domain}>`,
          date: new Date(page.orderedAt),
          // The first mail of a case is not sent to everybody: the thread hangs on a name that no mail has (RFC 5256).
          inReplyTo: thread,
          references: thread,
          ...(page.urgent && { priority: 'high' as const }),
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            'X-Tocsin-Key': page.key.replace(/[^\x21-\x7e]/g, '?'),
          },
        }),
      );
      const isRefused = (sent.rejected?.length ?? 0) > 0;
      return isRefused ? { outcome: 'rejected', detail: 'SMTP: the address was refused' } : { outcome: 'accepted' };
    } catch (error) {
      return judge(error);
    }
  }

  /** Reaches the server and logs in, and sends nothing. */
  async probe(): Promise<string | undefined> {
    try {
      await this.pooled((pool) => pool.verify());
      return undefined;
    } catch (error) {
      const result = judge(error);
      return result.outcome === 'accepted' ? undefined : result.detail;
    }
  }

  close(): void {
    this.pool.close();
  }

  /** By the pool of this moment; one that is stuck is left to those who are in it. */
  private async pooled<T>(use: (pool: MailPool) => Promise<T>): Promise<T> {
    const { pool } = this;
    try {
      return await use(pool);
    } finally {
      if (pool.isStuck && pool === this.pool) {
        this.pool = new MailPool(this.poolSettings);
        pool.retire();
      }
    }
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 40);

/** Codes only: an answer of a server may repeat what was sent. @throws whatever is no trouble of the server's */
function judge(error: unknown): SendResult {
  const { code, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
  if (responseCode !== undefined) {
    const detail = `SMTP ${responseCode}`;
    // A log-in that is refused does not get better by trying; 4xx says so itself.
    return responseCode >= 500 ? { outcome: 'rejected', detail } : { outcome: 'retry', detail };
  }
  if (code === undefined) throw error;
  if (code === 'EAUTH' || code === 'EENVELOPE' || code === 'EMESSAGE')
    return { outcome: 'rejected', detail: `SMTP ${code}` };
  return { outcome: 'retry', detail: `SMTP ${code}` };
}
