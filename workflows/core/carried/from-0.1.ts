/**
 * A case of 0.1.0 in the present form. What was asked of whom stays asked of them, under the pages that they have; what was on
 * its way, or is asked only since then, is asked as soon as the run begins. Nobody who has something loses it.
 */
import type { CasePolicy } from '../language/policy';
import { remember, requestOf } from '../requests';
import type { AnsweredRequest } from '../language/requests';
import { EVENT_TYPES } from '../language/event-types';
import type { CaseState, EmergencyState, Episode, PastEpisode } from '../language/state';
import { ATTENTION, QUESTIONS } from '../language/vocabulary';
import type { Tier, Tiers } from '../paging/levels';
import { searchesFrom01 } from './searches-0.1';
import type { Carried01, Episode01, Policy01, Request01, State01 } from './shape-0.1';
import { timelineFrom01 } from './timeline-0.1';

/** Times that 0.1.0 had none of: the defaults of the version that brought them. */
const HOUR_MS = 3_600_000;
const CONTACT_IDLE_MS = 4 * HOUR_MS;
const CONTACT_NIGHT = { from: '22:00', to: '07:00' };
const NEXT_PERSON_AFTER_MS = 30_000;

export function from01({ state, requests, published }: Carried01): {
  readonly state: CaseState;
  readonly published: Carried01['published'];
} {
  const policy = policyFrom01(state.policy);
  const { events, bytes } = timelineFrom01(state, policy);
  const plain = plainlyFrom01(state, policy);
  return {
    state: {
      ...plain,
      ...searchesFrom01(state, plain),
      requests: requests.reduce<AnsweredRequest[]>((kept, request) => requestFrom01(kept, request, plain), []),
      tail: events,
      tailBytes: bytes,
    },
    published,
  };
}

/** B6: it keeps the policy that it was opened with; what that had no word for is as 0.2.0 has it by default. */
function policyFrom01({ eDown, escalation: { nextChannelAfterMs, ...escalation }, ...rest }: Policy01): CasePolicy {
  return {
    ...rest,
    eDown: { ...eDown, contactCheck: { ...eDown.contactCheck, idleMs: CONTACT_IDLE_MS, quiet: CONTACT_NIGHT } },
    escalation: {
      ...escalation,
      nextChannelAfter: { urgentMs: nextChannelAfterMs, normalMs: nextChannelAfterMs },
      nextPersonAfterMs: NEXT_PERSON_AFTER_MS,
    },
  };
}

type Plain = Omit<CaseState, 'needs' | 'pages' | 'people' | 'requests' | 'tail' | 'tailBytes'>;

