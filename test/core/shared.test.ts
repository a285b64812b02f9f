/** All cases of a worker share the core: what one case does must not be there for the next (worker/worker.ts, CORE). */
import { caseAt } from '../support/cases';
import { commands } from '../../workflows/core/commands';
import { MOST } from '../../workflows/core/language/bounds';
import { NEED_KINDS, NEEDS } from '../../workflows/core/paging/needs';
import { rungsOf } from '../../workflows/core/paging/rungs';
import { en } from '../../workflows/core/words/en';
import { zh } from '../../workflows/core/words/zh';

test('what the modules keep is frozen in these tests, all the way down', () => {
  const kept: readonly object[] = [
    NEEDS,
    NEEDS.M1,
    NEEDS.M1.barred,
    NEED_KINDS,
    rungsOf({ engineer: 'lee' }, 'MANAGER'),
    rungsOf({ engineer: null }, 'MANAGER'),
    MOST,
    en,
    en.events,
    en.needs.M1.want,
    zh,
    zh.events,
    commands,
    commands.escalate,
    commands.escalate.roles,
  ];
  expect(kept.map((object) => Object.isFrozen(object))).toEqual(kept.map(() => true));
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
