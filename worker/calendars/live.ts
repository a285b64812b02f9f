/** The directory with its calendars as they were read last; somebody looks at the sources while nobody asks. */
import type { Directory } from '../../activities/directory/types';
import { saidOfReload, sayLater } from '../config/reload';
import { Copies, copiesFolder } from './copies';
import { Feeds, type CalendarState, type Means } from './feeds';

export interface LiveCalendars {
  /** Nothing is fetched for it. */
  readonly directory: () => Directory;
  readonly states: () => CalendarState[];
  readonly stop: () => Promise<void>;
}

/** An edit of the files is told soon, also when nobody is paged. */
const LOOK_AGAIN_MS = 5_000;

export interface LiveMeans extends Pick<Means, 'base' | 'log' | 'onStale'> {
  /** What the calendar of a team says has changed and is in use. */
  readonly onRead?: (team: string) => void;
}

export function liveCalendars(current: () => Directory, { onRead, ...means }: LiveMeans): LiveCalendars {
  const said = (before: Directory, after: Directory): void => {
    for (const { team } of after.onCall) {
      sayLater(saidOfReload(before, after, Date.now()), (line) => means.log.info(`calendar of ${team}: ${line}`));
      onRead?.(team);
    }
  };
  const feeds = new Feeds({ ...means, copies: new Copies(copiesFolder()), onRead: said });
  const look = (): void =>
    void feeds.refresh(current()).catch((error: unknown) => means.log.warn(`calendars: ${String(error)}`));
  look();
  const looking = setInterval(look, LOOK_AGAIN_MS).unref();
  return {
    directory: () => feeds.apply(current()),
    states: () => feeds.states(current()),
    stop: () => Promise.resolve(clearInterval(looking)),
  };
}
