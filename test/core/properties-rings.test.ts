/** What rings, what asks, and what is only word, in every life of a case: H2, H3, H5, R45. */
import fc from '../support/random';
import { isOffShift } from '../../activities/directory/on-call';
import { asksOf, holderOf, needOf, personOf } from '../../workflows/core/paging/find';
import type { CaseState } from '../../workflows/core/language/state';
import type { PageResult } from '../../workflows/core/language/page';
import { acts, commandOf, livesWith, byWhoIsAsked, type Act } from '../support/life';
import { inEveryLife, type Out } from '../support/lives';
import { completeAnswers } from '../support/story';

const MINUTE = 60_000;

/** What a provider has taken: the others reach nobody. */
const taken = (out: readonly Out[]): (Out & { result: Extract<PageResult, { outcome: 'ACCEPTED' }> })[] =>
  out.flatMap((sent) => (sent.result.outcome === 'ACCEPTED' ? [{ ...sent, result: sent.result }] : []));

const busy = livesWith(byWhoIsAsked(['acknowledge', 'decline', 'recordProgress', 'acceptEscalation']));

test('H3 a ring or an ask asks for something, and a ring for something that nobody has', () => {
  const seen = { rings: 0, asks: 0 };
  inEveryLife(
    ({ out }) => {
      for (const { result, state, at } of taken(out)) {
        const { mode, asks, person } = result;
        if (mode === 'WORD') continue;
        seen[mode === 'RING' ? 'rings' : 'asks'] += 1;
        expect({ at, person, mode, asks: asks.length }).not.toMatchObject({ asks: 0 });
        const free = asks.filter((key) => {
          const need = needOf(state, key);
          return need !== undefined && (holderOf(need) === null || asksOf(state, person).includes(need));
        });
        if (mode === 'RING') expect({ at, person, asks, free: free.length }).not.toMatchObject({ free: 0 });
      }
    },
    { runs: 25, lives: busy },
  );
  expect(seen.rings).toBeGreaterThan(150);
  expect(seen.asks).toBeGreaterThan(150);
});

test('H3 word asks nothing of whoever is asked nothing, and says no more than what their page asks', () => {
  const seen = { word: 0, ofOpenPages: 0 };
  inEveryLife(
    ({ out }) => {
      for (const { result, state, order } of taken(out)) {
        const { mode, asks, person } = result;
        if (mode !== 'WORD') continue;
        seen.word += 1;
        // What another ladder would bring them is a line of the page that they have (H2).
        const said = [order, ...order.beside].flatMap((other) => other.asks.map(({ key }) => key));
        const lines = [...asksOf(state, person).map(({ key }) => key), ...said];
        if (asksOf(state, person).length === 0) expect({ person, asks }).toEqual({ person, asks: [] });
        else seen.ofOpenPages += 1;
        expect(asks.filter((key) => !lines.includes(key))).toEqual([]);
      }
    },
    { runs: 25, lives: busy },
  );
  expect(seen.word).toBeGreaterThan(150);
  expect(seen.ofOpenPages).toBeGreaterThan(10);
});

test('R45 no message and no page asks one person for both levels', () => {
  let both = 0;
  inEveryLife(
    ({ out, after }) => {
      const areBoth = (keys: readonly string[]): boolean => keys.includes('M1') && keys.includes('M2');
      if (after.needs.filter(({ kind }) => kind === 'M1' || kind === 'M2').length === 2) both += 1;
      for (const { result } of taken(out))
        expect({ ...result, both: areBoth(result.asks) }).toMatchObject({ both: false });
      for (const { person, says } of after.pages) {
        const lines = says.map(({ need }) => need);
        expect({ person, lines, both: areBoth(lines) }).toMatchObject({ both: false });
      }
    },
    {
      runs: 25,
      lives: livesWith(
        fc.oneof(
          commandOf(['escalate'], fc.constant('maria')).map((act) => ({
            ...act,
            input: { ...act.input, dissatisfaction: 'Nobody called us.', level: undefined },
          })),
          commandOf(['escalate'], fc.constant('maria')).map((act) => ({
            ...act,
            input: { ...act.input, dissatisfaction: 'Nobody called us.', level: 'M2' },
          })),
          commandOf(
            ['decline', 'acceptEscalation', 'acknowledge'],
            fc.constantFrom('ana', 'ben', 'vera', 'dora', 'eve'),
          ),
        ),
      ),
    },
  );
  expect(both).toBeGreaterThan(50);
});

/** Round-the-clock work, from a morning through its shifts. */
const roundTheClock: fc.Arbitrary<Act[]> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: byWhoIsAsked(['acknowledge', 'recordProgress', 'handOver', 'acceptHandOver']) },
      { weight: 1, arbitrary: acts(1, 1).map(([act]) => act as Act) },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('pass' as const),
          ms: fc.constantFrom(MINUTE, 31 * MINUTE, 4 * 60 * MINUTE),
        }),
      },
    ),
    { minLength: 8, maxLength: 14 },
  )
  .map((life) => [
    {
      kind: 'command',
      name: 'changeSeverity',
      page: 5,
      input: { by: 'maria', role: 'CUSTOMER', severity: 0, eDown: completeAnswers() },
    },
    ...life,
    { kind: 'command', name: 'confirmWorkableSystem', page: 5, input: { by: 'maria', role: 'CUSTOMER' } },
  ]);

/** Whoever gives a hand-over has it until somebody has accepted, and whoever it is offered to is asked before they come on (B8). */
const isStillAtIt = (state: CaseState, person: string): boolean => {
  const alerts = needOf(state, 'E_DOWN_ALERT');
  const { from = null, offer = null } = state.handOver ?? {};
  return [alerts ? holderOf(alerts) : null, from, offer?.to ?? null].includes(person);
};

test('H5 whoever’s shift or part has ended hears that the emergency has ended, and is neither rung nor asked before their next shift', () => {
  const seen = { off: 0, told: 0 };
  inEveryLife(
    ({ out, phones, steps }) => {
      for (const { result, state, at } of taken(out)) {
        const { person, mode, asks } = result;
        if (state.emergency.is !== 'ACTIVE') continue;
        if (state.people.some(({ isOff }) => isOff)) seen.off += 1;
        if (personOf(state, person)?.isOff !== true) continue;
        if (!isOffShift(phones.company(), person, at) || isStillAtIt(state, person)) continue;
        expect({ person, at, mode, asks }).toEqual({ person, at, mode: 'WORD', asks: [] });
      }
      for (const { before, decision } of steps) {
        const [ended] = decision.events.filter(({ type }) => type === 'EmergencyEnded');
        if (!ended) continue;
        const off = before.people.filter(({ id, isOff, ofEmergency }) => isOff && ofEmergency && id !== ended.by);
        const told = decision.send.flatMap(({ wanted, tells }) =>
          tells.some(({ purpose }) => purpose === 'E_DOWN_ENDED') ? [wanted.person] : [],
        );
        seen.told += off.length;
        expect(told).toEqual(expect.arrayContaining(off.map(({ id }) => id)));
      }
    },
    { lives: roundTheClock, runs: 15 },
  );
  expect(seen.off).toBeGreaterThan(25);
  expect(seen.told).toBeGreaterThan(1);
});
