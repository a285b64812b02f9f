/** One plain sentence for each event: for the timeline and for pages. Nothing here decides anything. */
import type { Caller, EventData } from '../../language/events';
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
  settled,
  routes,
  unreached,
  verdicts,
} from './labels';
import { needNamed } from './needs';
import { late, list, sentence, yes } from './prose';

interface Doer {
  readonly by?: string;
  readonly requestedBy?: string;
}

const who = ({ by, requestedBy }: Doer): string =>
  requestedBy === undefined || requestedBy === by ? (by ?? '策略') : `${requestedBy}（经${by ?? '服务台'}）`;

/** Whom to call back, and where. */
const caller = ({ name, number }: Caller): string => (number === undefined ? name : `${name}（${number}）`);
const waitToo = (others: readonly Caller[] = []): string =>
  others.length === 0 ? '' : `同时等待回电：${others.map(caller).join('、')}`;

const colon = (text: string | undefined): string => (text === undefined ? '。' : `：${sentence(text)}`);

const toAsk = (fields: readonly string[]): string => stillToAsk(questionsOf(fields));
const stillToAsk = (asked: readonly (keyof typeof questions)[]): string =>
  asked.length === 0 ? '' : `尚需询问：${asked.map((question) => questions[question]).join('')}`;

/** What somebody was rung, asked or told for. */
const said = ({ mode, asks, tells }: EventData['PageSent']): string =>
  list(mode === 'WORD' && tells.length > 0 ? tells.map((purpose) => purposes[purpose]) : asks.map(needNamed)) ||
  '已无需处理';

const endedBefore = (before: EventData['CaseOpened']['before'], when: Reader['when']): string =>
  before === undefined
    ? ''
    : `此编号先前的案例已于${when(before.at)}${before.by === undefined ? '' : `由${before.by}`}从外部结束（${endedHow[before.how]}）。`;

