/**
 * R27-R29, B14: the 24x7 protocol. It starts at once, alerts whoever is on call at the policy's cadence, in calendar
 * time, and ends only by a workable system that the contact confirms, a severity lowered with agreement, or a step-down
 * with recent substantive progress and agreement. A stall escalates and never ends it (translator's note 2).
 */
import type { Due } from './agenda';
import { refusal, type Refusal } from './codes';
import type { EventData } from './events';
import type { Evolvers } from './evolve';
import type { Input } from './inputs';
import { alert, endLadder, ladderOf, pageOf } from './ladder';
import type { Shift } from './pages';
import { KEEP, youngest, type CaseState, type Episode, type PastEpisode } from './state';
import { iso, reviewDueAfter } from './time';
import type { Turn } from './turn';
import { E_DOWN_CATEGORIES, type Audience } from './vocabulary';

/** The ladder that alerts climb; open for as long as the emergency is active. */
export const ALERTS = 'E_DOWN_ALERT';

/** Ladders that are about the emergency and end with it; an escalation goes on. */
const OF_THE_EMERGENCY = /^(E_DOWN_|FIRST_CONTACT|CUSTOMER_UPDATE|PROGRESS|CONTACT_|HAND_OVER)/;

/** What the engineer was paged about before, the wish for E-Down too; the emergency's own page says more, and one answer is enough. */
const OVERTAKEN = /^(SEVERITY_CHANGED|ASSIGNED|REOPENED|E_DOWN_REQUESTED)/;

export function startEmergency(turn: Turn, episode: number): void {
  for (const { key } of turn.state.ladders.filter((ladder) => OVERTAKEN.test(ladder.key))) endLadder(turn, key, 'OVERTAKEN');
  turn.follow('EmergencyStarted', { episode });
  alertNow(turn, 0);
}

