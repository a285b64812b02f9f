/**
 * The token of an answer link: `C1234567.3.<who and signature>.<when>.<key>`. Whoever holds it may answer this one page as this
 * one person, so everything in it is signed. It is short, because it has to fit into an SMS beside the words.
 *
 * It is made of nothing but the page, the person and when the page was ordered: a retry, or another worker after a crash,
 * says the same link again.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LinkKey, LinkKeys } from './keys';

export interface LinkedPage {
  readonly pageId: string;
  readonly person: string;
  /** Epoch milliseconds; kept to the minute. */
  readonly orderedAt: number;
}

/** A token whose signature is right. */
export interface VerifiedLink {
  readonly pageId: string;
  readonly caseNumber: string;
  readonly orderedAt: number;
  /** Ids of people may be long: the token holds a short keyed hash of the one that it was made for. */
  readonly isFor: (person: string) => boolean;
}

export type Verified =
  | { readonly ok: true; readonly link: VerifiedLink }
  | { readonly ok: false; readonly why: 'MALFORMED' | 'UNKNOWN_KEY' | 'FORGED' };

/** 36 bits: among a hundred thousand people, two of one case are not taken for each other. */
const WHO_LENGTH = 6;
/** 96 bits. */
const SIGNATURE_LENGTH = 16;
const MINUTE_MS = 60_000;
/** Minutes are counted from here: five characters of base 36 last for a century. */
const EPOCH_MINUTES = Date.UTC(2026, 0, 1) / MINUTE_MS;

/** @throws RangeError for what is no page id */
export function mintToken([key]: LinkKeys, { pageId, person, orderedAt }: LinkedPage): string {
  const { caseNumber, page } = partsOf(pageId);
  const minutes = Math.max(0, Math.floor(orderedAt / MINUTE_MS) - EPOCH_MINUTES).toString(36);
  const who = whoOf(key, pageId, person);
  // Letters and digits at the end: mail and chat programs leave a final dash or full stop out of a link.
  return [caseNumber, page, `${who}${signatureOf(key, pageId, minutes, who)}`, minutes, key.id].join('.');
}

export function verifyToken(keys: LinkKeys, token: string): Verified {
  const [, caseNumber, page, proof, minutes, keyId] = FORM.exec(token) ?? [];
  if (!caseNumber || !page || !proof || !minutes || !keyId) return { ok: false, why: 'MALFORMED' };
  const key = keys.find(({ id }) => id === keyId);
  if (!key) return { ok: false, why: 'UNKNOWN_KEY' };
  const pageId = `${caseNumber}-${parseInt(page, 36)}`;
  const who = proof.slice(0, WHO_LENGTH);
  if (!isSame(proof.slice(WHO_LENGTH), signatureOf(key, pageId, minutes, who))) return { ok: false, why: 'FORGED' };
  const link: VerifiedLink = {
    pageId,
    caseNumber,
    orderedAt: (EPOCH_MINUTES + parseInt(minutes, 36)) * MINUTE_MS,
    isFor: (person) => isSame(who, whoOf(key, pageId, person)),
  };
  return { ok: true, link };
}

/** A case number may hold full stops of its own; what follows it never does. */
const FORM = /^(.{1,40})\.([0-9a-z]{1,6})\.([A-Za-z0-9_-]{22})\.([0-9a-z]{1,6})\.([A-Za-z0-9]{1,4})$/u;

function partsOf(pageId: string): { caseNumber: string; page: string } {
  const at = pageId.lastIndexOf('-');
  const page = Number(pageId.slice(at + 1));
  if (at < 1 || !Number.isSafeInteger(page) || page < 0) throw new RangeError(`${pageId} is no page id`);
  return { caseNumber: pageId.slice(0, at), page: page.toString(36) };
}

const hmac = (secret: string, ...parts: string[]): string =>
  createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url');

const whoOf = ({ secret }: LinkKey, pageId: string, person: string): string =>
  hmac(secret, 'tocsin link: who', pageId, person).slice(0, WHO_LENGTH);

const signatureOf = ({ secret, id }: LinkKey, pageId: string, minutes: string, who: string): string =>
  hmac(secret, 'tocsin link', id, pageId, minutes, who).slice(0, SIGNATURE_LENGTH);

/** In a time that does not tell how much of a guess was right. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
