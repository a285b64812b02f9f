/** What a search of 0.1.0 was for, in the needs of now, and the fact that its page told. */
import type { EventData, EventType, Fact } from '../language/events';
import { factOf } from '../language/fact';
import type { CaseState } from '../language/state';
import { iso } from '../language/time';
import { levelOf } from '../paging/levels';
import { keyOf, type NeedKey, type NeedRef } from '../paging/needs';

type PlainKind = Exclude<NeedRef, { readonly subject: string }>['kind'];
/** Searches whose name is the need's, or that have another name now. */
const NAMED: Readonly<Record<string, PlainKind>> = {
  ASSIGNED: 'ASSIGNED',
  REOPENED: 'ASSIGNED',
  E_DOWN_STARTED: 'E_DOWN_STARTED',
  E_DOWN_REQUESTED: 'E_DOWN_REQUESTED',
  E_DOWN_ALERT: 'E_DOWN_ALERT',
  M1: 'M1',
  M2: 'M2',
  PROGRESS: 'PROGRESS_STALLED',
  CONTACT_UNAVAILABLE: 'CONTACT_UNAVAILABLE',
  CONTACT_LOWERING: 'CONTACT_UNAVAILABLE',
  HAND_OVER_WRITE: 'HAND_OVER_WRITE',
  HAND_OVER_ACCEPT: 'HAND_OVER_ACCEPT',
  HAND_OVER_OVERDUE: 'HAND_OVER_OVERDUE',
  TEAM_ENGINEER: 'TEAM_ENGINEER',
  FIRST_CONTACT: 'FIRST_CONTACT',
  MANAGER_CONTACT: 'MANAGER_CONTACT',
  STAFFING: 'STAFFING',
  CUSTOMER_UPDATE: 'CUSTOMER_UPDATE',
  MANAGER_REQUESTED: 'MANAGER_REQUESTED',
};

/** Those that there were many of. */
const WITH_SUBJECT = [
  [/^SPR-(.+)$/, 'SPR_ESCALATED'],
  [/^CONTACT_ACTION-(.+)$/, 'CONTACT_ACTION_OVERDUE'],
  [/^REVIEW_DUE-(\d+)$/, 'REVIEW_DUE'],
] as const;

/** Nothing where it is no need of its own any more: whoever came in for a shift is asked for the alerts now. */
export function needOf01(ladder: string, engineer: string | null): NeedRef | undefined {
  const kind = NAMED[ladder];
  if (kind === 'ASSIGNED' && engineer === null) return { kind: 'ENGINEER_NEEDED' };
  if (kind) return { kind };
  if (ladder.startsWith('SEVERITY_CHANGED'))
    return { kind: engineer === null ? 'ENGINEER_NEEDED' : 'SEVERITY_CHANGED' };
  for (const [name, of] of WITH_SUBJECT) {
    const subject = name.exec(ladder)?.[1];
    if (subject !== undefined) return { kind: of, subject };
  }
  return undefined;
}

export const keyOf01 = (ladder: string, engineer: string | null): NeedKey | undefined => {
  const ref = needOf01(ladder, engineer);
  return ref && keyOf(ref);
};

/** What is wanted of somebody because of how the case stands, whether 0.1.0 had a search for it or not. */
export function wantedIn(state: Known): NeedRef[] {
  const { emergency, tiers, clocks, engineer, status, escalation, handOver } = state;
  const isActive = emergency.is === 'ACTIVE';
  const isOpen = status === 'OPEN';
  const plain = (...kinds: (PlainKind | false)[]): NeedRef[] => kinds.flatMap((kind) => (kind ? [{ kind }] : []));
  return [
    ...plain(
      isActive && 'E_DOWN_ALERT',
      state.eDownRequest !== null && 'E_DOWN_REQUESTED',
      isOpen && engineer === null && 'ENGINEER_NEEDED',
      isOpen && state.stalled && 'PROGRESS_STALLED',
      isOpen && state.provisionalEntitlement && 'ENTITLEMENT_CHECK',
      isOpen && state.severity === 0 && emergency.is === 'NONE' && 'SEVERITY_ZERO_IDLE',
      isActive && handOver?.overdue === true && 'HAND_OVER_OVERDUE',
      tiers.length === 2 && engineer !== null && !escalation.joined.includes(engineer) && 'TEAM_ENGINEER',
    ),
    ...tiers.flatMap(({ level, owner }) => (owner === null ? plain(level) : [])),
    ...clocks.flatMap(({ kind, brokenAt }) => (brokenAt === null || kind === 'PROGRESS' ? [] : plain(kind))),
    ...(isActive ? state.actions : []).flatMap(({ actionId, status: of }): NeedRef[] =>
      of === 'OPEN' || of === 'OVERDUE' ? [{ kind: 'CONTACT_ACTION', subject: actionId }] : [],
    ),
    ...state.pastEpisodes.flatMap(({ number, review, reviewRemindedAt }): NeedRef[] =>
      review === null && reviewRemindedAt !== null ? [{ kind: 'REVIEW_DUE', subject: String(number) }] : [],
    ),
  ];
}

type Known = Omit<CaseState, 'needs' | 'pages' | 'people' | 'requests' | 'tail' | 'tailBytes'>;

