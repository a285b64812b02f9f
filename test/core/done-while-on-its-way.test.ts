/**
 * H3: whoever has done what a page asks, while that page was on its way to them, is not told of it: they know best. A provider may
 * say that it has the page long after it has rung.
 */
import type { PageOrder } from '../../workflows/core/language/page';
import { caseAt, MINUTE, type Fixture } from '../support/cases';
import { completeAnswers } from '../support/story';

/** Ten seconds until the provider says that it has a page, which has rung at once. */
function slowly(c: Fixture): Fixture {
  const page = c.phones.page.bind(c.phones);
  c.phones.page = (order: PageOrder, now: number) => ({ ...page(order, now), afterMs: 10_000 });
  c.simulation.isTooLateToCallBack = () => true;
  return c;
}

test.each<[string, () => Fixture, string, (c: Fixture) => void]>([
  [
    'a hand-over is accepted by who is to have it',
    () => caseAt({ severity: 1 }),
    'smith',
    (c) => {
      c.do('handOver', 'lee', { to: 'smith', state: 'Down.', tried: 'Restarts.', nextStep: 'Read the dump.' });
      c.simulation.pass(2_000);
      c.do('acceptHandOver', 'smith');
    },
  ],
  [
    'M1 is taken by who is asked for it',
    () => caseAt({ severity: 1 }),
    'ana',
    (c) => {
      c.do('escalate', 'maria');
      c.simulation.pass(2_000);
      c.do('acceptEscalation', 'ana');
    },
  ],
  [
    'the manager who is asked to assign somebody does so',
    () => caseAt({ severity: 1, engineer: null }),
    'dora',
    (c) => {
      c.simulation.pass(2_000);
      c.do('assignEngineer', 'dora', { engineer: 'lee' });
    },
  ],
  [
    'whoever is asked to call a contact has called',
    () => caseAt({ severity: 1, level: 'M1', accepted: true }),
    'ana',
    (c) => {
      c.do('requestManagerContact', 'maria');
      c.simulation.pass(2_000);
      c.do('recordCustomerContact', 'ana', { how: 'PHONE', outcome: 'REACHED', summary: 'She is told what we do.' });
    },
  ],
  [
    'whoever is asked closes the case',
    () => caseAt({ severity: 2 }),
    'lee',
    (c) => {
      c.do('changeSeverity', 'maria', { severity: 1 });
      c.simulation.pass(2_000);
      c.do('closeCase', 'lee', { resolution: 'A bad disk.', customerAgreed: true });
    },
  ],
  [
    'whoever is asked to call back about an E-Down declares it',
    () => caseAt({ severity: 1 }),
    'lee',
    (c) => {
      c.do('requestEDown', 'maria');
      c.simulation.pass(2_000);
      c.do('changeSeverity', 'lee', { severity: 0, eDown: completeAnswers() });
    },
  ],
])('%s', (_, given, person, when) => {
  const c = slowly(given());
  const from = c.sent;
  when(c);
  c.simulation.pass(5 * MINUTE);
  expect(c.heardSince(from).filter((line) => line === `ESCALATION_INFO tells ${person}`)).toEqual([]);
});
