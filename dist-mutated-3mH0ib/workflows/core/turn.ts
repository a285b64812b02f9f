/**
 * A command at work (concern.ts): events are recorded as they come, whoever has to hear of one is told or asked, and what
 * follows from it happens.
 */
import type { Again, Turn, Who, Word } from './concern';
import type { NotWaitedFor } from './language/reach';
import { copyOf, record } from './evolve';
import type { Actor, CaseEvent, EventData, EventOf, EventType, Fact } from './language/events';
import { factFrom, factOf } from './language/fact';
import type { CaseState, Need } from './language/state';
import { iso } from './language/time';
import type { Means } from './language/vocabulary';
import type { Note } from './language/words';
import { ask, endNeed } from './paging/ask';
import { dispatch } from './paging/bundle';
import { expire, moveOn } from './paging/ladder';
import type { NeedEnd, NeedKey } from './paging/needs';
import { whatFollows } from './what-follows';
import { whoIsTold } from './who-is-told';

export class CommandAtWork implements Turn {
  readonly state: CaseState;
  readonly events: CaseEvent[] = [];
  readonly notes: Note[] = [];
  readonly means?: Means;
  private words: Word[] = [];
  private agains: Again[] = [];

  constructor(
    state: CaseState,
    readonly now: number,
    readonly actor: Actor = {},
    readonly who: Who | null = null,
    means?: Means,
  ) {
    this.state = copyOf(state);
    if (means !== undefined) this.means = means;
  }

  emit<T extends EventType>(type: T, data: EventData[T]): EventOf<T> {
    return this.add(type, data, this.actor);
  }

  follow<T extends EventType>(type: T, data: EventData[T]): EventOf<T> {
    return this.add(type, data, {});
  }

  note(note: Note): void {
    this.notes.push(note);
  }

  tell(word: Word): void {
    this.words.push(word);
  }

  again(again: Again): void {
    this.agains.push(again);
  }

  end(needs: readonly NeedKey[], why: NeedEnd, because?: number): void {
    for (const key of needs) endNeed(this, key, why, because);
  }

  moveOn(need: Need, person: string, lateMs = 0, why?: NotWaitedFor): void {
    moveOn(this, need, person, lateMs, why);
  }

  expire(need: Need): void {
    expire(this, need);
  }

  /** Sends what there is to send; the last thing that is done. */
  complete(): void {
    const { words, agains } = this;
    Object.assign(this, { words: [], agains: [] });
    dispatch(this, words, agains);
  }

  /** The first event of a case, which the state was made from. */
  begin(opened: EventOf<'CaseOpened'>): void {
    record(this.state, opened);
    this.keep(opened);
  }

  private add<T extends EventType>(type: T, data: EventData[T], actor: Actor): EventOf<T> {
    const event: EventOf<T> = { seq: this.state.seq + 1, type, at: iso(this.now), ...actor, data };
    record(this.state, event as unknown as CaseEvent);
    this.keep(event as unknown as CaseEvent);
    return event;
  }

  /** What ends with another event is told by that one, where it says more. */
  private factTold(event: CaseEvent): Fact {
    const because = event.type === 'NeedEnded' ? event.data.because : undefined;
    return (because === undefined ? undefined : factFrom(this.state.tail, because)) ?? factOf(event);
  }

  private keep(event: CaseEvent): void {
    this.events.push(event);
    for (const telling of whoIsTold(event, this.state)) {
      if ('asks' in telling) ask(this, { ...telling.asks, because: event.seq });
      else this.tell({ ...telling.tells, fact: this.factTold(event) });
    }
    whatFollows(this, event);
  }
}
