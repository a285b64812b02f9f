/** A schedule that no rule of ours says: its turns, one after the other, with dates. */
import type { TheirSchedule } from '../model/export';
import { theirSpans } from '../reading/schedule';
import { dayOf, type Wanted, type WrittenTeam } from './team-yaml';
import { daysLater, timeText } from './words';

/** How far ahead dated turns are written out: a comparison of 52 weeks holds for two months, and then it is time to import again. */
const WRITTEN_OUT_DAYS = 60 * 7;

/** Turn by turn, as the vendor shows them and as we read its rule behind that. The last one is nobody's. */
export function dated(
  schedule: TheirSchedule,
  name: string,
  why: string,
  { people, now, report }: Wanted,
): WrittenTeam[] {
  const { zone } = schedule;
  const end = daysLater(now, WRITTEN_OUT_DAYS);
  const spans = theirSpans(schedule, { from: now, to: end }).filter((span) => span.people.length > 0);
  const turns: object[] = [];
  // Until the first of them nobody is on call: without a word for it the order of turns would hold.
  let before = now;
  for (const { from, to, people: ids } of spans) {
    if (before < from) turns.push({ from: timeText(zone, before), nobody: true });
    const [first = ''] = ids;
    turns.push({ from: timeText(zone, from), person: people.idOf(first) });
    before = to;
  }
  if (spans.length === 0) {
    report.add(
      'schedule',
      schedule.id,
      'LEFT_OUT',
      `${schedule.name}: ${why}, and nobody is on call in it from now on.`,
    );
    return [];
  }
  turns.push({ from: timeText(zone, before), nobody: true });
  report.add(
    'schedule',
    schedule.id,
    'DIFFERENT',
    `${why}. The turns are written out by dates until ${dayOf(before)}; after that nobody is on call.`,
  );
  for (const { id, name: layer } of schedule.layers)
    report.add('layer', id, 'DIFFERENT', `${layer} is in the dated turns.`);
  for (const { id } of schedule.overrides.filter(({ to }) => to > now))
    report.add('override', id, 'SAME', 'It is in the dated turns.');
  const all = [...new Set(spans.flatMap(({ people: ids }) => ids).map((id) => people.idOf(id)))];
  return [
    {
      yaml: { team: name, timezone: zone, windows: 'always', people: all, turns },
      comment: [`${schedule.name} (${schedule.id}), written out by dates: ${why}`, schedule.hint ?? []]
        .flat()
        .join('. '),
    },
  ];
}
