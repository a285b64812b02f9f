/** A calendar as the source of a team's shifts, as directory.yaml may name it. */
import { z } from 'zod';
import { timer } from './duration';
import { id } from './id';
import { fromEnvironment, type Environment } from './secrets';
import { timeOfDay } from './times';

const SOURCE = 'must be an https or webcal address such as https://example.com/rota.ics';

function problemOf(address: string): string | undefined {
  if (!URL.canParse(address)) return SOURCE;
  return ['https:', 'webcal:'].includes(new URL(address).protocol) ? undefined : SOURCE;
}

const PERSON = 'must be title, attendee, description, or a regular expression with one group, at most 200 characters';
const LONGEST = 200;

function isPersonRule(text: string): boolean {
  if (['title', 'attendee', 'description'].includes(text)) return true;
  try {
    // An alternative that is empty always matches: what it returns has a place for each group.
    return text.length <= LONGEST && new RegExp(`${text}|`).exec('')?.length === 2;
  } catch {
    return false;
  }
}

export const calendar = (env: Environment) =>
  z
    .strictObject({
      // `webcal:` is what calendars call https when they want to be opened by a calendar.
      url: fromEnvironment(env, problemOf)
        .transform((address) => address.replace(/^webcal:/, 'https:'))
        .optional(),
      file: z.string().min(1).optional(),
      person: z.string(PERSON).refine(isPersonRule, PERSON).default('title'),
      dayStarts: timeOfDay.default('00:00'),
      refresh: timer('15m'),
      staleAfter: timer('1d'),
      names: z.record(z.string(), id).default({}),
    })
    .refine(({ url, file }) => (url === undefined) !== (file === undefined), 'must have either url or file');
