/** R48, R49, B14: what an answer is worth does not depend on who gives it, nor on how fast. */
import { caseAt, HOUR, MINUTE, type Fixture } from '../support/cases';
import type { PageOrder } from '../../workflows/case/pages';
import { org } from '../support/org';

const [, emea] = org().onCall;

/** The company with one person on call, who does not answer. */
function emergency(prepare: (c: Fixture) => Fixture = (c) => c): Fixture {
  const c = caseAt({ policy: { eDown: { contactCheck: { first: '20h', second: '21h', proposeLowering: '22h' } } } });
  c.phones.set({ onCall: emea ? [{ ...emea, people: ['maier'] }] : [] });
  return prepare(c).declareEDown();
}

/** The provider says yes only a minute after the phone has rung. */
function slowly(c: Fixture): Fixture {
  const { phones } = c;
  const page = phones.page.bind(phones);
  phones.page = (order, now) => ({ ...page(order, now), afterMs: MINUTE });
  return c;
}

const alertsSince = (c: Fixture, from: number): string[] => c.pagedSince(from).filter((line) => line.startsWith('E_DOWN_ALERT'));
const lastPage = (c: Fixture): string => c.simulation.sent.at(-1)?.order.pageId ?? '';

test('an alert that a duty manager has answered stays with the duty manager', () => {
  const c = emergency();
  c.simulation.pass(15 * MINUTE);
  expect(alertsSince(c, 0)).toEqual(['E_DOWN_ALERT → maier', 'E_DOWN_ALERT → dora']);
  c.do('acknowledge', 'dora', { pageId: c.simulation.sent.findLast(({ order }) => order.purpose === 'E_DOWN_ALERT')?.order.pageId });
  const from = c.sent;
  c.simulation.pass(25 * MINUTE);
  expect(alertsSince(c, from)).toEqual(['E_DOWN_ALERT → dora']);
  expect(c.simulation.view.owners.onCall).toBe('dora');
});

test('a duty manager who answers and then does nothing is followed by the next one', () => {
  const c = emergency();
  c.simulation.pass(15 * MINUTE);
  c.do('acknowledge', 'dora', { pageId: c.simulation.sent.findLast(({ order }) => order.purpose === 'E_DOWN_ALERT')?.order.pageId });
  const from = c.sent;
  c.simulation.pass(35 * MINUTE);
  expect(alertsSince(c, from)).toEqual(['E_DOWN_ALERT → dora', 'E_DOWN_ALERT → maier']);
});

test('whoever answers an alert before the provider does is told when the emergency ends', () => {
  const c = emergency(slowly);
  expect(alertsSince(c, 0)).toEqual(['E_DOWN_ALERT → maier']);
  c.do('acknowledge', 'maier', { pageId: lastPage(c) });
  const from = c.sent;
  c.do('confirmWorkableSystem', 'pat');
  expect(c.pagedSince(from)).toContain('E_DOWN_ENDED → maier');
});

test('whoever accepts before the provider answers, and then does nothing, is told who has it now', () => {
  const c = slowly(caseAt({ severity: 1 }));
  c.do('escalate', 'maria').do('acknowledge', 'ana', { pageId: lastPage(c) });
  c.simulation.pass(HOUR);
  expect(c.pagedSince(0).at(-1)).toBe('ESCALATED_M1 → ben');
  const from = c.sent;
  c.do('acceptEscalation', 'ben');
  expect(c.pagedSince(from)).toEqual(['ESCALATION_INFO → ana']);
});

test('R45 whoever takes one level while a page for the other is on its way to them is not waited for', () => {
  const c = caseAt({ severity: 2, level: 'M1' });
  c.simulation.pass(30 * MINUTE);
  expect(c.pagedSince(0).at(-1)).toBe('ESCALATED_M1 → ben');
  slowly(c).do('escalate', 'maria', { dissatisfaction: 'Nobody called us.' }).do('acceptEscalation', 'ben');
  expect(c.simulation.view.owners).toMatchObject({ manager: 'ben', secondLevelManager: null });
  c.simulation.pass(MINUTE);
  expect(c.pagedSince(0).at(-1)).toBe('ESCALATED_M2 → vera');
});

test('whoever is rung late for an escalation that is over does not hear that it is settled while it is asked anew', () => {
  const c = slowly(caseAt({ severity: 1 }));
  c.do('escalate', 'maria').do('acceptEscalation', 'ben').do('deEscalate', 'ben', { reason: 'Fixed.', customerAgreed: true }).do('escalate', 'maria');
  c.simulation.pass(10 * MINUTE);
  expect(c.pagedSince(0).filter((line) => line.endsWith('→ ana'))).toEqual(['ESCALATED_M1 → ana', 'ESCALATED_M1 → ana']);
  c.do('acceptEscalation', 'ana');
});

/** Lines on which some pages take their time, or fail in the end. */
function onSlowLines(c: Fixture, isSlow: (order: PageOrder) => boolean): Fixture {
  const { phones } = c;
  const page = phones.page.bind(phones);
  phones.page = (order, now) => ({ ...page(order, now), ...(isSlow(order) && { afterMs: MINUTE }) });
  return c;
}

test.each(['ok', 'down'] as const)('a contact who is asked for a sign when the emergency ends is asked no more, on a line that is %s', (line) => {
  const c = onSlowLines(caseAt({}), ({ audience }) => audience === 'CONTACT');
  c.phones.lines.set('pat', line);
  c.declareEDown();
  c.simulation.pass(30 * MINUTE);
  c.do('confirmWorkableSystem', 'maria');
  const from = c.sent;
  c.simulation.pass(5 * MINUTE);
  // Rung all the same, they hear that it is over; and no engineer has to find them.
  expect(c.pagedSince(from)).toEqual(line === 'ok' ? ['E_DOWN_ENDED → pat'] : []);
  expect(c.simulation.state.ladders).toEqual([]);
});

test('an alert of the last emergency that comes in the next one does not say that nothing needs to be done', () => {
  const c = onSlowLines(caseAt({}), ({ purpose }) => purpose === 'E_DOWN_ALERT').declareEDown();
  c.do('confirmWorkableSystem', 'pat');
  c.simulation.pass(MINUTE / 2);
  c.declareEDown();
  c.simulation.pass(2 * MINUTE);
  expect(c.pagedSince(0).filter((line) => line.endsWith('maier'))).toEqual(['E_DOWN_ALERT → maier', 'E_DOWN_ALERT → maier']);
});
