/** What is wrong with a message, what only this case knows about a refusal, and what an accepted command is told. */
import { say, type Catalogue } from '../catalogue';
import { named } from '../labels';
import { attested, audiences, categories, clocks, ends, questions, roles as roleNames, sprStatuses } from './labels';
import { needNamed } from './needs';
import { among, duration, list } from './prose';

/** A bound that is there only so that there is one. */
const NO_LIMIT = 1e9;

export const wanted: Catalogue['wanted'] = {
  TEXT: ({ max }) => `1到${max}个字符的文本`,
  ANY_TEXT: ({ max }) => `最多${max}个字符的文本`,
  ID: ({ max }) => `一行1到${max}个可打印字符`,
  BOOL: () => 'true或false',
  ONE_OF: ({ values }) => `以下之一：${list(values.map(String))}`,
  INTEGER: ({ min, max }) => `${min}到${max}的整数`,
  NUMBER: ({ min, max }) => (max >= NO_LIMIT ? '数字' : `${min}到${max}的数字`),
  INSTANT: () => '带时差的ISO 8601时间，例如2026-11-24T03:00:00Z',
  ZONE: () => 'IANA时区，例如Asia/Shanghai',
  LIST: ({ min, max }) => `${min}到${max}项的列表`,
  OBJECT: () => '一个JSON对象',
  CONTACTS_OR_NONE: () => '联系人列表，或"none"',
};

export const problems: Catalogue['problems'] = {
  MISSING: (facts) => `缺失，必须是${say(wanted, facts.wanted)}`,
  MUST_BE: (facts) => `必须是${say(wanted, facts.wanted)}`,
  MUST_BE_VALUE: ({ value }) => `必须是${value}`,
  MUST_BE_ONE_OF: ({ values }) => `必须是以下之一：${list(values)}`,
  MUST_NOT_BE: ({ value }) => `不能是${value}`,
  NOT_GIVEN: () => '缺失',
  NOT_ANSWERED: ({ question }) =>
    `没有回答：${questions[question]}${question === 'downSince' ? '请发送`downSince`或`downForMinutes`。' : ''}`,
  EXCEEDS: ({ field }) => `大于${field}`,
  AT_LEAST: ({ min }) => `在此类别中必须不小于${min}`,
  IN_THE_PAST: () => '必须是过去的时间',
  IN_THE_FUTURE: () => '必须是将来的时间',
  NOT_SO_FAR_AHEAD: ({ minutes }) => `不能超前${minutes}分钟以上`,
  NOT_BEFORE_OPENING: () => '不能早于案例创建的时间',
  LACKS: ({ lacks }) => `缺少${list(lacks.map((field) => attested[field]))}`,
  PAGER_NEEDS_NUMBER: () => '缺失，PAGER联系人必须有号码',
  NOT_ON_FILE: ({ onFile }) => `没有登记；${onFile.length === 0 ? '没有登记任何人' : `已登记：${list(onFile)}`}`,
  NOTHING_TO_CHANGE: () => '、replace或remove必须指出一位联系人',
  TOO_MANY: ({ count, most }) => `共有${count}位，最多可登记${most}位`,
  HAS_THE_CASE: () => '已负责此案例',
  MUST_NAME: ({ people }) => `必须包含${list(people)}`,
  MUST_MATCH: ({ pattern }) => `必须符合${pattern}`,
  MUST_RISE: () => '必须依次递增',
  TIME_OF_DAY: () => '必须是一天中的时间，例如22:00',
  INVALID: ({ why }) => `无效：${why}`,
  AT_MOST_BYTES: ({ max }) => `不能超过${max}字节的JSON`,
  NOT_JSON: () => '必须能用JSON表示',
};

