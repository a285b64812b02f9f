/** The directory with its calendars as they were read last; somebody looks at the sources while nobody asks. */
import type { Directory } from '../../activities/directory/types';
import { Copies, copiesFolder } from './copies';
import { Feeds, type CalendarState, type Means } from './feeds';

export interface LiveCalendars {
  /** Nothing is fetched for it. */
  readonly directory: () => Directory;
  readonly apply: (directory: Directory) => Directory;
  readonly states: () => CalendarState[];
  readonly stop: () => Promise<void>;
}

/** An edit of the files is told soon, also when nobody is paged. */
const LOOK_AGAIN_MS = 5_000;

export function liveCalendars(current: () => Directory, means: Pick<Means, 'base' | 'log' | 'onStale'>): LiveCalendars {
  const feeds = new Feeds({ ...means, copies: new Copies(copiesFolder()) });
  const look = (): void => void feeds.refresh(current());
  look();
  const looking = setInterval(look, LOOK_AGAIN_MS).unref();
  return {
    directory: () => feeds.apply(current()),
    apply: (directory) => feeds.apply(directory),
    states: () => feeds.states(current()),
    stop: () => Promise.resolve(clearInterval(looking)),
  };
}
