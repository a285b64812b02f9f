/** Whom a case waits for: a list has room for one name, so it is that of whoever is asked for what matters most. */
import type { CaseState } from '../language/state';
import { rankOf } from '../paging/find';
import { placeOf } from '../paging/needs';

/** Nobody while nobody is being asked: then either somebody has it, or a page is on its way. */
export function waitsFor(state: CaseState): string | null {
  const asked = state.needs.flatMap((need) => (need.turn.is === 'ASKED' ? [{ need, person: need.turn.person }] : []));
  const [first] = asked.sort(
    (a, b) => rankOf(state, a.need) - rankOf(state, b.need) || placeOf(a.need.kind) - placeOf(b.need.kind),
  );
  return first?.person ?? null;
}
