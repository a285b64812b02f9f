/** Which of somebody's channels a page may use, and what each is called in its key. */
import type { Channel } from '../directory/types';

/** A channel of a person, with the name it has in idempotency keys. */
export interface UsableChannel {
  readonly channel: Channel;
  readonly name: string;
}

/** The person's channels that the policy allows for this urgency, in the person's own order of preference. */
export function usable(channels: readonly Channel[], allowed: readonly string[]): UsableChannel[] {
  const count = new Map<string, number>();
  return channels
    .filter((channel) => allowed.includes(channel.kind) || allowed.includes(nameOf(channel)))
    .map((channel) => {
      const kind = nameOf(channel);
      const nth = (count.get(kind) ?? 0) + 1;
      count.set(kind, nth);
      // Two webhooks of one person are two channels: their keys must differ.
      return { channel, name: nth === 1 ? kind : `${kind}#${nth}` };
    });
}

/** By the names that they have in keys, whatever a policy allows. */
export const allOf = (channels: readonly Channel[]): UsableChannel[] =>
  usable(
    channels,
    channels.map(({ kind }) => kind),
  );

export const channelNamed = (channels: readonly Channel[], name: string): Channel | undefined =>
  allOf(channels).find((known) => known.name === name)?.channel;

/** Of a preset, its own name: a timeline says by what somebody was paged. */
const nameOf = (channel: Channel): string => (channel.kind === 'http' ? channel.preset : channel.kind);
