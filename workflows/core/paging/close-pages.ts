/** A page ends: it was answered, or nothing of what it asked is asked of its person any more. */
import type { EventOf } from '../language/events';
import type { CaseState, Page, Send } from '../language/state';
import { asksOf, barredFrom, needOf, personOf, sendingAt } from './find';
import { forgetPages } from './page-parts';

export function pageAnswered(state: CaseState, { data }: EventOf<'PageAcknowledged'>): void {
  for (const page of state.pages) {
    const isMeant = page.pageId === data.pageId || (page.person === data.person && page.closedAt === null);
    if (isMeant) page.answeredBy = data.person;
  }
}

/** Its asks are closed by evolve; a page that has nobody, or never said anything, is forgotten as soon as nothing of it is on its way. */
export function closeEmptyPages(state: CaseState, at: number): void {
  for (const page of state.pages) {
    if (page.person === null) callBackWhatNobodyNeeds(state, page);
    else if (page.closedAt === null && asksOf(state, page.person).length === 0) {
      page.closedAt = at;
      page.reach = null;
      for (const send of page.sends) if (send.reach && !isStillLookedFor(state, page, send)) send.calledBack = true;
    }
  }
  forgetPages(state);
}

/** The next one is asked while they are still being tried: should they be reached all the same, they are welcome (D13, H1). */
function isStillLookedFor(state: CaseState, { person }: Page, { asks }: Send): boolean {
  if (person === null || personOf(state, person)?.isOff) return false;
  return asks.some((key) => {
    const need = needOf(state, key);
    if (!need || need.turn.is === 'HELD' || need.declined.some((entry) => entry.person === person)) return false;
    return need.tried.includes(person) && !barredFrom(state, need.kind).includes(person);
  });
}

function callBackWhatNobodyNeeds(state: CaseState, page: Page): void {
  for (const send of page.sends) {
    if (send.asks.length > 0 && sendingAt(state, page.pageId).length === 0) {
      send.calledBack = true;
    }
  }
}