/** The fact behind a need, told from how the case stands: 0.1.0 carried sentences only. */
export function factBehind(ref: NeedRef, state: Known, at: number): Fact {
  const because = <T extends EventType>(type: T, data: EventData[T]): Fact =>
    factOf<T>({ seq: state.seq, type, at: iso(at), data });
  const subject = 'subject' in ref ? ref.subject : '';
  const { escalation, handOver, severity, severitySetBy, severityKnown, caseNumber, title, customer, environment } =
    state;
  const episode = state.emergency.is === 'ACTIVE' ? state.emergency.episode : null;
  const number = episode?.number ?? state.eDownCount;
  const level = levelOf(state) === 'M2' ? 'M2' : 'M1';
  const escalated = (to: 'M1' | 'M2'): Fact =>
    because('Escalated', {
      level: to,
      noEngineer: state.engineer === null,
      ...(escalation.reason && { reason: escalation.reason }),
      ...(to === 'M2' && escalation.dissatisfaction && { dissatisfaction: escalation.dissatisfaction }),
    });
  const opened = (): Fact =>
    because('CaseOpened', {
      caseNumber,
      title,
      severity,
      customer,
      environment,
      setBy: severitySetBy,
      policy: state.policy,
    });
  const changed = (): Fact => because('SeverityChanged', { before: severityKnown, severity, setBy: severitySetBy });
  const { kind } = ref;
  switch (kind) {
    case 'E_DOWN_ALERT':
      return because('EmergencyAlerted', {
        episode: number,
        alert: episode?.alerts ?? 1,
        lateMs: 0,
        category: episode?.answers.category ?? null,
        has: null,
      });
    case 'E_DOWN_STARTED':
      return because('EmergencyStarted', { episode: number });
    case 'E_DOWN_REQUESTED':
    case 'E_DOWN_REFUSED': {
      const { by, missing } = state.eDownRequest ?? { by: customer.name, missing: [] };
      return because('EDownRequested', { missing, caller: { name: by } });
    }
    case 'M1':
    case 'M2':
      return escalated(kind);
    case 'TEAM_ENGINEER':
      return escalated('M2');
    case 'CONTACT_ACTION': {
      const action = state.actions.find(({ actionId }) => actionId === subject);
      const { what = '', dueAt = at, kind: of = 'GATHER_DATA' } = action ?? {};
      return because('ContactActionRequested', { actionId: subject, kind: of, what, dueAt: iso(dueAt) });
    }
    case 'CONTACT_ACTION_OVERDUE': {
      const { what = '' } = state.actions.find(({ actionId }) => actionId === subject) ?? {};
      return because('ContactActionOverdue', { actionId: subject, what, lateMs: 0 });
    }
    case 'CONTACT_CHECK':
    case 'CONTACT_UNAVAILABLE':
    case 'CONTACT_UNREACHED':
    case 'CONFIRM_WORKABLE_SYSTEM': {
      const since = iso(episode?.contactSeenAt ?? at);
      return because('ContactUnavailable', { since, next: null, lateMs: 0, why: 'SILENT' });
    }
    case 'HAND_OVER_WRITE':
      return because('ShiftEnded', { team: handOver?.team ?? '', lateMs: 0, from: handOver?.from ?? null });
    case 'HAND_OVER_ACCEPT': {
      const { to = '', state: of = '', tried = '', nextStep = '', promise = null } = handOver?.offer ?? {};
      const from = handOver?.from ?? '';
      return because('HandOverOffered', { from, to, state: of, tried, nextStep, ...(promise !== null && { promise }) });
    }
    case 'HAND_OVER_OVERDUE': {
      const what = handOver?.offer ? 'ACCEPT' : 'WRITE';
      return because('HandOverOverdue', { what, who: handOver?.offer?.to ?? handOver?.from ?? null, lateMs: 0 });
    }
    case 'PROGRESS_STALLED':
      return because('ProgressStalled', { since: iso(state.substantiveProgressAt ?? state.severitySince), lateMs: 0 });
    case 'MANAGER_REQUESTED':
      return because('ManagerContactRequested', { caller: { name: customer.name } });
    case 'FIRST_CONTACT':
    case 'MANAGER_CONTACT':
      return because('CustomerContactOverdue', { clock: kind, lateMs: 0 });
    case 'STAFFING':
      return because('StaffingOverdue', { level, lateMs: 0 });
    case 'CUSTOMER_UPDATE':
      return because('CustomerUpdateOverdue', { lateMs: 0 });
    case 'ENGINEER_NEEDED':
      return opened();
    case 'ASSIGNED':
      return state.engineer === null
        ? opened()
        : because('EngineerAssigned', { engineer: state.engineer, before: null });
    case 'SEVERITY_CHANGED':
    case 'SEVERITY_ZERO_IDLE':
      return changed();
    case 'SPR_ESCALATED':
      return because('SprEscalated', { sprNumber: subject, reason: '', level });
    case 'ENTITLEMENT_CHECK': {
      const { answers = {}, downSince = at } = episode ?? {};
      return because('EDownDeclared', {
        episode: number,
        answers,
        downSince: iso(downSince),
        warnings: [],
        provisional: true,
      });
    }
    case 'REVIEW_DUE':
      return because('EDownReviewDue', { episode: Number(subject), lateMs: 0 });
    // A need that has come since: no case of 0.1.0 had it.
    default:
      return opened();
  }
}
