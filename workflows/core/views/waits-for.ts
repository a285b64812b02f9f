/** Whom a case waits for: the one name that a column shows, and everybody, for the list of each. */
import type { CaseState } from '../language/state';
import { bytesOf } from '../language/text';
import { asksOf, rankOf } from '../paging/find';
import { placeOf } from '../paging/needs';

/** Nobody while nobody is being asked: then either somebody has it, or a page is on its way. */
export function waitsFor(state: CaseState): string | null {
  const asked = state.needs.flatMap((need) => (need.turn.is === 'ASKED' ? [{ need, person: need.turn.person }] : []));
  const [first] = asked.sort(
    (a, b) => rankOf(state, a.need) - rankOf(state, b.need) || placeOf(a.need.kind) - placeOf(b.need.kind),
  );
  return first?.person ?? null;
}

/** The server takes 2,048 bytes of an attribute, and a case whose lists it does not take stands still. */
const MOST_BYTES = 1_900;

/**
 * Everybody who is asked for something, or was and is welcome because nobody has it (H1). In the order in which names sort, so that
 * who is asked first is no change; of very many very long names as many as there is room for, whoever the case waits for among them.
 */
export function askedBy(state: CaseState): string[] {
  const first = waitsFor(state);
  const names = [...new Set(state.needs.flatMap(({ asked }) => asked))].filter(
    (person) => person !== first && asksOf(state, person).length > 0,
  );
  const kept = first === null ? [] : [first];
  for (const name of names) if (bytesOf([...kept, name]) <= MOST_BYTES) kept.push(name);
  return kept.sort();
}
