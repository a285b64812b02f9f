/** D12, D17, H4: what waits for somebody's morning, and what rings them whatever the hour. */
import { caseAt, HOUR, MINUTE, START, type Fixture } from '../support/cases';
import { completeAnswers } from '../support/story';

const contact = (name: string, timezone?: string) => ({
  ...completeAnswers().technicalContact,
  name,
  ...(timezone !== undefined && { timezone }),
});

/** `CONTACT_CHECK rings pat at 22:00`: what arrived at them, and when. */
const heardBy = ({ simulation }: Fixture, person: string, from = 0): string[] =>
  simulation.messages.slice(from).flatMap(({ order, at, result }) => {
    if (result.outcome !== 'ACCEPTED' || result.person !== person) return [];
    const how = { RING: 'rings', ASK: 'asks', WORD: 'tells' }[result.mode];
    return [`${order.purpose} ${how} ${person} at ${new Date(at).toISOString().slice(11, 16)}`];
  });

describe('D12 the night of a contact in Tokyo, from 13:00 to 22:00 UTC', () => {
  const inTokyo = (): Fixture => {
    const c = caseAt().declareEDown({ technicalContact: contact('pat', 'Asia/Tokyo') });
    return c.do('acknowledge', 'maier');
  };

  test('a check that falls into it waits for their morning', () => {
    const c = inTokyo();
    c.simulation.pass(12 * HOUR + 59 * MINUTE);
    expect(heardBy(c, 'pat')).toEqual([]);
    c.simulation.pass(2 * MINUTE);
    expect(heardBy(c, 'pat')).toEqual(['CONTACT_CHECK rings pat at 22:00']);
  });

  test('and nobody proposes to lower for a customer who is asleep', () => {
    const c = inTokyo();
    c.simulation.pass(13 * HOUR);
    expect(c.simulation.events.filter(({ type }) => /^(LoweringProposed|ContactUnavailable)$/.test(type))).toEqual([]);
  });

  test('work waits for them: a claim of a workable system, and a request, ring at three in the morning', () => {
    const c = inTokyo();
    c.simulation.pass(9 * HOUR);
    const { sent } = c;
    c.give('confirmWorkableSystem', 'maier');
    expect(heardBy(c, 'pat', sent)).toEqual(['CONFIRM_WORKABLE_SYSTEM rings pat at 18:00']);
    c.simulation.pass(HOUR);
    const later = c.sent;
    c.do('confirmWorkableSystem', 'pat');
    expect(heardBy(c, 'pat', later)).toEqual([]);

    const other = inTokyo();
    other.simulation.pass(9 * HOUR);
    const before = other.sent;
    other.do('requestContactAction', 'maier', { kind: 'APPLY_FIX', what: 'Start the vault.' });
    expect(heardBy(other, 'pat', before)).toEqual(['CONTACT_ACTION rings pat at 18:00']);
  });

  test('the zone of the customer holds for a contact without one, and UTC where nobody said', () => {
    const firstCheck = (timezone?: string): string[] => {
      const customer = { number: '1001', name: 'Acme', activeSupport: true, enterprise: true } as const;
      const c = caseAt({ opening: { customer: { ...customer, ...(timezone !== undefined && { timezone }) } } });
      c.declareEDown({ technicalContact: contact('pat') }).do('acknowledge', 'maier');
      c.simulation.pass(14 * HOUR);
      return heardBy(c, 'pat').slice(0, 1);
    };
    expect(firstCheck('Asia/Tokyo')).toEqual(['CONTACT_CHECK rings pat at 22:00']);
    expect(firstCheck()).toEqual(['CONTACT_CHECK rings pat at 13:00']);
  });
});

describe('D17', () => {
  test('an entitlement that nobody could check is asked of the manager in working hours; work goes on meanwhile', () => {
    const customer = { number: '1001', name: 'Acme', activeSupport: 'UNKNOWN', enterprise: true } as const;
    const c = caseAt({ opening: { customer } });
    c.do('recordCustomerContact', 'lee', { how: 'PHONE', outcome: 'REACHED', summary: 'We look into it.' });
    c.simulation.pass(9 * HOUR);
    c.declareEDown().do('acknowledge', 'smith');
    expect(c.simulation.view.emergency).toBe('ACTIVE');
    const asked = (): string[] =>
      c.simulation.messages.flatMap(({ at, result }) =>
        result.outcome === 'ACCEPTED' && result.asks.includes('ENTITLEMENT_CHECK')
          ? [`${result.person} ${new Date(at).toISOString()}`]
          : [],
      );
    c.simulation.pass(14 * HOUR + 59 * MINUTE);
    expect(asked()).toEqual([]);
    c.simulation.pass(2 * MINUTE);
    expect(asked()).toEqual([`ana ${new Date(START + 24 * HOUR).toISOString()}`]);
  });

  test.each([
    ['asks', false],
    ['rings', true],
  ])('an escalated SPR %s whoever owns R&D: an emergency is active: %p', (how, emergency) => {
    const c = caseAt({ severity: 1, level: 'M1', accepted: true, emergency });
    c.do('linkSpr', 'lee', { sprNumber: 'SPR123456' });
    const { sent } = c;
    c.do('escalateSpr', 'ana', { sprNumber: 'SPR123456', reason: 'No fix in sight.' });
    expect(heardBy(c, 'rita', sent)).toEqual([`SPR_ESCALATED ${how} rita at 09:00`]);
  });
});
