/** Do all workers of a queue give new cases the same policy? And the sentence for when they do not. */
import { saidIn, type Present, type Said } from './identity';

export interface Poller {
  readonly identity: string;
  readonly at: number;
}

/** Whoever has asked within this long is there; a killed worker cannot say good-bye. */
export const PRESENT_MS = 35_000;

/** Everybody who is there, by what they said last. */
export function presentAmong(pollers: readonly Poller[], now: number): Present[] {
  const last = new Map<string, Said>();
  for (const { identity, at } of pollers) {
    const said = saidIn(identity);
    if (said === undefined || now - at > PRESENT_MS) continue;
    if ((last.get(said.worker)?.since ?? -Infinity) <= said.since) last.set(said.worker, said);
  }
  return [...last.values()].flatMap(({ present }) => (present ? [present] : []));
}

/** By hash, with who has it. */
export function policiesOf(present: readonly Present[]): Map<string, { version: string; workers: string[] }> {
  const policies = new Map<string, { version: string; workers: string[] }>();
  for (const { hash, version, worker } of [...present].sort((a, b) => a.worker.localeCompare(b.worker))) {
    const known = policies.get(hash);
    if (known) known.workers.push(worker);
    else policies.set(hash, { version, workers: [worker] });
  }
  return policies;
}

/** Nothing while all agree. */
export function sentenceOf(present: readonly Present[], taskQueue: string): string | undefined {
  const policies = policiesOf(present);
  if (policies.size < 2) return undefined;
  const each = [...policies]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([hash, { version, workers }]) => `"${version}" (${hash}) at ${workers.join(', ')}`);
  return `Workers of queue ${taskQueue} have ${policies.size} different policies, and chance decides which one a new case gets: ${each.join('; ')}. Give all of them the same policy.yaml.`;
}
