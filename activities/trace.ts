import type { UsableChannel } from './channels/usable';

/**
 * What a try leaves behind for the next one, in the heartbeat, as soon as the request is out: a worker may die between the
 * provider's yes and its own report, and the same page must then go to the same person under the same key (B2).
 */
export interface Trace {
  readonly person: string;
  readonly channel: string;
  readonly firstTryAt: number;
  /** The page of theirs that it went out on. */
  readonly joined?: { readonly pageId: string; readonly attempt: number };
}

/** The trace of the try before, whatever an older or newer worker has written. */
export function readTrace(details: unknown): Trace | undefined {
  if (typeof details !== 'object' || details === null) return undefined;
  const { person, channel, firstTryAt, joined } = details as Partial<Record<keyof Trace, unknown>>;
  if (typeof person !== 'string' || typeof channel !== 'string' || typeof firstTryAt !== 'number') return undefined;
  return { person, channel, firstTryAt, ...(isJoined(joined) && { joined }) };
}

const isJoined = (value: unknown): value is NonNullable<Trace['joined']> =>
  typeof value === 'object' && value !== null && 'pageId' in value && 'attempt' in value;

/** The next channel in the person's own order. */
export const nextUnused = (channels: readonly UsableChannel[], used: readonly string[]): UsableChannel | undefined =>
  channels.find(({ name }) => !used.includes(name));
