/** How long it took from an event to a page that a provider has accepted, or to the end of all tries on that channel. */
import { Histogram, type Registry } from 'prom-client';

/** A page goes out in milliseconds; the long ones are what a provider that is down costs. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

interface Sent {
  readonly outcome: string;
  readonly channel?: string;
}
export type RecordPageTime = (result: Sent, orderedAt: number, now?: number) => void;

/** The event and the order of its page are one workflow task: the order's time is the event's. */
export function pageTimes(registry: Registry): RecordPageTime {
  const seconds = new Histogram({
    name: 'tocsin_page_seconds',
    help: 'From the event to a page that the provider has accepted or refused for good, by channel and outcome',
    labelNames: ['channel', 'outcome'],
    buckets: BUCKETS,
    registers: [registry],
  });
  return (result, orderedAt, now = Date.now()) => {
    // `webhook#2` is somebody's second webhook: a kind is what an alert can be set on.
    const channel = result.channel?.split('#')[0];
    // Nothing was sent: merged into another message, put off, nobody to send it to.
    if (channel === undefined) return;
    // The server's clock may be ahead of ours.
    seconds.observe({ channel, outcome: result.outcome }, Math.max(0, now - orderedAt) / 1_000);
  };
}
