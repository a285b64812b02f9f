/** All cases of a worker share the core: what one case does must not be there for the next (worker/worker.ts, CORE). */
import { caseAt } from '../support/cases';
import { RUNGS } from '../../workflows/case/ladder';
import { evolveContacts } from '../../workflows/case/contacts';
import { commands } from '../../workflows/case/commands';

test('what the modules keep is frozen in these tests, all the way down', () => {
  const kept: readonly object[] = [RUNGS, RUNGS.MANAGER, evolveContacts, commands, commands.escalate, commands.escalate.roles];
  for (const object of kept) expect(Object.isFrozen(object)).toBe(true);
});

test('two cases that take turns are what each would be alone', () => {
  const acts = [
    (c: ReturnType<typeof caseAt>) => c.declareEDown(),
    (c: ReturnType<typeof caseAt>) => c.do('escalate', 'maria'),
    (c: ReturnType<typeof caseAt>) => c.do('handOver', 'lee', { to: 'kim', state: 'a', tried: 'b', nextStep: 'c' }),
    (c: ReturnType<typeof caseAt>) => (c.simulation.pass(3_600_000), c),
    (c: ReturnType<typeof caseAt>) => c.do('confirmWorkableSystem', 'pat'),
  ];
  const alone = caseAt({ severity: 1 });
  for (const act of acts) act(alone);
  const [one, other] = [caseAt({ severity: 1 }), caseAt({ severity: 3, level: 'M1', accepted: true, emergency: true })];
  for (const act of acts) {
    act(one);
    other.simulation.pass(600_000);
    other.give('updateContacts', 'maria', { add: [{ name: 'zoe', reach: 'ON_SITE' }] });
    other.give('escalate', 'maria', { dissatisfaction: 'No plan.' });
  }
  expect(one.simulation.state).toEqual(alone.simulation.state);
});
