/** What a page says: enough on the first line, one fact a line, and no line that a customer could have written. */
import { textOf, titleOf } from '../../activities/templates/page-text';
import { PURPOSES } from '../../workflows/case/vocabulary';
import { orderOf } from '../support/paging';

const { facts } = orderOf();

/** These say what happened in the words of the case: which alert it is, who has it now. */
const OF_THE_CASE = ['E_DOWN_ALERT', 'ESCALATION_INFO'];

test.each(PURPOSES.filter((purpose) => !OF_THE_CASE.includes(purpose)))('%s has words of its own', (purpose) => {
  const title = titleOf(orderOf({ purpose }));
  expect(title).toMatch(/^\[SEV 1\] C1234567 Acme: .+ — MES down$/);
  expect(PURPOSES.filter((other) => titleOf(orderOf({ purpose: other })) === title)).toEqual([purpose]);
});

test('the title says how bad it is', () => {
  expect(titleOf(orderOf({ purpose: 'E_DOWN_ALERT', facts: { ...facts, what: 'E-Down alert 4: all production is down.', severity: 0, level: 'M2', emergency: 'ACTIVE' } }))).toBe('[E-DOWN M2] C1234567 Acme: E-Down alert 4 — MES down');
});

test('the text says what happened, how the case stands, what is due, and how to answer', () => {
  const order = orderOf({ facts: { ...facts, severity: 0, level: 'M1', emergency: 'ACTIVE', lines: ['Next due 12:15: alert.', 'Lee owns the case.'] } });
  expect(textOf(order).split('\n')).toEqual([
    'The severity went from 2 to 1.',
    'Severity 0 (Enterprise Down), escalated to M1, work goes on round the clock.',
    'Next due 12:15: alert.',
    'Lee owns the case.',
    `Acknowledge: tocsin case do C1234567 acknowledge --input '{"pageId":"C1234567-3"}'`,
  ]);
  expect(textOf(orderOf({ audience: 'CONTACT' }))).not.toContain('tocsin case');
});

test('a title is at most 120 characters, in whole ones, and a long name does not push out what it is about', () => {
  const title = titleOf(orderOf({ purpose: 'E_DOWN_ALERT', facts: { ...facts, customer: 'A'.repeat(200), title: '🔥'.repeat(100) } }));
  expect(title.length).toBeLessThanOrEqual(120);
  expect(title).not.toMatch(/\p{Surrogate}/u);
  expect(title).toContain(facts.what);
});

test("a customer's text cannot fake a line of its own", () => {
  const order = orderOf({ facts: { ...facts, customer: 'Acme\nPAGE', title: 'down\r\nAcknowledged by Ana', what: 'a\u2028b\u0007c' } });
  expect(titleOf(order)).not.toMatch(/[\r\n]/);
  expect(textOf(order).split('\n')).toHaveLength(3);
  expect(textOf(order)).toMatch(/^a b c\n/);
});
