/** One plain sentence for each event: for the Web UI, pages, the CLI. Nothing here decides anything. */
import type { Caller, EventData } from '../../language/events';
import type { EscalationReason } from '../../language/vocabulary';
import { questionsOf } from '../asked';
import type { Catalogue, Reader } from '../catalogue';
import { codes } from './codes';
import {
  actionKinds,
  audiences,
  categories,
  clocks,
  contactWays,
  delays,
  emergencyEnds,
  endedHow,
  ends,
  failures,
  handOverEnds,
  means,
  notWaitedFor,
  passedOver,
  purposes,
  questions,
  reasons,
  routes,
  settled,
  unreached,
  verdicts,
} from './labels';
import { needNamed } from './needs';
import { late, list, lowerFirst, sentence, withoutEnd, yes } from './prose';

interface Doer {
  readonly by?: string;
  readonly requestedBy?: string;
}

const who = ({ by, requestedBy }: Doer): string =>
  requestedBy === undefined || requestedBy === by
    ? (by ?? 'the policy')
    : `${requestedBy} (through ${by ?? 'the desk'})`;

/** Whom to call back, and where. */
const caller = ({ name, number }: Caller): string => (number === undefined ? name : `${name}, ${number}`);
const waitToo = (others: readonly Caller[] = []): string =>
  others.length === 0 ? '' : ` Waiting for a call as well: ${others.map(caller).join('; ')}`;

const because = (reason: EscalationReason | undefined): string => (reason === undefined ? '' : ` (${reasons[reason]})`);
const colon = (text: string | undefined): string => (text === undefined ? '.' : `: ${sentence(text)}`);

function toAsk(fields: readonly string[]): string {
  const asked = questionsOf(fields);
  return asked.length === 0 ? '' : ` Still to ask: ${asked.map((question) => questions[question]).join(' ')}`;
}

/** Whoever had the case before hears of it too, and it is not theirs. */
const told = { ...purposes, ASSIGNED: 'whose case it is' } as const;

/** What somebody was rung, asked or told for. */
const said = ({ mode, asks, tells }: EventData['PageSent']): string =>
  list(mode === 'WORD' && tells.length > 0 ? tells.map((purpose) => told[purpose]) : asks.map(needNamed)) ||
  'nothing is asked any more';

const endedBefore = (before: EventData['CaseOpened']['before'], when: Reader['when']): string =>
  before === undefined
    ? ''
    : ` The number was another case's, ended from outside (${endedHow[before.how]}) at ${when(before.at)}${before.by === undefined ? '' : ` by ${before.by}`}.`;

