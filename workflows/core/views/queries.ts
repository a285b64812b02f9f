/** What a case answers when it is asked: read-only pictures of the state, never a second truth. */
import { nextDue as next } from '../agenda';
import type { Answer, Outcome } from '../language/answer';
import { isRecord } from '../language/shape';
import type { CaseState, Need, Page, Send } from '../language/state';
import { iso, minutesSince } from '../language/time';
import { E_DOWN_CATEGORIES } from '../language/vocabulary';
import { asksOf, episodeOf, facedBy, needOf, onCallOf } from '../paging/find';
import { levelOf, managedAt, ownerOf, tierOf } from '../paging/levels';
import { rowOf, type NeedKey } from '../paging/needs';
import { en } from '../words/en';
import { utc } from '../words/catalogue';
import { attentionOf } from './attention';
import { ownerName } from './owners';
import type {
  CaseView,
  Due,
  EDownCategories,
  Impact,
  ManagerForCase,
  NeedView,
  Ownership,
  Timeline,
  TimelineRequest,
} from './view';

/** The answer of an update, in words. */
export const answerOf = ({ nextDue, notes, hotline, ...outcome }: Outcome): Answer => ({
  ...outcome,
  nextDue: nextDue && { at: nextDue.at, what: en.due(nextDue.what) },
  notes: notes.map((note) => en.note(note, utc)),
  ...(hotline !== undefined && { phonePreferred: true, hotline }),
});

/** What is due next, in words; what is overdue is due now. */
export function nextDueOf(state: CaseState, now: number): Due | null {
  const due = next(state);
  return due ? { at: iso(Math.max(due.at, now)), what: en.due(due.what) } : null;
}

export function ownership(state: CaseState, now: number): Ownership {
  const nextDue = nextDueOf(state, now);
  const owner = ownerName(state);
  const managed = managedAt(state);
  const onCall = onCallOf(state);
  const sentence = [
    en.view(state.engineer === null ? { key: 'NO_OWNER' } : { key: 'OWNS', person: owner }),
    ...(managed ? [en.view({ key: 'MANAGES', person: managed.owner, level: managed.level })] : []),
    ...state.needs.flatMap((need) => (need.kind === 'E_DOWN_ALERT' ? [emergencySentence(need)] : [])),
    en.view(nextDue === null ? { key: 'NOTHING_DUE' } : { key: 'NEXT', ...nextDue }),
  ].join(' ');
  const ownerRole = state.engineer === null ? 'SUPPORT_DESK' : 'ENGINEER';
  return { sentence, owner, ownerRole, manager: managed?.owner ?? null, onCall, nextDue };
}

function emergencySentence({ turn }: Need): string {
  if (turn.is === 'HELD') return en.view({ key: 'AT_WORK', person: turn.person });
  return en.view(turn.is === 'ASKED' ? { key: 'ASKED_TO_WORK', person: turn.person } : { key: 'NOBODY_AT_WORK' });
}

/** R50: the manager by the case number alone, in every state. The direct manager is as looked up when last paged. */
export function managerForCase(state: CaseState): ManagerForCase {
  const { engineer } = state;
  const level = levelOf(state);
  const base = { level, engineer };
  const managed = managedAt(state);
  if (managed !== null) {
    const sentence = en.view({ key: 'MANAGES_CASE', person: managed.owner, level: managed.level });
    return { ...base, manager: managed.owner, how: 'ENGAGED', sentence };
  }
  const need = level === 'NORMAL' ? needOf(state, 'MANAGER_REQUESTED') : needOf(state, level);
  const asked = need ? facedBy(need) : null;
  if (asked !== null) {
    const sentence = en.view({ key: 'PAGED', person: asked, level: level === 'NORMAL' ? null : level });
    return { ...base, manager: asked, how: 'BEING_PAGED', sentence };
  }
  const [direct] = state.chart;
  if (direct) {
    const sentence = en.view({ key: 'DIRECT_MANAGER', person: direct.name, engineer });
    return { ...base, manager: direct.person, how: 'DIRECT_MANAGER', sentence };
  }
  return { ...base, manager: null, how: 'DUTY_MANAGER', sentence: en.view({ key: 'ASK_FOR_MANAGER' }) };
}

export function impact(state: CaseState, now: number): Impact {
  const episode = episodeOf(state);
  const answers = episode?.answers;
  const category = answers?.category ?? null;
  return {
    severity: state.severity,
    level: levelOf(state),
    emergency: state.emergency.is,
    category,
    categoryWords: category && en.categories[category],
    totalUsers: answers?.totalUsers ?? null,
    affectedUsers: answers?.affectedUsers ?? null,
    productivityLossPct: answers?.productivityLossPct ?? null,
    downSince: episode ? iso(episode.downSince) : null,
    downForMinutes: episode ? minutesSince(episode.downSince, now) : null,
    asOf: iso(now),
    eDownCount: state.eDownCount,
  };
}

