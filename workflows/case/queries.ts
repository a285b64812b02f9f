/** What a case answers when it is asked (contract, section 4): read-only pictures of the state, never a second truth. */
import { agenda } from './agenda';
import type { Answer } from './answer';
import { attentionOf } from './attention';
import type { Decision } from './decide';
import { onCallOf } from './emergency';
import { managedAt, ownerOf } from './levels';
import { isOpen, ladderOf, ladderOfPage } from './ladder';
import { isRecord } from './shape';
import type { CaseState } from './state';
import { iso, when } from './time';
import type { CaseView, Due, EDownCategories, Impact, ManagerForCase, Ownership, Timeline, TimelineRequest } from './view';
import { E_DOWN_CATEGORIES, type EDownCategory } from './vocabulary';

/** While nobody is assigned the desk has the case: it always has one owner (B3). */
const DESK = 'support-desk';
const ownerName = ({ engineer }: CaseState): string => engineer ?? DESK;

/** What is due next; where several things are due together, the first of them. */
export function nextDueOf(state: CaseState): Due | null {
  const [next] = agenda(state);
  return next ? { at: iso(next.at), what: next.what } : null;
}

export const ownerLine = (state: CaseState): string => {
  const managed = managedAt(state);
  const onCall = onCallOf(state);
  return [
    `Owner: ${ownerName(state)}`,
    ...(managed === null ? [] : [`${managed.level}: ${managed.owner}`]),
    ...(onCall === null ? [] : [`on call: ${onCall}`]),
  ].join(', ') + '.';
};

/** Whoever manages the case now: the owner of the highest level that somebody has accepted. */
export const managerOf = (state: CaseState): string | null => managedAt(state)?.owner ?? null;

export function answerOf({ state, events, notes, hotline }: Decision): Answer {
  return {
    caseNumber: state.caseNumber,
    seq: state.seq,
    events: events.map(({ type }) => type),
    severity: state.severity,
    level: state.level,
    emergency: state.emergency,
    status: state.status,
    owner: ownerName(state),
    nextDue: nextDueOf(state),
    notes,
    attention: attentionOf(state),
    ...(hotline !== undefined && { phonePreferred: true, hotline }),
  };
}

export function ownership(state: CaseState): Ownership {
  const nextDue = nextDueOf(state);
  const owner = ownerName(state);
  const managed = managedAt(state);
  const sentence = [
    state.engineer === null ? 'Nobody is assigned; the support desk owns the case.' : `${owner} owns the case.`,
    ...(managed === null ? [] : [`${managed.owner} manages it at ${managed.level}.`]),
    ...(nextDue === null ? ['Nothing is due.'] : [`Next, at ${when(nextDue.at)}: ${nextDue.what}.`]),
  ].join(' ');
  return { sentence, owner, ownerRole: state.engineer === null ? 'SUPPORT_DESK' : 'ENGINEER', manager: managed?.owner ?? null, nextDue };
}

/** R50: the manager by the case number alone, in every state. The direct manager is as looked up when last paged. */
export function managerForCase(state: CaseState): ManagerForCase {
  const { level, engineer, directManager } = state;
  const base = { level, engineer };
  const managed = managedAt(state);
  if (managed !== null) return { ...base, manager: managed.owner, how: 'ENGAGED', sentence: `${managed.owner} manages the case at ${managed.level}.` };
  const asked = level === 'NORMAL' ? null : (ladderOf(state, level)?.target ?? null);
  if (asked !== null) return { ...base, manager: asked, how: 'BEING_PAGED', sentence: `${asked} is being paged for ${level} and has not accepted yet.` };
  if (directManager) return { ...base, manager: directManager.person, how: 'DIRECT_MANAGER', sentence: `${directManager.name} is the direct manager of ${engineer ?? 'the engineer'}.` };
  return { ...base, manager: null, how: 'DUTY_MANAGER', sentence: 'Ask for the manager with requestManagerContact; the duty manager is paged when nobody else is there.' };
}

export function impact(state: CaseState, now: number): Impact {
  const { episode } = state;
  const answers = episode?.answers;
  const category = answers?.category ?? null;
  return {
    severity: state.severity,
    level: state.level,
    emergency: state.emergency,
    category,
    categoryWords: category && E_DOWN_CATEGORIES[category],
    totalUsers: answers?.totalUsers ?? null,
    affectedUsers: answers?.affectedUsers ?? null,
    productivityLossPct: answers?.productivityLossPct ?? null,
    downSince: episode ? iso(episode.downSince) : null,
    downForMinutes: episode ? minutesSince(episode.downSince, now) : null,
    eDownCount: state.eDownCount,
  };
}

