/**
 * B8, B9: what holds for every rota. Between two edges the ladder is constant; shifts add up to the time in which the team is
 * open; and what is added from a day on changes nothing before that day.
 */
import fc from '../../support/random';
import { edges, ladderAt, layerShiftsBetween, stretchesBetween } from '../../../activities/directory/rota';
import { directoryFrom } from '../../../worker/config';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PEOPLE = ['lee', 'kim', 'sato', 'maier', 'rossi'];
/** Three weeks around a change of clocks of both Berlin and New York. */
const FROM = Date.parse('2026-10-17T00:00:00Z');
const TO = FROM + 21 * DAY_MS;
const JOINS = '2026-10-29';

const clock = fc
  .integer({ min: 0, max: 95 })
  .map(
    (quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`,
  );
const days = fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], { minLength: 1 });
const windows = fc.oneof(
  fc.constant('always' as const),
  fc.array(fc.record({ days, from: clock, to: clock }), { minLength: 1, maxLength: 3 }),
);
const place = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...PEOPLE) },
  { weight: 1, arbitrary: fc.constant('nobody') },
);
const places = fc.array(place, { minLength: 1, maxLength: 5 });
const every = fc.constantFrom('12h', '7h', 'day', '3 days', 'week', '2 weeks', 'month', 'shift');
const rotation = fc.tuple(every, fc.option(clock, { nil: undefined })).map(([length, at]) => ({
  every: length,
  from: '2026-10-05',
  ...(at !== undefined && length !== 'shift' && { at }),
}));
const instant = fc
  .integer({ min: 0, max: 21 * 24 * 4 })
  .map((quarter) => new Date(FROM + quarter * (HOUR_MS / 4)).toISOString());
const override = fc
  .tuple(
    fc.constantFrom(...PEOPLE),
    fc.constantFrom(...PEOPLE),
    instant,
    fc.integer({ min: 1, max: 96 }),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([person, other, from, hours, form]) => {
    const span = { from, to: new Date(Date.parse(from) + hours * HOUR_MS).toISOString() };
    if (form === 0) return { off: person, ...span };
    if (form === 1) return { person, instead: other, ...span };
    return { person, ...span, ...(form === 2 && { open: true }) };
  });
const team = fc.record({
  timezone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo'),
  windows,
  people: places,
  rotation,
  overrides: fc.array(override, { maxLength: 3 }),
});
type Written = Omit<typeof team extends fc.Arbitrary<infer T> ? T : never, 'people'> & {
  readonly people: readonly unknown[];
};

function made(written: Written) {
  const [first] = directoryFrom({
    people: [...PEOPLE, 'new'].map((id) => ({ id, name: id })),
    dutyManagers: ['lee'],
    onCall: [{ team: 't', ...written }],
  }).onCall;
  if (!first) throw new Error('no team');
  return first;
}

test('between two edges the ladder is constant', () => {
  fc.assert(
    fc.property(
      team,
      fc.array(fc.integer({ min: 0, max: TO - FROM }), { minLength: 40, maxLength: 40 }),
      (written, offsets) => {
        const rota = made(written);
        const cuts = [FROM, ...edges(rota, FROM, TO)];
        for (const offset of offsets) {
          const at = FROM + offset;
          const begins = cuts.findLast((cut) => cut <= at) ?? FROM;
          expect(ladderAt(rota, at)).toEqual(ladderAt(rota, begins));
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('the shifts of those who are first are the time in which the team is open', () => {
  const sum = (spans: readonly { readonly from: number; readonly to: number }[]): number =>
    spans.reduce((total, { from, to }) => total + (to - from), 0);
  fc.assert(
    fc.property(team, (written) => {
      const rota = made(written);
      expect(sum(layerShiftsBetween(rota, FROM, TO))).toBe(sum(stretchesBetween(rota, FROM, TO)));
    }),
    { numRuns: 100 },
  );
});

test('whoever joins, a layer and an override change nothing before their time', () => {
  fc.assert(
    fc.property(
      team,
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 12 * 24 * 4 }),
      (written, index, quarter) => {
        const at = FROM + quarter * (HOUR_MS / 4);
        // The day itself begins at the hand-off time, at most a day later or earlier by another zone.
        if (at > Date.parse(`${JOINS}T00:00:00Z`) - DAY_MS) return;
        const before = ladderAt(made(written), at);
        const joined = written.people.toSpliced(index, 0, { person: 'new', since: JOINS } as never);
        expect(ladderAt(made({ ...written, people: joined }), at)).toEqual(before);
        const later = { person: 'new', from: `${JOINS}T00:00:00Z`, to: '2026-11-30T00:00:00Z', open: true };
        expect(ladderAt(made({ ...written, overrides: [...written.overrides, later] }), at)).toEqual(before);
        const { people, rotation: turns, ...rest } = written;
        const layers = [
          { layer: 'one', people, rotation: turns },
          { layer: 'two', people: ['new'], since: JOINS },
        ];
        expect(ladderAt(made({ ...rest, layers } as never), at)).toEqual(before);
      },
    ),
    { numRuns: 150 },
  );
});
