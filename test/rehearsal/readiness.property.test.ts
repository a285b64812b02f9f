/**
 * B9, R40, R45, R49: whatever the chart, the rota and the leave are, readiness says of each moment what the look-up of a
 * page says at that moment: within a finding, at both of its ends, and where there is none.
 */
import fc from '../support/random';
import { usable } from '../../activities/channels/usable';
import { candidates, chainOf } from '../../activities/directory/candidates';
import type { Absence, Channel, Directory, Person, Team } from '../../activities/directory/types';
import type { Audience } from '../../workflows/core/language/vocabulary';
import { engineersOf } from '../../rehearsal/readiness/problems';
import { readiness } from '../../rehearsal/readiness/readiness';
import { directoryOf, EVERY_DAY, someone } from '../support/paging';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Around changes of clocks, where a rota has gaps that it has on no other day. */
const STARTS = ['2026-03-07T12:00Z', '2026-03-28T12:00Z', '2026-10-24T12:00Z', '2026-10-31T12:00Z'].map((text) =>
  Date.parse(text),
);
const HOURS = 60;
const IDS = ['lee', 'kim', 'ana', 'ben', 'vera', 'dora', 'dirk', 'eve'];
const URGENT = ['console'];

const id = fc.constantFrom(...IDS);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const clock = fc
  .integer({ min: 0, max: 95 })
  .map(
    (quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`,
  );
const span = (start: number) =>
  fc
    .record({ from: fc.integer({ min: -5, max: HOURS }), length: fc.integer({ min: 1, max: 40 }) })
    .map(({ from, length }) => ({ from: start + from * HOUR, to: start + (from + length) * HOUR }));
const absence = (start: number): fc.Arbitrary<Absence> =>
  fc
    .tuple(span(start), maybe(id))
    .map(([times, delegate]) => ({ ...times, ...(delegate !== undefined && { delegate }) }));
const channels = fc.constantFrom<Channel[][]>(
  [{ kind: 'console' }],
  [{ kind: 'console' }],
  [],
  [{ kind: 'webhook', url: 'http://phone' }],
);

const person =
  (start: number) =>
  (name: string): fc.Arbitrary<Person> =>
    fc
      .record({ manager: maybe(id), away: fc.array(absence(start), { maxLength: 2 }), channels })
      .map(({ manager, ...rest }) => someone(name, { ...rest, ...(manager !== undefined && { manager }) }));

const team =
  (start: number) =>
  (name: string): fc.Arbitrary<Team> =>
    fc
      .record({
        timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
        windows: fc.array(fc.record({ days: fc.constant(EVERY_DAY), from: clock, to: clock }), {
          minLength: 1,
          maxLength: 2,
        }),
        people: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }),
        overrides: fc.array(
          fc.tuple(id, span(start)).map(([who, times]) => ({ person: who, ...times })),
          { maxLength: 1 },
        ),
        rotation: maybe(fc.constant({ every: { unit: 'MINUTES' as const, count: 7 * 60 }, from: '2026-01-05' })),
      })
      .map(({ rotation, ...rest }) => ({ team: name, ...rest, ...(rotation && { rotation }) }));

const company = fc.constantFrom(...STARTS).chain((start) =>
  fc.record({
    start: fc.constant(start),
    directory: fc
      .record({
        people: fc.tuple(...IDS.map(person(start))),
        dutyManagers: fc.uniqueArray(id, { minLength: 1, maxLength: 2 }),
        dutyExecutive: fc.uniqueArray(id, { maxLength: 1 }),
        onCall: fc.tuple(team(start)('a'), team(start)('b')),
      })
      .map(({ people, ...lists }): Directory => directoryOf(people, lists)),
    minutes: fc.array(fc.integer({ min: 0, max: HOURS * 60 - 1 }), { minLength: 5, maxLength: 5 }),
  }),
);

/** Whom pages of these audiences would reach, one after the other, at this moment. */
const reached = (
  directory: Directory,
  now: number,
  audiences: readonly Audience[],
  engineer: string | null,
  excluding: readonly string[] = [],
): string[] =>
  audiences.flatMap((audience) =>
    candidates(directory, { audience, excluding }, { engineer }, now)
      .list.filter(({ person: { channels: has } }) => usable(has, URGENT).length > 0)
      .map(({ person: { id: who } }) => who),
  );

/** The chart as far as this person: nobody above them can be found. */
const cutAbove = (directory: Directory, top: string | undefined): Directory => ({
  ...directory,
  dutyExecutive: [],
  people: directory.people.map((entry) => (entry.id === top ? (({ manager: _, ...rest }) => rest)(entry) : entry)),
});

/** The chart comes back to somebody below. */
const isCircle = (directory: Directory, engineer: string): boolean => {
  const chain = [engineer, ...chainOf(directory, engineer)];
  const last = chain.at(-1);
  const above = directory.people.find((entry) => entry.id === last)?.manager;
  return above !== undefined && above !== last && chain.includes(above);
};

test('readiness says of every moment what the look-up finds at that moment', () => {
  fc.assert(
    fc.property(company, ({ start, directory, minutes }) => {
      const end = start + HOURS * HOUR;
      const findings = readiness(directory, { channels: { urgent: URGENT, normal: URGENT } }, start, end);
      // Where something begins or ends is where a mistake would be.
      const edges = findings
        .flatMap(({ from, to }) => [from - 1, from, to - 1, to])
        .filter((at) => at >= start && at < end);
      for (const now of new Set([...minutes.map((minute) => start + minute * MINUTE), ...edges.slice(0, 40)])) {
        const told = (who: string, what: string) =>
          findings.filter(
            (finding) => finding.who === who && finding.what === what && finding.from <= now && now < finding.to,
          );
        const isUnreachable = (who: string, what: string): boolean =>
          told(who, what).some(({ severity }) => severity === 'UNREACHABLE');

        expect(isUnreachable('any case', 'ON_CALL')).toBe(
          reached(directory, now, ['ON_CALL', 'DUTY_MANAGER'], null).length === 0,
        );
        expect(isUnreachable('any case', 'DUTY_MANAGERS')).toBe(
          reached(directory, now, ['DUTY_MANAGER'], null).length === 0,
        );
        const isOnCall = candidates(
          directory,
          { audience: 'ON_CALL', excluding: [] },
          { engineer: null },
          now,
        ).list.some((entry) => entry.team !== undefined);
        if (isOnCall) expect(told('any case', 'ON_CALL').filter(({ reason }) => reason !== 'NO_CHANNEL')).toEqual([]);
        else expect(told('any case', 'ON_CALL')).toHaveLength(1);

        for (const engineer of engineersOf(directory)) {
          const [direct, second] = chainOf(directory, engineer);
          const [m1] = reached(directory, now, ['MANAGER', 'DUTY_MANAGER'], engineer, [engineer]);
          const taken = m1 === undefined ? [engineer] : [engineer, m1];
          expect(isUnreachable(engineer, 'M1')).toBe(m1 === undefined);
          expect(isUnreachable(engineer, 'M2')).toBe(
            reached(directory, now, ['SECOND_LEVEL_MANAGER', 'DUTY_EXECUTIVE', 'DUTY_MANAGER'], engineer, taken)
              .length === 0,
          );
          expect(isUnreachable(engineer, 'ENGINEER')).toBe(
            reached(directory, now, ['ENGINEER', 'MANAGER', 'DUTY_MANAGER'], engineer).length === 0,
          );

          // Nothing is said exactly when the one who should be asked, or whoever stands in, is there and can be paged.
          const asked = reached(cutAbove(directory, direct), now, ['MANAGER'], engineer);
          expect(told(engineer, 'M1')).toHaveLength(asked.length > 0 ? 0 : 1);
          const secondAsked =
            direct === second || isCircle(directory, engineer)
              ? []
              : reached(cutAbove(directory, second), now, ['SECOND_LEVEL_MANAGER'], engineer, taken);
          expect(told(engineer, 'M2')).toHaveLength(secondAsked.length > 0 ? 0 : 1);
        }
      }
    }),
    { numRuns: 60 },
  );
});