/** Whatever is asked with is no reason for an error: a query has no refusals to name a field in. */
export function timeline(state: CaseState, request?: TimelineRequest): Timeline {
  const { after, limit } = isRecord(request) ? request : {};
  const from = typeof after === 'number' ? after : 0;
  const most = typeof limit === 'number' ? Math.max(0, limit) : 100;
  const events = state.tail.filter(({ seq }) => seq > from).slice(0, most);
  return { events: events.map(en.told), seq: state.seq, firstKept: state.tail[0]?.seq ?? 1 };
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

function needView(need: Need): NeedView {
  const { key, kind, turn, openedAt, asked } = need;
  const status = {
    NEXT: 'ON_ITS_WAY',
    SENDING: 'ON_ITS_WAY',
    ASKED: 'ASKED',
    RESTING: 'RESTING',
    HELD: 'HELD',
  } as const;
  return {
    need: key,
    purpose: rowOf(kind).purpose,
    status: status[turn.is],
    person: facedBy(need),
    asked: turn.is === 'HELD' ? [] : asked,
    since: iso(turn.is === 'HELD' ? turn.since : openedAt),
    answerDueAt: turn.is === 'ASKED' ? isoOrNull(turn.answerDueAt) : null,
  };
}

type PageView = CaseView['pages'][number];

/** Open pages: what a person has been asked, and what is on its way to somebody. */
function pageViews(state: CaseState): PageView[] {
  return state.pages.flatMap((page): PageView[] => {
    const [send] = page.sends.filter(({ reach }) => reach);
    if (page.closedAt !== null || (page.says.length === 0 && !send)) return [];
    return [pageView(state, page, send)];
  });
}

function pageView(state: CaseState, page: Page, send: Send | undefined): PageView {
  const { pageId, audience, person, name, channel } = page;
  const asks = asksOfPage(state, page, send);
  const needs = asks.flatMap((key) => needOf(state, key) ?? []);
  const dues = needs.flatMap(({ turn }) =>
    turn.is === 'ASKED' && turn.person === person && turn.answerDueAt !== null ? [turn.answerDueAt] : [],
  );
  const [first] = needs;
  return {
    pageId,
    audience,
    purpose: first ? rowOf(first.kind).purpose : (send?.purpose ?? 'ESCALATION_INFO'),
    status: page.says.length > 0 ? 'SENT' : 'SENDING',
    person,
    name,
    channel,
    answerDueAt: isoOrNull(dues.length > 0 ? Math.min(...dues) : null),
    asks,
  };
}

function asksOfPage(state: CaseState, { person, says }: Page, send: Send | undefined): NeedKey[] {
  if (person !== null && says.length > 0) return asksOf(state, person).map(({ key }) => key);
  return send?.asks ?? [];
}

export function caseView(state: CaseState, now: number): CaseView {
  const { escalation, handOver, customer, eDownRequest } = state;
  const episode = episodeOf(state);
  const level = levelOf(state);
  const tier = tierOf(state, level);
  return {
    caseNumber: state.caseNumber,
    title: state.title,
    customer: {
      number: customer.number,
      name: customer.name,
      ...(customer.timezone !== undefined && { timezone: customer.timezone }),
    },
    environment: state.environment,
    product: state.product,
    openedAt: iso(state.openedAt),
    closedAt: isoOrNull(state.closedAt),
    severity: state.severity,
    severitySetBy: state.severitySetBy,
    severityRequestedBy: state.severityRequestedBy,
    level,
    emergency: state.emergency.is,
    status: state.status,
    attention: attentionOf(state),
    owner: ownerName(state),
    owners: {
      engineer: state.engineer,
      manager: ownerOf(state, 'M1'),
      secondLevelManager: ownerOf(state, 'M2'),
      onCall: onCallOf(state),
    },
    nextDue: nextDueOf(state, now),
    escalation: {
      level,
      status: tier && (tier.owner === null ? 'PENDING' : 'ENGAGED'),
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
    clocks: state.clocks.map(({ kind, dueAt, brokenAt }) => ({ kind, dueAt: iso(dueAt), breached: brokenAt !== null })),
    needs: state.needs.map(needView),
    pages: pageViews(state),
    eDown: episode && {
      episode: episode.number,
      startedAt: iso(episode.startedAt),
      answers: episode.answers,
      downSince: iso(episode.downSince),
      downForMinutes: minutesSince(episode.downSince, now),
      asOf: iso(now),
      alerts: episode.alerts,
      nextAlertAt: iso(episode.nextAlertAt),
      warnings: episode.warnings,
      contactStatus: episode.contactStage,
    },
    eDownRequest: eDownRequest && {
      by: eDownRequest.by,
      at: iso(eDownRequest.at),
      missing: eDownRequest.missing.map((question) => `eDown.${question}`),
    },
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
    actions: state.actions.map(({ actionId, kind, what, status, dueAt }) => ({
      actionId,
      kind,
      what,
      status,
      dueAt: iso(dueAt),
    })),
    sprs: state.sprs,
    counters: {
      events: state.seq,
      pages: state.nextPage - 1,
      eDowns: state.eDownCount,
      eDownRefusals: state.eDownRefusals,
    },
    policy: { version: state.policy.version, hash: state.policy.hash },
  };
}

export const eDownCategories = (): EDownCategories =>
  E_DOWN_CATEGORIES.map((code) => ({ code, words: en.categories[code] }));
