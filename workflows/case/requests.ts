/**
 * Idempotency by request id (contract, section 2): the same key and body gets the first answer again, nothing is done
 * twice; the same key with another body is a conflict. Bounded, and carried across continue-as-new.
 */
import type { Answer } from './answer';
import { refusal, type Refusal } from './codes';
import { isRecord } from './shape';
import { KEEP } from './state';

export interface Request {
  readonly id: string;
  readonly hash: string;
}

export interface AnsweredRequest extends Request {
  readonly answer?: Answer;
  /** A refusal is kept only when it left something on record (R37): any other is judged anew. */
  readonly refusal?: Refusal;
}

/** No command knows a field as deep as this; brackets without end would end the stack, and with it the case (signals are total). */
const DEEPEST = 50;

/** JSON with sorted keys, so that the order of fields is no difference. */
function canonical(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth > DEEPEST) return '"deeper"';
  if (Array.isArray(value)) return `[${value.map((entry) => canonical(entry, depth + 1)).join(',')}]`;
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry, depth + 1)}`);
  return `{${entries.join(',')}}`;
}

/** Taken once: each look at a global of the sandbox is slow, and the hash of 1 MB took a quarter of a second that way. */
const { imul } = Math;

/** 53-bit cyrb hash: two bodies under one request id are told apart; nothing here is a secret. */
function hashText(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = imul(high ^ unit, 2654435761);
    low = imul(low ^ unit, 1597334677);
  }
  high = imul(high ^ (high >>> 16), 2246822507) ^ imul(low ^ (low >>> 13), 3266489909);
  low = imul(low ^ (low >>> 16), 2246822507) ^ imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}

/** Of a command and its body; the request id itself is not part of the body. */
export function bodyHash(name: string, input: unknown): string {
  const body = isRecord(input) ? { ...input, requestId: undefined } : input;
  return hashText(`${name} ${canonical(body)}`);
}

/** What a command is remembered by: its own request id, or the update's. Without either it is never the same command again. */
export function requestOf(name: string, input: unknown, updateId?: string): Request | undefined {
  const id = isRecord(input) && typeof input['requestId'] === 'string' ? input['requestId'] : updateId;
  return id === undefined ? undefined : { id, hash: bodyHash(name, input) };
}

/** What was answered under this id: the first answer, a conflict, or nothing yet. */
export function answeredBefore(requests: readonly AnsweredRequest[], request: Request | undefined): AnsweredRequest | undefined {
  const found = request && requests.find(({ id }) => id === request.id);
  if (!found || found.hash === request.hash) return found;
  return { ...request, refusal: refusal('IDEMPOTENCY_CONFLICT') };
}

export const remember = (requests: readonly AnsweredRequest[], request: AnsweredRequest): AnsweredRequest[] =>
  [...requests, request].slice(-KEEP.requests);
