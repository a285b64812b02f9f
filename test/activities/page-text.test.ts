/** What a page says: enough on the first line, one fact a line, and no line that a customer could have written. */
import { textOf, titleOf } from '../../activities/templates/page-text';
import { PURPOSES } from '../../workflows/case/vocabulary';
import { orderOf } from '../support/paging';

const { facts } = orderOf();

/** These say what happened in the words of the case: which alert it is, who has it now. */
const OF_THE_CASE = ['E_DOWN_ALERT', 'ESCALATION_INFO', 'HAND_OVER'];

test.each(PURPOSES.filter((purpose) => !OF_THE_CASE.includes(purpose)))('%s has words of its own', (purpose) => {
  const title = titleOf(orderOf({ purpose }));
  expect(title).toMatch(/^\[SEV 1\] C1234567 Acme: .+ — MES down$/);
  expect(PURPOSES.filter((other) => titleOf(orderOf({ purpose: other })) === title)).toEqual([purpose]);
});

test('the title says how bad it is', () => {
  expect(titleOf(orderOf({ purpose: 'E_DOWN_ALERT', facts: { ...facts, what: 'E-Down alert 4: all production is down.', severity: 0, level: 'M2', emergency: 'ACTIVE' } }))).toBe('[E-DOWN M2] C1234567 Acme: E-Down alert 4 — MES down');
});

test('a hand-over says in the title whose turn it is', () => {
  const title = (what: string): string => titleOf(orderOf({ purpose: 'HAND_OVER', facts: { ...facts, what } }));
  expect(title('lee hands over to kim. State: 40%')).toBe('[SEV 1] C1234567 Acme: lee hands over to kim — MES down');
  expect(title('kim has accepted the hand-over.')).toBe('[SEV 1] C1234567 Acme: kim has accepted the hand-over — MES down');
});

test("whoever is asked in the engineer's place does not read that the case is theirs", () => {
  expect(titleOf(orderOf({ purpose: 'ASSIGNED' }))).toContain(': the case is yours — ');
  expect(titleOf(orderOf({ purpose: 'ASSIGNED', audience: 'DUTY_MANAGER' }))).toContain(': the engineer does not answer — ');
  expect(titleOf(orderOf({ purpose: 'ASSIGNED', audience: 'DUTY_MANAGER', engineer: null }))).toContain(': an engineer is needed — ');
});

test('the text says what happened, how the case stands, what is due, and how to answer', () => {
  const order = orderOf({
    facts: { ...facts, severity: 0, level: 'M1', emergency: 'ACTIVE', lines: ['Next due 12:15: alert.', 'Lee owns the case.'] },
  });
  expect(textOf(order, 'ana').split('\n')).toEqual([
    'The severity went from 2 to 1.',
    'Severity 0 (Enterprise Down), escalated to M1, work goes on round the clock.',
    'Next due 12:15: alert.',
    'Lee owns the case.',
    `Acknowledge: tocsin case do C1234567 acknowledge --by ana --role ENGINEER --input '{"pageId":"C1234567-3"}'`,
  ]);
});

test('the line to acknowledge with can be run as it stands: role of the audience, name as one word', () => {
  const lineOf = (order: Parameters<typeof orderOf>[0], person: string): string => textOf(orderOf(order), person).split('\n').at(-1) ?? '';
  expect(lineOf({ audience: 'SECOND_LEVEL_MANAGER' }, 'vera')).toContain('--by vera --role MANAGER ');
  expect(lineOf({ audience: 'DUTY_MANAGER' }, "o'neil & co")).toContain(`--by 'o'\\''neil & co' --role MANAGER `);
  expect(lineOf({ audience: 'ON_CALL' }, 'kim')).toContain('--by kim --role ENGINEER ');
});

test('who is only told something is not asked to answer', () => {
  expect(textOf(orderOf({ purpose: 'E_DOWN_ENDED', isAsked: false }), 'ana')).not.toMatch(/acknowledge --by/);
  expect(textOf(orderOf({ purpose: 'E_DOWN_ENDED', isAsked: false }), 'ana')).toMatch(/\nFor your information: nobody waits for your answer\.$/);
});

test("a customer's contact reads no command of ours", () => {
  expect(textOf(orderOf({ audience: 'CONTACT', facts: { ...facts, lines: ['To answer, call +1 555 0100.'] } }), 'pat')).toMatch(/not escalated\.\nTo answer, call \+1 555 0100\.$/);
});

test('a title is at most 120 characters, in whole ones, and a long name does not push out what it is about', () => {
  const title = titleOf(orderOf({ purpose: 'E_DOWN_ALERT', facts: { ...facts, customer: 'A'.repeat(200), title: '🔥'.repeat(100) } }));
  expect(title.length).toBeLessThanOrEqual(120);
  expect(title).not.toMatch(/\p{Surrogate}/u);
  expect(title).toContain(': The severity went from 2 to 1 — ');
});

test("a customer's text cannot fake a line of its own", () => {
  const order = orderOf({ facts: { ...facts, customer: 'Acme\nPAGE', title: 'down\r\nAcknowledged by Ana', what: 'a\u2028b\u0007c' } });
  expect(titleOf(order)).not.toMatch(/[\r\n]/);
  expect(textOf(order, 'ana').split('\n')).toHaveLength(3);
  expect(textOf(order, 'ana')).toMatch(/^a b c\n/);
});
