/**
 * One command at work: a private copy of the state, the events so far, and the one way to add another. All or nothing:
 * whoever asked for the turn keeps its events, or drops it and nothing has happened.
 */
import { record } from './evolve';
import type { Actor, CaseEvent, EventData, EventType } from './events';
import type { CaseState } from './state';
import { iso } from './time';

/** Who has to be told of an event; given by decide.ts, so that concerns need not know the routing. */
export type Teller = (turn: Turn, event: CaseEvent) => void;

export class Turn {
  readonly events: CaseEvent[] = [];
  readonly notes: string[] = [];

  constructor(
    readonly state: CaseState,
    readonly now: number,
    readonly actor: Actor,
    private readonly tell: Teller,
  ) {}

  /** What the actor did. */
  emit<T extends EventType>(type: T, data: EventData[T]): void {
    this.add(type, data, this.actor);
  }

  /** What follows from it or from the clock: nobody's act, so nobody's name is on it (B11). */
  follow<T extends EventType>(type: T, data: EventData[T]): void {
    this.add(type, data, {});
  }

  note(sentence: string): void {
    this.notes.push(sentence);
  }

  private add<T extends EventType>(type: T, data: EventData[T], actor: Actor): void {
    const event = { seq: this.state.seq + 1, type, at: iso(this.now), ...actor, data } as unknown as CaseEvent;
    record(this.state, event);
    this.events.push(event);
    this.tell(this, event);
  }
}
