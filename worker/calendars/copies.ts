/** The last good copy of each calendar, on disk, so that a restart does not forget it. What was refused as emptied lies beside it. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CalendarSource, Team } from '../../activities/directory/types';
import type { Environment } from '../config/secrets';

export interface Copy {
  readonly text: string;
  /** When the source last said so. */
  readonly readAt: number;
}

export type CalendarTeam = Team & { readonly calendar: CalendarSource };
export const hasCalendar = (team: Team): team is CalendarTeam => team.calendar !== undefined;

/** Beside the database of the embedded server, unless `TOCSIN_CALENDARS` says otherwise. */
export const copiesFolder = (env: Environment = process.env): string =>
  env['TOCSIN_CALENDARS'] || join(dirname(env['TOCSIN_DATA'] || join('.tocsin', 'tocsin.db')), 'calendars');

/** Nothing where there is none, or none that can be read: a page that looks for somebody comes by here. */
export function fileCopy(file: string): Copy | undefined {
  try {
    return { text: readFileSync(file, 'utf8'), readAt: statSync(file).mtimeMs };
  } catch {
    return undefined;
  }
}

export class Copies {
  constructor(private readonly folder: string) {}

  read(team: CalendarTeam): Copy | undefined {
    return fileCopy(this.fileOf(team));
  }

  has = (team: CalendarTeam): boolean => existsSync(this.fileOf(team));

  /** Moved into place: who reads at the same moment has the one or the other. */
  write(team: CalendarTeam, text: string, now: number): void {
    mkdirSync(this.folder, { recursive: true });
    const file = this.fileOf(team);
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
    this.touch(team, now);
    rmSync(this.refusedOf(team), { force: true });
  }

  /** The source says that nothing has changed. */
  touch(team: CalendarTeam, now: number): void {
    utimesSync(this.fileOf(team), now / 1000, now / 1000);
  }

  /** One that has no events any more: kept until somebody says that it is meant. */
  keepRefused(team: CalendarTeam, text: string): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(this.refusedOf(team), text);
  }

  /** It is meant; false where nothing was refused. */
  accept(team: CalendarTeam, now: number): boolean {
    const refused = statSync(this.refusedOf(team), { throwIfNoEntry: false });
    if (!refused) return false;
    this.write(team, readFileSync(this.refusedOf(team), 'utf8'), now);
    return true;
  }

  /** Another source is another calendar; addresses are secrets and stay out of names. */
  private fileOf({ team, calendar }: CalendarTeam): string {
    const source = createHash('sha256').update(JSON.stringify(calendar.from)).digest('hex').slice(0, 12);
    return join(this.folder, `${encodeURIComponent(team)}-${source}.ics`);
  }

  private refusedOf = (team: CalendarTeam): string => `${this.fileOf(team)}.emptied`;
}
