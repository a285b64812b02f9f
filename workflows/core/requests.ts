/**
 * Idempotency by request id: the same key and body gets the first answer again, nothing is done twice; the same key with
 * another body is a conflict. Bounded in number and in bytes, and carried from run to run.
 */
import type { Outcome } from './language/answer';
import { MOST } from './language/bounds';
import { refusal, type Refusal } from './language/refusal';
import { EVENT_TYPES } from './language/event-types';
import type { AnsweredRequest, Request, ShortOutcome } from './language/requests';
import { isRecord } from './language/shape';
import type { CaseState } from './language/state';
import { bytesOf } from './language/text';
import { ATTENTION } from './language/vocabulary';

/** No command knows a field as deep as this; brackets without end would end the stack, and with it the case. */
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

/** A request id that is no text, or longer than any may be, is nobody's. */
const isRequestId = (value: unknown): value is string => typeof value === 'string' && value.length <= 100;

/** Long ids by two hashes: 106 bits, so that no two of one case are ever taken for one another. */
const inBounds = (id: string): string =>
  bytesOf(id) <= MOST.requestId ? id : `#${hashText(id)}-${hashText(`${id.length} ${id}`)}`;

/** What a command is remembered by: its own request id, or the update's. Without either it is never the same command again. */
export function requestOf(name: string, input: unknown, updateId?: string): Request | undefined {
  const own = isRecord(input) ? input['requestId'] : undefined;
  const id = isRequestId(own) ? own : isRequestId(updateId) ? updateId : undefined;
  return id === undefined ? undefined : { id: inBounds(id), hash: bodyHash(name, input) };
}

export type Before = { readonly outcome: Outcome } | { readonly refusal: Refusal };

/** What was answered under this id: the first answer, a conflict, or nothing yet. */
export function answeredBefore(state: CaseState, request: Request | undefined): Before | undefined {
  const found = request && state.requests.find(({ id }) => id === request.id);
  if (!found) return undefined;
  if (found.hash !== request.hash) return { refusal: refusal('IDEMPOTENCY_CONFLICT') };
  return 'answer' in found ? { outcome: inFull(state, found.answer) } : { refusal: found.refusal };
}

/** Keeps what was answered, the youngest with all that was noted. */
export function remember(requests: readonly AnsweredRequest[], request: Request, given: Before): AnsweredRequest[] {
  const answered: AnsweredRequest = {
    ...request,
    ...('outcome' in given ? { answer: inShort(given.outcome) } : { refusal: given.refusal }),
  };
  const bounded =
    bytesOf(answered) <= MOST_BYTES || !('refusal' in answered)
      ? answered
      : codeOnly(request.id, request.hash, answered.refusal);
  const all = [...requests, bounded].slice(-MOST.requests);
  return all.map((entry, index) => (index < all.length - MOST.requestsWithNotes ? withoutNotes(entry) : entry));
}

const codeOnly = (id: string, hash: string, { code }: Pick<Refusal, 'code'>): AnsweredRequest => ({
  id,
  hash,
  refusal: { code },
});

function withoutNotes(entry: AnsweredRequest): AnsweredRequest {
  if ('refusal' in entry) return codeOnly(entry.id, entry.hash, entry.refusal);
  const { n: _, ...answer } = entry.answer;
  return { ...entry, answer: inFew(answer) };
}

/** What a very long name or a due item would take is left out; what stands now is told instead. */
function inFew(answer: ShortOutcome): ShortOutcome {
  if (bytesOf(answer) <= MOST.answerBytes) return answer;
  const { d: _, ...withoutDue } = answer;
  if (bytesOf(withoutDue) <= MOST.answerBytes) return withoutDue;
  const { o: __, ...rest } = withoutDue;
  return { ...rest, e: rest.e.slice(0, 100) };
}

/** One printable letter for each of a list. */
const FIRST_LETTER = '0'.charCodeAt(0);
const lettersOf = <T>(list: readonly T[], values: readonly T[]): string =>
  String.fromCharCode(...values.map((value) => FIRST_LETTER + list.indexOf(value)));
const fromLetters = <T>(list: readonly T[], letters: string): T[] =>
  [...letters].flatMap((letter) => list[letter.charCodeAt(0) - FIRST_LETTER] ?? []);

const MOST_EVENTS = 100;
const MOST_NOTES_BYTES = 600;
/** A refused E-Down names each answer that is missing, whenever it is sent again (R21). */
const MOST_BYTES = 1_600;

const inShort = (outcome: Outcome): ShortOutcome => ({
  s: outcome.seq,
  e: lettersOf(EVENT_TYPES, outcome.events.slice(0, MOST_EVENTS)),
  v: outcome.severity,
  l: outcome.level,
  m: outcome.emergency,
  ...(outcome.status === 'CLOSED' && { c: 1 }),
  o: outcome.owner,
  d: outcome.nextDue,
  a: lettersOf(ATTENTION, outcome.attention),
  ...(outcome.hotline !== undefined && { h: 1 }),
  ...(outcome.notes.length > 0 && bytesOf(outcome.notes) <= MOST_NOTES_BYTES && { n: outcome.notes }),
});

const inFull = (
  { caseNumber, policy, engineer }: CaseState,
  { s, e, v, l, m, c, o, d, a, h, n }: ShortOutcome,
): Outcome => ({
  caseNumber,
  seq: s,
  events: fromLetters(EVENT_TYPES, e),
  severity: v,
  level: l,
  emergency: m,
  status: c ? 'CLOSED' : 'OPEN',
  owner: o ?? engineer ?? 'support-desk',
  nextDue: d ?? null,
  notes: n ?? [],
  attention: fromLetters(ATTENTION, a),
  ...(h && { hotline: policy.hotline }),
});
