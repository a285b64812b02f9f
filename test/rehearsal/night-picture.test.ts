/** docs/images/night.svg: a night as the rules give it, drawn from a rehearsal. `npm run docs:night` draws it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { personOf } from '../../activities/directory/present';
import { shipped, type Scenario } from '../../rehearsal/scenario';
import { Night } from '../../rehearsal/night';
import { EXAMPLE, loadConfig } from '../../worker/config';
import { swimlanes, type Lane } from '../support/night-picture';

const FILE = join(__dirname, '..', '..', 'docs', 'images', 'night.svg');
const MINUTE = 60_000;
/** Three in the morning in Tokyo, for the customer. */
const START = Date.parse('2026-11-29T18:00:00Z');
const HOURS = 1;

const ACME = loadConfig(EXAMPLE);
const NIGHT: Scenario = {
  ...shipped('nobody', { engineer: 'eng-lee', timezone: 'Asia/Tokyo', start: START, caseNumber: 'C1234567' }, HOURS),
  people: { 'mgr-ben': { answersAfterMs: 4 * MINUTE } },
};

const minuteOf = (at: number | string): number => ((typeof at === 'string' ? Date.parse(at) : at) - START) / MINUTE;

/** Whoever was told something, in the order in which they heard of it first. */
function lanes(): Lane[] {
  const { run, heard } = new Night(ACME, NIGHT).play();
  const taken = run.events.flatMap((event) =>
    event.type === 'PageAcknowledged' ? [{ person: event.data.person, minute: minuteOf(event.at) }] : [],
  );
  const byPerson = new Map<string, Lane>();
  for (const { at, result } of heard) {
    if (result.outcome !== 'ACCEPTED' || minuteOf(at) >= HOURS * 60) continue;
    const { person, mode } = result;
    const { name, timezone } = personOf(ACME.directory, person) ?? { name: 'Their contact', timezone: 'Asia/Tokyo' };
    const lane = byPerson.get(person) ?? { name, timezone: timezone ?? 'UTC', heard: [], hasItFrom: null };
    const hasItFrom = taken.find((entry) => entry.person === person)?.minute ?? null;
    byPerson.set(person, {
      ...lane,
      hasItFrom,
      heard: [...lane.heard, { minute: minuteOf(at), isRing: mode === 'RING' }],
    });
  }
  return [...byPerson.values()];
}

test('the picture of a night is what the rules give', () => {
  const picture = swimlanes(lanes(), { start: START, minutes: HOURS * 60, clock: 'Asia/Tokyo' });
  if (process.env['REWRITE_DOCS']) writeFileSync(FILE, picture);
  expect(readFileSync(FILE, 'utf8')).toBe(picture);
});
