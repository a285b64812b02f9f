/**
 * R25, R30, R31, H6: a contact is swapped while a page to them is on its way, or a phone number while it is tried: nobody is
 * rung who is not the contact any more, and what was asked is asked of whoever is, all of it on one page.
 */
import { choose } from '../../activities/choose';
import { messageOf } from '../../activities/templates/page-text';
import type { PageResult } from '../../workflows/core/language/page';
import type { NeedKind } from '../../workflows/core/paging/needs';
import { caseAt, HOUR, MINUTE, type Fixture } from '../support/cases';
import { org } from '../support/org';

const QUINN = {
  name: 'quinn',
  reach: 'PAGER',
  number: '+1 555 0122',
  english: true,
  knowsSoftware: true,
  knowsEnvironment: true,
};
const swap = { replace: [{ name: 'pat', with: QUINN }] };

/** The line to the contact of this number is bad: it takes a minute until somebody knows. */
function slow(c: Fixture, number = '+1 555 0199'): Fixture {
  const page = c.phones.page.bind(c.phones);
  c.phones.page = (order, now) => {
    const { result } = page(order, now);
    if (result.outcome !== 'ACCEPTED') return { result };
    const rung = order.contacts?.find(({ name }) => name === result.person);
    if (rung?.number !== number) return { result };
    const { shift: _, ...addressed } = result;
    const failed: PageResult = { ...addressed, outcome: 'FAILED', reason: 'PROVIDER_DOWN', detail: 'HTTP 503' };
    return { result: failed, afterMs: MINUTE };
  };
  return c;
}

const eDown = (): Fixture => slow(caseAt({ severity: 1 }).declareEDown());

/** Every message to a contact that was out and was not called back, in order: at which number, and each line of it. */
const rung = ({ simulation: { messages } }: Fixture): string[] =>
  messages.flatMap(({ order, at, result }) => {
    if (order.wanted.audience !== 'CONTACT' || !('channel' in result)) return [];
    const number = order.contacts?.find(({ name }) => name === result.person)?.number;
    const chosen = choose(org(), order, at);
    const lines = 'result' in chosen ? [] : messageOf(order, chosen, { now: at }).asks.map(({ what }) => what);
    return [`${result.person} ${number}: ${lines.join(' ')}`];
  });

const isOnItsWay = (c: Fixture, wanted: NeedKind): boolean =>
  c.simulation.state.needs.some(({ kind, turn }) => kind === wanted && turn.is === 'SENDING');

test('R31 the new contact is told what is asked of them, and the old one is rung no more', () => {
  const c = eDown().do('requestContactAction', 'lee', { kind: 'TEST', what: 'Please log in.' });
  c.do('completeContactAction', 'lee', { actionId: 'C1000001-A1', result: 'Works.' });
  c.do('requestContactAction', 'lee', { kind: 'GATHER_DATA', what: 'Please send the log.' }).do(
    'requestContactAction',
    'lee',
    { kind: 'APPLY_FIX', what: 'Please apply fix 7.' },
  );
  c.do('updateContacts', 'maria', swap);
  expect(isOnItsWay(c, 'CONTACT_ACTION')).toBe(false);
  c.simulation.pass(5 * MINUTE);
  expect(rung(c)).toEqual([
    'quinn +1 555 0122: Please help (C1000001-A2): Please send the log. Please help (C1000001-A3): Please apply fix 7.',
  ]);
  // Nor is the engineer told that a contact could not be reached who is none any more.
  expect(c.pagedSince(0).filter((line) => line.includes('CONTACT') && line.includes('lee'))).toEqual([]);
});

test('R28 whoever takes over is asked to confirm the workable system', () => {
  const c = eDown();
  c.give('confirmWorkableSystem', 'lee');
  c.do('updateContacts', 'maria', swap);
  expect(isOnItsWay(c, 'CONFIRM_WORKABLE_SYSTEM')).toBe(false);
  c.simulation.pass(5 * MINUTE);
  expect(rung(c)).toEqual(['quinn +1 555 0122: Please say whether the system works, or what does not work.']);
});

test('R25 a new number for the same contact: what is on its way to the old one goes to the new one', () => {
  const c = eDown().do('requestContactAction', 'lee', { kind: 'GATHER_DATA', what: 'Please send the log.' });
  c.do('updateContacts', 'maria', { replace: [{ ...QUINN, name: 'pat' }] }).simulation.pass(5 * MINUTE);
  expect(rung(c)).toEqual(['pat +1 555 0122: Please help (C1000001-A1): Please send the log.']);
});

test('B5 a check that is on its way to the old contact is made of the new one, once', () => {
  const c = eDown();
  c.simulation.pass(4 * HOUR);
  expect(isOnItsWay(c, 'CONTACT_CHECK')).toBe(true);
  c.do('updateContacts', 'lee', swap).simulation.pass(5 * MINUTE);
  expect(rung(c)).toEqual(['quinn +1 555 0122: Please reply: work goes on 24x7 and we need you.']);
});

test('H4 a swap that the customer makes is a sign of theirs: nobody is checked on', () => {
  const c = eDown();
  c.simulation.pass(4 * HOUR);
  c.do('updateContacts', 'maria', swap).simulation.pass(5 * MINUTE);
  expect(rung(c)).toEqual([]);
});

test('R30 a second contact who comes or goes takes nothing from the first', () => {
  const c = eDown().do('updateContacts', 'maria', { add: [QUINN] });
  c.do('requestContactAction', 'lee', { kind: 'GATHER_DATA', what: 'Please send the log.' }).do(
    'updateContacts',
    'maria',
    { remove: ['quinn'] },
  );
  expect(isOnItsWay(c, 'CONTACT_ACTION')).toBe(true);
  c.simulation.pass(5 * MINUTE);
  // Whether what was on its way was left alone or goes out again, pat has it once, and nobody else.
  expect(rung(c)).toEqual(['pat +1 555 0199: Please help (C1000001-A1): Please send the log.']);
});

test('R31 a technical contact named with the E-Down is told what was asked before, and stands first', () => {
  const c = slow(caseAt({ severity: 1 }), 'none').do('updateContacts', 'maria', {
    add: [QUINN, { ...QUINN, name: 'pat', number: '+1 555 0199' }],
  });
  c.do('requestContactAction', 'lee', { kind: 'GATHER_DATA', what: 'Please send the log.' }).declareEDown();
  expect(c.simulation.view.contacts.map(({ name }) => name)).toEqual(['pat', 'quinn']);
  expect(rung(c)).toEqual([
    'quinn +1 555 0122: Please help (C1000001-A1): Please send the log.',
    'pat +1 555 0199: Please help (C1000001-A1): Please send the log.',
  ]);
});
