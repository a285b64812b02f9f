/** The calendars of a configuration. */
import type { Directory } from '../../activities/directory/types';
import type { Environment } from '../config/secrets';
import { Copies, copiesFolder } from './copies';
import { Feeds, type CalendarState } from './feeds';

export { Copies, copiesFolder, hasCalendar } from './copies';
export { type CalendarState } from './feeds';
export { liveCalendars } from './live';

/** As the last good copies have them: for whoever looks once, and fetches nothing. */
export function withCopies(
  directory: Directory,
  folder: string,
  env: Environment,
): { readonly directory: Directory; readonly calendars: readonly CalendarState[] } {
  const silent = { info: () => undefined, warn: () => undefined };
  const feeds = new Feeds({ base: folder, copies: new Copies(copiesFolder(env)), log: silent });
  return { directory: feeds.apply(directory), calendars: feeds.states(directory) };
}
