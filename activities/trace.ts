import type { UsableChannel } from './channels';
import type { Candidate } from './directory/present';

/**
 * What a try leaves behind for the next one, in the heartbeat, as soon as the request is out: a worker may die between the
 * provider's yes and its own report, and the same page must then go to the same person under the same key (B2).
 */
export interface Trace {
  readonly person: string;
  readonly channel: string;
  readonly channelIndex: number;
  readonly firstTryAt: number;
}

/** The trace of the try before, whatever an older or newer worker has written. */
export function readTrace(details: unknown): Trace | undefined {
  if (typeof details !== 'object' || details === null) return undefined;
  const { person, channel, channelIndex, firstTryAt } = details as Partial<Record<keyof Trace, unknown>>;
  return typeof person === 'string' && typeof channel === 'string' && typeof channelIndex === 'number' && typeof firstTryAt === 'number'
    ? { person, channel, channelIndex, firstTryAt }
    : undefined;
}

/** Whom this try is for: the one before if they may still be asked, otherwise the first. */
export const chosenPerson = (list: readonly Candidate[], trace: Trace | undefined): Candidate | undefined =>
  list.find(({ person }) => person.id === trace?.person) ?? list[0];

/** The channel of the try before if the person still has it, otherwise the next that was not used. */
export function chosenIndex(channels: readonly UsableChannel[], person: string, used: readonly string[], trace: Trace | undefined): number {
  const before = trace?.person === person ? channels.findIndex(({ name }) => name === trace.channel) : -1;
  return before >= 0 ? before : channels.findIndex(({ name }) => !used.includes(name));
}
