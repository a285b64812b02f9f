/** R45, R48, R49, B14, H1, H3: what an answer is worth does not depend on who gives it, nor on how fast. */
import type { PageOrder } from '../../workflows/core/language/page';
import { caseAt, HOUR, MINUTE, type Fixture } from '../support/cases';
import { org } from '../support/org';

const [, emea] = org().onCall;

/** The company with one person on call, who does not answer. */
function emergency(prepare: (c: Fixture) => Fixture = (c) => c): Fixture {
  const c = caseAt();
  c.phones.set({ onCall: emea ? [{ ...emea, people: ['maier'] }] : [] });
  return prepare(c).declareEDown();
}

/** The provider says yes only a minute after the phone has rung; and by then, it may be too late to call a message back. */
function slowly(c: Fixture, isSlow: (order: PageOrder) => boolean = () => true, isOut = false): Fixture {
  const { phones, simulation } = c;
  const page = phones.page.bind(phones);
  phones.page = (order, now) => ({ ...page(order, now), ...(isSlow(order) && { afterMs: MINUTE }) });
  if (isOut) simulation.isTooLateToCallBack = isSlow;
  return c;
}

const isForContact = ({ wanted }: PageOrder): boolean => wanted.audience === 'CONTACT';

const heard = (c: Fixture, person: string, from = 0): string[] =>
  c.heardSince(from).filter((line) => line.endsWith(` ${person}`));
const alertsSince = (c: Fixture, from: number): string[] =>
  c.heardSince(from).filter((line) => line.startsWith('E_DOWN_ALERT'));

/** What nobody has done for the case: the manager's promises would ring others as well. */
const noPromises = {
  severities: { 1: { firstContact: '300d', customerUpdate: '300d', managerContact: '300d', staffing: '300d' } },
};

/** Whoever's case it is has done something for it, so that nothing of it goes stale. */
const atWork = (c: Fixture): Fixture => c.do('recordProgress', 'lee', { summary: 'At it.', substantive: false });

test('an alert that a duty manager has answered stays with the duty manager, and rings no more', () => {
  const c = emergency();
  c.simulation.pass(15 * MINUTE);
  expect(alertsSince(c, 0)).toEqual(['E_DOWN_ALERT rings maier', 'E_DOWN_ALERT rings dora']);
  c.do('acknowledge', 'dora');
  const from = c.sent;
  c.simulation.pass(25 * MINUTE);
  expect(alertsSince(c, from)).toEqual(['E_DOWN_ALERT tells dora']);
  expect(c.simulation.view.owners.onCall).toBe('dora');
});

test('H3 a duty manager who answers, when nobody then does anything, is followed by the next one and hears so', () => {
  const c = emergency();
  c.simulation.pass(15 * MINUTE);
  c.do('acknowledge', 'dora');
  const from = c.sent;
  c.simulation.pass(75 * MINUTE);
  expect(alertsSince(c, from)).toEqual([
    ...Array<string>(4).fill('E_DOWN_ALERT tells dora'),
    'E_DOWN_ALERT rings maier',
  ]);
  expect(heard(c, 'dora', from).at(-1)).toBe('ESCALATION_INFO tells dora');
});

test('H3 what anybody does for the case keeps the answer good', () => {
  const c = emergency();
  c.simulation.pass(15 * MINUTE);
  c.do('acknowledge', 'dora');
  const from = c.sent;
  c.simulation.pass(50 * MINUTE);
  atWork(c).simulation.pass(50 * MINUTE);
  expect(new Set(alertsSince(c, from))).toEqual(new Set(['E_DOWN_ALERT tells dora']));
  expect(c.simulation.view.owners.onCall).toBe('dora');
});

test('whoever answers an alert before the provider does is told when the emergency ends', () => {
  const c = emergency(slowly).do('acknowledge', 'maier');
  const from = c.sent;
  c.do('confirmWorkableSystem', 'pat').simulation.pass(MINUTE);
  expect(heard(c, 'maier', from)).toEqual(['E_DOWN_ENDED tells maier']);
});

