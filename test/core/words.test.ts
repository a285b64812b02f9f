/** Section 1 of the contract: what a page, a timer and the desk say is read by people who know none of the codes. */
import { readFileSync } from 'node:fs';
import type { EDownAnswers } from '../../workflows/case/inputs';
import type { Purpose } from '../../workflows/case/vocabulary';
import { caseAt, HOUR, type Fixture } from '../support/cases';
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

describe('what a page says besides what happened', () => {
  const linesOf = ({ simulation }: Fixture, purpose: Purpose): readonly string[] => simulation.sent.find(({ order }) => order.purpose === purpose)?.order.facts.lines ?? [];

  test('to staff in an emergency: since when, how many, and how the contact is reached', () => {
    const c = caseAt().declareEDown({ totalUsers: 400, affectedUsers: 380, downForMinutes: 20 });
    expect(linesOf(c, 'E_DOWN_ALERT').slice(0, 2)).toEqual(['Down since 2026-11-24 08:40 UTC, 380 of 400 users affected.', 'Contact: pat, pager +1 555 0199.']);
  });

  test('to staff otherwise: since when the case is open', () => {
    expect(linesOf(caseAt({ level: 'M1' }), 'ESCALATED_M1')[0]).toBe('Open since 2026-11-24 09:00 UTC.');
  });

  test("to the customer's contact: how to answer, and nothing of what goes on within", () => {
    const c = caseAt({ emergency: true });
    c.give('confirmWorkableSystem', 'lee');
    expect(linesOf(c, 'CONFIRM_WORKABLE_SYSTEM')).toEqual(['To answer or to ask, call +1 555 0100 and name the case.']);
  });
});

test('B8 whoever is handed a case reads how it stands, what comes next and what was promised, a sentence each', () => {
  const c = caseAt({ emergency: true });
  c.do('handOver', 'lee', { to: 'kim', state: 'Rebuild at 40%', tried: 'Restart', nextStep: 'Start the vault.', promise: 'News at the full hour' });
  expect(c.simulation.sent.at(-1)?.order.facts.what).toBe('lee hands over to kim. State: Rebuild at 40%. Next: Start the vault. Promised: News at the full hour.');
});

test("the shipped example's E-Down answers are complete (R21-R26)", () => {
  const eDown = JSON.parse(readFileSync('examples/acme/e-down.json', 'utf8')) as EDownAnswers;
  expect(caseAt().do('changeSeverity', 'maria', { severity: 0, eDown }).simulation.state.emergency).toBe('ACTIVE');
});

test('the order of a page tells whether an answer is waited for, and until when', () => {
  const c = caseAt({ emergency: true });
  const asked = c.simulation.sent.slice(-3).map(({ order: { purpose, isAsked, facts } }) => [purpose, isAsked, facts.lines.at(-1)]);
  const byThen = 'Answer by 2026-11-24 09:15 UTC, or the next one is asked.';
  expect(asked).toEqual([
    ['E_DOWN_STARTED', true, byThen],
    ['E_DOWN_STARTED', false, 'Owner: lee.'],
    ['E_DOWN_ALERT', true, byThen],
  ]);
});
