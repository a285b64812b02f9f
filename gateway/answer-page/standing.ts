/**
 * How a page stands, seen by the person whom it asked: still asked, theirs, somebody else's, or over. Read from what the case
 * shows, so that looking changes nothing.
 */
import type { VerifiedLink } from '../../activities/answer-links';
import type { CaseView, Timeline } from '../../workflows/messages';

type NeedView = CaseView['needs'][number];

export interface Wanted {
  readonly purpose: string;
  readonly answerBy: string | null;
}

export type Standing =
  | {
      readonly is: 'ASKED';
      readonly wanted: readonly Wanted[];
      /** Others are being asked by now; whoever comes is welcome all the same (H1). */
      readonly late: boolean;
      readonly askedNow: string | null;
    }
  | { readonly is: 'YOURS'; readonly wanted: readonly Wanted[]; readonly since: string }
  | { readonly is: 'TAKEN'; readonly by: string; readonly since: string | null }
  | { readonly is: 'OVER'; readonly at: string | null };

export interface Seen {
  readonly view: CaseView;
  readonly timeline: Timeline;
}

export function standingOf({ view, timeline }: Seen, pageId: string, person: string): Standing {
  const keys = keysOf({ view, timeline }, pageId, person);
  const needs = view.needs.filter(({ need }) => keys.includes(need));
  const isHeld = ({ status }: NeedView): boolean => status === 'HELD';
  const free = needs.filter((need) => !isHeld(need));
  if (free.length > 0) {
    const isAskedOf = free.some((need) => need.person === person);
    const askedNow = free.find(({ status }) => status === 'ASKED')?.person ?? null;
    return { is: 'ASKED', wanted: free.map(wantedOf), late: !isAskedOf && askedNow !== null, askedNow };
  }
  const own = needs.filter((need) => need.person === person);
  const [first] = own;
  if (first) return { is: 'YOURS', wanted: own.map(wantedOf), since: first.since };
  const [other] = needs;
  if (other?.person != null) return { is: 'TAKEN', by: other.person, since: other.since };
  return whoHadIt({ view, timeline }, keys, pageId, person);
}

const wantedOf = ({ purpose, answerDueAt }: NeedView): Wanted => ({ purpose, answerBy: answerDueAt });

/** What the page asks; for one that is closed, what it asked in its last message. */
function keysOf({ view, timeline: { events } }: Seen, pageId: string, person: string): readonly string[] {
  const open = view.pages.find((page) => page.pageId === pageId);
  if (open && open.asks.length > 0) return open.asks;
  const said = events.findLast(
    (event) =>
      event.type === 'PageSent' &&
      (event.data.joined?.pageId ?? event.data.pageId) === pageId &&
      event.data.asks.length > 0,
  );
  if (said?.type === 'PageSent') return said.data.asks;
  // Longer ago than the case remembers: what they were asked and have not answered stands in its needs.
  return view.needs.filter((need) => need.person === person || need.asked.includes(person)).map(({ need }) => need);
}

/** Nothing of it is open any more: who answered, or that it has ended. */
function whoHadIt(
  { view, timeline: { events } }: Seen,
  keys: readonly string[],
  pageId: string,
  person: string,
): Standing {
  // A level that was accepted and acted upon is theirs, though nothing is asked for it any more.
  const level = keys.includes('M2') ? view.owners.secondLevelManager : keys.includes('M1') ? view.owners.manager : null;
  const answer = events.findLast(
    (event) =>
      event.type === 'PageAcknowledged' &&
      (event.data.pageId === pageId || event.data.needs.some((need) => keys.includes(need))),
  );
  const given = answer?.type === 'PageAcknowledged' ? { by: answer.data.person, since: answer.at } : undefined;
  const has = level === null ? given : { by: level, since: given?.by === level ? given.since : null };
  if (has?.by === person && has.since !== null) return { is: 'YOURS', wanted: [], since: has.since };
  if (has) return { is: 'TAKEN', ...has };
  return { is: 'OVER', at: endedAt(events, keys) };
}

const endedAt = (events: Timeline['events'], keys: readonly string[]): string | null =>
  events.findLast((event) => event.type === 'NeedEnded' && keys.includes(event.data.need))?.at ?? null;

const WEEK_MS = 7 * 24 * 3_600_000;

/**
 * A link works until seven days after its need is over, so that an old mail answers nothing new. While something of it is open
 * it works, however old it is: nobody is turned away who comes late.
 */
export function hasExpired(seen: Seen, { pageId, orderedAt }: VerifiedLink, person: string, now: number): boolean {
  if (now - orderedAt <= WEEK_MS) return false;
  const keys = keysOf(seen, pageId, person);
  if (seen.view.needs.some(({ need }) => keys.includes(need))) return false;
  const over = endedAt(seen.timeline.events, keys);
  return over === null || now - Date.parse(over) > WEEK_MS;
}
