/** R11, R31, H3, H4: what one of our own enters on a call leaves what the caller's own act would leave, whoever of us enters it. */
import { needOf } from '../../workflows/core/paging/find';
import { asRead, caseAt, MINUTE, type Fixture } from '../support/cases';

const pat = { name: 'pat', reach: 'PAGER', number: '+1 5', english: true, knowsSoftware: true, knowsEnvironment: true };
const withPat = (): Fixture => caseAt({ severity: 1, opening: { contacts: [pat] as never } });
const onThePhone = (requestedBy: string) => ({ channel: 'PHONE', requestedBy });
const lastRead = ({ simulation }: Fixture): string => {
  const [last] = simulation.messages.slice(-1);
  return last ? asRead(last) : '';
};

test.each([
  ['the engineer', 'lee', 'PHONE'],
  ['the desk', 'desk', 'DESK'],
  ['a ticket system', 'crm', 'API'],
])('R31 a manager whom %s asks for is told to call the customer', (_who, by, channel) => {
  const c = withPat().do('requestManagerContact', by, { channel, requestedBy: 'pat' });
  expect(lastRead(c)).toContain('Please call pat (+1 5) back');
});

test('R31, R37 whoever calls back about E-Down calls the customer, and not the engineer who has entered it', () => {
  const c = withPat().do('requestEDown', 'lee', onThePhone('pat'));
  expect(c.simulation.view.eDownRequest?.by).toBe('pat');
  c.do('decline', 'lee');
  expect(lastRead(c)).toContain('Please call pat (+1 5) back');
});

describe('R37, R31 whoever calls back has the number that they give, however little else of the form can be read', () => {
  const eDown = { technicalContact: { name: 'maria', number: '+1 555 0188' } };

  test.each([
    ['a request', 'requestEDown', { eDown }],
    ['a declaration', 'changeSeverity', { severity: 0, eDown }],
    [
      'a declaration that misses the rest',
      'changeSeverity',
      { severity: 0, eDown: { technicalContact: { ...pat, name: 'maria', number: '+1 555 0188' } } },
    ],
  ] as const)('%s', (_what, command, fields) => {
    const c = caseAt({ severity: 1 });
    c.give(command, 'maria', fields);
    expect(lastRead(c)).toMatch(/Please call maria \(\+1 555 0188\)/);
  });

  test('a declaration on a closed case', () => {
    const c = caseAt({ severity: 1 }).do('closeCase', 'lee', { resolution: 'Done.', customerAgreed: true });
    c.give('changeSeverity', 'maria', { severity: 0, eDown });
    expect(lastRead(c)).toMatch(/Please call maria \(\+1 555 0188\)/);
  });
});

test.each([
  ['asks for a manager', 'requestManagerContact', {}],
  ['escalates', 'escalate', {}],
  ['has a colleague to add', 'updateContacts', { add: [{ ...pat, name: 'quinn' }] }],
] as const)('H4 the contact is on the phone with the engineer, and %s: they are there', (_what, command, fields) => {
  const c = withPat().declareEDown().do('acknowledge', 'maier');
  c.do('requestContactAction', 'maier', { kind: 'TEST', what: 'Try it.' });
  c.simulation.pass(31 * MINUTE);
  expect(needOf(c.simulation.state, 'CONTACT_CHECK')).toBeDefined();
  c.do(command, 'lee', { ...fields, ...onThePhone('pat') });
  expect(needOf(c.simulation.state, 'CONTACT_CHECK')).toBeUndefined();
});

test('H10 a name that is on no list of the case is no sign of the customer', () => {
  const c = withPat().declareEDown().do('acknowledge', 'maier');
  c.do('requestContactAction', 'maier', { kind: 'TEST', what: 'Try it.' });
  c.simulation.pass(31 * MINUTE);
  c.do('requestManagerContact', 'lee', onThePhone('zoe'));
  expect(needOf(c.simulation.state, 'CONTACT_CHECK')).toBeDefined();
});

test('H3 whoever has given the result themselves is not told that it is not needed any more', () => {
  const c = withPat().declareEDown().do('acknowledge', 'maier');
  c.do('requestContactAction', 'maier', { kind: 'TEST', what: 'Try it.' });
  const before = c.sent;
  c.do('completeContactAction', 'maier', { ...onThePhone('pat'), actionId: 'C1000001-A1', result: 'It works.' });
  expect(c.heardSince(before).filter((line) => line.endsWith(' pat'))).toEqual([]);
});

test('H3 an engineer who has the case opened again on the phone has it', () => {
  const c = caseAt({ severity: 1 }).do('closeCase', 'lee', { resolution: 'Done.', customerAgreed: true });
  const before = c.sent;
  c.do('reopenCase', 'desk', { ...onThePhone('lee'), reason: 'Not done.' });
  expect(c.heardSince(before)).toEqual([]);
});
