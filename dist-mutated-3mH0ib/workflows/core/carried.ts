/** D18: what a case takes with it into its next run. Everything that is still needed, and as much of the youngest events as there is room for. */
import { MOST } from './language/bounds';
import type { CaseState } from './language/state';
import { bytesOf } from './language/text';

/** Commas, brackets, and what is published beside the state. */
const ROOM_TO_SPARE = 2_000;

export function carried(state: CaseState): CaseState {
  const own = bytesOf({ ...state, tail: [], tailBytes: [] });
  const room = MOST.carriedBytes - ROOM_TO_SPARE - own;
  let total = state.tailBytes.reduce((sum, bytes) => sum + bytes, 0);
  let from = 0;
  // The last event stays: what a message on its way tells is looked up there.
  while (total > room && from < state.tail.length - 1) total -= state.tailBytes[from++] ?? 0;
  return from === 0 ? state : { ...state, tail: state.tail.slice(from), tailBytes: state.tailBytes.slice(from) };
}
