/**
 * The calendars of a directory. A page reads what was read last and never waits for a download; what is refused leaves the
 * last good copy in use, is told once, and stays in sight until the source is well again.
 */
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DAY_MS } from '../../activities/directory/local-time';
import {
  CalendarRefused,
  readCalendar,
  shiftsIn,
  type CalendarRead,
  type Unknown,
} from '../../activities/directory/ical/read';
import type { Directory, Team } from '../../activities/directory/types';
import { fileCopy, hasCalendar, type CalendarTeam, type Copies, type Copy } from './copies';
import { download, type Means as Network } from './download';

interface Log {
  info(message: string): void;
  warn(message: string): void;
}

export interface Means extends Network {
  readonly copies: Copies;
  readonly log: Log;
  readonly clock?: () => number;
  /** A calendar is older than its `staleAfter`: told once. It is still in use. */
  readonly onStale?: (team: string, readAt: number | null) => void;
  /** What a calendar says has changed and is in use: the rotas before and now. */
  readonly onRead?: (before: Directory, after: Directory) => void;
}

/** How it stands with the calendar of a team. */
export interface CalendarState {
  readonly team: string;
  /** When the source last said so; never, where there is no copy. */
  readonly readAt: number | null;
  readonly isStale: boolean;
  /** Why the last look was refused. */
  readonly refused: string | null;
  readonly unknown: readonly Unknown[];
}

interface Known {
  /** What it was read by: another zone or another rule makes other events. */
  readonly by: string;
  readonly read: CalendarRead;
  readonly readAt: number | null;
  readonly etag?: string;
  readonly refused: string | null;
  readonly isStaleTold: boolean;
  readonly lookedAt: number;
}

const EMPTY: CalendarRead = { events: [], broken: [] };
const SOON_MS = 28 * DAY_MS;

export class Feeds {
  private readonly known = new Map<string, Known>();
  private applied: { readonly from: Directory; readonly version: number; readonly to: Directory } | undefined;
  private version = 0;
  /** Teams whose copy could not be written: told once. */
  private readonly notKept = new Set<string>();
  private readonly clock: () => number;

  constructor(private readonly means: Means) {
    this.clock = means.clock ?? Date.now;
  }

  /** The directory with the shifts of its calendars; nothing is fetched for it. */
  apply(directory: Directory): Directory {
    if (!directory.onCall.some(hasCalendar)) return directory;
    if (this.applied?.from === directory && this.applied.version === this.version) return this.applied.to;
    const onCall = directory.onCall.map((team) =>
      hasCalendar(team) ? { ...team, ...this.shiftsOf(team, directory) } : team,
    );
    const to = { ...directory, onCall };
    this.applied = { from: directory, version: this.version, to };
    return to;
  }

  /** None at all where nothing was ever read: that is not the same as an empty calendar. */
  private shiftsOf(team: CalendarTeam, { people }: Directory): Pick<Team, 'shifts'> {
    const { read, readAt } = this.knownOf(team);
    return readAt === null ? {} : { shifts: shiftsIn(read.events, team.calendar, people).shifts };
  }

  states(directory: Directory): CalendarState[] {
    return directory.onCall.filter(hasCalendar).map((team) => {
      const { read, readAt, refused } = this.knownOf(team);
      const { unknown } = shiftsIn(read.events, team.calendar, directory.people);
      return {
        team: team.team,
        readAt,
        isStale: this.isStale(team, readAt),
        refused,
        unknown: unknown.filter(({ to }) => to > this.clock()),
      };
    });
  }

  /** Looks at each calendar whose time has come. Never throws: what went wrong is told. */
  async refresh(directory: Directory): Promise<void> {
    const due = directory.onCall
      .filter(hasCalendar)
      .filter((team) => this.clock() - this.knownOf(team).lookedAt >= team.calendar.refreshMs);
    await Promise.all(due.map((team) => this.look(team, directory)));
  }

  private async look(team: CalendarTeam, directory: Directory): Promise<void> {
    const before = this.knownOf(team);
    const { log, copies } = this.means;
    const now = this.clock();
    // Whoever looks again before the answer is there does not ask twice.
    this.known.set(team.team, { ...before, lookedAt: now });
    try {
      // Whose copy is gone is asked for the whole of it.
      const etag = copies.has(team) ? before.etag : undefined;
      const found = await download(team.calendar, etag, this.means);
      if (found === 'UNCHANGED') {
        this.keep(team, () => copies.touch(team, now));
        this.know(team, { ...before, readAt: now, refused: null, isStaleTold: false, lookedAt: now });
        return;
      }
      const read = readCalendar(found.text, team.timezone, team.calendar, now);
      if (hasSoon(before.read, now) && !hasSoon(read, now)) {
        this.keep(team, () => copies.keepRefused(team, found.text));
        throw new CalendarRefused(
          `it has no event in the next 28 days, and had some; if that is meant: tocsin directory accept ${team.team}`,
        );
      }
      this.keep(team, () => copies.write(team, found.text, now));
      if (before.refused !== null) log.info(`calendar of ${team.team}: read again`);
      this.knowNew(directory, team, {
        by: rulesOf(team),
        read,
        readAt: now,
        ...(found.etag !== undefined && { etag: found.etag }),
        refused: null,
        isStaleTold: false,
        lookedAt: now,
      });
      this.tellUnknown(team, before.read, directory);
    } catch (error) {
      if (!(error instanceof CalendarRefused)) throw error;
      const instead =
        before.readAt === null
          ? 'its people are asked round the clock'
          : `the copy of ${iso(before.readAt)} stays in use`;
      // The same trouble every quarter of an hour is told once.
      if (before.refused !== error.message) log.warn(`calendar of ${team.team}: ${error.message}; ${instead}`);
      const isStale = this.isStale(team, before.readAt);
      if (isStale && !before.isStaleTold) this.means.onStale?.(team.team, before.readAt);
      // A copy that somebody has accepted meanwhile is read anew.
      const copy = copies.read(team);
      const isNewer = copy !== undefined && copy.readAt > (before.readAt ?? 0);
      this.knowNew(directory, team, {
        ...(isNewer ? this.fromCopy(team) : before),
        refused: error.message,
        isStaleTold: isStale,
        lookedAt: now,
      });
    }
  }

