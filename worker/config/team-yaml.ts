/** A team on call as directory.yaml may write it (T1-T6). The simple case stays five lines. */
import { z } from 'zod';
import { WEEKDAYS } from '../../activities/directory/types';
import { calendar } from './calendar-yaml';
import { name } from './id';
import { override } from './override-yaml';
import { people, place, rotation } from './rotation-yaml';
import type { Environment } from './secrets';
import { begins, day, endOfDay, instantIn, timeOfDay, zone } from './times';

const places = z.array(place);

const window = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1),
  from: timeOfDay,
  to: endOfDay,
  people: places.min(1).optional(),
});

const layer = z.strictObject({
  layer: name,
  people: places.min(1),
  rotation: rotation.optional(),
  since: day.optional(),
  until: day.optional(),
});

const DATED = 'must say whose turn it is: person, nobody: true, or rotation: true';
const datedTurn = z
  .strictObject({
    from: begins,
    person: people.optional(),
    nobody: z.literal(true).optional(),
    rotation: z.literal(true).optional(),
  })
  .refine((turn) => [turn.person, turn.nobody, turn.rotation].filter((said) => said !== undefined).length === 1, DATED);

export const team = (env: Environment) =>
  z
    .strictObject({
      team: name,
      timezone: zone,
      windows: z
        .union([z.literal('always'), z.array(window).min(1)], {
          error: ({ code, input }) =>
            code === 'invalid_union' && !Array.isArray(input) ? 'must be always, or a list of windows' : undefined,
        })
        .optional(),
      people: places.optional(),
      rotation: rotation.optional(),
      layers: z.array(layer).min(1).optional(),
      turns: z.array(datedTurn).min(1).optional(),
      holidays: z.strictObject({ calendar: z.string().min(1), as: z.enum([...WEEKDAYS, 'closed']) }).optional(),
      overrides: z.array(override).default([]),
      calendar: calendar(env).optional(),
    })
    .superRefine(togetherInOrder);

type Written = Pick<z.output<ReturnType<typeof team>>, keyof z.output<ReturnType<typeof team>>>;
type Context = Parameters<Parameters<z.ZodType['superRefine']>[0]>[1];

/** What may stand together, and what needs what. */
function togetherInOrder(written: unknown, context: Context): void {
  const team = written as Written;
  const problem = (path: (string | number)[], message: string): void =>
    context.addIssue({ code: 'custom', path, message });
  const { windows, people, rotation: turnsInOrder, layers, turns, holidays, overrides, timezone } = team;
  if (team.calendar) {
    for (const key of ['windows', 'rotation', 'layers', 'turns', 'holidays'] as const)
      if (team[key] !== undefined) problem([key], 'must be left out: the calendar says when and whose turn it is');
    if (people === undefined)
      problem(['people'], 'is missing; it must be who is asked behind the calendar, [] for nobody');
  } else {
    if (windows === undefined) problem(['windows'], 'is missing; it must be always, or a list of windows');
    const areOwn = Array.isArray(windows) && windows.every((entry) => entry.people !== undefined);
    if (layers === undefined && !areOwn && (people ?? []).length === 0)
      problem(['people'], people === undefined ? 'is missing; it must be a list' : 'must not be empty');
  }
  if (layers !== undefined) {
    for (const key of ['people', 'rotation', 'turns'] as const)
      if (team[key] !== undefined) problem([key], 'must be left out: it is for each of the layers to say');
    const names = layers.map((entry) => entry.layer);
    for (const [index, one] of names.entries())
      if (names.indexOf(one) < index) problem(['layers', index, 'layer'], `"${one}" is there twice`);
  }
  for (const [index, entry] of overrides.entries()) {
    if (entry.layer !== undefined && layers?.every((one) => one.layer !== entry.layer) !== false)
      problem(['overrides', index, 'layer'], `no such layer "${entry.layer}"`);
    if (entry.form !== 'SWAP' && !(instantIn(timezone, entry.from) < instantIn(timezone, entry.to)))
      problem(['overrides', index, 'to'], 'must be later than from');
    if (entry.form === 'SWAP' && turnsInOrder === undefined && layers?.some((one) => one.rotation) !== true)
      problem(['overrides', index, 'swap'], 'must be left out: there is no rotation, and so no turns to swap');
  }
  for (const [index, turn] of (turns ?? []).entries()) {
    const before = turns?.[index - 1];
    if (before && !(instantIn(timezone, before.from) < instantIn(timezone, turn.from)))
      problem(['turns', index, 'from'], 'must be later than the one before');
    if (turn.rotation && turnsInOrder === undefined)
      problem(['turns', index, 'rotation'], 'must be left out: the team has no rotation to go back to');
    if (index + 1 === turns?.length && turn.person)
      problem(
        ['turns', index],
        'must say how it ends: the last one is { from, nobody: true } or { from, rotation: true }',
      );
  }
  if (holidays && team.calendar === undefined && windows === 'always' && holidays.as !== 'closed')
    problem(['holidays', 'as'], 'must be closed: there are no windows of another day');
}