export const details: Catalogue['details'] = {
  FIELDS: () => '',
  IT_WAS: ({ text }) => `收到的是“${text}”。`,
  ALLOWED_ROLES: ({ roles }) => `允许的角色：${list(roles.map((role) => roleNames[role]))}。`,
  NO_SERVICE: () => '只有人可以执行此操作，系统不可以。',
  NOT_A_CONTACT: ({ person, onFile }) =>
    `${person}不是已登记的联系人。${onFile.length === 0 ? '没有登记任何人。' : `已登记：${list(onFile)}。`}`,
  WORKFLOW_ID: ({ workflowId }) => `工作流编号是${workflowId}，必须与案例编号相同。`,
  HAS_IT: ({ person, since }, { when }) => `${person}${since === undefined ? '' : `自${when(since)}起`}已接手。`,
  NO_SUCH_PAGE: ({ pageId }) => `没有通知${pageId}。`,
  LONG_OVER: () => '这条通知早已结束。',
  OVER: ({ need, why, at, by }, { when }) =>
    why === undefined || at === undefined
      ? `已结束：${needNamed(need)}。`
      : `已在${when(at)}结束：${ends[why]}${by === undefined ? '' : `（${by}）`}。`,
  NOTHING_FOR_YOU: ({ person }) => `此案例目前没有需要${person}处理的事。`,
  OWNED_BY: ({ owners }) => `${owners.map(({ level, person }) => `${level}由${person}负责`).join('，')}。`,
  YOU_HAVE_IT: ({ since }, { when }) => `您${since === undefined ? '' : `自${when(since)}起`}已接手。`,
  YOU_ARE_THE_ENGINEER: () => '您是此案例的工程师。',
  YOU_HAVE: ({ level }) => `您已负责${level}。`,
  YOU_ARE_ASKED: ({ level }) => `已请您接手${level}；一个人不能同时负责两级。`,
  MANAGES_NOBODY: ({ person }) => `通讯录中${person}没有下属。`,
  NOT_KNOWN: ({ person }) => `此案例不认识${person}；本人可以自己提交。`,
  YOU_STAND_BELOW: ({ person }) => `M1由${person}负责；M2须由其上级负责。`,
  NOT_YOURS: () => '这涉及您自己的工作。',
  NEXT_LEVEL: ({ level }) => `下一级是${level}。`,
  NOT_BACK_TO_NORMAL: () => '升级不能回到NORMAL。',
  AT_M1: ({ person }) => `案例已在${person ?? '直属经理'}（M1）处。`,
  MANAGER_REMINDED: ({ isPaged }) => (isPaged ? '已提醒经理。' : '刚刚提醒过经理。'),
  OWNER: ({ person }) => `负责人：${person ?? '还没有人接手'}。`,
  NOT_JOINED: ({ people }) => `尚未加入：${list(people)}。`,
  NOT_IN_PLAN: ({ people }) => `不在计划中：${list(people)}。`,
  ENVIRONMENT: ({ environment }) => `此系统的环境是${environment}。`,
  MISSING_ANSWERS: ({ fields, hotline }) =>
    `缺少：${list(fields)}。${hotline === undefined ? '' : `拨打${hotline}更快。`}`,
  FIGURES: ({ affected, total }) => `共${total}名用户，填报了${affected}名受影响。`,
  NOBODY_AFFECTED: () => '只有供应商受影响时，受影响的用户才可以为零。',
  LOSS: ({ percent }) => `填报的下降幅度是${percent}%。`,
  CONTACT_LACKS: ({ person, lacks }) => `${person}缺少${list(lacks.map((field) => attested[field]))}。`,
  CATEGORIES: () =>
    Object.entries(categories)
      .map(([code, words]) => `${code}：${words}`)
      .join(''),
  IS_SEVERITY: ({ severity }) => `目前的严重级别是${severity}。`,
  REASON_NEEDED: () => '降低E-Down需要说明理由。',
  ENGLISH_READING: () => '按照此策略，只要持续取得有用的进展，就一直24小时不间断处理。',
  NO_PAST_EPISODE: () => '没有可以复核的E-Down。',
  REVIEWED_WHEN_OVER: ({ episode }) => `E-Down ${episode}还在进行，结束后才能复核。`,
  NOBODY_TO_ASK: () => '没有可以请的人。',
  NO_SUCH_ACTION: ({ actionId }) => `没有请求“${actionId}”。`,
  NOT_LINKED: ({ sprNumber }) => `${sprNumber}没有关联。`,
  OFFERED_TO: ({ person }) => `交接的对象是${person}。`,
  NOT_YOUR_CASE: ({ person }) => `案例由${person ?? '其他人'}负责；应由其本人或经理交接。`,
  TO_SOMEBODY_ELSE: () => '交接的对象必须是另一个人。',
  OPEN_AT_MOST: ({ what, most }) => `最多可有${most}项${among[what]}。`,
  FUTURE_CONTACT: () => '联系不可能发生在将来。',
};

