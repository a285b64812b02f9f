/** D6: "I cannot" counts from the moment a page is out, however long its provider takes to say so. */
import type { PageOrder } from '../../workflows/core/language/page';
import { caseAt, MINUTE, type Fixture } from '../support/cases';

/** The provider of whoever is asked for M1 first has the page out at once, and says so after ten seconds. */
function slowly(c: Fixture): Fixture {
  const page = c.phones.page.bind(c.phones);
  let isFirst = true;
  c.phones.page = (order: PageOrder, now: number) => {
    const delivery = page(order, now);
    if (order.purpose !== 'ESCALATED_M1' || !isFirst) return delivery;
    isFirst = false;
    return { ...delivery, afterMs: 10_000 };
  };
  return c;
}

const escalated = (): { c: Fixture; pageId: string; from: number } => {
  const c = slowly(caseAt({ severity: 1 }));
  const from = c.sent;
  c.do('escalate', 'maria');
  const [order] = c.simulation.messages.slice(from).map((message) => message.order);
  return { c, from, pageId: order?.pageId ?? 'C1000001-1' };
};
const answers = (c: Fixture): string[] =>
  c.simulation.events.flatMap((event) =>
    event.type === 'PageDeclined' || (event.type === 'PageAcknowledged' && event.data.person !== 'lee')
      ? [`${event.type} ${event.data.person}`]
      : [],
  );

test.each([false, true])(
  'by the link: the next one is asked at once (too late to call the message back: %p)',
  (isTooLate) => {
    const { c, from, pageId } = escalated();
    c.simulation.isTooLateToCallBack = () => isTooLate;
    c.simulation.pass(4_000);
    c.do('decline', 'ana', { pageId, means: 'LINK' });
    expect(c.pagedSince(from)).toContain('ESCALATED_M1 → ben');
    c.simulation.pass(20_000);
    c.do('acknowledge', 'ben');
    c.simulation.pass(20 * MINUTE);
    // Neither is rung again, and nobody else is.
    expect(c.heardSince(from).filter((line) => line.includes('rings'))).toEqual([
      ...(isTooLate ? ['ESCALATED_M1 rings ana'] : []),
      'ESCALATED_M1 rings ben',
    ]);
    expect(answers(c)).toEqual(['PageDeclined ana', 'PageAcknowledged ben']);
  },
);

test('by the shell, where nobody knows yet whom the page has found: they are passed over as soon as that is known', () => {
  const { c, from, pageId } = escalated();
  c.simulation.pass(500);
  c.do('decline', 'ana', { pageId });
  c.simulation.pass(20_000);
  expect(c.pagedSince(from)).toEqual(['ESCALATED_M1 → ana', 'ESCALATED_M1 → ben']);
  c.simulation.pass(MINUTE);
  expect(answers(c)).toEqual(['PageDeclined ana']);
});

test('of a page that is on its way to somebody else nothing is declined', () => {
  const { c, from, pageId } = escalated();
  c.simulation.pass(11_000);
  expect(c.give('decline', 'ben', { pageId, means: 'LINK' }).refusal).toMatchObject({ code: 'NOTHING_ASKED' });
  expect(c.pagedSince(from)).toEqual(['ESCALATED_M1 → ana']);
  expect(answers(c)).toEqual([]);
});

test('somebody has it by then: whoever cannot hears who', () => {
  const { c, pageId } = escalated();
  c.do('acceptEscalation', 'ben');
  expect(c.give('decline', 'ana', { pageId, means: 'LINK' }).refusal).toMatchObject({ code: 'NOTHING_ASKED' });
  expect(answers(c)).toEqual(['PageAcknowledged ben']);
});
