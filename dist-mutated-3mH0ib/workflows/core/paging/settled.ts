/**
 * What a page has opened elsewhere can close: a channel that has taken it and wants to hear of its end (it gave a receipt) is told
 * when it is answered, overtaken or over. Nobody is rung by it, and nothing waits for it.
 */
import type { Turn } from '../concern';
import type { CaseEvent, EventOf } from '../language/events';
import type { SettleOrder } from '../language/page';
import type { CaseState, Page } from '../language/state';
import { pageOf } from './find';

/** Said once: whoever was told is forgotten (`pageSettled`). */
export function settlePages(turn: Turn): void {
  for (const page of turn.state.pages) {
    const { pageId, person, audience, closedAt, took = [] } = page;
    const targets = took.flatMap(({ receipt, ...target }) => (receipt === undefined ? [] : [{ ...target, receipt }]));
    if (person === null || closedAt === null || targets.length === 0) continue;
    turn.follow('PageSettled', { pageId, person, audience, ...endOf(turn.state, page), targets });
  }
}

/** Whoever has answered it, or something that it asked; nobody where it went by itself. */
function endOf(
  { tail }: CaseState,
  { person, answeredBy, openedAt, says, last }: Page,
): Pick<SettleOrder, 'outcome' | 'by'> {
  // Answered before the provider had said that it took it, the page still says what it asked.
  const keys = [...says, ...last].map(({ need }) => need);
  const answers = (event: CaseEvent): event is EventOf<'PageAcknowledged'> =>
    event.type === 'PageAcknowledged' &&
    Date.parse(event.at) >= openedAt &&
    event.data.needs.some((need) => keys.includes(need));
  const by = answeredBy ?? tail.findLast(answers)?.data.person;
  if (by === undefined) return { outcome: 'OVER' };
  return { outcome: by === person ? 'ANSWERED' : 'OVERTAKEN', by };
}

export function pageSettled(state: CaseState, { data }: EventOf<'PageSettled'>): void {
  const page = pageOf(state, data.pageId);
  if (page) page.took = [];
}

/** What is to be told outside because of these events. */
export const settleOrdersOf = ({ caseNumber }: CaseState, events: readonly CaseEvent[]): readonly SettleOrder[] =>
  events.flatMap((event) => {
    if (event.type !== 'PageSettled') return [];
    const { pageId: _, audience, ...data } = event.data;
    return [{ caseNumber, ...data, isContact: audience === 'CONTACT', at: event.at }];
  });
