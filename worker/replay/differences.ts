/** Where what a case would say now differs from what it has said: by field, so that a reader sees which rule has changed. */
import { isDeepStrictEqual } from 'node:util';
import { isRecord, type AllSaid, type Said } from './said';

export interface Difference {
  /** Of the history. */
  readonly event: number;
  readonly what: string;
  /** `asks.0.purpose`; empty for the whole. */
  readonly field: string;
  readonly recorded: unknown;
  readonly now: unknown;
}

/**
 * In the order of the history. What is on one side only is no difference here: where a task asks more or less than it did,
 * the replay itself has failed, and the last task of a running case is not in its history yet.
 */
export function differencesOf(recorded: AllSaid, now: AllSaid): Difference[] {
  const pairs: [Said, Said | undefined][] = [
    ...[...recorded.asked].map(([id, said]): [Said, Said | undefined] => [said, now.asked.get(id)]),
    ...recorded.answered.map((said, index): [Said, Said | undefined] => [said, now.answered[index]]),
  ];
  return pairs
    .flatMap(([before, after]) => (after ? fieldsOf(before, before.value, after.value, '') : []))
    .sort((a, b) => a.event - b.event);
}

function fieldsOf(said: Said, recorded: unknown, now: unknown, field: string): Difference[] {
  if (isDeepStrictEqual(recorded, now)) return [];
  const inside = (key: string): string => (field === '' ? key : `${field}.${key}`);
  const both: readonly [Fields, Fields] | undefined =
    isRecord(recorded) && isRecord(now)
      ? [recorded, now]
      : Array.isArray(recorded) && Array.isArray(now)
        ? [{ ...recorded }, { ...now }]
        : undefined;
  if (!both) return [{ event: said.event ?? 0, what: said.what, field, recorded, now }];
  const keys = new Set(both.flatMap((value) => Object.keys(value)));
  return [...keys].flatMap((key) => fieldsOf(said, both[0][key], both[1][key], inside(key)));
}

type Fields = Readonly<Record<string, unknown>>;

/** In a few sentences: the first ones say which rule it is, the others follow from it. */
export function sentenceOf(differences: readonly Difference[]): string {
  const shown = differences.slice(0, MOST_SHOWN).map(({ event, what, field, recorded, now }) => {
    const of = field === '' ? 'it' : field;
    return `Event ${event}, ${what}: ${of} was ${inShort(recorded)} and would be ${inShort(now)}.`;
  });
  const left = differences.length - shown.length;
  return [...shown, ...(left > 0 ? [`And ${left} more.`] : [])].join(' ');
}

const MOST_SHOWN = 3;
const LENGTH = 120;

function inShort(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text;
}
