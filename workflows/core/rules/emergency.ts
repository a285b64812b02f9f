/**
 * R27-R29, B14, H3: the 24x7 protocol. It starts at once, alerts at the policy's cadence, in calendar time, and ends only
 * by a workable system that the contact confirms, a severity lowered with agreement, or a step-down with recent substantive
 * progress and agreement. A stall escalates and never ends it.
 * An alert rings where somebody has to do something now: nobody has it, or the answer went stale; otherwise it is word to
 * whoever has it.
 */
import { isOlder, type Due, type Turn } from '../concern';
import { MOST, youngest } from '../language/bounds';
import { refusal, type Refusal } from '../language/refusal';
import type { EmergencyEnd, EventOf, Fact } from '../language/events';
import { factOf } from '../language/fact';
import type { Input } from '../language/inputs';
import type { Shift } from '../language/reach';
import type { CaseState, Need, PastEpisode } from '../language/state';
import { clip } from '../language/text';
import { afterBusinessDays, iso } from '../language/time';
import { episodeOf, holderOf, isActive, isContact, needOf, personOf } from '../paging/find';

/** One alert; after an outage one late alert, then the cadence from now. */
export function alertNow(turn: Turn, lateMs: number): void {
  const { state } = turn;
  const episode = episodeOf(state);
  if (!episode) return;
  // An answer that has gone stale is none: the alert does not say that they have it.
  const held = needOf(state, 'E_DOWN_ALERT');
  if (held?.turn.is === 'HELD' && held.turn.expiresAt <= turn.now) turn.expire(held);
  const need = needOf(state, 'E_DOWN_ALERT');
  const event = turn.follow('EmergencyAlerted', {
    episode: episode.number,
    alert: episode.alerts + 1,
    lateMs,
    category: episode.answers.category ?? null,
    has: need ? holderOf(need) : null,
  });
  if (need) goOn(turn, need, factOf(event), lateMs);
}

/** A part of the cadence: who is asked a little after an alert has no alert of their own before the next one is asked. */
const NEARLY = 0.1;

/**
 * To whoever has it or is being asked now, as word; or, where the time of the one before is over, to the next one. So an hour
 * at a 15-minute cadence is four pages, not eight.
 */
function goOn(turn: Turn, need: Need, fact: Fact, lateMs: number): void {
  const { state, now } = turn;
  const { turn: whose } = need;
  switch (whose.is) {
    case 'NEXT':
    case 'SENDING':
      return;
    case 'RESTING':
      turn.follow('SearchResumed', { need: need.key });
      return;
    case 'HELD':
      tellAlert(turn, whose.person, fact);
      return;
    case 'ASKED': {
      const soon = now + state.policy.eDown.alertEveryMs * NEARLY;
      const isOver = whose.answerDueAt !== null && whose.answerDueAt <= soon;
      if (isOver) turn.moveOn(need, whose.person, lateMs);
      else tellAlert(turn, whose.person, fact);
      return;
    }
    default:
      whose satisfies never;
  }
}

const tellAlert = (turn: Turn, person: string, fact: Fact): void =>
  turn.tell({ wanted: { audience: 'ON_CALL', person, exact: true, excluding: [] }, purpose: 'E_DOWN_ALERT', fact });

/** The technical contact, or the customer's account, says that it works; from anybody else it is a claim (R28). */
export function confirmWorkableSystem(turn: Turn, { summary }: Input<'confirmWorkableSystem'>): Refusal | void {
  const { state, who } = turn;
  if (state.emergency.is === 'NONE') return refusal('NOT_IN_EMERGENCY');
  if (isOlder(turn, 'severity', 'confirmWorkableSystem', { summary })) return;
  const isTheirs = who?.role === 'CUSTOMER' || (who?.role === 'CONTACT' && isContact(state, who.person));
  if (isTheirs) {
    endEmergency(turn, 'WORKABLE_SYSTEM', summary);
    return;
  }
  turn.emit('WorkableSystemClaimed', summary === undefined ? {} : { summary });
  return refusal('CUSTOMER_CONFIRMATION_REQUIRED');
}

export function stepDown(turn: Turn, { reason, customerAgreed }: Input<'stepDown'>): Refusal | void {
  const { state, now } = turn;
  if (!isActive(state)) return refusal('NOT_IN_EMERGENCY');
  const { stepDownReading, recentProgressMs } = state.policy.eDown;
  if (stepDownReading === 'ENGLISH') return refusal('STEP_DOWN_NOT_JUSTIFIED', { key: 'ENGLISH_READING' });
  const at = state.substantiveProgressAt;
  if (at === null || now - at > recentProgressMs) return refusal('STEP_DOWN_NOT_JUSTIFIED');
  if (!customerAgreed) {
    return refusal('CUSTOMER_AGREEMENT_REQUIRED', undefined, [
      { field: 'customerAgreed', problem: { key: 'MUST_BE_VALUE', value: 'true' } },
    ]);
  }
  endEmergency(turn, 'STEPPED_DOWN', reason);
}

