/**
 * What every rule has in common: a command at work, and something that falls due. A rule knows nothing of other rules: what
 * one means for another stands in what-follows.ts.
 */
import type { Actor, Caller, CaseEvent, EventData, EventOf, EventType, Fact } from './language/events';
import type { InForce, CaseState, Need } from './language/state';
import type { NeedEnd, NeedKey } from './paging/needs';
import type { NotWaitedFor, Rank, Wanted } from './language/reach';
import type { Means, Purpose, Role } from './language/vocabulary';
import type { DueWords, Note } from './language/words';

/** Who a command is judged as: the sender, or the person it was entered for on the phone (R11, H10). */
export interface Who {
  readonly person: string;
  readonly role: Role;
}

/** Somebody who hears of an event without being asked for anything. */
export interface Word {
  readonly wanted: Wanted;
  readonly purpose: Purpose;
  /** What is told. */
  readonly fact: Fact;
  /** Whose case it is hears of it even when they are off: as word, for they sleep (D11). */
  readonly evenOff?: true;
  /** Of something that is over: whoever is asked anything that has come up since hears it by that. */
  readonly unlessAskedSince?: string;
}

/** Whoever has this page is asked once more. */
export interface Again {
  readonly pageId: string;
  /** Channels that were tried for it; none where it begins with their first again. */
  readonly used: readonly string[];
  /** It rings by this, whatever else is asked of them. */
  readonly rank: Rank;
}

/**
 * One command at work, on a private copy of the state. All or nothing: whoever asked for it keeps its events, or drops
 * it and nothing has happened.
 */
export interface Turn {
  readonly state: CaseState;
  readonly now: number;
  readonly actor: Actor;
  /** Nobody where the clock or a page's outcome is at work. */
  readonly who: Who | null;
  /** How an answer was given. */
  readonly means?: Means;
  readonly events: readonly CaseEvent[];
  /** What the actor did. */
  emit<T extends EventType>(type: T, data: EventData[T]): EventOf<T>;
  /** What follows from it or from the clock: nobody's act, so nobody's name is on it (B11). */
  follow<T extends EventType>(type: T, data: EventData[T]): EventOf<T>;
  note(note: Note): void;
  /** Nobody needs these any more. `because`: the event that whoever was asked is told of, where it says more. */
  end(needs: readonly NeedKey[], why: NeedEnd, because?: number): void;
  /** They are not waited for any longer: the next one is asked at once. They stay welcome. */
  moveOn(need: Need, person: string, lateMs?: number, why?: NotWaitedFor): void;
  /** Their answer has gone stale: somebody else is asked. */
  expire(need: Need): void;
  /** Told when the decision is complete: one message a person, whatever there is to say (H2). */
  tell(word: Word): void;
  /** Asked once more when the decision is complete, with whatever else there is for them (H2). */
  again(again: Again): void;
}

/** Something that falls due. */
export interface Due {
  /** Tells items apart; each is done at most once in a tick. */
  readonly key: string;
  readonly at: number;
  readonly what: DueWords;
  /** Looks at the state again: what came before it in the same tick may have settled it. */
  readonly act: (turn: Turn, lateMs: number) => void;
}

/** Whoever wants something, whoever of us has entered it, with a number where one is on file, so that somebody can call them back. */
export function callerOf({ state, who, actor }: Turn): Caller {
  const name = actor.requestedBy ?? who?.person ?? actor.by ?? '';
  const number = state.contacts.find((contact) => contact.name === name)?.number;
  return { name, ...(number !== undefined && { number }) };
}

/**
 * D15: a fact that comes late is compared with the change in force of the same thing, by when each is said to have happened.
 * An older one is on record, and changes nothing.
 */
export function isOlder(
  turn: Turn,
  what: keyof InForce,
  command: string,
  data: Readonly<Record<string, unknown>>,
): boolean {
  const { occurredAt } = turn.actor;
  if (occurredAt === undefined || Date.parse(occurredAt) >= turn.state.inForce[what]) return false;
  const known = Object.entries(data).filter(([, value]) => value !== undefined);
  turn.emit('OlderFactRecorded', { command, data: Object.fromEntries(known) });
  turn.note({ key: 'OLDER_FACT' });
  return true;
}
