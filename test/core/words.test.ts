/** Section 1 of the contract: what a page, a timer and the desk say is read by people who know none of the codes. */
import { caseAt, HOUR } from '../support/cases';
import { agenda } from '../../workflows/case/agenda';

test('what falls due on a ladder says what it is about', () => {
  const c = caseAt().do('requestEDown', 'maria');
  expect(agenda(c.simulation.state).map(({ what }) => what)).toContain('E-Down requested: lee answers, or the next one is asked');
  c.do('acknowledge', 'lee', { pageId: 'C1000001-2' });
  expect(agenda(c.simulation.state).map(({ what }) => what)).toContain('E-Down requested: lee acts on it, or the next one is asked');
});

test('whoever hears that nobody was reached is told for what in words', () => {
  const c = caseAt({ policy: { escalation: { rounds: 1 } } }).do('requestEDown', 'maria');
  c.simulation.pass(6 * HOUR);
  const told = c.simulation.sent.filter(({ order }) => order.purpose === 'NOBODY_REACHED').map(({ order }) => order.facts.what);
  expect(told).toEqual(['Nobody answered in 1 round(s): E-Down requested. The search goes on.']);
});
