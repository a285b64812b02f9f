/**
 * H7, R49: a provider that is down for an hour. It is tried again for its time, under one key; whoever has another channel is rung
 * by it at once, whoever has none costs half a minute; and what was asked meanwhile is asked until the provider is back.
 */
import type { Delivery } from '../../rehearsal/dry-run';
import type { Channel } from '../../activities/directory/types';
import { troubleOf } from '../../activities/page';
import type { PageOrder } from '../../workflows/core/language/page';
import { caseAt, HOUR, MINUTE, START, type Fixture } from '../support/cases';
import type { Phones } from '../support/org';

const BACK = START + HOUR;
const webhook: Channel = { kind: 'webhook', url: 'http://provider' };

/** By this channel nothing gets through until it is back; a try that goes on by then gets through under its own key. */
function takeDown(phones: Phones, down: string): void {
  const page = phones.page.bind(phones);
  phones.page = (order: PageOrder, now: number): Delivery => {
    const delivery = page(order, now);
    const { result } = delivery;
    if (now >= BACK || result.outcome !== 'ACCEPTED' || result.channel !== down) return delivery;
    const { retryForMs } = order;
    const trouble = { ...troubleOf(order, result, 'FAILED'), detail: 'HTTP 503' };
    if (now + retryForMs >= BACK) return { result, trouble, afterMs: BACK - now };
    const { shift: _, outcome: __, ...addressed } = result;
    const failed = { ...addressed, outcome: 'FAILED', reason: 'PROVIDER_DOWN', detail: 'HTTP 503' } as const;
    return { result: failed, trouble, afterMs: retryForMs };
  };
}

interface Arrived {
  readonly key: string;
  readonly at: number;
  readonly person: string;
}

const arrived = (c: Fixture, from: number): Arrived[] =>
  c.simulation.messages.slice(from).flatMap(({ order, result, at }): Arrived[] => {
    if (result.outcome !== 'ACCEPTED' || order.purpose !== 'ESCALATED_M1' || result.mode !== 'RING') return [];
    const { pageId, attempt } = result.joined ?? order;
    return [{ key: `${pageId}/${attempt}/${result.person}/${result.channel}`, at, person: result.person }];
  });

const nameOf = (channel: Channel | undefined): string =>
  channel?.kind === 'http' ? channel.preset : (channel?.kind ?? '');

/** Lee's case, with M1 asked for; everybody has these channels. */
function escalatedWith(channels: readonly Channel[]): { c: Fixture; from: number; at: number } {
  const c = caseAt({
    severity: 1,
    company: (phones) => {
      takeDown(phones, nameOf(channels[0]));
      for (const { id } of phones.people()) phones.change(id, { channels });
    },
  });
  const from = c.sent;
  c.do('escalate', 'maria');
  return { c, from, at: c.simulation.now };
}

const DOWN: readonly Channel[] = [
  webhook,
  { kind: 'email', address: 'ana@example.com' },
  { kind: 'slack', to: 'U1' },
  { kind: 'sms', number: '+34910000000' },
  { kind: 'voice', number: '+34910000000' },
  { kind: 'http', preset: 'teams', fields: {} },
];

test.each(DOWN)('$kind is down: whoever has another channel is rung by it at once', (channel) => {
  const { c, from, at } = escalatedWith([channel, { kind: 'console' }]);
  c.simulation.pass(25_000);
  expect(arrived(c, from)).toEqual([
    { key: expect.stringMatching(/\/[2-9]\/ana\/console$/) as string, at, person: 'ana' },
  ]);
  // It was tried for its time, and the first failure stands on the timeline once.
  c.simulation.pass(2 * MINUTE);
  const ofAna = (type: string) =>
    c.simulation.events.filter((event) => event.type === type && 'person' in event.data && event.data.person === 'ana');
  expect(ofAna('PageDelayed')).toHaveLength(1);
  expect(ofAna('PageFailed')).toMatchObject([{ data: { channel: nameOf(channel), reason: 'PROVIDER_DOWN' } }]);
});

test('everybody has that channel only: each costs half a minute, and nothing asked is lost', () => {
  const { c, from } = escalatedWith([webhook]);
  // Whoever is next is tried half a minute later at most, until all have been.
  c.simulation.pass(3 * MINUTE);
  const tried = c.simulation.messages.slice(from).filter(({ order }) => order.purpose === 'ESCALATED_M1');
  const waits = tried.slice(1).map(({ at }, nth) => at - (tried[nth]?.at ?? 0));
  expect(tried.length).toBeGreaterThan(2);
  expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
  expect(arrived(c, from)).toEqual([]);

  // Until it is back the case is never green, somebody hears that nobody was reached, and there is always a next try.
  const attention = new Set<string>();
  while (c.simulation.now < BACK) {
    const now = c.simulation.view.attention;
    expect(now.length).toBeGreaterThan(0);
    for (const one of now) attention.add(one);
    expect(c.simulation.next).toBeLessThanOrEqual(c.simulation.now + 15 * MINUTE);
    c.simulation.pass(MINUTE);
  }
  expect(attention).toContain('NOBODY_REACHED');
  // Then it arrives within the time that rounds are apart, under a key that no other message has.
  c.simulation.pass(16 * MINUTE);
  const rings = arrived(c, from);
  expect(rings[0]?.person).toBe('ana');
  expect(new Set(rings.map(({ key }) => key)).size).toBe(rings.length);
  c.do('acknowledge', 'ana');
  const before = c.sent;
  c.simulation.pass(20 * MINUTE);
  expect(arrived(c, before)).toEqual([]);
  expect(c.simulation.view.level).toBe('M1');
});

test('a try that goes on when the provider is back arrives, once, under the key that it began with', () => {
  const { c } = escalatedWith([webhook, { kind: 'console' }]);
  c.do('acceptEscalation', 'ana');
  c.simulation.pass(BACK - 30_000 - c.simulation.now);
  const from = c.sent;
  c.do('escalate', 'maria', { level: 'M2', dissatisfaction: 'Nobody called us.' });
  const first = c.simulation.messages[from];
  c.simulation.pass(MINUTE);
  const keys = c.simulation.events.flatMap((event) =>
    event.type === 'PageSent' && event.data.channel === 'webhook' && event.data.pageId === first?.order.pageId
      ? [`${event.data.pageId}/${event.data.attempt}`]
      : [],
  );
  expect(keys).toEqual([`${first?.order.pageId}/1`]);
});