  /** What cannot be kept on disk is in use all the same: a full disk must neither close a team nor end a worker. */
  private keep({ team }: CalendarTeam, work: () => void): void {
    try {
      work();
      this.notKept.delete(team);
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code ?? String(error);
      if (!this.notKept.has(team))
        this.means.log.warn(`calendar of ${team}: no copy can be kept (${why}); a restart would begin without one`);
      this.notKept.add(team);
    }
  }

  private tellUnknown(team: CalendarTeam, before: CalendarRead, directory: Directory): void {
    // The one that is on at this moment first of all; what is over is nobody's trouble any more.
    const unknownIn = (read: CalendarRead): readonly Unknown[] =>
      shiftsIn(read.events, team.calendar, directory.people).unknown.filter(({ to }) => to > this.clock());
    const told = new Set(unknownIn(before).map(({ title }) => title));
    const { read } = this.knownOf(team);
    for (const { title, from } of unknownIn(read)) {
      if (told.has(title)) continue;
      told.add(title);
      this.means.log.warn(
        `calendar of ${team.team}: nobody is known as ${JSON.stringify(title)} (${iso(from)}); the people of the team are asked`,
      );
    }
    for (const title of read.broken.filter((one) => !before.broken.includes(one)))
      this.means.log.warn(`calendar of ${team.team}: ${JSON.stringify(title)} cannot be read and is left out`);
  }

  private knownOf(team: CalendarTeam): Known {
    const known = this.known.get(team.team);
    if (known?.by === rulesOf(team)) return known;
    const fresh = this.fromCopy(team);
    this.known.set(team.team, fresh);
    return fresh;
  }

  private fromCopy(team: CalendarTeam): Known {
    const copy = this.readOf(team, this.means.copies.read(team));
    const own = this.readOf(team, this.ownFile(team));
    const isEmptied = copy && own && hasSoon(copy.read, this.clock()) && !hasSoon(own.read, this.clock());
    // Edited since it was looked at last: whoever asks now has it before the next look.
    const isNewer = own && !isEmptied && (!copy || own.readAt > copy.readAt);
    const found = isNewer ? own : copy;
    return {
      by: rulesOf(team),
      read: found?.read ?? EMPTY,
      readAt: found?.readAt ?? null,
      refused: null,
      isStaleTold: false,
      lookedAt: -Infinity,
    };
  }

  private readOf(
    team: CalendarTeam,
    copy: Copy | undefined,
  ): (Pick<Copy, 'readAt'> & { read: CalendarRead }) | undefined {
    try {
      return copy && { read: readCalendar(copy.text, team.timezone, team.calendar, this.clock()), readAt: copy.readAt };
    } catch (error) {
      if (!(error instanceof CalendarRefused)) throw error;
      return undefined;
    }
  }

  /** A file is here already: nobody has to wait for the first look at it. */
  private ownFile({ calendar: { from } }: CalendarTeam): Copy | undefined {
    return 'file' in from ? fileCopy(resolve(this.means.base, from.file)) : undefined;
  }

  private knowNew(directory: Directory, team: CalendarTeam, known: Known): void {
    const was = this.knownOf(team);
    const only = { ...directory, onCall: directory.onCall.filter((one) => one.team === team.team) };
    const before = this.apply(only);
    this.know(team, known);
    const isFirst = was.readAt === null && known.readAt !== null;
    if (isFirst || !isDeepStrictEqual(known.read, was.read)) this.means.onRead?.(before, this.apply(only));
  }

  private know(team: CalendarTeam, known: Known): void {
    this.known.set(team.team, known);
    this.version++;
  }

  private isStale = ({ calendar }: CalendarTeam, readAt: number | null): boolean =>
    readAt === null || this.clock() - readAt > calendar.staleAfterMs;
}

const hasSoon = ({ events }: CalendarRead, now: number): boolean =>
  events.some(({ from, to }) => to > now && from < now + SOON_MS);

const rulesOf = ({ timezone, calendar }: CalendarTeam): string => JSON.stringify([timezone, calendar]);
const iso = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ') + 'Z';
