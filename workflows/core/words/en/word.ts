/** Word that is of no case: read in the morning, on a phone. */
import type { Catalogue } from '../catalogue';

export const word: Catalogue['word'] = {
  ROTA_CHANGED: ({ moved }, { when }) =>
    `${moved
      .map(({ team, before, after }) => {
        const was = before === null ? 'you had none' : `it was ${when(before)}`;
        return after === null
          ? `${team}: you have no turn in the next 8 weeks (${was})`
          : `${team}: your next turn begins ${when(after)} (${was})`;
      })
      .join('; ')}.`,
  TURN_BEGINS: ({ team, at }, { when }) => `Your turn on call for ${team} begins ${when(at)}.`,
  CALENDAR_STALE: ({ team, readAt }, { when }) =>
    readAt === null
      ? `The calendar of ${team} cannot be read, and there is no copy: the people of the team are asked round the clock.`
      : `The calendar of ${team} has not been read since ${when(readAt)}; that copy stays in use.`,
  TEST: ({ name, channel }) => `This is a test, ${name}: pages by ${channel} reach you. Nothing has happened.`,
};
