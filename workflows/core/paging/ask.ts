/**
 * H6: one open need a kind and subject. A newer fact takes the older one's place, for whoever is asked next as well, and
 * the search goes on where it was; what is no longer so is withdrawn.
 */
import type { Turn } from '../concern';
import {
  type EndsWith,
  keyOf,
  type NeedEnd,
  type NeedKey,
  type NeedKind,
  type NeedRef,
  overtakes,
  rowOf,
} from './needs';
import type { NeedTerms } from '../language/events';
import { factFrom } from '../language/fact';
import type { CaseState, Need } from '../language/state';
import { asksOf, holderOf, needOf } from './find';

export interface Asked {
  readonly need: NeedRef;
  /** seq of the event that says what for. */
  readonly because: number;
  readonly terms?: NeedTerms;
  /**
   * What becomes of a search that is under way. It goes on, and whoever has it hears the newer fact (the default). AGAIN:
   * whoever has answered is asked anew. ANEW: it was answered for and has come up again, so whoever has it did not do it, and what
   * rests begins again. RESTART: it is others now who have to be asked.
   */
  readonly search?: 'AGAIN' | 'ANEW' | 'RESTART';
}

/** Asks for it: opens the need, or lays the newer fact over the one that is open. */
export function ask(turn: Turn, { need, because, terms = {}, search }: Asked): void {
  const { state } = turn;
  const key = keyOf(need);
  const overtaken = state.needs.filter(({ kind }) => overtakes(need.kind, kind));
  const heldBy = whoHasTheTalk(state, need.kind);
  // Whoever stands in for the engineer has answered for themselves.
  const assigned = overtaken.find((older) => older.kind === 'ASSIGNED' && holderOf(older) !== state.engineer);
  for (const older of overtaken) endNeed(turn, older.key, 'OVERTAKEN');
  const open = needOf(state, key);
  if (!open) {
    const instead = assigned && need.kind === 'E_DOWN_STARTED' && { insteadOf: assigned.fact.seq };
    turn.follow('NeedOpened', { need: key, kind: need.kind, because, ...terms, ...instead, ...(heldBy && { heldBy }) });
    if (heldBy) tellHolder(turn, key, heldBy);
    return;
  }
  // The same again is no news to whoever is asked already.
  if (search === undefined && isSaidAlready(turn, open, because)) return;
  turn.follow('NeedChanged', { need: key, because, ...terms });
  goOn(turn, open, search, terms.first);
}

/** Whoever has promised the talk with the customer is not asked for it again. */
function whoHasTheTalk({ needs }: CaseState, kind: NeedKind): string | null {
  if (!rowOf(kind).isOneTalk) return null;
  const promised = needs.find((need) => rowOf(need.kind).isOneTalk && holderOf(need) !== null);
  return promised ? holderOf(promised) : null;
}

function goOn(turn: Turn, { key, kind, turn: whose }: Need, search: Asked['search'], first?: string): void {
  const restart = (before?: string): void =>
    void turn.follow('SearchRestarted', {
      need: key,
      ...(first !== undefined && { first }),
      ...(before !== undefined && { before }),
    });
  if (search === 'RESTART') restart();
  else if (search === 'AGAIN' && whose.is === 'HELD') restart();
  else if (search === 'ANEW' && isWaiting(whose)) turn.follow('SearchResumed', { need: key });
  else if (search === 'ANEW' && whose.is === 'HELD') restart(whose.person);
  else if (whose.is === 'HELD' && !rowOf(kind).hasCadence) tellHolder(turn, key, whose.person);
}

/** Nobody's time to answer runs out: a contact's answer is waited for until they are asked again. */
const isWaiting = (turn: Need['turn']): boolean =>
  turn.is === 'RESTING' || (turn.is === 'ASKED' && turn.answerDueAt === null);

function isSaidAlready({ state }: Turn, { fact, kind }: Need, because: number): boolean {
  const newer = factFrom(state.tail, because);
  const said = JSON.stringify([fact.type, fact.by, fact.data]);
  return !rowOf(kind).hasCadence && newer !== undefined && JSON.stringify([newer.type, newer.by, newer.data]) === said;
}

/** Whoever has it hears what is new about it. */
function tellHolder(turn: Turn, key: NeedKey, person: string): void {
  const need = needOf(turn.state, key);
  if (!need || person === turn.who?.person) return;
  const { audience, purpose } = rowOf(need.kind);
  turn.tell({ wanted: { audience, person, exact: true, excluding: [] }, purpose, fact: need.fact });
}

/** Nobody needs it any more. `because`: the event that whoever was asked is told, where it says more. */
export function endNeed(turn: Turn, key: NeedKey, why: NeedEnd, because?: number): void {
  const need = needOf(turn.state, key);
  if (!need) return;
  const holder = holderOf(need);
  // Whoever was told already that somebody has it is not asked any more; who has it goes on with what has taken its place.
  const asked = need.asked.filter((person) => asksOf(turn.state, person).includes(need));
  const isNoNews = holder === null || why === 'OVERTAKEN' || why === 'ANSWERED';
  const concerned = isNoNews ? asked : [...asked, holder];
  turn.follow('NeedEnded', {
    need: key,
    kind: need.kind,
    why,
    asked: concerned.filter((person) => person !== turn.who?.person && person !== turn.actor.requestedBy),
    ...(because !== undefined && { because }),
  });
}

/** All that ends with the emergency, a level, a reassignment, or the case (needs.ts). */
export function endAllWith(turn: Turn, what: EndsWith, why: NeedEnd, because?: number): void {
  for (const need of turn.state.needs.filter(({ kind }) => rowOf(kind).endsWith.includes(what))) {
    endNeed(turn, need.key, why, because);
  }
}
