/** Each need by its name in a list, and what is wanted of whoever is asked: the first line of their page. */
import type { Caller, Fact } from '../../language/events';
import { callersOf } from '../../language/fact';
import { wordsKeyOf, type NeedKey } from '../../paging/needs';
import { isAbove, partsOf, subjectOf, type Asked } from '../asked';
import type { Catalogue } from '../catalogue';
import { sentence } from './prose';

const withNumber = ({ name, number }: Caller): string => (number === undefined ? name : `${name}（${number}）`);

const whom = (fact: Fact): string => callersOf(fact).map(withNumber).join('和') || '客户';

const theCustomer = ({ facts }: Asked): string => facts.customer;

function seeThat(asked: Asked, own: Asked['as'], done: string): string {
  if (!isAbove(asked, own)) return done;
  const { declinedBy } = asked.ask;
  return declinedBy === undefined
    ? `工程师没有答复，请您处理：${needNamed(asked.ask.key)}。`
    : `${declinedBy}无法接手，请指派另一位工程师。`;
}

export const needs: Catalogue['needs'] = {
  E_DOWN_ALERT: {
    name: '处理E-Down',
    want: ({ as }) =>
      as === 'ON_CALL' || as === 'ENGINEER' ? '请接手此E-Down。' : '请接手此E-Down，或找到能接手的人。',
  },
  E_DOWN_STARTED: {
    name: 'E-Down案例',
    want: (asked) =>
      asked.as === 'ENGINEER' || asked.person === asked.engineer
        ? '您的案例现在是E-Down，请接手。'
        : asked.as === 'ON_CALL'
          ? '工程师已下班，请接手此案例。'
          : `工程师${asked.ask.declinedBy === undefined ? '没有答复' : '无法接手'}，请找到能接手此E-Down的人。`,
  },
  E_DOWN_REQUESTED: {
    name: '就E-Down回电',
    want: (asked) => `请给${whom(asked.ask.fact)}回电：生产系统可能已停机。`,
  },
  E_DOWN_REFUSED: {
    name: '就被拒绝的E-Down联系客户',
    want: (asked) => `请致电${whom(asked.ask.fact)}：其E-Down申报被拒绝。`,
  },
  M2: {
    name: 'M2',
    want: (asked) => `请以二级经理（M2）身份接手此案例：${theCustomer(asked)}对响应不满意。`,
  },
  M1: {
    name: 'M1',
    want: (asked) => `请以经理（M1）身份接手此案例：安排人力，并联系${theCustomer(asked)}。`,
  },
  CONTACT_CHECK: {
    name: '技术联系人的回复',
    want: () => '请回复：我们正在24小时不间断处理，需要您的协助。',
  },
  CONFIRM_WORKABLE_SYSTEM: {
    name: '系统能否正常工作',
    want: () => '请告诉我们系统能否正常工作，或者哪里仍有问题。',
  },
  CONTACT_ACTION: {
    name: '对技术联系人的请求',
    want: (asked) => {
      const { fact } = asked.ask;
      const what = fact.type === 'ContactActionRequested' ? fact.data.what : needNamed(asked.ask.key);
      return `请协助（${subjectOf(asked)}）：${sentence(what)}`;
    },
  },
  HAND_OVER_WRITE: {
    name: '填写交接',
    want: ({ as, route }) =>
      as === 'MANAGER' && route !== 'NAMED'
        ? '请督促交接：处理人还没有填写。'
        : '您的班次已结束，请填写交接：现状、已试过的办法、下一步、对客户的承诺。',
  },
  HAND_OVER_ACCEPT: {
    name: '接受交接',
    want: () => '请接受交接。',
  },
  HAND_OVER_OVERDUE: {
    name: '交接已逾期',
    want: () => '交接已逾期，请督促。',
  },
  PROGRESS_STALLED: {
    name: '没有进展',
    want: () => '没有进展，请查明需要什么。',
  },
  MANAGER_REQUESTED: {
    name: '客户要求联系经理',
    want: (asked) => `请给${whom(asked.ask.fact)}回电：对方要求联系经理。`,
  },
  FIRST_CONTACT: {
    name: '首次联系客户已逾期',
    want: (asked) => `请联系${theCustomer(asked)}：没有人按时联系。`,
  },
  MANAGER_CONTACT: {
    name: '经理联系客户已逾期',
    want: (asked) => `请联系${theCustomer(asked)}：经理没有按时联系。`,
  },
  STAFFING: {
    name: '人力安排已逾期',
    want: () => '请确保案例有足够的人力：没有按时确认。',
  },
  CUSTOMER_UPDATE: {
    name: '向客户通报进展已逾期',
    want: (asked) => seeThat(asked, 'ENGINEER', `请向${theCustomer(asked)}通报进展：通报已逾期。`),
  },
  CONTACT_UNAVAILABLE: {
    name: '技术联系人没有回应',
    want: (asked) =>
      asked.ask.fact.type === 'LoweringProposed'
        ? '请决定：技术联系人没有回应，建议降低严重级别。'
        : '请在客户方另找一位联系人：技术联系人没有回应。',
  },
  CONTACT_ACTION_OVERDUE: {
    name: '技术联系人的事项已逾期',
    want: (asked) => seeThat(asked, 'ENGINEER', `请再次催促技术联系人：${subjectOf(asked)}已逾期。`),
  },
  CONTACT_UNREACHED: {
    name: '无法通知技术联系人',
    want: (asked) => seeThat(asked, 'ENGINEER', '请用其他方式联系技术联系人：通知发不到。'),
  },
  ENGINEER_NEEDED: {
    name: '需要工程师',
    want: (asked) =>
      asked.ask.fact.type === 'OwnerUnknown'
        ? '请指派另一位工程师：登记的工程师不在通讯录中。'
        : '请为此案例找一位工程师。',
  },
  ASSIGNED: {
    name: '此案例',
    want: (asked) =>
      isAbove(asked, 'ENGINEER') && asked.ask.declinedBy === undefined
        ? '工程师没有答复，请找到能接手此案例的人。'
        : seeThat(asked, 'ENGINEER', '此案例由您负责，请接手。'),
  },
  SEVERITY_CHANGED: {
    name: '严重级别已更改',
    want: (asked) => seeThat(asked, 'ENGINEER', '您的案例的严重级别已更改，请查看。'),
  },
  TEAM_ENGINEER: {
    name: 'M2团队',
    want: (asked) => seeThat(asked, 'ENGINEER', '您的案例已升级至M2，请与两位经理一起加入团队。'),
  },
  SEVERITY_ZERO_IDLE: {
    name: '严重级别为0，但不在紧急状态',
    want: (asked) => seeThat(asked, 'ENGINEER', '请与客户商定降低严重级别，或重新申报E-Down。'),
  },
  SPR_ESCALATED: {
    name: '已升级的SPR',
    want: (asked) => `${subjectOf(asked)}已升级，请接手。`,
  },
  ENTITLEMENT_CHECK: {
    name: '核实服务权益',
    want: (asked) => `请核实${theCustomer(asked)}的服务权益。核实期间仍24小时不间断处理。`,
  },
  REVIEW_DUE: {
    name: 'E-Down复核',
    want: (asked) => `请复核第${subjectOf(asked)}次E-Down。`,
  },
};

/** A need by name, with what it is about where there may be many. */
export function needNamed(key: NeedKey): string {
  const { kind, subject } = partsOf(key);
  const { name } = needs[wordsKeyOf(kind)];
  return subject === undefined ? name : `${name}（${subject}）`;
}
