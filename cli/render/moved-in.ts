/** What an import brought, and how two rotas differ, as people read it. */
import type { Comparison, Moved } from '../moving-in';
import { REASONS } from '../moving-in/compare/reasons';
import { clean } from '../../client/untrusted';
import type { Screen } from './case';
import { table } from './tables';
import { DEFAULT_WIDTH, shorten, wrapped } from './text';
import { at, span } from './when';

const SHOWN = 40;
/** When, for how long, the reason, and the gaps between six columns. */
const BESIDE_NAMES = 17 + 7 + 8 + 5 * 2;

const lines = (text: string): string => wrapped(text, DEFAULT_WIDTH);

export function renderMoved({ lines: report, people, teams }: Moved, out: string): string {
  const count = (outcome: string): number => report.filter((line) => line.outcome === outcome).length;
  const asked = [...new Set(report.filter(({ outcome }) => outcome === 'MISSING').map(({ what }) => what))];
  return [
    `${people} people and ${teams.length} teams are in ${clean(out)}: ${teams.map(clean).join(', ')}.`,
    `${count('SAME')} came over as they were, ${count('DIFFERENT')} with a difference, ${count('LEFT_OUT')} not at all. ` +
      'report.md says which and why.',
    `Asked of you: ${asked.join(', ')}. Nothing was guessed.`,
    `Next: fill in what was asked, then TOCSIN_CONFIG=${clean(out)} npx tocsin directory check, and compare.`,
  ]
    .map(lines)
    .join('\n');
}

export function renderComparison(found: Comparison, screen: Screen): string {
  const { differences, spans, from, to } = found;
  const unknown = differences.filter(({ reason }) => reason === 'UNKNOWN').length;
  const reasons = Object.entries(REASONS).filter(([reason]) => differences.some((one) => one.reason === reason));
  const name = Math.floor((screen.width - BESIDE_NAMES) / 3);
  const rows = differences
    .slice(0, SHOWN)
    .map((one) => [
      shorten(one.team, name),
      at(one.from),
      span(one.to - one.from),
      shorten(one.theirs ?? 'nobody', name),
      shorten(one.ours ?? 'nobody', name),
      one.reason === 'UNKNOWN' ? screen.paint('red', one.reason) : one.reason,
    ]);
  const verdict =
    differences.length === 0
      ? screen.paint('green', 'The same person is first in all of them.')
      : `${differences.length} differ, ${unknown} without a known reason.`;
  return [
    `${spans} stretches from ${at(from)} to ${at(to)}.`,
    verdict,
    ...(rows.length > 0 ? ['', table(['team', 'from', 'for', 'theirs', 'ours', 'reason'], rows, screen)] : []),
    ...(differences.length > SHOWN ? [`… and ${differences.length - SHOWN} more: --json has all.`] : []),
    ...(reasons.length > 0 ? ['', ...reasons.map(([reason, words]) => lines(`${reason}: ${words}.`))] : []),
    ...notRendered(found).map(lines),
    ...found.withoutBothChanges.map((team) =>
      lines(
        `${clean(team)}: this time does not hold both changes of its clocks. Most differences show only there: use --for 52w.`,
      ),
    ),
  ].join('\n');
}

/** Team by team while a reader can take it in. */
const TEAMS_SHOWN = 5;

function notRendered({ notRendered: parts }: Comparison): string[] {
  const words = 'the export shows no turns, so our reading of their rule was compared';
  const teams = new Set(parts.map(({ team }) => team));
  if (teams.size > TEAMS_SHOWN) return [`For some time of ${teams.size} teams ${words}: --json has each.`];
  return parts.map((one) => `${clean(one.team)}: from ${at(one.from)} to ${at(one.to)} ${words}.`);
}
