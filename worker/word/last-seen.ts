/** The rota as a worker has seen it last, on disk: an edit that came while none ran, as with a deploy, is told as any other. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Team } from '../../activities/directory/types';
import type { Environment } from '../config/secrets';

/** Beside the database of the embedded server. */
export const lastSeenFile = (env: Environment = process.env): string =>
  join(dirname(env['TOCSIN_DATA'] || join('.tocsin', 'tocsin.db')), 'rota-last-seen.json');

interface Log {
  warn(message: string): void;
}

export class LastSeen {
  constructor(
    private readonly file: string,
    private readonly log: Log,
  ) {}

  /** Nothing where there is none, or none that can be read: cut off, or of another version. */
  read(): readonly Team[] | undefined {
    try {
      const teams: unknown = JSON.parse(readFileSync(this.file, 'utf8'));
      return Array.isArray(teams) && teams.every(isTeam) ? teams : undefined;
    } catch {
      return undefined;
    }
  }

  /** Without the addresses of calendars, which are secrets. */
  write(onCall: readonly Team[]): void {
    const teams = onCall.map(({ calendar, ...team }) => ({
      ...team,
      ...(calendar && { calendar: { ...calendar, from: { file: '' } } }),
    }));
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      // Moved into place: several workers may share the folder.
      writeFileSync(`${this.file}.${process.pid}`, JSON.stringify(teams));
      renameSync(`${this.file}.${process.pid}`, this.file);
    } catch (error) {
      this.log.warn(`${this.file} cannot be written: an edit while no worker runs will not be told (${String(error)})`);
    }
  }
}

/** As far as whoever compares two rotas would fall over it. */
function isTeam(written: unknown): written is Team {
  if (typeof written !== 'object' || written === null) return false;
  const { team, timezone, windows, people, overrides } = written as Readonly<Record<string, unknown>>;
  return typeof team === 'string' && typeof timezone === 'string' && [windows, people, overrides].every(Array.isArray);
}
