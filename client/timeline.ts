/**
 * All that has happened in a case, over all of its runs. A case itself carries its youngest events; what was before stands where
 * each run handed the case on, and is read from there, a page at a time.
 */
import type { Client } from '@temporalio/client';
import { upgraded } from '../workflows/core/carried';
import { en } from '../workflows/core/words/en';
import type { CaseEvent, Timeline, ToldEvent } from '../workflows/messages';
import { runsOf, type Run } from './runs';

export interface TimelineWanted {
  /** Only events with a greater number. */
  readonly after?: number;
  /** At most so many, the oldest first; 100 by default. */
  readonly limit?: number;
  /** The youngest so many instead. */
  readonly last?: number;
}

/** Events that cannot be shown any more. */
export interface Missing {
  readonly from: number;
  readonly to: number;
  /** The server keeps a closed run for so long and no longer; or the run itself had no room for them. */
  readonly why: 'RETENTION' | 'NO_ROOM';
  readonly sentence: string;
}

export interface WholeTimeline extends Timeline {
  /** Within what was asked for. Empty: nothing is missing. */
  readonly missing: readonly Missing[];
}

/** What was found out of the runs of a case, so that the next page need not walk from the youngest again. */
export class RunsSeen {
  private readonly cases = new Map<string, Map<string, number>>();

  /** The oldest run known that was handed all events up to this one. */
  from(chain: string, seq: number, youngest: string): string {
    const known = [...(this.cases.get(chain) ?? [])].filter(([, last]) => last >= seq);
    return known.length === 0 ? youngest : known.reduce((a, b) => (b[1] < a[1] ? b : a))[0];
  }

  /** It was handed the events up to this one. */
  saw(chain: string, runId: string, last: number): void {
    const runs = this.cases.get(chain) ?? new Map<string, number>();
    runs.set(runId, last);
    this.cases.delete(chain);
    this.cases.set(chain, runs);
    const [oldest] = this.cases.keys();
    if (this.cases.size > REMEMBERED && oldest !== undefined) this.cases.delete(oldest);
  }
}

const REMEMBERED = 50;
const MOST_CARRIED = 100_000;

interface Asked {
  readonly temporal: Client;
  readonly caseNumber: string;
  readonly deadlineMs: number;
  readonly seen: RunsSeen;
  /** What the case itself carries. */
  readonly carries: (request: { readonly after: number; readonly limit: number }) => Promise<Timeline>;
}

export async function timelineOf(asked: Asked, wanted: TimelineWanted): Promise<WholeTimeline> {
  const { last } = wanted;
  const limit = last ?? wanted.limit ?? 100;
  const carried = await asked.carries(last === undefined ? { after: wanted.after ?? 0, limit } : ALL);
  const after = last === undefined ? (wanted.after ?? 0) : Math.max(0, carried.seq - last);
  const own = carried.events.filter(({ seq }) => seq > after).map(withSentence);
  if (carried.firstKept <= after + 1 || limit === 0) return { ...carried, events: own.slice(0, limit), missing: [] };
  const { events, firstKept, isGone } = await before(asked, carried, own, { after, limit });
  return { events, seq: carried.seq, firstKept, missing: missingIn(events, after, isGone ? firstKept : 1) };
}

/** A case of an older version says the facts alone. */
const withSentence = (event: CaseEvent | ToldEvent): ToldEvent => ('sentence' in event ? event : en.told(event));

const ALL = { after: 0, limit: MOST_CARRIED };

interface Found {
  readonly events: readonly ToldEvent[];
  readonly firstKept: number;
  /** What was before is kept no longer. */
  readonly isGone: boolean;
}

async function before(
  asked: Asked,
  carried: Timeline,
  own: readonly ToldEvent[],
  page: { readonly after: number; readonly limit: number },
): Promise<Found> {
  const { runId, chain } = await youngestOf(asked);
  const start = asked.seen.from(chain, page.after + page.limit, runId);
  const nothing = { events: own.slice(0, page.limit), firstKept: carried.firstKept, isGone: true };
  const found = await back(asked, chain, start, nothing, page);
  // Retention has taken that one since; those after it may be there.
  return found === nothing && start !== runId ? await back(asked, chain, runId, nothing, page) : found;
}

/** From run to run, until all that is wanted is there; of the events only those that are wanted are kept. */
async function back(
  { temporal, caseNumber, deadlineMs, seen }: Asked,
  chain: string,
  start: string,
  nothing: Found,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Found> {
  let found = nothing;
  for await (const run of runsOf(temporal, caseNumber, start, deadlineMs)) {
    const handed = await handedTo(temporal, run);
    seen.saw(chain, run.runId, handed.at(-1)?.seq ?? 0);
    const known = new Set(found.events.map(({ seq }) => seq));
    const events = [...handed.filter(({ seq }) => seq > after && !known.has(seq)), ...found.events]
      .sort((a, b) => a.seq - b.seq)
      .slice(0, limit);
    const firstKept = Math.min(found.firstKept, handed[0]?.seq ?? Infinity);
    // The first one was handed nothing: all it had to say it has handed on.
    found = { events, firstKept, isGone: run.before !== undefined && firstKept > after + 1 };
    if (firstKept <= after + 1) break;
  }
  return found;
}

async function youngestOf({
  temporal,
  caseNumber,
  deadlineMs,
}: Asked): Promise<{ readonly runId: string; readonly chain: string }> {
  const { runId, raw } = await temporal.withDeadline(Date.now() + deadlineMs, () =>
    temporal.workflow.getHandle(caseNumber).describe(),
  );
  return { runId, chain: `${caseNumber}/${raw.workflowExecutionInfo?.firstRunId ?? runId}` };
}

/** In the words of now, whichever version has written them; what a newer one has written is not guessed at. */
async function handedTo({ options }: Client, { before: previous, started }: Run): Promise<readonly ToldEvent[]> {
  if (previous === undefined) return [];
  const { payloadCodecs, payloadConverter } = options.loadedDataConverter;
  let payloads = started.input?.payloads ?? [];
  for (const codec of payloadCodecs.toReversed()) payloads = await codec.decode(payloads);
  const [payload] = payloads;
  if (!payload) return [];
  const { carried } = payloadConverter.fromPayload<{ readonly carried: Parameters<typeof upgraded>[0] }>(payload);
  const present = upgraded(carried);
  return 'newer' in present ? [] : present.state.tail.map(en.told);
}

function missingIn(events: readonly Pick<CaseEvent, 'seq'>[], after: number, firstKept: number): Missing[] {
  const missing: Missing[] = [];
  let next = after + 1;
  for (const { seq } of events) {
    if (seq > next) missing.push(...gap(next, seq - 1, firstKept));
    next = seq + 1;
  }
  return missing;
}

function gap(from: number, to: number, firstKept: number): Missing[] {
  const retained = Math.min(to, firstKept - 1);
  return [
    ...(retained >= from ? [missingWords(from, retained, 'RETENTION')] : []),
    ...(to > retained && to >= Math.max(from, firstKept)
      ? [missingWords(Math.max(from, firstKept), to, 'NO_ROOM')]
      : []),
  ];
}

function missingWords(from: number, to: number, why: Missing['why']): Missing {
  const which = from === to ? `Event ${from} is` : `Events ${from} to ${to} are`;
  const sentence =
    why === 'RETENTION'
      ? `${which} gone: the Temporal server keeps closed runs only for the retention of its namespace.`
      : `${which} not on record: more happened at once than a run could hand on, or an older version wrote it.`;
  return { from, to, why, sentence };
}
