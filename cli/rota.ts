/** What the shell asks of the rotas that a worker would use: who is on call, what an edit changes, their shifts as a calendar. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { rotaCalendar, type Wanted } from '../activities/directory/ical/write';
import { changesBetween, type Change } from '../activities/directory/changes';
import { spanAt, spansOf, type Span } from '../activities/directory/rota';
import type { Directory, Team } from '../activities/directory/types';
import { Copies, copiesFolder, hasCalendar } from '../worker/calendars';
import { judgeConfig, loadConfig, parseDirectory } from '../worker/config';
import { withoutSecrets } from '../worker/config/secrets';
import { read, shown } from '../worker/config/files';

export interface TeamSpan extends Span {
  readonly team: string;
  readonly timezone: string;
}

/** A team, or a person, is asked for that the directory does not have. */
export class NotInDirectory extends Error {
  override readonly name = 'NotInDirectory';
}

/** Who is on call from one instant to another; without an end the one span that holds it. @throws ConfigError */
export function onCallConfigured({
  team: wanted,
  from,
  to,
}: {
  readonly team?: string;
  readonly from: number;
  readonly to?: number;
}): { readonly directory: Directory; readonly spans: readonly TeamSpan[] } {
  const { directory } = judgeConfig();
  const spans = teamsOf(directory, wanted).flatMap((team) =>
    (to === undefined ? [spanAt(team, from)] : spansOf(team, from, to)).map((span) => ({
      team: team.team,
      timezone: team.timezone,
      ...span,
    })),
  );
  return { directory, spans };
}

/** Of each team the span of now, and the next one in which somebody else is first. @throws ConfigError */
export function onCallNowAndNext({ team: wanted, now }: { readonly team?: string; readonly now: number }): {
  readonly directory: Directory;
  readonly spans: readonly TeamSpan[];
} {
  const { directory } = judgeConfig();
  const spans = teamsOf(directory, wanted).flatMap((team) => {
    const current = spanAt(team, now);
    const next = spansOf(team, current.to, current.to + AHEAD_MS).find(
      ({ ladder }) => ladder.length > 0 && ladder[0] !== current.ladder[0],
    );
    return [current, ...(next ? [next] : [])].map((span) => ({ team: team.team, timezone: team.timezone, ...span }));
  });
  return { directory, spans };
}

const AHEAD_MS = 40 * 24 * 3_600_000;

function teamsOf({ onCall }: Directory, wanted: string | undefined): readonly Team[] {
  const teams = wanted === undefined ? onCall : onCall.filter(({ team }) => team === wanted);
  if (teams.length === 0 && wanted !== undefined)
    throw new NotInDirectory(`There is no team ${wanted}: ${onCall.map(({ team }) => team).join(', ')}.`);
  return teams;
}

/** @throws ConfigError, NotInDirectory */
export function icalConfigured(wanted: Wanted): string {
  const calendar = rotaCalendar(judgeConfig().directory, wanted);
  if (calendar !== undefined) return calendar;
  const { of } = wanted;
  throw new NotInDirectory('team' in of ? `There is no team ${of.team}.` : `There is no person ${of.person}.`);
}

export interface Difference extends Change {
  readonly timezone: string;
}

/** Each span in which another one comes first by the new file than by the old one. @throws ConfigError */
export function directoryDiff(old: string, now: string, from: number, to: number): readonly Difference[] {
  const { env } = withoutSecrets(process.env);
  const parsed = (path: string): Directory => parseDirectory(read(fileOf(path)), shown(fileOf(path)), env);
  const [before, after] = [parsed(old), parsed(now)];
  const zones = new Map([...before.onCall, ...after.onCall].map(({ team, timezone }) => [team, timezone]));
  return changesBetween(before, after, from, to).map((change) => ({
    ...change,
    timezone: zones.get(change.team) ?? 'UTC',
  }));
}

/** A file, or the folder that it is in. */
const fileOf = (path: string): string =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'directory.yaml') : path;

/** An emptied calendar is meant: it is used from the next look on. @throws ConfigError, NotInDirectory */
export function acceptCalendar(name: string, now: number): boolean {
  const { directory } = loadConfig();
  const team = directory.onCall.filter(hasCalendar).find((entry) => entry.team === name);
  if (!team) throw new NotInDirectory(`There is no team ${name} with a calendar.`);
  return new Copies(copiesFolder()).accept(team, now);
}
