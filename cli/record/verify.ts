/** Whether a record is whole: every event there, each as it was written, one after the other. */
import { isRecord } from '../../workflows/core/language/shape';
import type { CaseEvent } from '../../workflows/messages';
import { canonical, hashOf, type RecordLine } from './record';

export interface Fault {
  /** Of the file, from 1. */
  readonly line: number;
  readonly problem: string;
}

export interface Verified {
  readonly caseNumber: string;
  readonly events: number;
  /** The number of the last event, and its hash: what is kept elsewhere, to be compared one day. */
  readonly last: number;
  readonly head: string;
  /** Of the first and of the last event. */
  readonly from: string;
  readonly to: string;
  readonly isWhole: boolean;
  readonly faults: readonly Fault[];
  /** So many the server has after the last one, where it was asked. */
  readonly later?: number;
}

/** A line that is no event of a record is thrown by its number: then it is another kind of file. */
export class NoRecord extends Error {
  override readonly name = 'NoRecord';
}

type Lines = readonly [RecordLine, ...RecordLine[]];

/** @throws NoRecord */
export function linesOf(text: string): Lines {
  const written = text.split('\n').filter((line) => line.trim() !== '');
  const [first, ...others] = written.map((line, index) => {
    const value = parsed(line);
    if (!isLine(value)) throw new NoRecord(`line ${index + 1} is no event of a case`);
    return value;
  });
  if (!first) throw new NoRecord('it is empty');
  return [first, ...others];
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

const isLine = (value: unknown): value is RecordLine =>
  isRecord(value) &&
  ['subject', 'sequence', 'hash', 'time'].every((name) => typeof value[name] === 'string') &&
  isRecord(value['data']);

/** `head`: the hash that somebody has kept; `live`: the events that the server has now. */
export function verify(
  lines: Lines,
  { head, live }: { readonly head?: string; readonly live?: readonly CaseEvent[] } = {},
): Verified {
  const [first] = lines;
  const last = lines.at(-1) ?? first;
  const faults = lines.flatMap((line, index) =>
    faultsOf(line, lines[index - 1], first.subject).map((problem) => ({ line: index + 1, problem })),
  );
  const atEnd = (problem: string): Fault => ({ line: lines.length, problem });
  if (head !== undefined && !lines.some(({ hash }) => hash === head)) {
    faults.push(atEnd('no event has the hash that was kept: the record was written anew, or is of another time'));
  }
  const onServer = new Map(live?.map((event) => [String(event.seq), event]));
  for (const [index, { sequence, data }] of lines.entries()) {
    const event = onServer.get(sequence);
    if (event && canonical(data) !== canonical(event)) {
      faults.push({ line: index + 1, problem: `event ${sequence} is another on the server` });
    }
  }
  if (live && Number(last.sequence) > (live.at(-1)?.seq ?? 0)) {
    faults.push(atEnd(`event ${last.sequence} is not on the server`));
  }
  return {
    caseNumber: first.subject,
    events: lines.length,
    last: Number(last.sequence),
    head: last.hash,
    from: first.time,
    to: last.time,
    isWhole: faults.length === 0,
    faults,
    ...(live && { later: Math.max(0, (live.at(-1)?.seq ?? 0) - Number(last.sequence)) }),
  };
}

function faultsOf(line: RecordLine, before: RecordLine | undefined, caseNumber: string): string[] {
  const seq = Number(line.sequence);
  const expected = before ? Number(before.sequence) + 1 : 1;
  return [
    ...(line.subject === caseNumber ? [] : [`event ${line.sequence} is of another case, ${line.subject}`]),
    ...(seq === expected ? [] : [gap(expected, seq)]),
    ...(hashOf(line) === line.hash && line.data.seq === seq && line.data.at === line.time
      ? []
      : [`event ${line.sequence} was changed after it was written`]),
    ...(line.previous === before?.hash ? [] : [`event ${line.sequence} does not follow the line before it`]),
  ];
}

const gap = (expected: number, seq: number): string => {
  if (!(seq > expected)) return `event ${seq} stands where ${expected} belongs`;
  return seq === expected + 1 ? `event ${expected} is missing` : `events ${expected} to ${seq - 1} are missing`;
};