export const events: Catalogue['events'] = {
  CaseOpened: (e, { when }) =>
    `Opened by ${who(e)} with severity ${e.data.severity}${e.data.engineer ? `, engineer ${e.data.engineer}` : ', no engineer yet'}.${endedBefore(e.data.before, when)}`,
  EngineerAssigned: (e) => `${e.data.engineer} has the case${e.data.before ? ` instead of ${e.data.before}` : ''}.`,
  OwnerUnknown: (e) => `${e.data.person} has the case and is not in the directory.`,
  SeverityChanged: (e) => `Severity ${e.data.before} → ${e.data.severity} by ${who(e)}${colon(e.data.reason)}`,
  EntitlementUpdated: (e) =>
    `Entitlement: Active Support ${yes(e.data.activeSupport)}, enterprise ${yes(e.data.enterprise)}${e.data.accountActive === undefined ? '' : `, account active ${yes(e.data.accountActive)}`}.`,
  PolicyAdopted: (e) => `Policy ${e.data.before} → ${e.data.policy?.version ?? 'another'}.`,
  OlderFactRecorded: (e) => `${e.data.command} by ${who(e)} is older than what is in force: recorded, nothing changed.`,
  EDownRequested: (e) =>
    `${caller(e.data.caller)} asks for E-Down attention.${e.data.missing.length > 0 ? ` Still to ask: ${e.data.missing.map((question) => questions[question]).join(' ')}` : ' All questions are answered.'}${waitToo(e.data.also)}`,
  EDownRequestWithdrawn: (e) => `${who(e)} withdraws the request for E-Down attention.`,
  EDownRefused: (e) =>
    `${caller(e.data.caller)} declared E-Down, and it was refused. ${sentence(codes[e.data.code].sentence)}${toAsk(e.data.fields)}`,
  EDownDeclared: (e, { when }) =>
    `E-Down ${e.data.episode} declared by ${who(e)}: ${e.data.answers.category ? `${withoutEnd(lowerFirst(categories[e.data.answers.category]))}; ` : ''}${e.data.answers.affectedUsers ?? '?'} of ${e.data.answers.totalUsers ?? '?'} users, down since ${when(e.data.downSince)}.`,
  EmergencyStarted: (e) => `E-Down ${e.data.episode} has started: work goes on 24x7.`,
  EmergencyAlerted: (e) =>
    `E-Down alert ${e.data.alert}${late(e.data.lateMs)}: ${e.data.category ? lowerFirst(categories[e.data.category]) : 'production is down.'}${e.data.has === null ? '' : ` ${e.data.has} is working on it.`}`,
  EmergencyEnded: (e) =>
    `E-Down ${e.data.episode} has ended: ${emergencyEnds[e.data.how]}.${e.data.reason ? ` ${sentence(e.data.reason)}` : ''}`,
  EDownReviewDue: (e) => `The review of E-Down ${e.data.episode} is due.`,
  EDownReviewed: (e) =>
    `E-Down ${e.data.episode} reviewed by ${who(e)}: ${verdicts[e.data.verdict]}. ${sentence(e.data.note)}`,
  ProgressRecorded: (e) =>
    `${e.data.substantive ? 'Substantive progress' : 'Progress'} by ${who(e)}: ${e.data.summary}`,
  ProgressStalled: (e, { when }) =>
    `No substantive progress since ${when(e.data.since)}${late(e.data.lateMs)}.${e.data.waitsFor ? ` The contact is asked for: ${sentence(e.data.waitsFor.what)} Due ${when(e.data.waitsFor.dueAt)}.` : ''}`,
  WorkableSystemClaimed: (e) => `${who(e)} says that the system works${colon(e.data.summary)}`,
  ContactsUpdated: (e) => `Contacts: ${list((e.data.contacts ?? []).map(({ name }) => name)) || 'none'}.`,
  ContactChecked: (e) =>
    e.data.isNew
      ? `${e.data.contact} is the technical contact now and is asked to reply.`
      : `The technical contact has been silent: ${e.data.contact} is asked to reply${late(e.data.lateMs)}.`,
  ContactUnavailable: (e, { when }) =>
    e.data.why === 'DECLINED'
      ? 'The technical contact cannot help, and there is no other one.'
      : `The technical contact has been silent since ${when(e.data.since)}${e.data.next ? `; ${e.data.next} is asked` : '; there is no second one'}.`,
  LoweringProposed: (e) =>
    `Proposal: lower the severity with the customer's agreement. ${e.data.why ?? 'No technical contact has responded.'}`,
  ContactSeen: (e) => `${e.data.by} responded.`,
  ContactRestored: (e) => `The customer is back in touch: ${e.data.by}.`,
  ContactUnreached: (e) => `${e.data.contact} cannot be paged (${purposes[e.data.purpose]}).`,
  ContactActionRequested: (e, { when }) =>
    `${e.data.actionId} asked of the contact (${actionKinds[e.data.kind]}), due ${when(e.data.dueAt)}: ${sentence(e.data.what)}`,
  ContactActionCompleted: (e) => `${e.data.actionId} answered by ${who(e)}: ${e.data.result}`,
  ContactActionOverdue: (e) => `${e.data.actionId} is overdue${late(e.data.lateMs)}: ${sentence(e.data.what)}`,
  ContactActionClosed: (e) => `${e.data.actionId} is not needed any more.`,
  ShiftEnded: (e) =>
    `The ${e.data.team} shift has ended${late(e.data.lateMs)}; ${e.data.handedOver ? 'it was handed over before.' : e.data.from === null ? 'nobody has it.' : `${e.data.from} has it until somebody accepts the hand-over.`}`,
  HandOverOffered: (e) =>
    `${e.data.from} hands over to ${e.data.to}: ${sentence(e.data.state)} Tried: ${sentence(e.data.tried)} Next: ${sentence(e.data.nextStep)}${e.data.promise === undefined ? '' : ` Promised: ${sentence(e.data.promise)}`}`,
  HandOverAccepted: (e) => `${e.data.to} has accepted the hand-over from ${e.data.from}.`,
  HandOverOverdue: (e) =>
    `The hand-over is overdue${late(e.data.lateMs)}: ${e.data.who ?? 'nobody'} has ${e.data.who === null ? '' : 'not '}${e.data.what === 'WRITE' ? 'written' : 'accepted'} it.`,
  HandOverClosed: (e) => `The hand-over is not needed any more (${handOverEnds[e.data.why]}).`,
  Escalated: (e) =>
    `Escalated to ${e.data.level} by ${who(e)}${because(e.data.reason)}${colon(e.data.dissatisfaction ?? e.data.justification)}${e.data.noEngineer ? ' No engineer is assigned.' : ''}`,
  EscalationReminded: (e) =>
    `${who(e)} asks again at ${e.data.level}${e.data.paged ? '; the manager is reminded' : ''}.`,
  EscalationAccepted: (e) => `${e.data.level} accepted by ${e.data.owner}.`,
  EscalationSuggested: (e) =>
    `The policy suggests ${e.data.level === 'EXECUTIVE' ? 'executive attention' : e.data.level}: the system is not restored. The customer has not asked for it.`,
  DeEscalated: (e) => `${e.data.from} → ${e.data.to} by ${who(e)}: ${sentence(e.data.reason)}`,
  EscalationReopened: (e) =>
    `${e.data.level} is open again: ${e.data.person} ${e.data.why === 'DECLINED' ? 'gave it back' : 'has the case now'}.`,
  ManagerUnreachable: (e) =>
    e.data.why === 'NO_ANSWER'
      ? `No answer from ${e.data.person} for ${e.data.level}.`
      : `No longer waiting for ${e.data.person} at ${e.data.level}: ${unreached[e.data.why]}.`,
  NoManagerReached: (e) =>
    e.data.allDeclined
      ? `Everybody who was asked said that they cannot: ${needNamed(e.data.need)}. The search goes on.`
      : `Nobody has come in ${e.data.rounds === 1 ? 'one round' : `${e.data.rounds} rounds`}: ${needNamed(e.data.need)}. The search goes on.`,
  StaffingConfirmed: (e) => `Staffing confirmed by ${who(e)}: ${list(e.data.staff)}.`,
  StaffingOverdue: (e) => `Staffing is overdue at ${e.data.level}${late(e.data.lateMs)}.`,
  CustomerContacted: (e) => `Customer contacted by ${who(e)} (${contactWays[e.data.how]}): ${e.data.summary}`,
  CustomerContactFailed: (e) => `${who(e)} did not reach the customer (${contactWays[e.data.how]}): ${e.data.summary}`,
  CustomerContactOverdue: (e) =>
    `${e.data.clock === 'FIRST_CONTACT' ? 'First contact' : "The manager's contact"} with the customer is overdue${late(e.data.lateMs)}.`,
  CustomerUpdateOverdue: (e) => `The update to the customer is overdue${late(e.data.lateMs)}.`,
  PromiseWarned: (e, { when }) =>
    `${e.data.percent}% of the time is gone: ${clocks[e.data.clock]}, due ${when(e.data.dueAt)}.`,
  TeamJoined: (e) => `${e.data.person} has joined the M2 team.`,
  M2TeamFormed: (e) => `The M2 team is complete: ${e.data.engineer}, ${e.data.manager}, ${e.data.secondLevelManager}.`,
  ResourcesConfirmed: (e) =>
    `Resource plan by ${who(e)}: ${e.data.plan.map(({ who: person, task }) => `${person}: ${withoutEnd(task)}`).join('; ')}.`,
  SprLinked: (e) => `${e.data.sprNumber} linked by ${who(e)}.`,
  SprSubmitted: (e) => `${e.data.sprNumber} submitted to development.`,
  SprEscalated: (e) => `${e.data.sprNumber} escalated to development by ${who(e)}: ${sentence(e.data.reason)}`,
  SprResolved: (e) => `${e.data.sprNumber} resolved.`,
  ManagerContactRequested: (e) =>
    `${caller(e.data.caller)} asks for a manager.${e.data.callback ? ` Call back: ${e.data.callback}` : ''}${waitToo(e.data.also)}`,
  TransferRecorded: (e) =>
    e.data.outcome === 'CONNECTED'
      ? `The customer was put through${e.data.manager ? ` to ${e.data.manager}` : ''}.`
      : `The customer could not be put through${e.data.manager ? ` to ${e.data.manager}` : ''}.`,
  NeedOpened: (e) => `Somebody is needed: ${needNamed(e.data.need)}.`,
  NeedChanged: (e) => `Newer facts: ${needNamed(e.data.need)}.`,
  NeedEnded: (e) => `Not asked any more: ${needNamed(e.data.need)} (${ends[e.data.why]}).`,
  SearchPaused: (e, { when }) => `The search goes on at ${when(e.data.retryAt)}: ${needNamed(e.data.need)}.`,
  SearchResumed: (e) => `The search begins again: ${needNamed(e.data.need)}.`,
  SearchRestarted: (e) =>
    e.data.before === undefined
      ? `Asked again: ${needNamed(e.data.need)}.`
      : `${e.data.before} had it, and it has come up again, so others are asked: ${needNamed(e.data.need)}.`,
  PageRequested: (e) =>
    `Page ${e.data.pageId}${e.data.attempt > 1 ? ` (message ${e.data.attempt})` : ''} to ${e.data.wanted.person ?? audiences[e.data.audience]}: ${sentence(e.data.reach ? purposes[e.data.purpose] : told[e.data.purpose])}`,
  PageDelayed: (e) =>
    `Page ${e.data.pageId} to ${e.data.name} is not out yet by ${e.data.channel} (${delays[e.data.why]}${e.data.detail ? `, ${e.data.detail}` : ''}).`,
  PageSent: (e) =>
    `${{ RING: 'Rang', ASK: 'Asked', WORD: 'Told' }[e.data.mode]} ${e.data.name} (${[e.data.person, ...(e.data.route === 'NAMED' ? [] : [routes[e.data.route]])].join(', ')}) by ${e.data.channel}, page ${e.data.joined?.pageId ?? e.data.pageId}: ${said(e.data)}${passedOver(e.data.passedOver)}${e.data.overtaken ? '; it was settled meanwhile' : ''}.`,
  PageFailed: (e) =>
    e.data.reason === 'NO_PERSON'
      ? `Nobody to ask for page ${e.data.pageId}${passedOver(e.data.passedOver)}.`
      : `Page ${e.data.pageId} failed${e.data.name ? ` to ${e.data.name}` : ''}${e.data.channel ? ` by ${e.data.channel}` : ''}: ${failures[e.data.reason]}${e.data.detail ? ` (${e.data.detail})` : ''}${passedOver(e.data.passedOver)}.`,
  PageUndelivered: (e) =>
    e.data.why === 'UNANSWERED'
      ? `${e.data.person} was called by ${e.data.channel} and did not answer, page ${e.data.pageId}.`
      : `Page ${e.data.pageId} did not reach ${e.data.person} by ${e.data.channel}${e.data.reason ? ` (${e.data.reason})` : ''}.`,
  PageDelivered: (e) => `Page ${e.data.pageId} was delivered to ${e.data.person} by ${e.data.channel}.`,
  PageSettled: (e) =>
    `Page ${e.data.pageId} needs no answer of ${e.data.person} any more (${settled[e.data.outcome]}); told: ${list(e.data.targets.map(({ channel }) => channel))}.`,
  PageMerged: (e) => `Page ${e.data.pageId} goes to ${e.data.name} together with ${e.data.into}.`,
  PageDeferred: (e, { when }) =>
    `${e.data.name} is left alone until ${when(e.data.until)} (${e.data.why === 'QUIET' ? 'their night' : 'outside their working hours'}).`,
  PageAcknowledged: (e) =>
    `${e.data.person} has it${e.data.byAct ? ', by what they did' : ''}: ${list(e.data.needs.map(needNamed)) || 'the hand-over'}${e.data.means ? ` (${means[e.data.means]})` : ''}.`,
  PageDeclined: (e) => `${e.data.person} cannot: ${list(e.data.needs.map(needNamed))}${colon(e.data.reason)}`,
  PageUnanswered: (e) =>
    e.data.why === undefined
      ? `No answer from ${e.data.person}${late(e.data.lateMs)}: ${needNamed(e.data.need)}.`
      : `No longer waiting for ${e.data.person} (${notWaitedFor[e.data.why]}): ${needNamed(e.data.need)}.`,
  AcknowledgementExpired: (e, { when }) =>
    `${e.data.person} had it, and nothing has been done since ${when(e.data.since)}, so others are asked: ${needNamed(e.data.need)}.`,
  AnswerVoided: (e) =>
    e.data.why === 'MANAGES_NOBODY'
      ? `${e.data.person} manages nobody, so the answer does not count: ${list(e.data.needs.map(needNamed))}.`
      : `Nobody knows ${e.data.person}: the answer does not count.${e.data.nearest === null ? '' : ` Was ${e.data.nearest} meant?`}`,
  PersonRecognised: (e) => `${e.data.person} is ${e.data.name}.`,
  CommandRejected: (e) =>
    `${e.data.command}${e.by === undefined ? '' : ` by ${e.by}`} was refused. ${codes[e.data.code].sentence}${e.data.fields.length > 0 ? ` Fields: ${list(e.data.fields)}.` : ''}`,
  CancelRequested: () => 'Somebody asked Temporal to cancel the case. It goes on: a case is closed, not cancelled.',
  CaseClosed: (e) => `Closed by ${who(e)}: ${e.data.resolution}`,
  CaseReopened: (e) => `Reopened by ${who(e)}: ${e.data.reason}`,
};
