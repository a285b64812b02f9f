/** Names of things in Chinese: the guide's terms, one for each thing. */
import type { PassedOver } from '../../language/reach';
import type { Labels } from '../labels';

export const severities: Labels['severities'] = {
  0: '企业停机',
  1: '业务关键',
  2: '业务受中度影响',
  3: '一般问题',
};

export const levels: Labels['levels'] = {
  NORMAL: '未升级',
  M1: '已升级至M1',
  M2: '已升级至M2',
};

export const emergencies: Labels['emergencies'] = {
  NONE: '',
  ACTIVE: '正在24小时不间断处理',
  STEPPED_DOWN: '已停止24小时不间断处理',
};

/** The guide's wording (S15). */
export const categories: Labels['categories'] = {
  MOST_USERS_NO_ACCESS: '大部分最终用户无法访问服务器软件。',
  SERVER_UNRESPONSIVE: '企业服务器持续无响应或反复退出，造成无法接受或无限期的延误。',
  SUPPLIERS_NO_ACCESS: '供应商无法持续访问软件。',
  USER_PRODUCTIVITY_LOSS: '最终用户的操作导致生产力下降80%或更高。',
  SERVER_PERFORMANCE_LOSS: '企业服务器的性能导致生产力下降80%或更高。',
};

/** The guide's questions; Q4 asks for two things (S21). */
export const questions: Labels['questions'] = {
  category: '申报的理由是什么？请选择一种E-Down类别。',
  totalUsers: '此生产系统总共有多少用户？',
  affectedUsers: '其中有多少用户受到影响？',
  actionsTaken: '为了恢复系统，采取了哪些操作？',
  contactChanges: '案例创建之后，有哪些新的或已更改的联系信息？（没有请填"none"）',
  downSince: '系统已停机多长时间？',
  allProductionStopped: '是否全部生产工作已停止且无法继续？',
  confirmGenuine: '这确实是企业停机吗？',
  technicalContact: '在此期间谁担任技术联系人（在现场，或可寻呼）？',
};

export const attested: Labels['attested'] = {
  english: '英文能力',
  knowsSoftware: '对软件的了解',
  knowsEnvironment: '对生产环境的了解',
};

export const purposes: Labels['purposes'] = {
  SEVERITY_CHANGED: '严重级别已更改',
  ASSIGNED: '案例由您负责',
  ENGINEER_NEEDED: '需要工程师',
  E_DOWN_STARTED: 'E-Down已开始',
  E_DOWN_ALERT: 'E-Down警报',
  E_DOWN_ENDED: 'E-Down已结束',
  E_DOWN_REQUESTED: '请回电：客户要求E-Down支持',
  E_DOWN_REFUSED: '请回电：E-Down被拒绝',
  SEVERITY_ZERO_IDLE: '严重级别为0，但不在紧急状态',
  ENTITLEMENT_CHECK: '请核实服务权益',
  ESCALATED_M1: '已升级给您（M1）',
  ESCALATED_M2: '已升级给您（M2）',
  ESCALATION_REMINDER: '客户再次要求',
  ESCALATION_INFO: '供您知悉',
  PROMISE_WARNING: '承诺即将到期',
  PROMISE_OVERDUE: '承诺已逾期',
  PROGRESS_STALLED: '没有进展',
  HAND_OVER: '交接',
  CONTACT_CHECK: '技术联系人',
  CONTACT_ACTION: '请协助',
  CONFIRM_WORKABLE_SYSTEM: '系统能正常工作吗？',
  MANAGER_REQUESTED: '客户要求联系经理',
  SPR_ESCALATED: 'SPR已升级',
  SPR_UPDATED: 'SPR有新消息',
  NOBODY_REACHED: '没有联系到任何人',
  REVIEW_DUE: '复核已到期',
};

export const wordStates: Labels['wordStates'] = {
  ROTA_CHANGED: '值班表',
  TURN_BEGINS: '值班表',
  CALENDAR_STALE: '值班表',
  TEST: '测试',
};

export const wordHeadlines: Labels['wordHeadlines'] = {
  ROTA_CHANGED: '您的下一次值班已更改',
  TURN_BEGINS: '您的值班即将开始',
  CALENDAR_STALE: '值班日历已过期',
  TEST: '测试您的联系渠道',
};

export const audiences: Labels['audiences'] = {
  ENGINEER: '工程师',
  MANAGER: '经理',
  SECOND_LEVEL_MANAGER: '二级经理',
  ON_CALL: '值班人员',
  DUTY_MANAGER: '值班经理',
  DUTY_EXECUTIVE: '值班高管',
  RND: '研发部门',
  CONTACT: '技术联系人',
};

export const clocks: Labels['clocks'] = {
  FIRST_CONTACT: '首次联系客户',
  CUSTOMER_UPDATE: '向客户通报进展',
  PROGRESS: '取得实质进展',
  MANAGER_CONTACT: '经理联系客户',
  STAFFING: '经理确认人力安排',
};

export const routes: Labels['routes'] = {
  DIRECT: '直接负责',
  DELEGATE: '代理',
  NEXT_UP: '上一级经理',
  ON_CALL: '值班',
  NEXT_TEAM: '下一个团队',
  DUTY_MANAGER: '值班经理',
  DUTY_EXECUTIVE: '值班高管',
  CONTACT: '联系人',
  NAMED: '指名',
};

