/** Turns a request's key or token into who calls. Without one that counts, nothing behind `/v1` is so much as looked at. */
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems';
import { credentialOf, looksLikeKey, type KeyRecord } from './api-key';
import type { Credential } from './credential';
import type { JwtVerifier } from './jwt';
import { KeysOutOfReach } from './provider-keys';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set behind `/v1` before anything else happens. */
    credential: Credential | null;
    /** Does it still count? What stays open for hours has to ask again. */
    holds: (() => boolean) | null;
  }
}

export interface Doormen {
  readonly keys: () => readonly KeyRecord[];
  readonly jwt?: JwtVerifier;
}

/** @throws Problem 401, and 503 where the identity provider's keys cannot be had */
export async function authenticate(request: FastifyRequest, { keys, jwt }: Doormen): Promise<void> {
  const token = tokenOf(request);
  const credential = looksLikeKey(token) ? credentialOf(keys(), token, Date.now()) : await byJwt(token, jwt);
  if (!credential) throw unauthenticated('The credential is not valid: it is unknown, expired or revoked.');
  request.credential = credential;
  const { until = Infinity } = credential;
  request.holds = looksLikeKey(token)
    ? () => credentialOf(keys(), token, Date.now()) !== undefined
    : () => Date.now() < until;
}

async function byJwt(token: string, jwt: JwtVerifier | undefined): Promise<Credential | undefined> {
  try {
    return await jwt?.(token);
  } catch (error) {
    if (!(error instanceof KeysOutOfReach)) throw error;
    throw new Problem('SERVICE_UNAVAILABLE', 503, {
      detail: error.message,
      hint: 'Send it again in a moment.',
      retryAfter: 5,
    });
  }
}

/** Calendars that subscribe know names and passwords only: there the key is the password, and any name will do. */
function tokenOf({ headers: { authorization = '' } }: FastifyRequest): string {
  const [, scheme = '', value] = /^(bearer|basic) +(\S+) *$/i.exec(authorization) ?? [];
  if (value === undefined) throw unauthenticated('There is no credential.');
  if (scheme.toLowerCase() === 'bearer') return value;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}

const unauthenticated = (detail: string): Problem =>
  new Problem('UNAUTHENTICATED', 401, {
    detail,
    hint: 'Send `Authorization: Bearer <key>`; `tocsin key add` makes one.',
    headers: { 'www-authenticate': 'Bearer realm="tocsin"' },
  });

/** Who calls; a route behind `/v1` always has one. */
export function callerOf({ credential }: FastifyRequest): Credential {
  if (!credential) throw unauthenticated('There is no credential.');
  return credential;
}
