/** An event as somebody is told of it: without what only the record needs, long texts cut to what a page has room for. */
import type { Caller, CaseEvent, EventData, EventOf, EventType, Fact } from './events';
import { MOST } from './bounds';
import { clip } from './text';

const LONGEST_TEXT = 300;
const LONGEST_LIST = 10;

/** Of no use to whoever is told: who may read it is asked something, not shown the policy. */
const ONLY_FOR_THE_RECORD = ['policy', 'contactChanges', 'description', 'contacts', 'justification'];

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return clip(value, LONGEST_TEXT);
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !ONLY_FOR_THE_RECORD.includes(name));
  return Object.fromEntries(kept.map(([name, part]) => [name, shortened(part)]));
}

export function factOf<T extends EventType>({ seq, type, at, by, requestedBy, data }: EventOf<T>): Fact;
export function factOf({ seq, type, at, by, requestedBy, data }: CaseEvent): Fact;
export function factOf({ seq, type, at, by, requestedBy, data }: EventOf<EventType>): Fact {
  const who = { ...(by !== undefined && { by }), ...(requestedBy !== undefined && { requestedBy }) };
  return { seq, type, at, ...who, data: shortened(data) } as Fact;
}

/** The fact of the youngest events that has this number, or nothing where it is no longer carried. */
export function factFrom(tail: readonly CaseEvent[], seq: number): Fact | undefined {
  const event = tail.findLast((candidate) => candidate.seq === seq);
  return event && factOf(event);
}

/** Whom to call back, where the event says so: who asked last, and whoever still waits. */
export function callersOf(fact: Fact | undefined): readonly Caller[] {
  if (!fact || !('caller' in fact.data)) return [];
  const { caller } = fact.data;
  const { callback, also = [] } = fact.data as Partial<EventData['ManagerContactRequested']>;
  return [callback === undefined ? caller : { name: caller.name, number: callback }, ...also];
}

/** R37, R50: who has asked for a call before, and has had none yet: nobody's number is on another's name, and nobody is forgotten. */
export function alsoWaiting(facts: readonly (Fact | undefined)[], { name }: Caller): { also?: readonly Caller[] } {
  const waiting = facts.flatMap(callersOf).filter((caller) => caller.name !== name);
  const others = waiting.filter((one, index) => waiting.findLastIndex((other) => other.name === one.name) === index);
  return others.length === 0 ? {} : { also: others.slice(-MOST.waiting) };
}
