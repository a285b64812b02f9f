/** One plain sentence for each event: for the Web UI, the alerts, the CLI. Nothing here decides anything. */
import type { CaseEvent } from './events';
import type { PassedOver } from './pages';
import { when } from './time';

/** `ESCALATED_M1` → "escalated M1": words for people, with the names as they are written. */
export const lower = (code: string): string =>
  code
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/\be down\b/g, 'E-Down')
    .replace(/\b(m[12]|spr)\b/g, (name) => name.toUpperCase());
/** Ladder keys without what tells two of a kind apart. */
export const need = (key: string): string => lower(key.split('-')[0] ?? key);

function late(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 1_000) return '';
  if (minutes < 2) return ` (${Math.round(ms / 1_000)} s late)`;
  return minutes < 120 ? ` (${minutes} min late)` : ` (${Math.floor(minutes / 60)} h ${minutes % 60} min late)`;
}
/** What people wrote is a sentence, also where they left out its end. */
export const sentence = (text: string): string => (/[.!?…]\s*$/.test(text) ? text : `${text}.`);
const list = (names: readonly string[]): string => names.join(', ');

/** Left out where there is room for a few events only; the timeline has them. */
export const ONLY_MOVES_PAGES = /^(PageRequested|LadderEnded|AcknowledgementKept|ContactSeen)$/;

