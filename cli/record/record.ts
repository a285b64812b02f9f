/**
 * B1: the record of a case to take away. Each event is a CloudEvent in a line of its own, and has the hash of the line before it:
 * whoever keeps the last hash can tell later whether any of it was changed, left out or put in.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { CaseEvent } from '../../workflows/messages';

/** A CloudEvent 1.0; `sequence`, `previous` and `hash` are extensions of it. */
export interface RecordLine {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: typeof SOURCE;
  /** `tocsin.case.SeverityChanged` */
  readonly type: string;
  /** The case number. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** The number of the event, gapless from 1. */
  readonly sequence: string;
  /** The hash of the line before; the first has none. */
  readonly previous?: string;
  /** The event as the case has it. */
  readonly data: CaseEvent;
  /** SHA-256 of the line without this, as canonical JSON (RFC 8785). */
  readonly hash: string;
}

const SOURCE = '/tocsin/cases';

export const canonical = (value: unknown): string => canonicalize(value) ?? '';

export const hashOf = (line: object): string => {
  const { hash: _, ...said } = line as { readonly hash?: unknown };
  return `sha256:${createHash('sha256').update(canonical(said)).digest('hex')}`;
};

/** The lines of these events, in their order. */
export function* recordOf(caseNumber: string, events: Iterable<CaseEvent>): Generator<RecordLine> {
  let previous: string | undefined;
  for (const event of events) {
    const line = {
      specversion: '1.0',
      id: `${caseNumber}/${event.seq}`,
      source: SOURCE,
      type: `tocsin.case.${event.type}`,
      subject: caseNumber,
      time: event.at,
      datacontenttype: 'application/json',
      sequence: String(event.seq),
      ...(previous !== undefined && { previous }),
      data: event,
    } as const;
    const hash = hashOf(line);
    yield { ...line, hash };
    previous = hash;
  }
}
