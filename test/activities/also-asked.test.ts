/** D10: what a page knows of the other cases that ask for the same person. */
import { AlsoAsked } from '../../activities/also-asked';
import { choose } from '../../activities/choose';
import { messageOf } from '../../activities/templates/page-text';
import { caseAt } from '../support/cases';
import { org } from '../support/org';
import { orderOf } from '../support/paging';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const { facts } = orderOf();

function asked() {
  const alsoAsked = new AlsoAsked();
  return {
    hears: (caseNumber: string, at: number, over: Partial<typeof facts> = {}, isAsked = true): void =>
      alsoAsked.heard('lee', { caseNumber, facts: { ...facts, ...over } }, isAsked, at),
    settles: (caseNumber: string, at: number): void => alsoAsked.settled('lee', caseNumber, at),
    inPageOf: (caseNumber: string, at: number, person = 'lee'): string[] =>
      alsoAsked.of(person, caseNumber, at).map((other) => `${other.caseNumber} since ${other.since / MINUTE}`),
  };
}

test('a page names the others, and never its own case; nobody reads of what is asked of somebody else', () => {
  const { hears, inPageOf } = asked();
  hears('C1', 0);
  hears('C2', MINUTE);
  expect(inPageOf('C1', 2 * MINUTE)).toEqual(['C2 since 1']);
  expect(inPageOf('C3', 2 * MINUTE)).toEqual(['C1 since 0', 'C2 since 1']);
  expect(inPageOf('C3', 2 * MINUTE, 'kim')).toEqual([]);
});

test('an emergency comes first, then the more severe, then what has waited longest; three at most', () => {
  const { hears, inPageOf } = asked();
  hears('C1', 0, { severity: 2 });
  hears('C2', 1 * MINUTE, { severity: 1 });
  hears('C3', 2 * MINUTE, { severity: 0, emergency: 'ACTIVE' });
  hears('C4', 3 * MINUTE, { severity: 1 });
  expect(inPageOf('C5', 4 * MINUTE)).toEqual(['C3 since 2', 'C2 since 1', 'C4 since 3']);
});

test('a further message does not make it younger; its facts are the newest', () => {
  const { hears, inPageOf } = asked();
  hears('C1', 0, { severity: 3 });
  hears('C2', MINUTE, { severity: 2 });
  hears('C1', 2 * MINUTE, { severity: 1 });
  expect(inPageOf('C3', 3 * MINUTE)).toEqual(['C1 since 0', 'C2 since 1']);
});

test('a case that asks nothing of them any more is not named', () => {
  const { hears, inPageOf } = asked();
  hears('C1', 0);
  hears('C1', MINUTE, {}, false);
  expect(inPageOf('C2', 2 * MINUTE)).toEqual([]);
});

test('a case that somebody has by now is not named, unless it has asked anew since', () => {
  const { hears, settles, inPageOf } = asked();
  hears('C1', 0);
  settles('C1', MINUTE);
  expect(inPageOf('C2', 2 * MINUTE)).toEqual([]);
  hears('C1', 3 * MINUTE);
  settles('C1', 2 * MINUTE);
  expect(inPageOf('C2', 4 * MINUTE)).toEqual(['C1 since 3']);
});

test('a case of which nothing was heard for an hour is not named: its answer may have gone to another worker', () => {
  const { hears, inPageOf } = asked();
  hears('C1', 0);
  expect(inPageOf('C2', HOUR - 1)).toEqual(['C1 since 0']);
  expect(inPageOf('C2', HOUR)).toEqual([]);
});

test('two cases ask one person: two pages, never merged, and each names the other', () => {
  const numbers = ['C1000001', 'C1000002'];
  const cases = numbers.map((caseNumber) => caseAt({ opening: { caseNumber } }));
  for (const c of cases) {
    c.declareEDown();
    c.simulation.pass(HOUR);
  }
  const alsoAsked = new AlsoAsked();
  const sent = cases.flatMap(({ simulation }) => simulation.messages).sort((a, b) => a.at - b.at);
  const texts = sent.flatMap(({ order, at, result }) => {
    const chosen = choose(org(), order, at);
    if (result.outcome !== 'ACCEPTED' || 'result' in chosen) return [];
    const others = alsoAsked.of(result.person, order.caseNumber, at);
    const { text } = messageOf(order, chosen, { now: at, alsoAsked: others });
    alsoAsked.heard(result.person, order, result.asks.length > 0, at);
    expect(chosen.pageId.startsWith(`${order.caseNumber}-`)).toBe(true);
    return [{ person: result.person, number: order.caseNumber, text }];
  });
  const named = (number: string, other: string): string[] =>
    texts.filter((message) => message.number === number && message.text.includes(other)).map(({ person }) => person);
  const [first = '', second = ''] = numbers;
  expect(named(first, second)).toContain('lee');
  expect(named(second, first)).toContain('lee');
});