test('whoever accepts before the provider answers, and then does nothing, is told who has it now', () => {
  const c = atWork(slowly(caseAt({ severity: 1, policy: noPromises })));
  c.do('escalate', 'maria').do('acknowledge', 'ana');
  c.simulation.pass(HOUR + MINUTE);
  expect(c.heardSince(0).slice(-2)).toEqual(['ESCALATED_M1 rings ben', 'ESCALATION_INFO tells ana']);
  const from = c.sent;
  c.do('acceptEscalation', 'ben').simulation.pass(MINUTE);
  expect(c.heardSince(from)).toEqual(['ESCALATION_INFO tells ana']);
});

test('R45 whoever takes one level while a page for the other is on its way to them is not waited for', () => {
  const c = caseAt({ severity: 2, level: 'M1' });
  slowly(c).do('escalate', 'maria', { level: 'M2', dissatisfaction: 'Nobody called us.' });
  c.do('acknowledge', 'ben', { pageId: 'C1000001-2' });
  expect(c.simulation.view.owners).toMatchObject({ manager: 'ben', secondLevelManager: null });
  const from = c.sent;
  c.simulation.pass(5 * MINUTE);
  expect(c.heardSince(from)).toEqual(['ESCALATED_M2 rings vera']);
});

test('R45 nobody is asked for both levels at once', () => {
  const c = caseAt({ severity: 2, level: 'M1' });
  c.simulation.pass(30 * MINUTE);
  expect(c.heardSince(0).at(-1)).toBe('ESCALATED_M1 rings ben');
  const from = c.sent;
  c.do('escalate', 'maria', { level: 'M2', dissatisfaction: 'Nobody called us.' });
  expect(c.heardSince(from)).toContain('ESCALATED_M2 rings vera');
  expect(heard(c, 'ben', from)).toEqual([]);
});

test('whoever is rung late for an escalation that is over does not hear that it is settled while it is asked anew', () => {
  const c = slowly(caseAt({ severity: 1 }), () => true, true);
  c.do('escalate', 'maria')
    .do('acceptEscalation', 'ben')
    .do('deEscalate', 'ben', { reason: 'Fixed.', customerAgreed: true })
    .do('escalate', 'maria');
  c.simulation.pass(10 * MINUTE);
  // Both were on their way at once; what she hears then is the newest of it.
  expect(heard(c, 'ana')).toEqual(['ESCALATED_M1 rings ana', 'ESCALATED_M1 rings ana', 'ESCALATED_M1 tells ana']);
  c.do('acceptEscalation', 'ana');
});

test.each([
  ['ok', 'is out', true, ['CONTACT_CHECK rings pat', 'E_DOWN_ENDED tells pat']],
  ['ok', 'can be called back', false, []],
  ['down', 'fails in the end', true, []],
] as const)(
  'a contact who is asked for a sign when the emergency ends is asked no more, on a line that is %s, when the page %s',
  (line, _when, isOut, hears) => {
    const c = slowly(caseAt(), isForContact, isOut);
    c.phones.lines.set('pat', line);
    c.declareEDown();
    c.simulation.pass(4 * HOUR);
    const from = c.sent;
    c.do('confirmWorkableSystem', 'maria');
    c.simulation.pass(5 * MINUTE);
    // Rung all the same, they hear that it is over; and no engineer has to find them.
    expect(heard(c, 'pat')).toEqual(hears);
    expect(c.heardSince(from).filter((sent) => sent.startsWith('CONTACT'))).toEqual([]);
    expect(c.simulation.state.needs.filter(({ kind }) => kind.startsWith('CONTACT'))).toEqual([]);
  },
);

test('an alert of the last emergency that comes in the next one does not say that nothing needs to be done', () => {
  const c = slowly(caseAt(), ({ purpose }) => purpose === 'E_DOWN_ALERT', true).declareEDown();
  c.do('confirmWorkableSystem', 'pat');
  c.simulation.pass(MINUTE / 2);
  c.declareEDown();
  c.simulation.pass(2 * MINUTE);
  expect(heard(c, 'maier')).toEqual(['E_DOWN_ALERT rings maier', 'E_DOWN_ALERT rings maier']);
});
