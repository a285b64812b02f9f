/** A night of one's own for `tocsin rehearse FILE`: YAML or JSON, every mistake with its line. */
import { basename } from 'node:path';
import { z } from 'zod';
import type { Directory } from '../activities/directory/types';
import { PARTS, type Scenario } from '../rehearsal/scenario';
import { duration, parseDuration } from '../worker/config/duration';
import { read, shown } from '../worker/config/files';
import { present } from '../worker/config/present';
import { ConfigError, Source, type Problem } from '../worker/config/yaml';
import { COMMANDS } from '../workflows/core/language/inputs';
import { ROLES } from '../workflows/core/language/vocabulary';
import { lookInto } from './scenario-checks';

/** The file says what no night can be. */
export class ScenarioError extends ConfigError {
  constructor(problems: readonly Problem[]) {
    super(problems);
  }
}

/** Whatever case numbers look like here: this one is only thought of. */
export const CASE_NUMBER = 'C1000001';

const INSTANT = 'must be a time such as 2026-11-23T21:00:00Z';

const instantIn = (text: string): number | undefined => {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && /^\d{4}-\d{2}-\d{2}T/.test(text) ? ms : undefined;
};

const instant = z.string(INSTANT).transform((text, context) => {
  const ms = instantIn(text);
  if (ms !== undefined) return ms;
  context.addIssue({ code: 'custom', message: INSTANT });
  return z.NEVER;
});

const MOMENT = 'must be a length of time since the start such as 30m, or a time such as 2026-11-23T21:00:00Z';

/** Since the start where it is a length of time, or 0; an instant otherwise. */
const moment = z.union([z.string(), z.literal(0)], MOMENT).transform((value, context) => {
  if (value === 0 || /^0(ms|s|m|h|d)?$/.test(value)) return { sinceStartMs: 0 };
  const sinceStartMs = parseDuration(value);
  if (sinceStartMs !== undefined) return { sinceStartMs };
  const at = instantIn(value);
  if (at !== undefined) return { at };
  context.addIssue({ code: 'custom', message: MOMENT });
  return z.NEVER;
});
type Moment = z.output<typeof moment>;

const HABITS = 'must say after how long they answer, such as { answersAfter: 5m }, or never';

const habits = z.union(
  [
    z.literal('never').transform(() => ({})),
    z
      .strictObject({
        answersAfter: duration.optional(),
        never: z.literal(true).optional(),
        byTheBook: z.boolean().optional(),
      })
      .refine(({ answersAfter, never }) => (answersAfter === undefined) === (never === true), HABITS),
  ],
  HABITS,
);

const anything = z.record(z.string(), z.unknown());

const MOST_HOURS = 24 * 31;

const scenarioFile = z.strictObject({
  start: instant,
  hours: z.number().int().min(1).max(MOST_HOURS).default(24),
  opening: anything,
  people: z.record(z.string(), habits).default({}),
  events: z
    .array(
      z.strictObject({
        at: moment,
        do: z.enum(COMMANDS, 'must be a command of a case, such as changeSeverity (docs/commands.md has them all)'),
        by: z.union(
          [z.string(), z.strictObject({ part: z.enum(PARTS) })],
          `must be a name, or { part: … } with one of ${PARTS.join(', ')}`,
        ),
        role: z.enum(ROLES).optional(),
        input: anything.optional(),
      }),
    )
    .default([]),
  down: z.array(z.strictObject({ channel: z.string(), from: moment, to: moment })).default([]),
});
type ScenarioFile = z.output<typeof scenarioFile>;

const sinceStart = ({ start }: ScenarioFile, when: Moment): number =>
  'at' in when ? when.at - start : when.sinceStartMs;

const HOUR_MS = 3_600_000;

/** What never happens is a mistake. */
function lookAtTimes(source: Source, file: ScenarioFile, hours: number): void {
  for (const [index, { at }] of file.events.entries()) {
    const ms = sinceStart(file, at);
    if (ms < 0) source.report(['events', index, 'at'], 'must not be before the start');
    if (ms >= hours * HOUR_MS) source.report(['events', index, 'at'], `must be within the ${hours} h of the night`);
  }
  for (const [index, { from, to }] of file.down.entries()) {
    if (sinceStart(file, to) <= sinceStart(file, from)) source.report(['down', index, 'to'], 'must be later than from');
  }
}

/** `hours`: instead of what the file says. @throws ScenarioError with every mistake at once */
export function scenarioIn(file: string, directory: Directory, hours?: number): Scenario {
  const source = new Source(read(file), shown(file));
  const parsed = source.parse(scenarioFile);
  lookInto(source, directory, CASE_NUMBER);
  if (parsed) lookAtTimes(source, parsed, Math.max(parsed.hours, hours ?? 0));
  if (!parsed || source.problems.length > 0) throw new ScenarioError(source.problems);
  const { start, opening, people, events, down } = parsed;
  return {
    name: basename(file).replace(/\.(ya?ml|json)$/, ''),
    start,
    hours: hours ?? parsed.hours,
    opening: { caseNumber: CASE_NUMBER, ...opening },
    people: Object.fromEntries(
      Object.entries(people).map(([id, given]) => [
        id,
        {
          ...('answersAfter' in given && given.answersAfter !== undefined && { answersAfterMs: given.answersAfter }),
          ...('byTheBook' in given && given.byTheBook && { byTheBook: true as const }),
        },
      ]),
    ),
    events: events.map(({ at, do: name, by, ...rest }) => ({
      atMs: sinceStart(parsed, at),
      do: name,
      by,
      ...present(rest),
    })),
    down: down.map(({ channel, from, to }) => ({
      channel,
      fromMs: sinceStart(parsed, from),
      toMs: sinceStart(parsed, to),
    })),
  };
}
