/**
 * R25, R30, R31: a contact is swapped while a page to them is on its way, or a phone number while it is tried: nobody is rung
 * who is not the contact any more, and what was asked is asked of whoever is.
 */
import { caseAt, MINUTE, type Fixture } from '../support/cases';
import type { PageOrder, PageResult } from '../../workflows/case/pages';

const QUINN = { name: 'quinn', reach: 'PAGER', number: '+1 555 0122', english: true, knowsSoftware: true, knowsEnvironment: true };
const swap = { replace: [{ name: 'pat', with: QUINN }] };

/** The line to the contact of this number is bad: it takes a minute until somebody knows. */
function slow(c: Fixture, number = '+1 555 0199'): Fixture {
  const page = c.phones.page.bind(c.phones);
  c.phones.page = (order, now) => {
    const { result } = page(order, now);
    return order.contact?.number === number ? { result: { ...result, outcome: 'FAILED', reason: 'PROVIDER_DOWN', detail: 'HTTP 503' } as PageResult, afterMs: MINUTE } : { result };
  };
  return c;
}

const eDown = (): Fixture => slow(caseAt({ severity: 1 }).declareEDown());

/** Every page for a contact that has left, with its number; those that a provider took, in order. */
const rung = ({ simulation: { sent } }: Fixture): string[] =>
  sent.filter(({ order: { audience } }) => audience === 'CONTACT').map(({ order: { purpose, contact, facts } }) => `${purpose} → ${contact?.name} ${contact?.number}: ${facts.what}`);

const isOnItsWay = (c: Fixture, purpose: PageOrder['purpose']): boolean => c.simulation.state.pages.some((page) => page.purpose === purpose && page.status === 'SENDING');

test('R31 the new contact is told what is asked of them, and the old one is rung no more', () => {
  const c = eDown().do('requestContactAction', 'lee', { kind: 'TEST', what: 'Please log in.' });
  c.do('completeContactAction', 'lee', { actionId: 'C1000001-A1', result: 'Works.' });
  c.do('requestContactAction', 'lee', { kind: 'GATHER_DATA', what: 'Please send the log.' }).do('requestContactAction', 'lee', { kind: 'APPLY_FIX', what: 'Please apply fix 7.' });
  c.do('updateContacts', 'maria', swap);
  expect(isOnItsWay(c, 'CONTACT_ACTION')).toBe(false);
  c.simulation.pass(5 * MINUTE);
  expect(rung(c)).toEqual(['CONTACT_ACTION → quinn +1 555 0122: You are the technical contact now. Asked of you: C1000001-A2: Please send the log. C1000001-A3: Please apply fix 7.']);
  // Nor is the engineer told that a contact could not be reached who is none any more.
  expect(c.pagedSince(0).filter((line) => line.includes('CONTACT') && line.includes('lee'))).toEqual([]);
});

test('R28 whoever takes over is asked to confirm the workable system', () => {
  const c = eDown();
  c.give('confirmWorkableSystem', 'lee');
  c.do('updateContacts', 'maria', swap);
  expect(isOnItsWay(c, 'CONFIRM_WORKABLE_SYSTEM')).toBe(false);
  c.simulation.pass(5 * MINUTE);
  expect(rung(c)).toEqual(['CONFIRM_WORKABLE_SYSTEM → quinn +1 555 0122: lee says that a workable system runs. Please confirm, or say what does not work.']);
});

test('R25 a new number for the same contact: what is on its way to the old one goes to the new one', () => {
  const c = eDown().do('requestContactAction', 'lee', { kind: 'GATHER_DATA', what: 'Please send the log.' });
  c.do('updateContacts', 'maria', { replace: [{ ...QUINN, name: 'pat' }] }).simulation.pass(5 * MINUTE);
  expect(rung(c)).toEqual(['CONTACT_ACTION → pat +1 555 0122: Please (C1000001-A1): Please send the log.']);
});

test('B5 a check that is on its way to the old contact is made of the new one, once', () => {
  const c = eDown();
  c.simulation.pass(30 * MINUTE);
  expect(isOnItsWay(c, 'CONTACT_CHECK')).toBe(true);
  c.do('updateContacts', 'maria', swap).simulation.pass(5 * MINUTE);
  expect(rung(c)).toEqual(['CONTACT_CHECK → quinn +1 555 0122: You are the technical contact of an emergency now. Please give a sign: work goes on 24x7 and needs you.']);
});

test('R30 a second contact who comes or goes takes nothing from the first', () => {
  const c = eDown().do('updateContacts', 'maria', { add: [QUINN] });
  c.do('requestContactAction', 'lee', { kind: 'GATHER_DATA', what: 'Please send the log.' }).do('updateContacts', 'maria', { remove: ['quinn'] });
  expect(isOnItsWay(c, 'CONTACT_ACTION')).toBe(true);
  expect(rung(c)).toEqual([]);
});

test('R31 a technical contact named with the E-Down is told what was asked before, and stands first', () => {
  const c = slow(caseAt({ severity: 1 }), 'none').do('updateContacts', 'maria', { add: [QUINN, { ...QUINN, name: 'pat', number: '+1 555 0199' }] });
  c.do('requestContactAction', 'lee', { kind: 'GATHER_DATA', what: 'Please send the log.' }).declareEDown();
  expect(c.simulation.view.contacts.map(({ name }) => name)).toEqual(['pat', 'quinn']);
  expect(rung(c)).toEqual(['CONTACT_ACTION → quinn +1 555 0122: Please (C1000001-A1): Please send the log.', 'CONTACT_ACTION → pat +1 555 0199: You are the technical contact now. Asked of you: C1000001-A1: Please send the log.']);
});