export function describe(event: CaseEvent): string {
  const who = event.by ?? 'the policy';
  switch (event.type) {
    case 'CaseOpened':
      return `Opened by ${who} with severity ${event.data.severity}${event.data.engineer ? `, engineer ${event.data.engineer}` : ', no engineer yet'}.`;
    case 'EngineerAssigned':
      return `${event.data.engineer} has the case${event.data.before ? ` instead of ${event.data.before}` : ''}.`;
    case 'SeverityChanged':
      return `Severity ${event.data.before} → ${event.data.severity} by ${event.data.setBy}${event.data.reason ? `: ${event.data.reason}` : '.'}`;
    case 'EntitlementUpdated':
      return `Entitlement: Active Support ${yes(event.data.activeSupport)}, enterprise ${yes(event.data.enterprise)}.`;
    case 'PolicyAdopted':
      return `Policy ${event.data.before} → ${event.data.policy.version}.`;
    case 'EDownRequested':
      return `${who} asks for E-Down attention.${event.data.missing.length > 0 ? ` Missing: ${list(event.data.missing)}.` : ''}`;
    case 'EDownRequestWithdrawn':
      return `${who} withdraws the request for E-Down attention.`;
    case 'EDownRefused':
      return `E-Down refused: ${event.data.code}${event.data.fields.length > 0 ? ` (${list(event.data.fields)})` : ''}.`;
    case 'EDownDeclared':
      return `E-Down ${event.data.episode} declared by ${who}: ${event.data.answers.category ?? ''}, ${event.data.answers.affectedUsers ?? '?'} of ${event.data.answers.totalUsers ?? '?'} users, down since ${when(event.data.downSince)}.`;
    case 'EmergencyStarted':
      return 'The 24x7 emergency has started.';
    case 'EmergencyAlerted':
      return `E-Down alert ${event.data.alert} to on-call${late(event.data.lateMs)}.`;
    case 'EmergencyEnded':
      return `The emergency has ended: ${lower(event.data.how)}.${event.data.reason ? ` ${event.data.reason}` : ''}`;
    case 'EDownReviewDue':
      return `The review of E-Down ${event.data.episode} is due.`;
    case 'EDownReviewed':
      return `E-Down ${event.data.episode} reviewed by ${who}: ${lower(event.data.verdict)}. ${event.data.note}`;
    case 'ProgressRecorded':
      return `${event.data.substantive ? 'Substantive progress' : 'Progress'} by ${who}: ${event.data.summary}`;
    case 'ProgressStalled':
      return `No substantive progress since ${when(event.data.since)}${late(event.data.lateMs)}.`;
    case 'WorkableSystemClaimed':
      return `${who} says that a workable system runs; the contact is asked.`;
    case 'ContactsUpdated':
      return `Contacts: ${list(event.data.contacts.map(({ name }) => name)) || 'none'}.`;
    case 'ContactChecked':
      return `No sign of the technical contact: ${event.data.contact} is paged${late(event.data.lateMs)}.`;
    case 'ContactUnavailable':
      return `The technical contact gives no sign since ${when(event.data.since)}${event.data.next ? `; ${event.data.next} is paged` : '; there is no second one'}.`;
    case 'LoweringProposed':
      return `Lowering is proposed (${lower(event.data.origin)}): ${event.data.why}`;
    case 'ContactSeen':
      return `A sign of the customer: ${event.data.by}.`;
    case 'ContactRestored':
      return `The contact gives a sign again (${event.data.by}).`;
    case 'ContactActionRequested':
      return `${event.data.actionId} asked of the contact (${lower(event.data.kind)}): ${event.data.what}`;
    case 'ContactActionCompleted':
      return `${event.data.actionId} answered by ${who}: ${event.data.result}`;
    case 'ContactActionOverdue':
      return `${event.data.actionId} is overdue${late(event.data.lateMs)}.`;
    case 'ContactActionClosed':
      return `${event.data.actionId} is not needed any more.`;
    case 'ShiftEnded':
      return `The window of ${event.data.team} has ended${late(event.data.lateMs)}; ${event.data.handedOver ? 'it was handed over before' : 'a hand-over is asked for'}.`;
    case 'HandOverOffered':
      return `${event.data.from} hands over to ${event.data.to}: ${sentence(event.data.state)} Next: ${sentence(event.data.nextStep)}`;
    case 'HandOverAccepted':
      return `${event.data.to} has accepted the hand-over from ${event.data.from}.`;
    case 'HandOverOverdue':
      return `Hand-over overdue: ${event.data.who ?? 'nobody'} did not ${lower(event.data.what)} it${late(event.data.lateMs)}.`;
    case 'HandOverClosed':
      return `The hand-over is not needed any more (${lower(event.data.why)}).`;
    case 'Escalated':
      return `Escalated to ${event.data.level} by ${who}${event.data.reason ? ` (${lower(event.data.reason)})` : ''}${event.data.dissatisfaction ? `: ${event.data.dissatisfaction}` : '.'}${event.data.noEngineer ? ' No engineer is assigned.' : ''}`;
    case 'EscalationReminded':
      return `${who} asks again at ${event.data.level}${event.data.paged ? '; the manager is reminded' : ''}.`;
    case 'EscalationAccepted':
      return `${event.data.level} accepted by ${event.data.owner}.`;
    case 'EscalationSuggested':
      return `The policy suggests ${lower(event.data.level)}; the customer has not asked for it.`;
    case 'DeEscalated':
      return `${event.data.from} → ${event.data.to} by ${who}: ${event.data.reason}`;
    case 'ManagerUnreachable':
      return `${event.data.person} cannot be reached for ${event.data.level}: ${lower(event.data.why)}.`;
    case 'NoManagerReached':
      return `Nobody answered ${lower(event.data.purpose)} in ${event.data.rounds} round(s); the search goes on.`;
    case 'StaffingConfirmed':
      return `Staffing confirmed by ${who}: ${list(event.data.staff)}.`;
    case 'StaffingOverdue':
      return `Staffing is overdue at ${event.data.level}${late(event.data.lateMs)}.`;
    case 'CustomerContacted':
      return `Customer contacted by ${who} (${lower(event.data.how)}): ${event.data.summary}`;
    case 'CustomerContactFailed':
      return `${who} did not reach the customer (${lower(event.data.how)}): ${event.data.summary}`;
    case 'CustomerContactOverdue':
      return `${event.data.clock === 'FIRST_CONTACT' ? 'First contact' : "The manager's contact"} with the customer is overdue${late(event.data.lateMs)}.`;
    case 'CustomerUpdateOverdue':
      return `The update to the customer is overdue${late(event.data.lateMs)}.`;
    case 'PromiseWarned':
      return `${event.data.percent}% of the time is gone: ${lower(event.data.clock)}, due ${when(event.data.dueAt)}.`;
    case 'TeamJoined':
      return `${event.data.person} has joined the M2 team.`;
    case 'M2TeamFormed':
      return `The M2 team stands: ${event.data.engineer}, ${event.data.manager}, ${event.data.secondLevelManager}.`;
    case 'ResourcesConfirmed':
      return `Resource plan by ${who}: ${event.data.plan.map((entry) => `${entry.who}: ${entry.task}`).join('; ')}.`;
    case 'SprLinked':
      return `${event.data.sprNumber} linked by ${who}.`;
    case 'SprSubmitted':
      return `${event.data.sprNumber} submitted to development.`;
    case 'SprEscalated':
      return `${event.data.sprNumber} escalated by ${who}: ${event.data.reason}`;
    case 'SprResolved':
      return `${event.data.sprNumber} resolved.`;
    case 'ManagerContactRequested':
      return `${who} asks for the manager.${event.data.callback ? ` Call back: ${event.data.callback}` : ''}`;
    case 'TransferRecorded':
      return `Transfer ${lower(event.data.outcome)}${event.data.manager ? `: ${event.data.manager}` : ''}.`;
    case 'PageRequested':
      return `Page ${event.data.pageId}${event.data.attempt > 1 ? ` (try ${event.data.attempt})` : ''} to ${lower(event.data.audience)}: ${lower(event.data.purpose)}.`;
    case 'PageSent':
      return `Page ${event.data.pageId} sent to ${event.data.name} (${event.data.person}, ${lower(event.data.route)}) by ${event.data.channel}${passedOver(event.data.passedOver)}${event.data.overtaken ? '; it was settled meanwhile' : ''}.`;
    case 'PageFailed':
      if (event.data.reason === 'KNOWS_ALREADY') return `Page ${event.data.pageId} is not needed: they know already.`;
      return `Page ${event.data.pageId} failed${event.data.name ? ` to ${event.data.name}` : ''}: ${lower(event.data.reason)}${event.data.detail ? ` (${event.data.detail})` : ''}${passedOver(event.data.passedOver)}.`;
    case 'PageAcknowledged':
      return `Page ${event.data.pageId} acknowledged by ${event.data.person}.`;
    case 'PageUnanswered':
      return `Page ${event.data.pageId}: no answer${event.data.person ? ` from ${event.data.person}` : ''}${late(event.data.lateMs)}.`;
    case 'AcknowledgementExpired':
      return `${event.data.person} acknowledged and did nothing: ${need(event.data.ladder)} is open again.`;
    case 'AcknowledgementKept':
      return `${event.data.person} is at it.`;
    case 'LadderEnded':
      return `Paging for ${need(event.data.ladder)} ends: ${lower(event.data.why)}.`;
    case 'LadderPaused':
      return `Paging for ${need(event.data.ladder)} begins again at ${when(event.data.retryAt)}.`;
    case 'CommandRejected':
      return `${event.data.command}${event.by === undefined ? '' : ` by ${who}`} refused: ${event.data.message}`;
    case 'CaseClosed':
      return `Closed by ${who}: ${event.data.resolution}`;
    case 'CaseReopened':
      return `Reopened by ${who}: ${event.data.reason}`;
    default:
      return event satisfies never;
  }
}

/** Why somebody else was called. */
const passedOver = (people: readonly PassedOver[]): string => (people.length === 0 ? '' : `; passed over: ${people.map(({ person, why }) => `${person} (${lower(why)})`).join(', ')}`);

const yes = (value: boolean): string => (value ? 'yes' : 'no');