export const events: Catalogue['events'] = {
  CaseOpened: (e, { when }) =>
    `${who(e)}创建了案例，严重级别${e.data.severity}，${e.data.engineer ? `工程师${e.data.engineer}` : '还没有工程师'}。${endedBefore(e.data.before, when)}`,
  EngineerAssigned: (e) => `案例由${e.data.engineer}负责${e.data.before ? `，接替${e.data.before}` : ''}。`,
  OwnerUnknown: (e) => `案例由${e.data.person}负责，但通讯录中没有此人。`,
  SeverityChanged: (e) => `${who(e)}将严重级别由${e.data.before}改为${e.data.severity}${colon(e.data.reason)}`,
  EntitlementUpdated: (e) =>
    `服务权益：积极支持（${yes(e.data.activeSupport)}），企业客户（${yes(e.data.enterprise)}）${e.data.accountActive === undefined ? '' : `，帐户有效（${yes(e.data.accountActive)}）`}。`,
  PolicyAdopted: (e) => `策略由${e.data.before}改为${e.data.policy?.version ?? '另一版本'}。`,
  OlderFactRecorded: (e) => `${who(e)}的${e.data.command}早于现行情况：已记录，没有更改。`,
  EDownRequested: (e) =>
    `${caller(e.data.caller)}要求E-Down支持。${e.data.missing.length > 0 ? stillToAsk(e.data.missing) : '所有问题都已回答。'}${waitToo(e.data.also)}`,
  EDownRequestWithdrawn: (e) => `${who(e)}撤回了E-Down支持的要求。`,
  EDownRefused: (e) =>
    `${caller(e.data.caller)}申报了E-Down，被拒绝。${sentence(codes[e.data.code].sentence)}${toAsk(e.data.fields)}`,
  EDownDeclared: (e, { when }) =>
    `${who(e)}申报了第${e.data.episode}次E-Down：${e.data.answers.category ? sentence(categories[e.data.answers.category]) : ''}${e.data.answers.totalUsers ?? '数量未知的'}名用户中有${e.data.answers.affectedUsers ?? '数量未知的'}名受影响，自${when(e.data.downSince)}起停机。`,
  EmergencyStarted: (e) => `第${e.data.episode}次E-Down已开始：24小时不间断处理。`,
  EmergencyAlerted: (e) =>
    `E-Down警报${e.data.alert}${late(e.data.lateMs)}：${e.data.category ? categories[e.data.category] : '生产系统已停机。'}${e.data.has === null ? '' : `${e.data.has}正在处理。`}`,
  EmergencyEnded: (e) =>
    `第${e.data.episode}次E-Down已结束：${emergencyEnds[e.data.how]}。${e.data.reason ? sentence(e.data.reason) : ''}`,
  EDownReviewDue: (e) => `第${e.data.episode}次E-Down的复核已到期。`,
  EDownReviewed: (e) =>
    `${who(e)}复核了第${e.data.episode}次E-Down：${verdicts[e.data.verdict]}。${sentence(e.data.note)}`,
  ProgressRecorded: (e) => `${who(e)}记录了${e.data.substantive ? '实质进展' : '进展'}：${e.data.summary}`,
  ProgressStalled: (e, { when }) =>
    `自${when(e.data.since)}起没有实质进展${late(e.data.lateMs)}。${e.data.waitsFor ? `正在等待技术联系人：${sentence(e.data.waitsFor.what)}期限${when(e.data.waitsFor.dueAt)}。` : ''}`,
  WorkableSystemClaimed: (e) => `${who(e)}表示系统已能正常工作${colon(e.data.summary)}`,
  ContactsUpdated: (e) => `联系人：${list((e.data.contacts ?? []).map(({ name }) => name)) || '没有'}。`,
  ContactChecked: (e) =>
    e.data.isNew
      ? `${e.data.contact}现在是技术联系人，已请其回复。`
      : `技术联系人没有回应：已请${e.data.contact}回复${late(e.data.lateMs)}。`,
  ContactUnavailable: (e, { when }) =>
    e.data.why === 'DECLINED'
      ? '技术联系人无法协助，也没有其他联系人。'
      : `技术联系人自${when(e.data.since)}起没有回应；${e.data.next ? `已改请${e.data.next}` : '没有第二位联系人'}。`,
  LoweringProposed: (e) => `建议：经客户同意，降低严重级别。${sentence(e.data.why ?? '没有技术联系人回应')}`,
  ContactSeen: (e) => `${e.data.by}已回应。`,
  ContactRestored: (e) => `已恢复与客户方的联系：${e.data.by}。`,
  ContactUnreached: (e) => `无法通知${e.data.contact}（${purposes[e.data.purpose]}）。`,
  ContactActionRequested: (e, { when }) =>
    `已请技术联系人处理${e.data.actionId}（${actionKinds[e.data.kind]}），期限${when(e.data.dueAt)}：${sentence(e.data.what)}`,
  ContactActionCompleted: (e) => `${who(e)}已完成${e.data.actionId}：${e.data.result}`,
  ContactActionOverdue: (e) => `${e.data.actionId}已逾期${late(e.data.lateMs)}：${sentence(e.data.what)}`,
  ContactActionClosed: (e) => `${e.data.actionId}已不再需要。`,
  ShiftEnded: (e) =>
    `${e.data.team}的班次已结束${late(e.data.lateMs)}；${e.data.handedOver ? '此前已完成交接。' : e.data.from === null ? '目前无人处理。' : `在有人接受交接之前，由${e.data.from}处理。`}`,
  HandOverOffered: (e) =>
    `${e.data.from}交接给${e.data.to}：${sentence(e.data.state)}已试过：${sentence(e.data.tried)}下一步：${sentence(e.data.nextStep)}${e.data.promise === undefined ? '' : `对客户的承诺：${sentence(e.data.promise)}`}`,
  HandOverAccepted: (e) => `${e.data.to}已接受${e.data.from}的交接。`,
  HandOverOverdue: (e) =>
    `交接已逾期${late(e.data.lateMs)}：${e.data.who === null ? '没有人' : `${e.data.who}没有`}${e.data.what === 'WRITE' ? '填写' : '接受'}。`,
  HandOverClosed: (e) => `已不再需要交接（${handOverEnds[e.data.why]}）。`,
  Escalated: (e) =>
    `${who(e)}将案例升级至${e.data.level}${e.data.reason === undefined ? '' : `（${reasons[e.data.reason]}）`}${colon(e.data.dissatisfaction ?? e.data.justification)}${e.data.noEngineer ? '没有指派工程师。' : ''}`,
  EscalationReminded: (e) => `${who(e)}再次要求${e.data.level}${e.data.paged ? '；已提醒经理' : ''}。`,
  EscalationAccepted: (e) => `${e.data.owner}已接手${e.data.level}。`,
  EscalationSuggested: (e) =>
    `策略建议${e.data.level === 'EXECUTIVE' ? '请高管关注' : `升级至${e.data.level}`}：系统尚未恢复。客户没有提出此要求。`,
  DeEscalated: (e) =>
    `${who(e)}将升级级别由${e.data.from}改为${e.data.to === 'NORMAL' ? '未升级' : e.data.to}：${sentence(e.data.reason)}`,
  EscalationReopened: (e) =>
    `${e.data.level}重新待接手：${e.data.person}${e.data.why === 'DECLINED' ? '已退回' : '现在负责此案例'}。`,
  ManagerUnreachable: (e) =>
    e.data.why === 'NO_ANSWER'
      ? `${e.data.person}没有答复${e.data.level}。`
      : `${e.data.level}不再等待${e.data.person}：${unreached[e.data.why]}。`,
  NoManagerReached: (e) =>
    e.data.allDeclined
      ? `所有被请的人都表示无法接手：${needNamed(e.data.need)}。仍在继续找人。`
      : `已找过${e.data.rounds}轮，无人接手：${needNamed(e.data.need)}。仍在继续找人。`,
  StaffingConfirmed: (e) => `${who(e)}已确认人力安排：${list(e.data.staff)}。`,
  StaffingOverdue: (e) => `${e.data.level}的人力安排已逾期${late(e.data.lateMs)}。`,
  CustomerContacted: (e) => `${who(e)}已联系客户（${contactWays[e.data.how]}）：${e.data.summary}`,
  CustomerContactFailed: (e) => `${who(e)}没有联系上客户（${contactWays[e.data.how]}）：${e.data.summary}`,
  CustomerContactOverdue: (e) =>
    `${e.data.clock === 'FIRST_CONTACT' ? '首次联系客户' : '经理联系客户'}已逾期${late(e.data.lateMs)}。`,
  CustomerUpdateOverdue: (e) => `向客户通报进展已逾期${late(e.data.lateMs)}。`,
  PromiseWarned: (e, { when }) => `时间已过${e.data.percent}%：${clocks[e.data.clock]}，期限${when(e.data.dueAt)}。`,
  TeamJoined: (e) => `${e.data.person}已加入M2团队。`,
  M2TeamFormed: (e) => `M2团队已到齐：${list([e.data.engineer, e.data.manager, e.data.secondLevelManager])}。`,
  ResourcesConfirmed: (e) =>
    `${who(e)}的资源计划：${e.data.plan.map((entry) => `${entry.who}：${entry.task}`).join('；')}。`,
  SprLinked: (e) => `${who(e)}关联了${e.data.sprNumber}。`,
  SprSubmitted: (e) => `${e.data.sprNumber}已提交给研发部门。`,
  SprEscalated: (e) => `${who(e)}将${e.data.sprNumber}升级给研发部门：${sentence(e.data.reason)}`,
  SprResolved: (e) => `${e.data.sprNumber}已解决。`,
  ManagerContactRequested: (e) =>
    `${caller(e.data.caller)}要求联系经理。${e.data.callback ? `回电号码：${e.data.callback}` : ''}${waitToo(e.data.also)}`,
  TransferRecorded: (e) =>
    `客户${e.data.outcome === 'CONNECTED' ? '已' : '未能'}转接${e.data.manager ? `给${e.data.manager}` : ''}。`,
  NeedOpened: (e) => `需要有人处理：${needNamed(e.data.need)}。`,
  NeedChanged: (e) => `有更新的情况：${needNamed(e.data.need)}。`,
  NeedEnded: (e) => `不再需要处理：${needNamed(e.data.need)}（${ends[e.data.why]}）。`,
  SearchPaused: (e, { when }) => `将在${when(e.data.retryAt)}继续找人：${needNamed(e.data.need)}。`,
  SearchResumed: (e) => `重新开始找人：${needNamed(e.data.need)}。`,
  SearchRestarted: (e) =>
    e.data.before === undefined
      ? `重新请人处理：${needNamed(e.data.need)}。`
      : `${e.data.before}曾接手，现在又需要处理，因此改请他人：${needNamed(e.data.need)}。`,
  PageRequested: (e) =>
    `通知${e.data.pageId}${e.data.attempt > 1 ? `（第${e.data.attempt}条）` : ''}发给${e.data.wanted.person ?? audiences[e.data.audience]}：${purposes[e.data.purpose]}。`,
  PageDelayed: (e) =>
    `给${e.data.name}的通知${e.data.pageId}尚未经${e.data.channel}发出（${delays[e.data.why]}${e.data.detail ? `，${e.data.detail}` : ''}）。`,
  PageSent: (e) =>
    `已${{ RING: '呼叫', ASK: '联系', WORD: '告知' }[e.data.mode]}${e.data.name}（${[e.data.person, ...(e.data.route === 'NAMED' ? [] : [routes[e.data.route]])].join('，')}），经${e.data.channel}，通知${e.data.joined?.pageId ?? e.data.pageId}：${said(e.data)}${passedOver(e.data.passedOver)}${e.data.overtaken ? '；此时已处理完毕' : ''}。`,
  PageFailed: (e) =>
    e.data.reason === 'NO_PERSON'
      ? `通知${e.data.pageId}找不到收件人${passedOver(e.data.passedOver)}。`
      : `通知${e.data.pageId}${e.data.name ? `发给${e.data.name}` : ''}${e.data.channel ? `经${e.data.channel}` : ''}失败：${failures[e.data.reason]}${e.data.detail ? `（${e.data.detail}）` : ''}${passedOver(e.data.passedOver)}。`,
  PageUndelivered: (e) =>
    e.data.why === 'UNANSWERED'
      ? `已经${e.data.channel}呼叫${e.data.person}，无人接听，通知${e.data.pageId}。`
      : `通知${e.data.pageId}未能经${e.data.channel}送达${e.data.person}${e.data.reason ? `（${e.data.reason}）` : ''}。`,
  PageDelivered: (e) => `通知${e.data.pageId}已经${e.data.channel}送达${e.data.person}。`,
  PageSettled: (e) =>
    `通知${e.data.pageId}不再需要${e.data.person}答复（${settled[e.data.outcome]}）；已告知：${list(e.data.targets.map(({ channel }) => channel))}。`,
  PageMerged: (e) => `通知${e.data.pageId}与${e.data.into}一并告知${e.data.name}。`,
  PageDeferred: (e, { when }) =>
    `${when(e.data.until)}之前不打扰${e.data.name}（${e.data.why === 'QUIET' ? '对方的夜间' : '对方的非工作时间'}）。`,
  PageAcknowledged: (e) =>
    `${e.data.person}${e.data.byAct ? '已着手处理，即已接手' : '已接手'}：${list(e.data.needs.map(needNamed)) || '交接'}${e.data.means ? `（${means[e.data.means]}）` : ''}。`,
  PageDeclined: (e) => `${e.data.person}无法接手${list(e.data.needs.map(needNamed))}${colon(e.data.reason)}`,
  PageUnanswered: (e) =>
    e.data.why === undefined
      ? `${e.data.person}没有答复${late(e.data.lateMs)}：${needNamed(e.data.need)}。`
      : `不再等待${e.data.person}（${notWaitedFor[e.data.why]}）：${needNamed(e.data.need)}。`,
  AcknowledgementExpired: (e, { when }) =>
    `${e.data.person}曾接手，但自${when(e.data.since)}起没有行动，因此改请他人：${needNamed(e.data.need)}。`,
  AnswerVoided: (e) =>
    e.data.why === 'MANAGES_NOBODY'
      ? `${e.data.person}没有下属，此答复无效：${list(e.data.needs.map(needNamed))}。`
      : `没有人认识${e.data.person}，此答复无效。${e.data.nearest === null ? '' : `是指${e.data.nearest}吗？`}`,
  PersonRecognised: (e) => `${e.data.person}是${e.data.name}。`,
  CommandRejected: (e) =>
    `${e.by === undefined ? '' : `${e.by}的`}${e.data.command}被拒绝。${codes[e.data.code].sentence}${e.data.fields.length > 0 ? `字段：${list(e.data.fields)}。` : ''}`,
  CancelRequested: () => '有人请求取消该案例。案例继续进行：案例只能关闭，不能取消。',
  CaseClosed: (e) => `${who(e)}关闭了案例：${e.data.resolution}`,
  CaseReopened: (e) => `${who(e)}重新打开了案例：${e.data.reason}`,
};
