/** Section 1 of the contract: what a page, a timer and the desk say is read by people who know none of the codes. */
import { readFileSync } from 'node:fs';
import { choose } from '../../activities/choose';
import { messageOf } from '../../activities/templates/page-text';
import type { EDownAnswers } from '../../workflows/core/language/opening';
import type { Purpose } from '../../workflows/core/language/vocabulary';
import { caseAt, HOUR, MINUTE, type Fixture } from '../support/cases';
import { agenda } from '../../workflows/core/agenda';
import { en } from '../../workflows/core/words/en';
import { org } from '../support/org';

const dueOf = ({ simulation: { state } }: Fixture): string[] => agenda(state).map(({ what }) => en.due(what));

/** What the person reads on their phone, line by line. */
function linesTo(c: Fixture, person: string, purpose: Purpose): readonly string[] {
  const message = c.simulation.messages.findLast(
    ({ order, result }) => order.purpose === purpose && 'person' in result && result.person === person,
  );
  if (!message) throw new Error(`${person} has no ${purpose}`);
  const chosen = choose(org(), message.order, message.at);
  return 'result' in chosen ? [] : messageOf(message.order, chosen, { now: message.at }).text.split('\n');
}

test('what falls due for a need says what it is about', () => {
  const c = caseAt().do('requestEDown', 'maria');
  expect(dueOf(c)).toContain('call back about E-Down: lee answers, or the next one is asked');
  c.do('acknowledge', 'lee');
  expect(dueOf(c)).toContain('call back about E-Down: lee works on it, or the next one is asked');
});

test('whoever hears that nobody was reached is told for what in words', () => {
  const c = caseAt({ policy: { escalation: { rounds: 1 } } }).do('requestEDown', 'maria');
  c.simulation.pass(6 * HOUR);
  const [wanted, why, happened] = linesTo(c, 'eve', 'E_DOWN_REQUESTED');
  expect(wanted).toBe('Please call maria back: production may be down. Please answer by 2026-11-24 12:30 UTC.');
  expect(why).toBe('You are the executive on duty. Nobody has answered for 3 hours.');
  expect(happened).toMatch(/^maria asks for E-Down attention\. Still to ask: What is your justification\?/);
});

describe('what a page says besides what happened', () => {
  test('to staff in an emergency: since when, how many, and how the contact is reached', () => {
    const c = caseAt().declareEDown({ totalUsers: 400, affectedUsers: 380, downForMinutes: 20 });
    expect(linesTo(c, 'maier', 'E_DOWN_ALERT')).toEqual(
      expect.arrayContaining([
        'Down since 2026-11-24 08:40 UTC, 380 of 400 users affected.',
        'Contact: pat, pager +1 555 0199.',
      ]),
    );
  });

  test('to staff otherwise: since when the case is open', () => {
    const lines = linesTo(caseAt({ level: 'M1' }), 'ana', 'ESCALATED_M1');
    expect(lines).toContain('Open since 2026-11-24 09:00 UTC.');
  });

  test("to the customer's contact: how to answer, and nothing of what goes on within", () => {
    const c = caseAt({ emergency: true });
    c.give('confirmWorkableSystem', 'lee');
    expect(linesTo(c, 'pat', 'CONFIRM_WORKABLE_SYSTEM')).toEqual([
      'Please say whether the system works, or what does not work.',
      'You are the technical contact.',
      'lee says that the system works.',
      'Severity 0 (Enterprise Down), not escalated, work goes on round the clock.',
      'To answer or to ask, call +1 555 0100 and name the case.',
    ]);
  });
});

test('B8 whoever is handed a case reads how it stands, what comes next and what was promised, a sentence each', () => {
  const c = caseAt({ emergency: true });
  c.do('handOver', 'lee', {
    to: 'kim',
    state: 'Rebuild at 40%',
    tried: 'Restart',
    nextStep: 'Start the vault.',
    promise: 'News at the full hour',
  });
  expect(linesTo(c, 'kim', 'HAND_OVER').slice(0, 3)).toEqual([
    'Please accept the hand-over. Please answer by 2026-11-24 09:15 UTC.',
    'You were asked by name.',
    'lee hands over to kim: Rebuild at 40%. Tried: Restart. Next: Start the vault. Promised: News at the full hour.',
  ]);
});

test("the shipped example's E-Down answers are complete (R21-R26)", () => {
  const eDown = JSON.parse(readFileSync('examples/acme/e-down.json', 'utf8')) as EDownAnswers;
  expect(caseAt().do('changeSeverity', 'maria', { severity: 0, eDown }).simulation.view.emergency).toBe('ACTIVE');
});

test('the first line of a page says what is wanted and until when, and word that nothing is', () => {
  const c = caseAt({ emergency: true });
  c.simulation.pass(15 * MINUTE);
  expect(linesTo(c, 'lee', 'E_DOWN_STARTED').slice(0, 2)).toEqual([
    'Your case is an E-Down now. Please take it. Please answer by 2026-11-24 09:15 UTC.',
    'It is your case.',
  ]);
  expect(linesTo(c, 'ana', 'E_DOWN_STARTED').slice(0, 2)).toEqual([
    'The engineer does not answer. Please find somebody to take this E-Down. Please answer by 2026-11-24 09:30 UTC.',
    'You are the manager of lee. Nobody has answered for 15 minutes.',
  ]);
  const word = linesTo(c, 'eve', 'E_DOWN_STARTED');
  expect(word.slice(0, 2)).toEqual([
    'E-Down 1 has started: work goes on 24x7.',
    'For your information. No reply needed.',
  ]);
  // Nothing is asked, so nothing says how to answer.
  expect(word.join()).not.toContain('Acknowledge:');
});
