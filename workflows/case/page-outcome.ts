/**
 * R49, B2 and section 6 of the contract: what a page's outcome leads to. A provider that took it is not a person who read
 * it; one that did not is followed by the person's next channel, the next person, the next rung (ladder.ts).
 * Invariant: no outcome of one page cancels another, and none leaves its ladder with nothing to wait for.
 */
import { ask, climb, ladderOfPage, pageOf, request, unreachable, waitNoMore } from './ladder';
import { managedLevel } from './levels';
import type { FailureReason, PageResult } from './pages';
import type { Page } from './state';
import type { Turn } from './turn';
import type { Audience } from './vocabulary';

/**
 * A page's outcome, judged by the state of this moment: the ladder may have moved on while it was on its way. Whoever was
 * rung all the same is on record, and told (who-is-told.ts); a failure of what nobody waits for is nothing.
 */
export function settle(turn: Turn, pageId: string, attempt: number, result: PageResult): void {
  const page = pageOf(turn.state, pageId);
  if (!page || page.attempt !== attempt) return;
  const isOvertaken = page.status !== 'SENDING';
  if (isOvertaken && (result.outcome !== 'ACCEPTED' || page.accepted)) return;
  if (result.outcome === 'ACCEPTED') {
    const { person, name, route, channel, passedOver, shift, directManager } = result;
    turn.follow('PageSent', {
      pageId,
      attempt,
      person,
      name,
      route,
      channel,
      channelsLeft: result.channelCount - result.channelIndex - 1,
      passedOver,
      ...(shift && { shift }),
      ...(directManager && { directManager }),
      ...(isOvertaken && { overtaken: true }),
    });
    // They may have taken the other level while this page was on its way.
    const level = page.ladder === null ? null : managedLevel(page.ladder);
    if (level && !page.settled) waitNoMore(turn, level);
    return;
  }
  const addressed = 'channel' in result ? result : null;
  const known = 'person' in result ? { person: result.person, name: result.name } : {};
  const channelsLeft = addressed ? addressed.channelCount - addressed.channelIndex - 1 : 0;
  const accepted = page.accepted;
  turn.follow('PageFailed', {
    pageId,
    attempt,
    reason: result.reason,
    ...known,
    ...(addressed && { channel: addressed.channel }),
    channelsLeft,
    ...('detail' in result && result.detail !== undefined && { detail: result.detail }),
    passedOver: result.passedOver,
  });
  if (result.reason === 'CANCELLED' || result.reason === 'KNOWS_ALREADY') return;
  if (accepted) {
    // They have it on an earlier channel and have not answered: what fails now is one more channel, not the person.
    if (page.person !== null && channelsLeft > 0) request(turn, { audience: page.audience, purpose: page.purpose, what: page.what, page, person: page.person });
    return;
  }
  failed(turn, page, result.reason, known.person ?? null, channelsLeft);
}

/** What a failed send leads to, by its reason: the person's next channel, the next person, the next rung. */
function failed(turn: Turn, page: Page, reason: FailureReason, person: string | null, channelsLeft: number): void {
  const { state } = turn;
  const ladder = ladderOfPage(state, page);
  if (page.ladder !== null && !ladder) return;
  if (person !== null && channelsLeft > 0) {
    request(turn, { audience: page.audience, purpose: page.purpose, what: page.what, page, person });
    return;
  }
  // A further channel is one of theirs: somebody else has others.
  const meant = page.named ?? (page.attempt > 1 ? page.person : null);
  // Workers were down, and nobody knows who was asked: the same page goes out under the same key. When that happens
  // again and again, others are asked instead.
  if (reason === 'TIMED_OUT' && page.timeouts <= 2) {
    const { audience, purpose, what, excluding } = page;
    // Alerts go to whoever has them.
    const prefer = ladder?.ack?.person;
    request(turn, { audience, purpose, what, excluding, page, again: true, ...(meant !== null && { person: meant }), ...(prefer !== undefined && { prefer }) });
    return;
  }
  if (!ladder) {
    nextForWord(turn, page, person);
    return;
  }
  if (person !== null) unreachable(turn, ladder.key, person, reason);
  switch (reason) {
    case 'TIMED_OUT':
      climb(turn, ladder, ladder.rung + 1);
      return;
    case 'NO_PERSON':
      // Where one person was meant, the others of the rung have not been looked for yet.
      climb(turn, ladder, meant === null ? ladder.rung + 1 : ladder.rung);
      return;
    case 'NO_ADDRESS':
    case 'PROVIDER_DOWN':
    case 'REJECTED_BY_PROVIDER':
      climb(turn, ladder);
      return;
    case 'CANCELLED':
    case 'KNOWS_ALREADY':
      return;
    default:
      reason satisfies never;
  }
}

/** Top management and managers stand in for each other when word finds none of them (B14); the duty managers are the last. */
const MANAGEMENT: readonly Audience[] = ['MANAGER', 'SECOND_LEVEL_MANAGER', 'DUTY_EXECUTIVE'];

/** Word that found nobody: the next contact or executive; a contact who cannot be reached is the engineer's to know. */
function nextForWord(turn: Turn, page: Page, person: string | null): void {
  const { audience, purpose, what, unless } = page;
  // A sign has been asked of another contact since, or of this one at a new number: that page's outcome counts (B5).
  if (audience === 'CONTACT' && purpose === 'CONTACT_CHECK' && turn.state.pages.findLast((other) => other.purpose === purpose && other.audience === audience) !== page) return;
  if (person !== null && page.named === null) {
    request(turn, { audience, purpose, what, excluding: [...page.excluding, person], unless });
  } else if (page.named === null && MANAGEMENT.includes(audience)) {
    // A duty manager who was woken for it is told anyway.
    if (!turn.state.pages.some((other) => other.audience === 'DUTY_MANAGER' && other.what === what && other.requestedAt >= page.requestedAt)) request(turn, { audience: 'DUTY_MANAGER', purpose, what, excluding: page.excluding, unless });
  } else if (audience === 'CONTACT') {
    ask(turn, { ladder: `CONTACT_UNREACHED-${page.pageId}`, audience: 'ENGINEER', purpose, what: `The contact could not be paged. ${what}` });
  }
}
