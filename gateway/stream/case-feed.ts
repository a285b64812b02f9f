/**
 * The events of one case as they happen, for everybody who looks at it here: one question to Temporal is open a case, however
 * many look. Events are told by their number, so nobody hears one twice or misses one, whichever run of the case it stands in.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { EndedOutside } from '../../client/ended';
import { CaseNotFound, CaseRejected } from '../../client/errors';
import type { TocsinClient } from '../../client/tocsin-client';
import type { ToldEvent } from '../../workflows/messages';
import { latestRun, nextChange, type Change } from './changes';

export interface Listener {
  /** The number of the last event it has. */
  seen: number;
  readonly event: (event: ToldEvent) => void;
  /** Some events are older than what the case still carries. */
  readonly gap: (firstKept: number) => void;
  /** Nothing will happen to the case any more: it has come to its own end, or somebody has ended it. */
  readonly over: (endedOutside: EndedOutside | undefined) => void;
}

const PAGE = 200;
/** Temporal does not answer: asked again after this long, so that a restart of it is no storm of questions. */
const AGAIN_MS = 2_000;

export class CaseFeed {
  private readonly listeners = new Set<Listener>();
  private readonly stopping = new AbortController();
  /** Something has happened while the timeline was being asked for. */
  private isStale = false;
  private telling: Promise<void> | undefined;

  constructor(
    private readonly client: TocsinClient,
    private readonly caseNumber: string,
    private readonly ended: () => void,
  ) {
    void this.watch();
  }

  /** Tells it what it has not seen yet, and then whatever happens. */
  add(listener: Listener): () => void {
    this.listeners.add(listener);
    this.tell();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  }

  stop(): void {
    if (this.stopping.signal.aborted) return;
    this.stopping.abort();
    this.ended();
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    let change: Change = { is: 'GOES_ON' };
    while (!signal.aborted) {
      try {
        const place = 'place' in change ? change.place : await latestRun(this.client, this.caseNumber);
        change = await nextChange(this.client, this.caseNumber, place, signal);
        if (change.is === 'OVER') return await this.finish();
        if (change.is === 'CHANGED') this.tell();
      } catch {
        // Whatever it was, the listeners keep their connection and hear what they have missed as soon as it is over.
        await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async finish(): Promise<void> {
    const ended = await this.client.endedOutside(this.caseNumber);
    this.tell();
    await this.telling;
    for (const listener of this.listeners) listener.over(ended);
    this.stop();
  }

  /** One question at a time: what happens meanwhile is asked for right after it. */
  private tell(): void {
    this.isStale = true;
    this.telling ??= this.catchUp().finally(() => (this.telling = undefined));
  }

  private async catchUp(): Promise<void> {
    while (this.isStale && !this.stopping.signal.aborted) {
      this.isStale = false;
      try {
        await this.tellAll();
      } catch (error) {
        if (error instanceof CaseNotFound) return this.stop();
        // No worker tells what happened last, and none need come for a case that was ended: that is said all the same.
        if (error instanceof CaseRejected && error.endedOutside) return;
        await pause(AGAIN_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
        this.isStale = true;
      }
    }
  }

  private async tellAll(): Promise<void> {
    for (;;) {
      const after = Math.min(...[...this.listeners].map(({ seen }) => seen));
      if (!Number.isFinite(after)) return;
      const { events, firstKept, seq } = await this.client.getTimeline(this.caseNumber, { after, limit: PAGE });
      for (const listener of this.listeners) this.tellOne(listener, events, firstKept);
      if (events.length < PAGE || (events.at(-1)?.seq ?? seq) >= seq) return;
    }
  }

  private tellOne(listener: Listener, events: readonly ToldEvent[], firstKept: number): void {
    if (listener.seen + 1 < firstKept) {
      listener.gap(firstKept);
      listener.seen = firstKept - 1;
    }
    for (const event of events) {
      if (event.seq <= listener.seen) continue;
      listener.event(event);
      listener.seen = event.seq;
    }
  }
}
