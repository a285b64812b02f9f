/** B9, R40, R45, R49: what `tocsin directory check` finds, before a customer does. */
import fc from 'fast-check';
import { candidates } from '../../activities/directory/candidates';
import { momentsOf, readiness, type Finding } from '../../activities/directory/readiness';
import type { Directory, Person } from '../../activities/directory/types';
import { org } from '../support/org';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-11-24T12:00:00Z');
const CHANNELS = ['console', 'webhook'];

const change = (directory: Directory, id: string, changed: Partial<Person>): Directory => ({ ...directory, people: directory.people.map((person) => (person.id === id ? { ...person, ...changed } : person)) });
const check = (directory: Directory, hours = 24): Finding[] => readiness(directory, CHANNELS, NOON, NOON + hours * HOUR);
const about = (findings: readonly Finding[]): string[] => findings.map(({ who, need, reason, gravity }) => `${who} ${need} ${reason} ${gravity}`);

test('a company that is in order has no findings', () => expect(check(org())).toEqual([]));

test('a gap between windows is told with its whole length', () => {
  const directory = { ...org(), onCall: org().onCall.filter(({ team }) => team !== 'amer') };
  expect(check(directory)).toEqual([{ who: 'everybody', need: 'ON_CALL', reason: 'GAP', gravity: 'DEGRADED', from: NOON + 4 * HOUR, to: NOON + 12 * HOUR }]);
});

test('a manager who is away with everybody above leaves only the duty managers, for as long as that is so', () => {
  const away = [{ from: NOON + HOUR, to: NOON + 3 * HOUR }];
  const directory = ['ana', 'ben', 'vera'].reduce((sofar, id) => change(sofar, id, { away }), org());
  const findings = check(directory).filter(({ who }) => who === 'lee');
  expect(about(findings)).toEqual(['lee M1 ONLY_DUTY_MANAGERS DEGRADED', 'lee M2 NO_SECOND_LEVEL DEGRADED']);
  expect(findings.map(({ from, to }) => [from, to])).toEqual([[NOON + HOUR, NOON + 3 * HOUR], [NOON + HOUR, NOON + 3 * HOUR]]);
});

test.each([
  ['self-managed', { manager: 'lee' }],
  ['nobody', { manager: undefined }],
])('a chart that leads nowhere (%s) goes straight to the duty managers', (_how, { manager }) => {
  const { manager: _, ...lee } = org().people.find(({ id }) => id === 'lee') as Person;
  const directory = { ...org(), people: org().people.map((person) => (person.id === 'lee' ? { ...lee, ...(manager && { manager }) } : person)) };
  expect(about(check(directory).filter(({ who }) => who === 'lee'))).toEqual(['lee M1 ONLY_DUTY_MANAGERS DEGRADED', 'lee M2 NO_SECOND_LEVEL DEGRADED']);
});

test('people without a channel for urgent pages are as good as away, and it is said which it is', () => {
  const directory = ['ana', 'ben', 'vera'].reduce((sofar, id) => change(sofar, id, { channels: [] }), org());
  expect(about(check(directory).filter(({ who }) => who === 'lee'))).toEqual(['lee M1 NO_CHANNEL DEGRADED', 'lee M2 NO_CHANNEL DEGRADED']);
});

test('when the duty managers cannot be reached either, nobody can, and that is another matter', () => {
  const directory = ['ana', 'ben', 'vera', 'dora', 'dirk', 'eve'].reduce((sofar, id) => change(sofar, id, { channels: [] }), org());
  const findings = check(directory).filter(({ who }) => who === 'lee');
  expect(about(findings)).toEqual(['lee M1 NOBODY UNREACHABLE', 'lee M2 NOBODY UNREACHABLE']);
});

test('an engineer who is away without a delegate is told, one with a delegate is not', () => {
  const away = { from: NOON, to: NOON + HOUR };
  expect(about(check(change(org(), 'lee', { away: [away] })))).toEqual(['lee ENGINEER AWAY DEGRADED']);
  expect(check(change(org(), 'lee', { away: [{ ...away, delegate: 'kim' }] }))).toEqual([]);
});

test('at every moment, covered means that the look-up finds somebody', () => {
  const absence = fc.record({ who: fc.constantFrom('lee', 'ana', 'ben', 'vera', 'dora', 'dirk', 'eve'), from: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 1, max: 30 }) });
  fc.assert(
    fc.property(fc.array(absence, { maxLength: 8 }), fc.integer({ min: 0, max: 71 }), (absences, hour) => {
      const directory = absences.reduce<Directory>((sofar, { who, from, length }) => {
        const { away = [] } = sofar.people.find(({ id }) => id === who) ?? {};
        return change(sofar, who, { away: [...away, { from: NOON + from * HOUR, to: NOON + (from + length) * HOUR }] });
      }, org());
      const at = NOON + hour * HOUR + 1;
      const told = check(directory, 72).some(({ who, need, from, to }) => who === 'lee' && need === 'M1' && from <= at && at < to);
      const found = candidates(directory, { audience: 'MANAGER', engineer: 'lee', excluding: [] }, at).list.length > 0;
      expect(told).toBe(!found);
    }),
    { numRuns: 200 },
  );
});

test('a rotation is looked at on every day of it', () => {
  const [apac, ...rest] = org().onCall;
  const directory = { ...org(), onCall: apac ? [{ ...apac, rotation: { everyMs: 24 * HOUR, from: '2026-11-01' } }, ...rest] : rest };
  expect(momentsOf(directory, NOON, NOON + 72 * HOUR).map((at) => new Date(at).toISOString())).toEqual(expect.arrayContaining(['2026-11-25T00:00:00.000Z', '2026-11-26T00:00:00.000Z', '2026-11-27T00:00:00.000Z']));
});