export const passedOverWhy: Labels['passedOver'] = {
  AWAY: '不在',
  UNKNOWN_PERSON: '不在通讯录中',
  SELF_MANAGED: '不能管理自己的工作',
  CYCLE: '代理人又是本人',
  OFF_SHIFT: '不在班',
  BARRED: '不得接手',
};

export const failures: Labels['failures'] = {
  NO_PERSON: '没有人',
  NO_ADDRESS: '没有可用的渠道',
  PROVIDER_DOWN: '服务商故障',
  REJECTED_BY_PROVIDER: '被服务商拒绝',
  TIMED_OUT: '没有及时得到结果',
  CANCELLED: '已撤回',
  KNOWS_ALREADY: '已经知道',
};

export const unreached: Labels['unreached'] = {
  ...failures,
  NO_ANSWER: '没有答复',
  ACK_EXPIRED: '接手后没有行动',
  HAS_OTHER_LEVEL: '已负责另一级',
  HAS_THE_CASE: '是案例的工程师',
};

export const notWaitedFor: Labels['notWaitedFor'] = {
  NO_WORKING_CHANNEL: '没有正常的渠道',
  NO_CHANNEL: '没有渠道',
  TRANSFER_FAILED: '转接失败',
  BARRED: '不得接手',
};

/** How a need came to its end. */
export const ends: Labels['ends'] = {
  ANSWERED: '已有人答复',
  ACTED_ON: '已有人处理',
  NOT_NEEDED: '要求的事已完成',
  WITHDRAWN: '情况已恢复原状',
  OVERTAKEN: '已包含在另一条通知中',
  REASSIGNED: '案例已换工程师',
  DE_ESCALATED: '经客户同意，已降低升级级别',
  EMERGENCY_ENDED: '紧急状态已结束',
  CASE_CLOSED: '案例已关闭',
};

export const emergencyEnds: Labels['emergencyEnds'] = {
  WORKABLE_SYSTEM: '系统已能正常工作',
  SEVERITY_LOWERED: '严重级别已降低',
  STEPPED_DOWN: '已停止24小时不间断处理',
};

export const verdicts: Labels['verdicts'] = {
  CONFIRMED: '确认',
  PROPOSE_LOWER: '建议降低',
};

export const actionKinds: Labels['actionKinds'] = {
  GATHER_DATA: '收集数据',
  TEST: '测试',
  APPLY_FIX: '实施修复',
};

export const contactWays: Labels['contactWays'] = {
  PHONE: '电话',
  EMAIL: '电子邮件',
  MEETING: '会议',
};

export const reasons: Labels['reasons'] = {
  RESOLUTION_TIME: '解决时间',
  TECHNICAL_EXPERTISE: '技术能力',
  BUSINESS_IMPACT: '业务影响',
  INACTIVITY: '没有行动',
  CUSTOMER_DEADLINE: '客户期限',
};

export const handOverEnds: Labels['handOverEnds'] = {
  EMERGENCY_ENDED: '紧急状态已结束',
  REASSIGNED: '案例已换工程师',
  CASE_CLOSED: '案例已关闭',
  TAKEN_OVER: '已有人接手',
};

export const delays: Labels['delays'] = {
  SLOW: '还没有结果',
  BUSY: '渠道忙',
  FAILED: '发送失败',
};

export const settled: Labels['settled'] = {
  ANSWERED: '已有答复',
  OVERTAKEN: '已由他人接手',
  OVER: '已结束',
};

export const means: Labels['means'] = {
  LINK: '链接',
  SLACK: 'Slack',
  VOICE: '电话',
  SMS: '短信',
  CLI: '命令行',
  WEB: '网页',
};

export const roles: Labels['roles'] = {
  CUSTOMER: '客户',
  CONTACT: '联系人',
  ENGINEER: '工程师',
  MANAGER: '经理',
  ASSISTANT: '客户助理',
  SERVICE: '系统',
};

export const sprStatuses: Labels['sprStatuses'] = {
  LINKED: '关联',
  SUBMITTED: '提交',
  ESCALATED: '升级',
  RESOLVED: '解决',
};

export const statuses: Labels['statuses'] = {
  OPEN: '未关闭',
  CLOSED: '已关闭',
};

export const attentions: Labels['attentions'] = {
  UNACKNOWLEDGED: '有事无人接手',
  NOBODY_REACHED: '没有联系到任何人',
  CONTACT_UNAVAILABLE: '联系不到技术联系人',
  PROGRESS_STALLED: '没有进展',
  UPDATE_OVERDUE: '通报已逾期',
  PROMISE_OVERDUE: '承诺已逾期',
  PROVISIONAL_ENTITLEMENT: '服务权益待核实',
  NO_ENGINEER: '没有工程师',
  E_DOWN_REQUESTED: '要求E-Down支持',
  E_DOWN_REFUSED: 'E-Down被拒绝',
  SEVERITY_ZERO_IDLE: '严重级别为0，但不在紧急状态',
  OWNER_UNKNOWN: '负责人不明',
  CALL_BACK_DUE: '待回电',
};

export const endedHow: Labels['endedHow'] = {
  TERMINATED: '被终止',
  TIMED_OUT: '超时',
  FAILED: '失败',
  CANCELED: '被取消',
};

/** Why somebody else was called. */
export const passedOver = (people: readonly PassedOver[]): string =>
  people.length === 0
    ? ''
    : `；已跳过：${people.map(({ person, why, for: whom }) => `${person}（${passedOverWhy[why]}${whom ? `，代理${whom}` : ''}）`).join('、')}`;
