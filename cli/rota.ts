/** What the shell asks of the rotas that a worker would use: who is on call, and their shifts as a calendar. */
import { rotaCalendar, type Wanted } from '../activities/directory/ical/write';
import { spanAt, spansOf, type Span } from '../activities/directory/rota';
import type { Directory, Team } from '../activities/directory/types';
import { loadConfig } from '../worker/config';

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
  const { directory } = loadConfig();
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
  const { directory } = loadConfig();
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
  const calendar = rotaCalendar(loadConfig().directory, wanted);
  if (calendar !== undefined) return calendar;
  const { of } = wanted;
  throw new NotInDirectory('team' in of ? `There is no team ${of.team}.` : `There is no person ${of.person}.`);
}
