/** Where a replay has come to a step that the history does not have: the SDK says it in the words of its insides. */

import { pageIn, toWhom, type AllSaid, type Said } from './said';

const PARTED = /\[TMPRL1100\] Nondeterminism error: (?<what>.*?)(?:", source: |$)/s;
const ANOTHER_STEP =
  /^(?<step>\w+?) ?[Mm]achine does not handle (?:this event: )?HistoryEvent\(id: (?<event>\d+), (?<had>\w+)\)/;
/** All that it knows of one, by name. */
const WHOLE_EVENT = /HistoryEvent(?: \{ event_id: (\d+),.*?event_type: |\(id: (\d+), )(\w+).*$/s;

/** What the SDK says of it; nothing where it is another error. */
const partingIn = (message: string): string | undefined =>
  PARTED.exec(message)?.groups?.['what']?.replaceAll('\\"', '"');

/** The event at which they part, where it is known. */
export function partedAt(message: string): number | undefined {
  const { event } = ANOTHER_STEP.exec(partingIn(message) ?? '')?.groups ?? {};
  return event === undefined ? undefined : Number(event);
}

/**
 * What people would be told there: pages that only this code sends, and the one of that step that it does not send. From there on
 * activities have other numbers, so a page is known by its own name.
 */
export function toldWherePartedIn(message: string, recorded: AllSaid, now: AllSaid): string {
  const event = partedAt(message);
  const [had, has] = [[...recorded.asked.values()], [...now.asked.values()]];
  const gone = had.filter((said) => said.event === event && !isAmong(has, said));
  const added = has.filter((said) => pageIn(said.value) !== undefined && !isAmong(had, said));
  return [
    ...gone.map(({ what, value }) => `Not done any more: ${what}${toWhom(value)}.`),
    ...added.map(({ value }) => `Done besides: ${pageIn(value)}${toWhom(value)}.`),
  ].join(' ');
}

const isAmong = (all: readonly Said[], { value }: Said): boolean =>
  all.some((other) => pageIn(other.value) === pageIn(value));

/** In one sentence; whatever else went wrong as it was said. */
export function sentenceOfStep(message: string): string {
  const what = partingIn(message);
  if (what === undefined) return message;
  const { step, event, had } = ANOTHER_STEP.exec(what)?.groups ?? {};
  if (step !== undefined) return `Event ${event} was ${had}: this code does another step there (${step}).`;
  const inShort = what.replace(
    WHOLE_EVENT,
    (_all, id?: string, number?: string, type?: string) => `event ${id ?? number ?? '?'}, ${type ?? '?'}`,
  );
  return `The steps part: ${inShort.replace(/\.?$/, '.')}`;
}
