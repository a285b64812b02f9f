/** A rota, rendered as each vendor would, imported: the same person is first in every minute of 52 weeks. */
import fc, { MORE } from '../support/random';
import { parseDirectory } from '../../worker/config';
import { compare } from '../../cli/moving-in/compare/compare';
import { move } from '../../cli/moving-in/move';
import { WAYS_IN } from '../../cli/moving-in/vendors';
import type { Vendor } from '../../cli/moving-in/model/export';
import { EVERY_DAY, type PlainRota } from '../support/moving-in/rota';
import { RENDERED_AS, TEAM_OF_FIVE } from '../support/moving-in/team-of-five';

const WEEK_MS = 7 * 86_400_000;

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Santiago',
  'UTC',
);
/** Not between 0 and 4: what a vendor does in an hour that comes twice, or never, nobody has proved. */
const hour = fc.integer({ min: 5, max: 22 });
const hours = fc.oneof(
  fc.constant(undefined),
  fc
    .record({ days: fc.constantFrom(EVERY_DAY, [1, 2, 3, 4, 5], [6, 7], [1, 3, 5]), from: hour, to: hour })
    .filter(({ from, to }) => from !== to),
);
const order = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 5 });

/** What each of them can express. */
const units: Readonly<Record<string, readonly PlainRota['unit'][]>> = {
  pagerduty: ['hour', 'day', 'week'],
  opsgenie: ['hour', 'day', 'week'],
  grafana: ['day', 'week', 'month'],
  goalert: ['hour', 'day', 'week', 'month'],
  ical: ['hour', 'day', 'week', 'month'],
};

const rotaOf = (vendor: string): fc.Arbitrary<PlainRota> =>
  fc
    .record({
      zone,
      order,
      unit: fc.constantFrom(...(units[vendor] ?? [])),
      count: fc.integer({ min: 1, max: 3 }),
      day: fc.integer({ min: 1, max: 28 }),
      at: hour,
      hours,
    })
    .map(({ day, at, hours: open, unit, count, ...rest }): PlainRota => {
      // Grafana says hours and turns in one rule: only weeks of days, begun at midnight, can be told apart.
      // Twelve hours later has to be by day as well.
      const begin = unit === 'hour' && at >= 12 && at <= 16 ? at - 5 : at;
      const isGrafanas = vendor === 'grafana' && open !== undefined;
      return {
        id: 'rota',
        name: 'Rota',
        ...rest,
        unit: isGrafanas ? 'week' : unit,
        count: unit === 'hour' ? count * 12 : isGrafanas ? 1 : count,
        start: `2026-10-${String(day).padStart(2, '0')}T${String(isGrafanas ? 0 : begin).padStart(2, '0')}:00`,
        ...(open && { hours: open }),
      };
    });

it.each(Object.keys(units))('%s', (vendor) => {
  fc.assert(
    fc.property(rotaOf(vendor), (rota) => {
      const account = { ...TEAM_OF_FIVE, rotas: [rota], overrides: [] };
      const now = account.from + 2 * 86_400_000;
      const answers = Object.entries(RENDERED_AS[vendor]?.(account) ?? {}).map(([name, content]) => ({
        name,
        content,
      }));
      const window = { from: now, to: now + 52 * WEEK_MS };
      const moved = WAYS_IN[vendor as Vendor].read(answers, window);
      const text = move(moved, now).files['directory.yaml'] ?? '';
      const found = compare(moved, parseDirectory(text, 'directory.yaml', {}), window);
      expect(found.differences.map((one) => ({ ...one, from: new Date(one.from).toISOString() }))).toEqual([]);
      expect(found.spans).toBeGreaterThan(1);
    }),
    { numRuns: MORE * 25 },
  );
});