/** What ends with it stands in what-follows.ts; those who were paged for it are told (who-is-told.ts). */
export function endEmergency(turn: Turn, how: EmergencyEnd, reason?: string): void {
  const { state, now } = turn;
  const episode = episodeOf(state) ?? steppedDownFrom(state);
  if (!episode) return;
  const { reviewBusinessDays } = state.policy.eDown;
  const reviewDueAt = 'reviewDueAt' in episode ? episode.reviewDueAt : afterBusinessDays(now, reviewBusinessDays);
  turn.emit('EmergencyEnded', {
    episode: episode.number,
    how,
    ...(reason !== undefined && { reason }),
    startedAt: iso(episode.startedAt),
    reviewDueAt: iso(reviewDueAt),
    ...(!isActive(state) && { again: true as const }),
  });
}

/** The episode that round-the-clock work has stepped down from: the customer may still say that it works. */
const steppedDownFrom = ({ emergency, pastEpisodes }: CaseState): PastEpisode | undefined =>
  emergency.is === 'STEPPED_DOWN' ? pastEpisodes.find(({ number }) => number === emergency.episode) : undefined;

export function recordProgress(turn: Turn, { summary, substantive }: Input<'recordProgress'>): void {
  const wasStalled = turn.state.stalled;
  const { seq } = turn.emit('ProgressRecorded', { summary, substantive });
  if (substantive) turn.end(['PROGRESS_STALLED'], 'NOT_NEEDED', seq);
  else if (wasStalled) turn.note({ key: 'STALL_GOES_ON' });
}

/** B10: honoured first, looked at afterwards: what runs is judged when it is over. */
export function reviewEDown(turn: Turn, { verdict, note, episode }: Input<'reviewEDown'>): Refusal | void {
  const past = reviewable(turn.state, episode);
  if (!past) return notReviewable(turn.state, episode);
  // Nobody judges their own work.
  if (turn.who?.person === turn.state.engineer)
    return refusal('OTHER_MANAGER_REQUIRED', { key: 'YOU_ARE_THE_ENGINEER' });
  const { seq } = turn.emit('EDownReviewed', { episode: past.number, verdict, note });
  turn.end([`REVIEW_DUE:${past.number}`], 'NOT_NEEDED', seq);
}

/** Whoever names none means the one that waits for it; with none waiting, never a judged one instead of the one that runs. */
function reviewable(state: CaseState, episode: number | undefined): PastEpisode | undefined {
  const { pastEpisodes } = state;
  if (episode !== undefined) return pastEpisodes.find(({ number }) => number === episode);
  return pastEpisodes.find(({ review }) => !review) ?? (isActive(state) ? undefined : pastEpisodes.at(-1));
}

function notReviewable(state: CaseState, episode: number | undefined): Refusal {
  const { pastEpisodes } = state;
  const running = episodeOf(state);
  const isMeant = episode === undefined || episode === running?.number || pastEpisodes.length === 0;
  if (running && isMeant) return refusal('EMERGENCY_ACTIVE', { key: 'REVIEWED_WHEN_OVER', episode: running.number });
  if (pastEpisodes.length === 0) return refusal('NOT_IN_EMERGENCY', { key: 'NO_PAST_EPISODE' });
  const values = pastEpisodes.map(({ number }) => String(number));
  return refusal('INVALID_INPUT', { key: 'FIELDS' }, [
    { field: 'episode', problem: { key: 'MUST_BE_ONE_OF', values } },
  ]);
}

export function eDownDeclared(state: CaseState, { at, occurredAt, data }: EventOf<'EDownDeclared'>): void {
  const now = Date.parse(at);
  // Declared again at severity 0, it is what an older lowering must not undo (D15).
  state.inForce.severity = Date.parse(occurredAt ?? at);
  const { contactChanges: _, technicalContact: __, ...answers } = data.answers;
  state.eDownCount = data.episode;
  state.provisionalEntitlement = data.provisional;
  state.substantiveProgressAt = null;
  state.suggested = [];
  state.suggestSince = now;
  for (const person of state.people) Object.assign(person, { ofEmergency: false });
  state.emergency = {
    is: 'ACTIVE',
    episode: {
      number: data.episode,
      startedAt: now,
      answers,
      downSince: Date.parse(data.downSince),
      warnings: [...data.warnings],
      provisional: data.provisional,
      alerts: 0,
      nextAlertAt: now,
      alertedSeq: state.seq,
      sinceAlert: state.seq,
      contactSeenAt: now,
      contactStage: 'PRESENT',
      contactCheckAt: now + state.policy.eDown.contactCheck.idleMs,
      quiet: null,
      contactReported: false,
      shift: null,
      workedBy: null,
      handedOverAt: null,
    },
  };
}