export const notes: Catalogue['notes'] = {
  HOTLINE_PREFERRED: ({ hotline }) => `请同时拨打热线，这是首选方式：${hotline}。`,
  HOTLINE_QUICKEST: ({ hotline }) => `拨打热线最快：${hotline}。`,
  PROVISIONAL: () => '暂时接受：无法核实服务权益。',
  CATEGORY_MISMATCH: () => '受影响的用户不超过一半，而类别说的是大部分。将在复核时查看。',
  PRODUCTION_NOT_STOPPED: () => '并非全部生产工作都已停止。将在复核时查看。',
  LOSS_UNKNOWN: () => '知道生产力下降的百分比后请告知，应为80或更高。',
  NO_ENGINEER_YET: () => '还没有指派工程师。',
  REQUEST_NOT_OPEN: () => '没有待处理的要求。',
  ALREADY_EMERGENCY: () => '案例已在24小时不间断处理中，处理继续进行。',
  CALLED_BACK: ({ person, missing }) =>
    `将给${person}回电。${missing.length > 0 ? `尚待回答：${list(missing.map((question) => `eDown.${question}`))}。` : '所有问题都已回答。'}`,
  UNREADABLE: ({ fields }) => `无法读取，将另行询问：${list(fields)}。`,
  BEING_ASKED: ({ need, person }) => `已经请了${person}：${needNamed(need)}。`,
  TRANSFER_IS_NO_ACCEPTANCE: () => '经理本人接手后，升级才算接手。',
  MANAGER_STILL_TO_CONTACT: () => '经理仍须联系客户。',
  PROMISED_TO_NOBODY: () => '没有联系上客户，下次通报的时间不变。',
  SOONER_THAN_PROMISED: ({ at }, { when }) => `按照策略，下次通报不能晚于${when(at)}，以此时间为准。`,
  SPR_ALREADY: ({ sprNumber, status }) => `${sprNumber}此前已${named(sprStatuses, status)}。`,
  ACTION_IS: ({ actionId }) => `请求编号是${actionId}。`,
  ACTION_OVER: ({ isDone }) => (isDone ? '此前已完成，以第一次的答复为准。' : '已不再需要。'),
  STALL_GOES_ON: () => '只有实质进展才能结束停滞。',
  POLICY_ALREADY: ({ version }) => `案例已采用策略${version}。`,
  GOES_ON_24X7: () => '24小时不间断处理继续进行，已告知经理。',
  NOBODY_ASKED_FOR: () => '没有指出是哪位客户提出的；电话中的更改请发送`requestedBy`。',
  ASKED: ({ need, audience, withinMs }) =>
    `正在请${audiences[audience]}处理（${needNamed(need)}），答复时间${duration(withinMs)}。`,
  TAKEN: ({ needs }) => `现在由您负责：${list(needs.map(needNamed))}。`,
  HELD_BY: ({ need, person }) => `${person}已接手：${needNamed(need)}。`,
  BARRED_FROM: ({ need }) => `将请其他人处理：${needNamed(need)}。`,
  PASSED_ON: ({ needs }) => `不再请您处理：${list(needs.map(needNamed))}。`,
  SAME_WISH: ({ level }) => `案例已因此升级至${level}。${level === 'M1' ? '如需升级至第二级，请发送级别M2。' : ''}`,
  OLDER_FACT: () => '已有更新的更改生效：此项已记录，没有更改。',
  NAME_IS_LOOKED_UP: ({ person }) => `此案例不认识${person}，正在查询此人。`,
  KEPT_ONLY_LATER: () => '这次联系早于后来对客户的承诺，该承诺仍然有效。',
};

export const dues: Catalogue['dues'] = {
  ALERT: ({ alert }) => `向值班人员发出E-Down警报${alert}`,
  REVIEW: ({ episode }) => `第${episode}次E-Down的复核`,
  ANSWER: ({ need, person }) => `${needNamed(need)}：${person}答复，否则请下一位`,
  ACT: ({ need, person }) => `${needNamed(need)}：${person}处理，否则请下一位`,
  SEARCH_AGAIN: ({ need }) => `${needNamed(need)}：重新开始找人`,
  RING: ({ need, person }) => `${needNamed(need)}：呼叫${person}`,
  NEXT_CHANNEL: ({ person }) => `换一个渠道联系${person}`,
  NEXT_PERSON: ({ need, person }) => `${needNamed(need)}：联系上${person}，否则请下一位`,
  PROMISE: ({ clock }) => clocks[clock],
  PROMISE_WARNING: ({ clock, percent }) => `${clocks[clock]}的时间已过${percent}%`,
  CONTACT_CHECK: () => '技术联系人的回复',
  CONTACT_ACTION: ({ what }) => `等待技术联系人：${what}`,
  HAND_OVER_WRITTEN: ({ person }) => `${person ?? '交班的团队'}填写交接`,
  HAND_OVER_ACCEPTED: ({ person }) => `${person}接受交接`,
  SHIFT_ENDS: ({ team }) => `${team}的班次结束，应交接`,
  SUGGESTION: ({ level }) => `如果尚未恢复，建议${level === 'EXECUTIVE' ? '请高管关注' : `升级至${level}`}`,
  WORD: () => '早晨告知技术联系人最新情况',
  REOPEN_WINDOW: () => '重新打开的期限结束',
};
