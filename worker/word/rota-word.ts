/**
 * Word of the rota (`rota` of policy.yaml): noticed by every worker, told by one workflow. What cannot be handed to the
 * server now is handed over at the next look; nothing here may keep a page waiting.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import { DAY_MS } from '../../activities/directory/local-time';
import { turnsBetween, type Turn } from '../../activities/directory/turns';
import type { Directory, Team } from '../../activities/directory/types';
import type { RotaWordPolicy } from '../config/policy';
import type { Place } from '../deployment/server';
import type { LastSeen } from './last-seen';
import { changeWords, isKnown, staleWord, tellTurnAt, turnWord } from './rota';
import { tell, type ToTell } from './tell';

export interface RotaWordOptions {
  readonly directory: () => Directory;
  readonly policy: () => RotaWordPolicy;
  /** The rota as a worker here has seen it last: an edit while none ran is one as well. */
  readonly lastSeen: LastSeen;
  readonly log: Logger;
}

const LOOK_EVERY_MS = 1_000;
/** Nobody's rota is worked out at every look. */
const WORKED_OUT_FOR_MS = 600_000;
/** A server that is away for long is a trouble of its own; what piles up meanwhile is old news. */
const MOST_WAITING = 1_000;

interface Ahead {
  readonly directory: Directory;
  readonly leadMs: number;
  readonly until: number;
  readonly turns: { readonly turn: Turn; readonly tellAt: number }[];
}

export class RotaWord {
  private readonly waiting: ToTell[] = [];
  /** The pages by which words of this worker were told. */
  private readonly ours = new Set<string>();
  /** The rotas of which everybody is told, or about to be. */
  private seen: readonly Team[] | undefined;
  /** Kept on disk when everybody is told: a worker that ends before tells it when it comes again. */
  private toKeep: readonly Team[] | undefined;
  private ahead: Ahead | undefined;
  private working: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private isTroubled = false;

  constructor(private readonly options: RotaWordOptions) {}

  /** An edit is in use: of the file, or of the calendar of a team, which may not be seen yet of others. */
  changed(after: Directory, only?: string): void {
    const before = this.seen ?? [];
    const seen = seenNow(before, after.onCall, only);
    this.seen = seen;
    if (!this.options.policy().tellChanges) return this.options.lastSeen.write(seen);
    this.working = this.working.then(async () => {
      const words = changeWords({ onCall: before }, { ...after, onCall: seen }, Date.now());
      for (let step = words.next(); ; step = words.next()) {
        if (step.done) {
          this.toKeep = seen;
          return this.add(step.value);
        }
        await nextTurn();
      }
    });
    this.working = this.working.catch((error: unknown) => {
      // A rota that another version has kept: from now on it is this one, or no edit would ever be told.
      this.options.log.warn(
        { err: error },
        'this edit of the rota cannot be compared with the rota before: nobody is told',
      );
      this.toKeep = seen;
    });
  }

  /** What was edited while no worker ran here. */
  started(current: Directory): void {
    this.seen = this.options.lastSeen.read() ?? current.onCall;
    this.changed(current);
  }

  stale(name: string, readAt: number | null): void {
    const directory = this.options.directory();
    const team = directory.onCall.find((entry) => entry.team === name);
    if (team && directory.dutyManagers.length > 0) this.add([staleWord(directory, team, readAt, Date.now())]);
  }

  /** Once there is a server; the answer ends it. */
  begin(place: Place): () => Promise<void> {
    let isOver = false;
    const look = async (): Promise<void> => {
      try {
        await this.working;
        await this.turns();
        await this.handOver(place);
        this.isTroubled = false;
      } catch (error) {
        if (!this.isTroubled) this.options.log.warn({ err: error }, 'word of the rota waits: it is tried again');
        this.isTroubled = true;
      }
      if (!isOver) this.timer = setTimeout(() => void (this.working = look()), LOOK_EVERY_MS).unref();
    };
    this.working = look();
    return async () => {
      isOver = true;
      clearTimeout(this.timer);
      await this.working;
      // Noticed since the last look: left to whoever comes next, it would be told with what is edited until then, and some hear it twice.
      await this.handOver(place).catch(() => undefined);
    };
  }

  private add(words: readonly ToTell[]): void {
    this.waiting.push(...words);
    this.waiting.splice(0, this.waiting.length - MOST_WAITING);
  }

  private async turns(): Promise<void> {
    const { tellTurnBeginsMs: leadMs } = this.options.policy();
    if (leadMs === null) return;
    const now = Date.now();
    const directory = this.options.directory();
    const isOld = this.ahead?.directory !== directory || this.ahead.leadMs !== leadMs || this.ahead.until <= now;
    if (isOld) this.ahead = await this.lookAhead(directory, leadMs, now);
    const due = this.ahead?.turns.filter(({ tellAt }) => tellAt <= now) ?? [];
    for (const one of due) {
      this.ahead?.turns.splice(this.ahead.turns.indexOf(one), 1);
      if (one.turn.at > now) this.add([turnWord(one.turn)]);
    }
  }

  /** A word may go out the evening before it is due, so a day more than the lead is looked at. */
  private async lookAhead(directory: Directory, leadMs: number, now: number): Promise<Ahead> {
    const turns: Ahead['turns'] = [];
    for (const team of directory.onCall) {
      await nextTurn();
      for (const turn of turnsBetween(team, now, now + leadMs + DAY_MS + WORKED_OUT_FOR_MS))
        turns.push({ turn, tellAt: tellTurnAt(directory, turn, leadMs) });
    }
    return { directory, leadMs, until: now + WORKED_OUT_FOR_MS, turns };
  }

  /** One that is not taken lets others pass at the next look. */
  private async handOver(place: Place): Promise<void> {
    for (let word = this.waiting.shift(); word; word = this.waiting.shift()) {
      try {
        const { pageId, isOurs } = await tell(place, word, this.ours);
        this.options.log.info(`word ${pageId}: ${isOurs ? 'told from here' : 'somebody has told it already'}`);
      } catch (error) {
        this.add([word]);
        throw error;
      }
    }
    if (!this.toKeep) return;
    this.options.lastSeen.write(this.toKeep);
    this.toKeep = undefined;
  }
}

/** A calendar that was not read yet says nothing: what is known of the team is what was there before. */
function seenNow(before: readonly Team[], after: readonly Team[], only: string | undefined): readonly Team[] {
  const was = (name: string): Team | undefined => before.find(({ team }) => team === name);
  return after.flatMap((team) => {
    const isMeant = only === undefined || team.team === only;
    return (isMeant && isKnown(team) ? team : was(team.team)) ?? (isMeant ? team : []);
  });
}