/** In the guide's words for the category: not all production need have stopped (R15). */
export function whatIsDown({ answers: { category } }: Pick<Episode, 'answers'>): string {
  const words = category === undefined ? 'All production is down.' : E_DOWN_CATEGORIES[category];
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

/** One alert; after an outage one late alert, then the cadence from now. */
function alertNow(turn: Turn, lateMs: number): void {
  const { episode } = turn.state;
  if (!episode) return;
  turn.follow('EmergencyAlerted', { episode: episode.number, alert: episode.alerts + 1, lateMs });
  const base = lateMs < turn.state.policy.eDown.alertEveryMs ? turn.now - lateMs : turn.now;
  alert(turn, ALERTS, `E-Down alert ${episode.alerts}: ${whatIsDown(episode)}`, lateMs, base);
}

export function confirmWorkableSystem(turn: Turn, { role, summary }: Input<'confirmWorkableSystem'>): Refusal | void {
  if (turn.state.emergency !== 'ACTIVE') return refusal('NOT_IN_EMERGENCY');
  if (role !== 'CONTACT' && role !== 'CUSTOMER') {
    turn.emit('WorkableSystemClaimed', summary === undefined ? {} : { summary });
    return refusal('CUSTOMER_CONFIRMATION_REQUIRED');
  }
  endEmergency(turn, 'WORKABLE_SYSTEM', summary);
}

export function stepDown(turn: Turn, { reason, customerAgreed }: Input<'stepDown'>): Refusal | void {
  const { state, now } = turn;
  if (state.emergency !== 'ACTIVE') return refusal('NOT_IN_EMERGENCY');
  const { stepDownReading, recentProgressMs } = state.policy.eDown;
  if (stepDownReading === 'ENGLISH') {
    return refusal('STEP_DOWN_NOT_JUSTIFIED', 'By this policy work goes on 24x7 for as long as useful progress is made.');
  }
  const at = state.substantiveProgressAt;
  if (at === null || now - at > recentProgressMs) return refusal('STEP_DOWN_NOT_JUSTIFIED');
  if (!customerAgreed) {
    return refusal('CUSTOMER_AGREEMENT_REQUIRED', undefined, [{ field: 'customerAgreed', problem: 'must be true' }]);
  }
  endEmergency(turn, 'STEPPED_DOWN', reason);
}

/** Closes every clock, page and contact action of the episode; those who were paged are told (who-is-told.ts). */
export function endEmergency(turn: Turn, how: EventData['EmergencyEnded']['how'], reason?: string): void {
  const { state, now } = turn;
  const { episode } = state;
  if (!episode) return;
  for (const action of state.actions.filter(({ status }) => status === 'OPEN' || status === 'OVERDUE')) {
    turn.follow('ContactActionClosed', { actionId: action.actionId, why: 'NOT_NEEDED' });
  }
  for (const { key } of state.ladders.filter((ladder) => OF_THE_EMERGENCY.test(ladder.key))) {
    endLadder(turn, key, 'EMERGENCY_ENDED');
  }
  if (state.handOver) turn.follow('HandOverClosed', { why: 'EMERGENCY_ENDED' });
  turn.emit('EmergencyEnded', {
    episode: episode.number,
    how,
    ...(reason !== undefined && { reason }),
    startedAt: iso(episode.startedAt),
    reviewDueAt: iso(reviewDueAfter(now, state.policy.eDown.reviewBusinessDays)),
    paged: episode.paged.map((entry) => ({ ...entry })),
  });
}

export function recordProgress(turn: Turn, { summary, substantive }: Input<'recordProgress'>): void {
  const wasStalled = turn.state.stalled;
  turn.emit('ProgressRecorded', { summary, substantive });
  if (substantive) endLadder(turn, 'PROGRESS', 'NOT_NEEDED');
  else if (wasStalled) turn.note('Only substantive progress ends the stall.');
}

/** B10: honoured first, looked at afterwards. */
export function reviewEDown(turn: Turn, { verdict, note, episode }: Input<'reviewEDown'>): Refusal | void {
  const { pastEpisodes } = turn.state;
  const past =
    episode === undefined
      ? (pastEpisodes.find((candidate) => !candidate.review) ?? pastEpisodes.at(-1))
      : pastEpisodes.find((candidate) => candidate.number === episode);
  if (!past) return refusal('NOT_IN_EMERGENCY', 'There is no past episode to review.');
  turn.emit('EDownReviewed', { episode: past.number, verdict, note });
  endLadder(turn, reviewLadder(past.number), 'NOT_NEEDED');
}

const REVIEW = 'REVIEW_DUE-';
export const reviewLadder = (episode: number): string => `${REVIEW}${episode}`;
export const isReview = (ladder: string): boolean => ladder.startsWith(REVIEW);

export const evolveEmergency: Evolvers = {
  EDownRequested(state, { at, by, data }) {
    if (state.emergency !== 'ACTIVE') state.eDownRequest = { by: by ?? '', at: Date.parse(at), missing: [...data.missing] };
  },
  EDownRequestWithdrawn(state) {
    state.eDownRequest = null;
  },
  EDownRefused(state) {
    state.eDownRefusals += 1;
  },
  EDownDeclared(state, { at, data }) {
    const now = Date.parse(at);
    state.eDownCount = data.episode;
    state.eDownRequest = null;
    state.provisionalEntitlement = data.provisional;
    state.substantiveProgressAt = null;
    state.stalled = false;
    state.suggestions = [];
    state.episode = {
      number: data.episode,
      startedAt: now,
      answers: data.answers,
      downSince: Date.parse(data.downSince),
      warnings: [...data.warnings],
      provisional: data.provisional,
      alerts: 0,
      nextAlertAt: now,
      alertedSeq: state.seq,
      sinceAlert: state.seq,
      contactSeenAt: now,
      contactStage: 'PRESENT',
      contactCheckAt: now + state.policy.eDown.contactCheck.firstMs,
      shift: null,
      paged: [],
    };
  },
  EmergencyStarted(state) {
    state.emergency = 'ACTIVE';
  },
  EmergencyAlerted(state, { at, seq, data }) {
    const { episode } = state;
    if (!episode) return;
    const now = Date.parse(at);
    const every = state.policy.eDown.alertEveryMs;
    const onCadence = now - data.lateMs + every;
    episode.alerts = data.alert;
    episode.nextAlertAt = onCadence > now ? onCadence : now + every;
    episode.sinceAlert = episode.alertedSeq;
    episode.alertedSeq = seq;
  },
  PolicyAdopted(state, { at, data }) {
    // As for any promise: a shorter time counts from now, a longer one from the next alert on.
    const { episode } = state;
    if (episode) episode.nextAlertAt = Math.min(episode.nextAlertAt, Date.parse(at) + data.policy.eDown.alertEveryMs);
  },
  EmergencyEnded(state, { at, data }) {
    const past: PastEpisode = {
      number: data.episode,
      startedAt: Date.parse(data.startedAt),
      endedAt: Date.parse(at),
      how: data.how,
      reviewDueAt: Date.parse(data.reviewDueAt),
      reviewRemindedAt: null,
      review: null,
    };
    // A review that is still to be made is never forgotten (B10).
    state.pastEpisodes = youngest([...state.pastEpisodes, past], KEEP.episodes, ({ review }) => review !== null);
    state.emergency = data.how === 'STEPPED_DOWN' ? 'STEPPED_DOWN' : 'NONE';
    state.episode = null;
    state.stalled = false;
    state.suggestions = [];
  },
  EDownReviewDue(state, { at, data }) {
    for (const past of state.pastEpisodes) if (past.number === data.episode) past.reviewRemindedAt = Date.parse(at);
  },
  EDownReviewed(state, { by, data }) {
    for (const past of state.pastEpisodes) {
      if (past.number === data.episode) past.review = { verdict: data.verdict, note: data.note, by: by ?? '' };
    }
  },
  ProgressRecorded(state, { at, data }) {
    if (!data.substantive) return;
    state.substantiveProgressAt = Date.parse(at);
    state.stalled = false;
  },
  ProgressStalled(state) {
    state.stalled = true;
  },
  PageAcknowledged(state, { data }) {
    // An answer may come before the provider's: the page has arrived, and its result will not be waited for.
    const page = pageOf(state, data.pageId);
    if (state.episode && page && !page.accepted) woken(state.episode, data.person, page.audience);
  },
  PageSent(state, { at, data }) {
    const { episode } = state;
    if (!episode || state.emergency !== 'ACTIVE') return;
    const page = pageOf(state, data.pageId);
    if (!page) return;
    woken(episode, data.person, page.audience);
    if (data.shift && !data.overtaken && page.audience === 'ON_CALL' && endsNext(state, episode, data.shift, Date.parse(at))) {
      episode.shift = { ...data.shift, person: data.person };
    }
  },
};

/**
 * Where windows overlap both shifts are paged, and the one that ends first hands over first. One that is over when its page
 * arrives, on a slow line, has been asked already (B8).
 */
function endsNext({ handOver }: CaseState, { shift }: Episode, { team, endsAt }: Shift, now: number): boolean {
  const isOver = Date.parse(endsAt) <= now;
  if (!shift) return !(isOver && handOver?.team === team);
  return shift.team === team || (!isOver && Date.parse(endsAt) < Date.parse(shift.endsAt));
}

function woken({ paged }: Episode, person: string, audience: Audience): void {
  if (!paged.some((entry) => entry.person === person)) paged.push({ person, audience });
}

export function dueEmergency(state: CaseState): Due[] {
  const due: Due[] = state.pastEpisodes
    .filter(({ review, reviewRemindedAt }) => !review && reviewRemindedAt === null)
    .map(({ number, reviewDueAt }) => ({
      key: `review ${number}`,
      at: reviewDueAt,
      what: `the review of E-Down ${number}`,
      act: (turn, lateMs) => turn.follow('EDownReviewDue', { episode: number, lateMs }),
    }));
  const { episode } = state;
  if (state.emergency === 'ACTIVE' && episode) {
    due.push({
      key: 'alert',
      at: episode.nextAlertAt,
      what: `E-Down alert ${episode.alerts + 1} to on-call`,
      act: alertNow,
    });
  }
  return due;
}

/** Who has the emergency on the on-call side: who acknowledged, or is being asked now. */
export const onCallOf = (state: CaseState): string | null => {
  const ladder = ladderOf(state, ALERTS);
  return ladder?.ack?.person ?? ladder?.target ?? null;
};
