/**
 * Nudges cases that have nothing to do over to the current version. Slowly, because each is replayed and begins a new run, and
 * somebody's page should not wait for that. Which are left is asked of the server again and again, so that a move that was
 * interrupted goes on where it was, and a nudge that came too early, before the promotion had reached it, is given once more.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { moveToCurrentVersion } from '../../workflows/messages';
import { look } from './look';
import type { Unserved } from './unserved';
import { casesOf, grpcCode, onVersion, routingOf, servedVersions, type Place, type RunningCase } from './server';

export interface MoveOptions {
  /** Nudges a second. */
  readonly perSecond: number;
  /** Given up after so long. */
  readonly forMs: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly stopped?: AbortSignal;
}

export interface Progress {
  readonly moved: number;
  readonly left: number;
}

export interface Moved extends Progress {
  readonly current: string;
  readonly seconds: number;
  /** Of those that are left, the first ones. */
  readonly waiting: readonly string[];
  /** Versions that nobody serves: their cases cannot hear a nudge. */
  readonly unserved: readonly Unserved[];
}

/** There is nothing to move to. */
export class NoCurrentVersion extends Error {
  override readonly name = 'NoCurrentVersion';
}

const NOT_FOUND = 5;
/** A case is nudged again when it has had so long to move. */
const AGAIN_AFTER_MS = 2_000;
const AGAIN_AFTER_AT_MOST_MS = 60_000;
/** From this nudge on it takes along what is on its way: a provider that is down would keep it for ever. */
const WITH_PAGES_FROM = 5;
/** A worker that has just been started is given so long to ask for the work of an older version. */
const UNSERVED_FOR_MS = 20_000;
const MOST_NAMED = 20;

/** Later and later once a nudge has left it no reason to stay: each is an event of a history that somebody replays. */
const againAfterMs = (times: number): number =>
  Math.min(AGAIN_AFTER_MS * 2 ** Math.max(0, times - WITH_PAGES_FROM), AGAIN_AFTER_AT_MOST_MS);

/** @throws NoCurrentVersion */
export async function move(place: Place, { perSecond, forMs, onProgress, stopped }: MoveOptions): Promise<Moved> {
  const from = Date.now();
  const nudges = new Map<string, { times: number; at: number }>();
  const everLeft = new Set<string>();
  let current = await currentOf(place);
  let servedAt = from;
  for (;;) {
    const [left, served] = await Promise.all([leftOn(place, current), servedVersions(place)]);
    const hearing = left.filter(({ build }) => served.has(build));
    if (hearing.length > 0) servedAt = Date.now();
    for (const { caseNumber } of left) everLeft.add(caseNumber);
    const progress = { moved: everLeft.size - left.length, left: left.length };
    onProgress?.(progress);
    const isLate = Date.now() - from >= forMs || stopped?.aborted === true;
    const isInVain = hearing.length === 0 && Date.now() - servedAt >= UNSERVED_FOR_MS;
    if (left.length === 0 || isLate || isInVain) {
      return {
        ...progress,
        current,
        seconds: (Date.now() - from) / 1_000,
        waiting: left.slice(0, MOST_NAMED).map(({ caseNumber }) => caseNumber),
        unserved: left.length === 0 ? [] : (await look(place)).unserved,
      };
    }
    // Who is served by nobody cannot hear it: it would only have more to read when somebody comes.
    for (const one of hearing) {
      const before = nudges.get(one.caseNumber);
      if (stopped?.aborted || Date.now() - from >= forMs) break;
      if (before && Date.now() - before.at < againAfterMs(before.times)) continue;
      const times = (before?.times ?? 0) + 1;
      nudges.set(one.caseNumber, { times, at: Date.now() });
      await nudge(place, one, times >= WITH_PAGES_FROM);
      await delay(1_000 / perSecond);
    }
    await delay(500);
    // Somebody may promote another one meanwhile: there is no sense in moving to what is not current any more.
    current = await currentOf(place);
  }
}

async function currentOf(place: Place): Promise<string> {
  const current = (await routingOf(place))?.current;
  if (!current)
    throw new NoCurrentVersion('No version is current: start a worker, or name one with tocsin deploy promote.');
  return current;
}

interface Left extends RunningCase {
  readonly build: string;
}

/** Those that have begun on another version; the oldest first, for they have waited longest. */
async function leftOn(place: Place, current: string): Promise<Left[]> {
  const left: Left[] = [];
  for (const { build } of (await routingOf(place))?.versions ?? []) {
    if (build === current) continue;
    for await (const one of casesOf(place, onVersion(place, build))) left.push({ ...one, build });
  }
  return left.sort((a, b) => a.since.getTime() - b.since.getTime());
}

async function nudge({ client }: Place, { caseNumber, runId }: RunningCase, withPages: boolean): Promise<void> {
  try {
    // This run only: the next one is where it should be already.
    await client.workflow.getHandle(caseNumber, runId).signal(moveToCurrentVersion, { withPages });
  } catch (error) {
    if (grpcCode((error as Error).cause ?? error) === NOT_FOUND || (error as Error).name === 'WorkflowNotFoundError')
      return;
    throw error;
  }
}