/** Everything but searches and the past. */
function plainlyFrom01(old: State01, policy: CasePolicy): Plain {
  const { escalation, severitySince, openedAt, engineer } = old;
  return {
    caseNumber: old.caseNumber,
    title: old.title,
    description: old.description,
    product: old.product,
    environment: old.environment,
    customer: old.customer,
    openedAt,
    openedOver: old.openedOver,
    policy,
    seq: old.seq,
    status: old.status,
    closedAt: old.closedAt,
    resolution: old.resolution,
    severity: old.severity,
    severitySetBy: old.severitySetBy,
    severityRequestedBy: old.severityRequestedBy,
    severitySince,
    severityKnown: old.severity,
    engineer,
    ownerUnknown: false,
    chart: old.directManager ? [old.directManager] : [],
    contacts: old.contacts.map((contact) => ({ ...contact })),
    accounts: [],
    inForce: { severity: severitySince, engineer: openedAt, contacts: openedAt, promise: openedAt },
    tiers: tiersFrom01(escalation),
    escalation: {
      reason: escalation.reason,
      dissatisfaction: escalation.dissatisfaction,
      criticalDate: escalation.criticalDate,
      wish: null,
      staff: [...escalation.staff],
      plan: [...escalation.plan],
      joined: escalation.joined.filter((person) => person === engineer),
      teamFormed: escalation.teamFormed,
    },
    suggested: old.suggestions.map(({ level }) => level),
    suggestSince: severitySince,
    emergency: emergencyFrom01(old),
    pastEpisodes: old.pastEpisodes.map((past) => ({ ...past, how: past.how as PastEpisode['how'] })),
    eDownRequest: old.eDownRequest && {
      ...old.eDownRequest,
      missing: QUESTIONS.filter((question) => old.eDownRequest?.missing.includes(question)),
    },
    eDownRefusedAt: null,
    eDownCount: old.eDownCount,
    eDownRefusals: old.eDownRefusals,
    substantiveProgressAt: old.substantiveProgressAt,
    stalled: old.stalled,
    provisionalEntitlement: old.provisionalEntitlement,
    clocks: old.clocks.map(({ breachedAt, ...clock }) => ({ ...clock, brokenAt: breachedAt })),
    handOver: old.handOver && { ...old.handOver },
    actions: old.actions.map((action) => ({ ...action })),
    nextAction: old.nextAction,
    sprs: old.sprs.map((spr) => ({ ...spr })),
    nextPage: old.nextPage,
    hadBefore: [],
    unverified: [],
    later: [],
    actedAt: Math.max(severitySince, old.substantiveProgressAt ?? 0, ...acksOf(old)),
  };
}

const acksOf = ({ ladders }: State01): number[] => ladders.flatMap(({ ack }) => ack?.at ?? []);

/** No second level without the first: where 0.1.0 had given the first one back, it is looked for again. */
function tiersFrom01({ m1, m2 }: State01['escalation']): Tiers {
  const tier = (level: Tier['level'], { since, owner, acceptedAt, remindedAt }: Omit<Tier, 'level'>): Tier => ({
    level,
    since,
    owner,
    acceptedAt,
    remindedAt,
  });
  if (!m1 && !m2) return [];
  const first = tier('M1', m1 ?? { since: m2?.since ?? 0, owner: null, acceptedAt: null, remindedAt: null });
  return m2 ? [first, tier('M2', m2)] : [first];
}

function emergencyFrom01({ emergency, episode, eDownCount }: State01): EmergencyState {
  if (emergency === 'ACTIVE' && episode) return { is: 'ACTIVE', episode: episodeFrom01(episode) };
  return emergency === 'STEPPED_DOWN' ? { is: 'STEPPED_DOWN', episode: eDownCount } : { is: 'NONE' };
}

function episodeFrom01({ paged: _, answers, contactReported, handedOverAt, ...episode }: Episode01): Episode {
  const { contactChanges: __, technicalContact: ___, ...known } = answers;
  return {
    ...episode,
    answers: known,
    // They were sentences: what was warned of at the beginning is on the timeline.
    warnings: [],
    quiet: null,
    contactReported: contactReported ?? false,
    workedBy: null,
    handedOverAt: handedOverAt ?? null,
  };
}

/** The same request gets the first answer again, and does nothing twice; what was due then is told no more. */
function requestFrom01(
  kept: readonly AnsweredRequest[],
  { id, hash, answer, refusal }: Request01,
  { caseNumber }: Plain,
): AnsweredRequest[] {
  const bounded = requestOf('', { requestId: id });
  if (!bounded) return [...kept];
  const request = { id: bounded.id, hash };
  if (refusal) return remember(kept, request, { refusal: { code: refusal.code as never } });
  if (!answer) return [...kept];
  const { seq, events, severity, level, emergency, status, owner, attention } = answer;
  return remember(kept, request, {
    outcome: {
      caseNumber,
      seq,
      events: EVENT_TYPES.filter((type) => events.includes(type)),
      severity,
      level,
      emergency,
      status,
      owner,
      nextDue: null,
      notes: [],
      attention: ATTENTION.filter((word) => attention.includes(word)),
    },
  });
}
