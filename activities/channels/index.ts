import type { Channel } from '../directory/types';
import type { OutgoingPage, SendResult } from './channel';
import { sendToConsole } from './console';
import { sendToWebhook } from './webhook';

/** A channel of a person, with the name it has in idempotency keys. */
export interface UsableChannel {
  readonly channel: Channel;
  readonly name: string;
}

/** The person's channels that the policy allows for this urgency, in the person's own order of preference. */
export function usable(channels: readonly Channel[], allowed: readonly string[]): UsableChannel[] {
  const count = new Map<string, number>();
  return channels
    .filter(({ kind }) => allowed.includes(kind))
    .map((channel) => {
      const nth = (count.get(channel.kind) ?? 0) + 1;
      count.set(channel.kind, nth);
      // Two webhooks of one person are two channels: their keys must differ.
      return { channel, name: nth === 1 ? channel.kind : `${channel.kind}#${nth}` };
    });
}

/** One try on one channel. */
export async function send(
  page: OutgoingPage,
  channel: Channel,
  write: (line: string) => void,
  cancelled: AbortSignal,
): Promise<SendResult> {
  switch (channel.kind) {
    case 'console':
      return sendToConsole(page, write);
    case 'webhook':
      return sendToWebhook(page, channel, cancelled);
    default:
      return channel satisfies never;
  }
}
