/**
 * API keys: `tcs_<id>_<secret>`. The id finds the record, the secret is compared by its hash, so that whoever reads the file
 * has no key. A plain SHA-256 will do, because the secret is 256 random bits and no password that could be guessed.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Channel, Role } from '../../workflows/core/language/vocabulary';
import { CHANNEL_OF, isCustomers, type Credential } from './credential';

export interface KeyWanted {
  /** Of whoever uses it: it is who acts, where the key has no person. */
  readonly name: string;
  readonly role: Role;
  readonly customer?: string;
  readonly activeSupport?: boolean;
  readonly enterprise?: boolean;
  readonly person?: string;
  readonly onBehalf?: boolean;
  readonly channel?: Channel;
  readonly expiresAt?: string;
}

export interface KeyRecord extends KeyWanted {
  readonly id: string;
  /** SHA-256 of the secret, in hex. */
  readonly hash: string;
  readonly createdAt: string;
  readonly revokedAt?: string;
}

/** What is wanted makes no sense together. */
export class BadKey extends Error {
  override readonly name = 'BadKey';
}

const FORM = /^tcs_([0-9a-z]{10})_([A-Za-z0-9_-]{43})$/;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A new key: the text is shown once and kept nowhere. @throws BadKey */
export function newKey(wanted: KeyWanted, now: number): { readonly text: string; readonly record: KeyRecord } {
  const problem = problemOf(wanted);
  if (problem !== undefined) throw new BadKey(problem);
  const id = randomBytes(5).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  const record: KeyRecord = { id, ...wanted, hash: hashOf(secret), createdAt: new Date(now).toISOString() };
  return { text: `tcs_${id}_${secret}`, record };
}

function problemOf({ role, customer, activeSupport, enterprise, person, onBehalf }: KeyWanted): string | undefined {
  if (isCustomers(role) && customer === undefined)
    return `A key of role ${role} needs --customer: it sees that customer's cases only.`;
  if (!isCustomers(role) && customer !== undefined)
    return `--customer goes with role CUSTOMER or CONTACT, not ${role}.`;
  if (!isCustomers(role) && (activeSupport ?? enterprise) !== undefined)
    return `--active-support and --enterprise go with role CUSTOMER or CONTACT: a ${role} says it with each opening.`;
  if (onBehalf === true && role !== 'SERVICE') return '--on-behalf goes with role SERVICE only.';
  if (onBehalf === true && person !== undefined) return 'A key that speaks for others has no --person of its own.';
  if ((role === 'ENGINEER' || role === 'MANAGER') && person === undefined)
    return `A key of role ${role} needs --person: the id in the directory of whoever acts.`;
  return undefined;
}

export type KeyState = 'ACTIVE' | 'EXPIRED' | 'REVOKED';

export function stateOf({ expiresAt, revokedAt }: KeyRecord, now: number): KeyState {
  if (revokedAt !== undefined && Date.parse(revokedAt) <= now) return 'REVOKED';
  return expiresAt !== undefined && Date.parse(expiresAt) <= now ? 'EXPIRED' : 'ACTIVE';
}

/** Is this text a key at all, or something else that a bearer may hold? */
export const looksLikeKey = (text: string): boolean => text.startsWith('tcs_');

/** Whose key it is; nothing for one that is unknown, wrong, expired or revoked, whichever it is. */
export function credentialOf(keys: readonly KeyRecord[], text: string, now: number): Credential | undefined {
  const [, id, secret] = FORM.exec(text) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const record = keys.find((key) => key.id === id);
  const given = Buffer.from(hashOf(secret));
  // Compared all the same where there is none: how long it takes tells nobody which ids exist.
  const isRight = timingSafeEqual(given, Buffer.from(record?.hash ?? '0'.repeat(64)));
  if (!record || !isRight || stateOf(record, now) !== 'ACTIVE') return undefined;
  const { name, role, customer, activeSupport, enterprise, person, onBehalf, channel } = record;
  return {
    id: `key:${id}`,
    by: person ?? name,
    role,
    channel: channel ?? CHANNEL_OF[role],
    onBehalf: onBehalf === true,
    ...(customer !== undefined && { customer }),
    ...(activeSupport !== undefined && { activeSupport }),
    ...(enterprise !== undefined && { enterprise }),
  };
}