const minutesSince = (from: number, now: number): number => Math.max(0, Math.floor((now - from) / 60_000));

/** Whatever is asked with is no reason for an error: a query has no refusals to name a field in. */
export function timeline(state: CaseState, request?: TimelineRequest): Timeline {
  const { after, limit } = isRecord(request) ? request : {};
  const from = typeof after === 'number' ? after : 0;
  const most = typeof limit === 'number' ? Math.max(0, limit) : 100;
  const events = state.tail.filter(({ seq }) => seq > from).slice(0, most);
  return { events, seq: state.seq, firstKept: state.tail[0]?.seq ?? 1 };
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export function caseView(state: CaseState, now: number): CaseView {
  const { escalation, episode, handOver, level, customer } = state;
  const tier = level === 'NORMAL' ? null : level === 'M1' ? escalation.m1 : escalation.m2;
  return {
    caseNumber: state.caseNumber,
    title: state.title,
    customer: { number: customer.number, name: customer.name },
    environment: state.environment,
    product: state.product,
    openedAt: iso(state.openedAt),
    closedAt: isoOrNull(state.closedAt),
    severity: state.severity,
    severitySetBy: state.severitySetBy,
    severityRequestedBy: state.severityRequestedBy,
    level,
    emergency: state.emergency,
    status: state.status,
    attention: attentionOf(state),
    owner: ownerName(state),
    owners: {
      engineer: state.engineer,
      manager: ownerOf(state, 'M1'),
      secondLevelManager: ownerOf(state, 'M2'),
      onCall: onCallOf(state),
    },
    nextDue: nextDueOf(state),
    escalation: {
      level,
      status: tier?.status ?? null,
      owner: tier?.owner ?? null,
      since: isoOrNull(tier?.since ?? null),
      reason: escalation.reason,
      dissatisfaction: escalation.dissatisfaction,
      criticalDate: escalation.criticalDate,
      staff: escalation.staff,
      plan: escalation.plan,
      teamFormed: escalation.teamFormed,
    },
    contacts: state.contacts,
    clocks: state.clocks.map(({ kind, dueAt, breachedAt }) => ({ kind, dueAt: iso(dueAt), breached: breachedAt !== null })),
    pages: state.pages.filter(isOpen).map((page) => {
      const { pageId, audience, purpose, status, person, name, channel } = page;
      return { pageId, audience, purpose, status, person, name, channel, answerDueAt: isoOrNull(ladderOfPage(state, page)?.answerDueAt ?? null) };
    }),
    eDown: episode && {
      episode: episode.number,
      startedAt: iso(episode.startedAt),
      answers: episode.answers,
      downSince: iso(episode.downSince),
      downForMinutes: minutesSince(episode.downSince, now),
      alerts: episode.alerts,
      nextAlertAt: iso(episode.nextAlertAt),
      warnings: episode.warnings,
      contactStatus: episode.contactStage,
    },
    eDownRequest: state.eDownRequest && { ...state.eDownRequest, at: iso(state.eDownRequest.at) },
    pastEpisodes: state.pastEpisodes.map(({ number, startedAt, endedAt, how, reviewDueAt, review }) => ({
      episode: number,
      startedAt: iso(startedAt),
      endedAt: iso(endedAt),
      how,
      reviewDueAt: iso(reviewDueAt),
      review: review && `${review.verdict} by ${review.by}: ${review.note}`,
    })),
    handOver: handOver && {
      from: handOver.from,
      to: handOver.offer?.to ?? null,
      dueAt: iso(handOver.dueAt),
      overdue: handOver.overdue,
      state: handOver.offer?.state ?? null,
      tried: handOver.offer?.tried ?? null,
      nextStep: handOver.offer?.nextStep ?? null,
      promise: handOver.offer?.promise ?? null,
    },
    actions: state.actions.map(({ actionId, kind, what, status, dueAt }) => ({ actionId, kind, what, status, dueAt: iso(dueAt) })),
    sprs: state.sprs,
    counters: { events: state.seq, pages: state.nextPage - 1, eDowns: state.eDownCount, eDownRefusals: state.eDownRefusals },
    policy: { version: state.policy.version, hash: state.policy.hash },
  };
}

export const eDownCategories = (): EDownCategories =>
  (Object.entries(E_DOWN_CATEGORIES) as [EDownCategory, string][]).map(([code, words]) => ({ code, words }));
