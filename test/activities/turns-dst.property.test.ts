/**
 * B9: a turn is never given back. Whatever its length, turns change where the clock on the wall says so: also on the days
 * on which clocks change, where a time that is skipped is the moment of the change, and one that comes twice the first.
 */
import fc from '../support/random';
import { instantOf, localDay } from '../../activities/directory/local-time';
import { ladderAt } from '../../activities/directory/rota';
import { teamOf } from '../support/paging';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const CHANGES = [
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Europe/Berlin', '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  // Midnight itself is skipped, or comes twice; in St. John's clocks went back a minute after it, into the day before.
  ['Africa/Cairo', '2026-04-23T22:00Z'],
  ['America/Santiago', '2026-04-05T03:00Z'],
  ['America/St_Johns', '2010-11-07T02:31Z'],
] as const;

const PEOPLE = ['lee', 'kim', 'sato', 'maier', 'rossi', 'smith', 'jones'];

test.each(CHANGES)('%s around %s', (zone, text) => {
  const change = Date.parse(text);
  const firstDay = localDay(zone, change) - 2 * DAY_MS;
  const start = new Date(firstDay).toISOString().slice(0, 10);
  const nearTheChange = Array.from({ length: 300 }, (_, index) => change + (index - 120) * MINUTE_MS);
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom(60, 360, 480, 720, 1_440), fc.integer({ min: 30, max: 2_000 })),
      (everyMinutes) => {
        const team = {
          ...teamOf('t', zone, '00:00-24:00', ...PEOPLE),
          rotation: { every: { unit: 'MINUTES' as const, count: everyMinutes }, from: start },
        };
        const begins = Array.from({ length: Math.ceil((4 * 1_440) / everyMinutes) }, (_, turn) =>
          instantOf(zone, firstDay, turn * everyMinutes),
        );
        for (const time of [...begins.flatMap((begin) => [begin - 1, begin]).slice(1, -1), ...nearTheChange]) {
          const turn = begins.findLastIndex((begin) => begin <= time);
          const [first] = ladderAt(team, time);
          if (first !== PEOPLE[turn % PEOPLE.length])
            throw new Error(`${new Date(time).toISOString()}: ${first}, and it is turn ${turn}`);
        }
      },
    ),
    { numRuns: 20 },
  );
});
