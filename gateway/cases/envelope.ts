/** Who acts, as what and through which channel: taken from the credential and laid over whatever a body says. */
import type { FastifyRequest } from 'fastify';
import type { Credential } from '../auth/credential';
import { Problem } from '../problems';

type Message = Readonly<Record<string, unknown>>;

/** On the telephone and at the desk something is entered for somebody else; on the Web everybody speaks for themselves. */
const ENTERED_FOR_OTHERS: readonly string[] = ['PHONE', 'DESK'];

/** The message as the case gets it. The case judges the rest, and keeps on record what has to be (R37). */
export function enveloped(body: Message, credential: Credential, requestId: string | undefined): Message {
  const { by, role, channel, requestedBy, means, ...own } = body;
  const id = requestId === undefined ? {} : { requestId };
  if (credential.onBehalf) {
    // A service that speaks for others says who they are; where it does not, it acts by itself.
    const spoken = given({ by, role, channel, requestedBy, means });
    return { by: credential.by, ...(by === undefined && { role: credential.role }), ...own, ...spoken, ...id };
  }
  const isEntered = ENTERED_FOR_OTHERS.includes(credential.channel);
  return {
    ...own,
    by: credential.by,
    role: credential.role,
    channel: credential.channel,
    ...(isEntered && given({ requestedBy })),
    ...id,
  };
}

const given = (fields: Message): Message =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** `Idempotency-Key` is the request id; without one the body's own counts. @throws Problem */
export function requestIdOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e](?:[\x20-\x7e]{0,98}[\x21-\x7e])?$/.test(key)) return key;
  throw new Problem('INVALID_INPUT', 422, {
    detail: 'The Idempotency-Key is not valid.',
    fields: [{ field: 'Idempotency-Key', problem: 'must be 1 to 100 printable ASCII characters' }],
    hint: 'Use a UUID.',
  });
}
