/** What whoever looks at a case reads. Marked up for the Web UI, where `STATE` and what follows it are shown. */
import type { Catalogue } from '../catalogue';
import { attentions, categories, emergencies, levels, severities, statuses } from './labels';
import { list, withoutEnd } from './prose';

export const views: Catalogue['views'] = {
  OWNS: ({ person }) => `案例由${person}负责。`,
  NO_OWNER: () => '没有指派工程师，案例由支持服务台负责。',
  MANAGES: ({ person, level }) => `${level}由${person}负责。`,
  MANAGES_CASE: ({ person, level }) => `此案例的${level}由${person}负责。`,
  AT_WORK: ({ person }) => `${person}正在处理E-Down。`,
  ASKED_TO_WORK: ({ person }) => `已请${person}接手E-Down。`,
  NOBODY_AT_WORK: () => '还没有人接手E-Down。',
  NEXT: ({ at, what }, { when }) => `下一项在${when(at)}：${what}。`,
  NOTHING_DUE: () => '没有到期事项。',
  PAGED: ({ person, level }) => `已通知${person}${level === null ? '' : `接手${level}，对方尚未接手`}。`,
  DIRECT_MANAGER: ({ person, engineer }) => `${person}是${engineer ?? '工程师'}的直属经理。`,
  ASK_FOR_MANAGER: () => '请用requestManagerContact联系经理；没有其他人时会通知值班经理。',
  CASE: ({ customer, number, title, product }) =>
    [`**${customer}**（${number}）`, title, ...(product === null ? [] : [product])].join(' · '),
  STATE: ({ severity, level, emergency, status }) =>
    [
      severity === 0 ? '**E-Down**' : `**严重级别${severity}**（${severities[severity]}）`,
      ...(level === 'NORMAL' ? [] : [`**${levels[level]}**`]),
      ...(emergency === 'NONE' ? [] : [emergencies[emergency]]),
      `**${statuses[status]}**`,
    ].join(' · '),
  GREEN: () => '正常',
  NEEDS_A_LOOK: ({ attention }) => `需要关注：**${list(attention.map((code) => attentions[code]))}**`,
  DOWN_SINCE: ({ at, category, affected, total }, { when }) =>
    [
      `**${when(at)}起停机**`,
      ...(category === null ? [] : [`：${withoutEnd(categories[category])}`]),
      ...(total === null ? [] : [`；${total}名用户中${affected ?? '?'}名受影响`]),
      '。',
    ].join(''),
  CONTACT: ({ name, reach, number, email }) =>
    `联系人：${list([`**${name}**`, `${reach === 'PAGER' ? '寻呼' : '现场'}${number === null ? '' : ` ${number}`}`, ...(email === null ? [] : [email])])}。`,
  NO_CONTACT: () => '联系人：没有登记。',
  ALERTS: ({ person, isTaken, at }, { when }) =>
    `警报：${person === null ? '还没有人接手' : isTaken ? `**${person}**已接手` : `已请**${person}**接手`}，下一次在${when(at)}。`,
  HOTLINE: ({ hotline }) => `热线：${hotline}。`,
  PROMISED: ({ what, at }, { when }) => `承诺：${what}，期限${when(at)}`,
  OVERDUE: ({ what, at }, { when }) => `**已逾期**：${what}，期限${when(at)}`,
  CALL_BACK: ({ person }) => `给**${person}**回电：要求E-Down支持`,
  ASKED_FOR: ({ person, what, at, answer }, { when }) =>
    `已请**${person}**接手：${list(what)}${at === null ? '' : `；答复期限${when(at)}`}。答复方式：${answer}`,
  HAS: ({ person, what }) => `**${person}**已接手：${list(what)}`,
  RESTS: ({ at, what }, { when }) => `${when(at)}之前不再请人：${what}`,
  ON_ITS_WAY: ({ what }) => `正在发出：${what}`,
  MORE: ({ count }) => `另有${count}项`,
  LAST_EVENTS: () => '最近事件（最新的在前）：',
  PAGE_EVENTS: ({ count }) => `另有${count}个通知事件`,
  GOES_ON: ({ caseNumber, seq }) =>
    `**${caseNumber}的较早部分**，到事件${seq}为止。案例在最新的运行中继续：请打开${caseNumber}，不带运行编号。`,
  EARLIER: ({ caseNumber, runId }) => `接续运行\`${runId}\`。全部事件：\`tocsin case timeline ${caseNumber}\``,
};
