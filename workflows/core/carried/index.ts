/**
 * D18: what a case takes with it into its next run, in which form, and how an older form is brought up to the present one. A
 * case lives for weeks and meets newer versions at the end of each run: what one version hands on is what the next one reads.
 */
import { MOST } from '../language/bounds';
import type { CaseState } from '../language/state';
import { bytesOf } from '../language/text';
import { from01 } from './from-0.1';
import type { Carried01 } from './shape-0.1';

/**
 * The form of what is carried. One more whenever `CaseState` or an event changes (test/core/carried.test.ts fails until then), with
 * a way up from the form before and an example of it in test/carried/.
 */
export const CARRIED_VERSION = 2;

export interface Carried {
  readonly version: number;
  readonly state: CaseState;
  /** Search attributes as they stand, so that a new run writes only what changes. */
  readonly published: Readonly<Record<string, string>>;
}

/** Commas, brackets, and what is published beside the state. */
const ROOM_TO_SPARE = 7_000;

/**
 * Everything that is still needed, the youngest events, and all events of this run: what is handed on here is what a timeline reads
 * later, so none may be missing. `handedOn` is the number of the last event that this run was given.
 */
export function carried(state: CaseState, handedOn: number): CaseState {
  const { tail, tailBytes } = state;
  const own = bytesOf({ ...state, tail: [], tailBytes: [] });
  const room = MOST.carriedBytes - ROOM_TO_SPARE - own;
  let total = sum(tailBytes);
  let from = 0;
  const isKnown = (): boolean => (tail[from]?.seq ?? Infinity) <= handedOn;
  // The last event stays: what a message on its way tells is looked up there.
  while (from < tail.length - 1 && (total > room || (total > MOST.tailBytes && isKnown())))
    total -= tailBytes[from++] ?? 0;
  return from === 0 ? state : { ...state, tail: tail.slice(from), tailBytes: tailBytes.slice(from) };
}

/** Bytes of the events that this run was not given. */
export const notHandedOn = ({ seq, tailBytes }: CaseState, handedOn: number): number =>
  seq === handedOn ? 0 : sum(tailBytes.slice(handedOn - seq));

const sum = (bytes: readonly number[]): number => bytes.reduce((all, one) => all + one, 0);

/** What a run hands on, in the present form or an older one. The first form had no number. */
type AnyForm = Carried | Carried01;

/**
 * In the present form; or, where a newer version has written it, the number of its form: nothing is guessed at, for a
 * field that is not understood may be somebody who is being asked.
 */
export function upgraded(given: AnyForm): Carried | { readonly newer: number } {
  const { version } = { version: 1, ...given };
  if (version > CARRIED_VERSION) return { newer: version };
  return isFirstForm(given) ? { version: CARRIED_VERSION, ...from01(given) } : given;
}

const isFirstForm = (given: AnyForm): given is Carried01 => !('version' in given);
