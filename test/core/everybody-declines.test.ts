/** D6, H2: everybody has said that they cannot. Asking all of them again at once would only ring. */
import { caseAt, MINUTE, type Fixture } from '../support/cases';
import type { Need } from '../../workflows/core/language/state';

const alertOf = (c: Fixture): Need | undefined => c.simulation.state.needs.find(({ kind }) => kind === 'E_DOWN_ALERT');

/** Whoever is asked for the alert thinks about it for so long, and cannot; until nobody is left. */
function allDecline(c: Fixture, afterMs: number): string[] {
  const asked: string[] = [];
  for (let turn = alertOf(c)?.turn; turn?.is === 'ASKED'; turn = alertOf(c)?.turn) {
    asked.push(turn.person);
    c.simulation.pass(afterMs);
    c.do('decline', turn.person);
  }
  return asked;
}

test.each([
  { each: 4 * MINUTE, atTheAlert: ['E_DOWN_ALERT rings maier'] },
  // Nobody's answer time is over since they said so: the alert is on record, and rings nobody.
  { each: MINUTE, atTheAlert: [] },
])('after $each ms each: they are let alone until the next alert, which keeps its cadence (R27)', (given) => {
  const c = caseAt({ emergency: true, engineer: null });
  expect(allDecline(c, given.each)).toEqual(['maier', 'lee', 'smith', 'jones', 'dora', 'dirk', 'eve']);
  expect(alertOf(c)?.turn.is).toBe('RESTING');

  const resting = c.sent;
  const { alertEveryMs } = c.simulation.state.policy.eDown;
  c.simulation.pass(alertEveryMs - (c.simulation.now % alertEveryMs) - 1);
  expect(c.heardSince(resting)).toEqual([]);
  const [alert] = c.simulation.pass(1).filter(({ type }) => type === 'EmergencyAlerted');
  expect(alert?.data).toMatchObject({ lateMs: 0 });
  expect(c.heardSince(resting)).toEqual(given.atTheAlert);
});