export function alerted(state: CaseState, { at, seq, data }: EventOf<'EmergencyAlerted'>): void {
  const episode = episodeOf(state);
  if (!episode) return;
  const now = Date.parse(at);
  const every = state.policy.eDown.alertEveryMs;
  const onCadence = now - data.lateMs + every;
  episode.alerts = data.alert;
  episode.nextAlertAt = onCadence > now ? onCadence : now + every;
  episode.sinceAlert = episode.alertedSeq;
  episode.alertedSeq = seq;
}

/** As for any promise: a shorter time counts from now, a longer one from the next alert on. */
export function alertPolicyAdopted(state: CaseState, at: number): void {
  const episode = episodeOf(state);
  if (episode) episode.nextAlertAt = Math.min(episode.nextAlertAt, at + state.policy.eDown.alertEveryMs);
}

export function emergencyEnded(state: CaseState, { at, data }: EventOf<'EmergencyEnded'>): void {
  const before = state.pastEpisodes.find(({ number }) => number === data.episode);
  if (before) before.how = data.how;
  else {
    const past: PastEpisode = {
      number: data.episode,
      startedAt: Date.parse(data.startedAt),
      endedAt: Date.parse(at),
      how: data.how,
      reviewDueAt: Date.parse(data.reviewDueAt),
      reviewRemindedAt: null,
      review: null,
    };
    // A review that is still to be made is never forgotten (B10), until there are more than anybody will make.
    const all = youngest([...state.pastEpisodes, past], MOST.episodes, ({ review }) => review !== null);
    state.pastEpisodes = all.slice(-2 * MOST.episodes);
  }
  state.emergency = data.how === 'STEPPED_DOWN' ? { is: 'STEPPED_DOWN', episode: data.episode } : { is: 'NONE' };
  if (data.how === 'WORKABLE_SYSTEM') state.stalled = false;
  state.suggested = [];
}

export function reviewDue(state: CaseState, { at, data }: EventOf<'EDownReviewDue'>): void {
  for (const past of state.pastEpisodes) if (past.number === data.episode) past.reviewRemindedAt = Date.parse(at);
}

export function reviewed(state: CaseState, { by = '', data }: EventOf<'EDownReviewed'>): void {
  const review = { verdict: data.verdict, note: clip(data.note, MOST.reviewNote), by };
  for (const past of state.pastEpisodes) if (past.number === data.episode) past.review = review;
}

export function progressRecorded(state: CaseState, { at, data }: EventOf<'ProgressRecorded'>): void {
  if (!data.substantive) return;
  state.substantiveProgressAt = Date.parse(at);
  state.stalled = false;
}

/** Whose window ends is whoever works on it, or is being asked: the first that ends hands over first (B8). */
export function shiftIsKnown(state: CaseState, person: string, shift: Shift, at: number): void {
  const episode = episodeOf(state);
  if (!episode) return;
  const endsAt = Date.parse(shift.endsAt);
  const isOver = endsAt <= at;
  // One that is over when its page arrives, on a slow line, has been asked to hand over already.
  if (isOver && state.handOver?.team === shift.team) return;
  const { shift: before } = episode;
  if (!before || before.team === shift.team || (!isOver && endsAt < Date.parse(before.endsAt))) {
    episode.shift = { ...shift, person };
  }
}

/** Whoever has the emergency from now on is the one whose window counts. */
export function emergencyTaken(state: CaseState, person: string, at: number): void {
  const episode = episodeOf(state);
  const shift = personOf(state, person)?.shift;
  if (!episode) return;
  episode.workedBy = person;
  // Whoever comes after their own shift has it: nobody is asked to take it from them at once.
  episode.shift = shift && Date.parse(shift.endsAt) > at ? { ...shift, person } : null;
}

export function dueEmergency(state: CaseState): Due[] {
  const due: Due[] = state.pastEpisodes
    .filter(({ review, reviewRemindedAt }) => !review && reviewRemindedAt === null)
    .map(({ number, reviewDueAt }) => ({
      key: `review ${number}`,
      at: reviewDueAt,
      what: { key: 'REVIEW', episode: number },
      act: (turn, lateMs) => void turn.follow('EDownReviewDue', { episode: number, lateMs }),
    }));
  const episode = episodeOf(state);
  if (episode) {
    due.push({
      key: 'alert',
      at: episode.nextAlertAt,
      what: { key: 'ALERT', alert: episode.alerts + 1 },
      act: alertNow,
    });
  }
  return due;
}
