/** What routes do with cases: the typed client, behind who may see what and how much is on its way at once. */
import { commands } from '../../workflows/core/commands';
import type { Answer, CaseOpening, CommandName, Input } from '../../workflows/messages';
import { CaseRejected, ServiceUnavailable } from '../../client/errors';
import { refusal } from '../../workflows/core/language/refusal';
import { checkedCaseNumber } from '../../client/checks';
import type { OpenResult } from '../../client/opening';
import type { TocsinClient } from '../../client/tocsin-client';
import type { Credential } from '../auth/credential';
import { Problem } from '../problems';
import { CaseAccess } from './access';
import { entitled } from './entitlement';
import { InFlight, type Rank } from './in-flight';

export class Cases {
  private readonly access = new CaseAccess();
  private readonly inFlight = new InFlight();

  constructor(private readonly connected: () => TocsinClient | undefined) {}

  /** @throws ServiceUnavailable while Temporal is not connected */
  client(): TocsinClient {
    const client = this.connected();
    if (!client) throw new ServiceUnavailable('UNREACHABLE', 'the service is starting');
    return client;
  }

  /** The client, once it is sure that this caller may see this case. @throws CaseNotFound */
  async seenBy(credential: Credential, caseNumber: string): Promise<TocsinClient> {
    const client = this.client();
    await this.access.check(client, checkedCaseNumber(caseNumber), credential);
    return client;
  }

  /** @throws CaseNotFound */
  async look<T>(credential: Credential, caseNumber: string, ask: (client: TocsinClient) => Promise<T>): Promise<T> {
    const client = await this.seenBy(credential, caseNumber);
    return await this.inFlight.look(() => ask(client));
  }

  async command(
    credential: Credential,
    caseNumber: string,
    name: CommandName,
    message: Readonly<Record<string, unknown>>,
  ): Promise<Answer> {
    const client = await this.seenBy(credential, caseNumber);
    return await this.inFlight.send({ caseNumber, rank: rankOf(name, message) }, () =>
      // As it was sent: the case refuses in its own words, and keeps on record what has to be (R37).
      client.update(caseNumber, name, message as unknown as Input<CommandName>),
    );
  }

  /**
   * An answer to a page: whoever has the link, the button or the key is who it was made for. It takes no place from, and waits
   * for no place among, what programs send: a person who answers is not turned away because of them.
   */
  async answer(
    caseNumber: string,
    name: 'acknowledge' | 'decline',
    message: Input<'acknowledge'> | Input<'decline'>,
  ): Promise<Answer> {
    return await this.client().update(caseNumber, name, message);
  }

  async open(credential: Credential, message: Readonly<Record<string, unknown>>): Promise<OpenResult> {
    const { customer } = credential;
    const named = (message['customer'] as { readonly number?: unknown } | null | undefined)?.number;
    if (customer !== undefined && named !== customer) {
      throw new Problem('FORBIDDEN_ROLE', 403, {
        detail: 'This credential opens cases of its own customer only.',
        fields: [{ field: 'customer.number', problem: 'must be the customer of the credential' }],
        hint: 'Send your own customer number.',
      });
    }
    const client = this.client();
    const number = message['caseNumber'];
    const caseNumber = typeof number === 'string' ? number : '';
    return await this.inFlight.send({ caseNumber, rank: 'HELP' }, async () => {
      if (await this.access.isAnothers(client, caseNumber, credential)) throw CaseRejected.of(refusal('CASE_EXISTS'));
      // What was sent is judged by the client's schema.
      const opened = await client.open(entitled(message, credential) as unknown as CaseOpening);
      this.access.forget(opened.caseNumber);
      return opened;
    });
  }
}

function rankOf(name: CommandName, { severity }: Readonly<Record<string, unknown>>): Rank {
  const { meaning } = commands[name];
  if (meaning === 'ANSWER') return 'ANSWER';
  const isCall = meaning === 'WISH' || (name === 'changeSeverity' && (severity === 0 || severity === 1));
  return isCall ? 'HELP' : 'RECORD';
}
