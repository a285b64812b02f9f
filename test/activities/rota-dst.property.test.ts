/**
 * B9, R27: a rota without gaps has none when clocks change, and no overlap either. Three teams share the day between
 * them; every minute around a change belongs to exactly one of them, wherever the day is cut.
 */
import fc from '../support/random';
import { stretchesBetween } from '../../activities/directory/rota';
import { dutyAt, teamOf } from '../support/paging';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const CHANGES = [
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Europe/Berlin', '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00Z'],
  ['America/Santiago', '2026-09-06T04:00Z'],
] as const;

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Where the day is cut: often in the small hours, where clocks change. */
const cuts = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 239 }), fc.integer({ min: 0, max: 1439 })), {
    minLength: 3,
    maxLength: 3,
  })
  .map((list) => list.sort((a, b) => a - b).map(clock));

test.each(CHANGES)('%s around %s', (zone, change) => {
  const [from, to] = [Date.parse(change) - DAY_MS, Date.parse(change) + DAY_MS];
  fc.assert(
    fc.property(cuts, fc.integer({ min: 0, max: (2 * DAY_MS) / MINUTE_MS - 1 }), ([a = '', b = '', c = ''], pick) => {
      const teams = [
        teamOf('a', zone, `${a}-${b}`, 'lee'),
        teamOf('b', zone, `${b}-${c}`, 'lee'),
        teamOf('c', zone, `${c}-${a}`, 'lee'),
      ];
      const stretches = teams.map((team) => stretchesBetween(team, from, to));
      for (let minute = from; minute < to; minute += MINUTE_MS) {
        const onCall = stretches.map((list) => list.some((stretch) => stretch.from <= minute && minute < stretch.to));
        if (onCall.filter(Boolean).length !== 1) throw new Error(`${new Date(minute).toISOString()}: ${onCall.join()}`);
      }
      const now = from + pick * MINUTE_MS;
      const open = teams.map((team) => dutyAt(team, now)).filter((duty) => duty.open);
      expect(open).toHaveLength(1);
      // Whoever is on call hands over to somebody who is on call from that moment.
      const endsAt = open[0]?.open ? open[0].endsAt : null;
      expect(endsAt).not.toBeNull();
      expect(teams.filter((team) => dutyAt(team, endsAt ?? 0).open)).toHaveLength(1);
    }),
    { numRuns: 100 },
  );
});
