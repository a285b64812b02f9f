/** A page, and what changes of it whichever way a message of it went. */
import { MOST, youngest } from '../language/bounds';
import type { PassedOver } from '../language/reach';
import type { CaseState, Need, Page, Reach } from '../language/state';
import type { Audience } from '../language/vocabulary';

export const newPage = (pageId: string, audience: Audience, at: number): Page => ({
  pageId,
  openedAt: at,
  audience,
  person: null,
  name: null,
  channel: null,
  attempt: 0,
  says: [],
  last: [],
  sends: [],
  reach: null,
  timeouts: 0,
  merged: [],
  answeredBy: null,
  closedAt: null,
});

/** What a page asks from now on; what it asked before is remembered where nothing is asked any more. */
export function saysNow(page: Page, lines: Page['says']): void {
  if (page.says.length > 0) page.last = page.says;
  page.says = lines;
}

export function knows(page: Page, { person, name, channel }: { person: string; name: string; channel?: string }): void {
  Object.assign(page, { person, name, ...(channel !== undefined && { channel }) });
}

export function usedChannel(reach: Reach, channel: string, channelsLeft: number): void {
  // A channel that has given up knows nothing of those that were tried meanwhile.
  if (reach.used.includes(channel)) return;
  reach.used.push(channel);
  reach.channelsLeft = channelsLeft;
}

export const nextChannelAfterMs = ({ policy }: CaseState, { mode }: Reach): number =>
  mode === 'RING' ? policy.escalation.nextChannelAfter.urgentMs : policy.escalation.nextChannelAfter.normalMs;

/** D11: the engineer who is off hears of each thing once. */
export function wasToldOff({ engineer }: CaseState, passedOver: readonly PassedOver[], needs: readonly Need[]): void {
  if (!passedOver.some(({ person, why }) => person === engineer && why === 'OFF_SHIFT')) return;
  for (const need of needs) need.toldOff = need.fact.seq;
}

export function forgetPages(state: CaseState): void {
  // Whoever answers a page that is over hears who has it now, or how it ended.
  const mattersStill = ({ sends, says, last, reach }: Page): boolean =>
    sends.length + says.length + last.length > 0 || reach !== null;
  const kept = state.pages.filter(mattersStill);
  state.pages = youngest(kept, MOST.closedPages, ({ closedAt, sends }) => closedAt !== null && sends.length === 0);
}
