/** Where a replay has come to a step that the history does not have: the SDK says it in the words of its insides. */

const PARTED = /\[TMPRL1100\] Nondeterminism error: (?<what>.*?)(?:", source: |$)/s;
const ANOTHER_STEP =
  /^(?<step>\w+?) ?[Mm]achine does not handle (?:this event: )?HistoryEvent\(id: (?<event>\d+), (?<had>\w+)\)/;
/** All that it knows of one, by name. */
const WHOLE_EVENT = /HistoryEvent(?: \{ event_id: (\d+),.*?event_type: |\(id: (\d+), )(\w+).*$/s;

/** In one sentence; whatever else went wrong as it was said. */
export function sentenceOfStep(message: string): string {
  const what = PARTED.exec(message)?.groups?.['what']?.replaceAll('\\"', '"');
  if (what === undefined) return message;
  const { step, event, had } = ANOTHER_STEP.exec(what)?.groups ?? {};
  if (step !== undefined) return `Event ${event} was ${had}: this code does another step there (${step}).`;
  const inShort = what.replace(
    WHOLE_EVENT,
    (_all, id?: string, number?: string, type?: string) => `event ${id ?? number ?? '?'}, ${type ?? '?'}`,
  );
  return `The steps part: ${inShort.replace(/\.?$/, '.')}`;
}
