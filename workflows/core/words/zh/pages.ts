/** What a page says besides what is wanted and what has happened. Read on a phone, at night: short, and the first things first. */
import type { Catalogue } from '../catalogue';
import { emergencies, endedHow, levels, severities } from './labels';
import { duration, withoutEnd } from './prose';

export const pages: Catalogue['pages'] = {
  TITLE_STATE: ({ severity, level, emergency }) =>
    [emergency === 'ACTIVE' ? 'E-Down' : `严重级别${severity}`, ...(level === 'NORMAL' ? [] : [level])].join(' '),
  ANSWER_BY: ({ at }, { when }) => `请在${when(at)}前答复。`,
  WHY_YOU: ({ route, audience, engineer, for: principal, isAgain }) => {
    if (isAgain) return '之前已通知过您，以下是最新情况。';
    switch (route) {
      case 'DIRECT':
        if (audience === 'ENGINEER') return '这是您的案例。';
        return audience === 'SECOND_LEVEL_MANAGER' ? '您是二级经理。' : `您是${engineer ?? '工程师'}的经理。`;
      case 'DELEGATE':
        return principal === null ? '您是代理人。' : `您是${principal}的代理人。`;
      case 'NEXT_UP':
        return '您是上一级经理。';
      case 'ON_CALL':
        return '您正在值班。';
      case 'NEXT_TEAM':
        return '您的团队是下一个值班团队。';
      case 'DUTY_MANAGER':
        return '您是值班经理。';
      case 'DUTY_EXECUTIVE':
        return '您是值班高管。';
      case 'CONTACT':
        return '您是技术联系人。';
      case 'NAMED':
        return audience === 'RND' ? '您负责已升级的SPR。' : '指名请您处理。';
      default:
        return route satisfies never;
    }
  },
  UNANSWERED: ({ forMs }) => `已有${duration(forMs)}无人答复。`,
  HAS_IT_FOR_NOW: ({ person }) => `目前由${person}处理。`,
  ALSO_WANTED: ({ what }) => `另外：${what}`,
  ALSO_ASKED: ({ cases }) =>
    `其他案例也在请您处理：${cases
      .map(({ caseNumber, severity, emergency, forMs }) =>
        [caseNumber, emergency === 'ACTIVE' ? 'E-Down' : `严重级别${severity}`, `已${duration(forMs)}`].join('，'),
      )
      .join('；')}。`,
  FOR_INFORMATION: () => '供您知悉，无需回复。',
  STATE: ({ severity, level, emergency }) =>
    `${[`严重级别${severity}（${severities[severity]}）`, levels[level], ...(emergency === 'NONE' ? [] : [emergencies[emergency]])].join('，')}。`,
  OPEN_SINCE: ({ at }, { when }) => `创建于${when(at)}。`,
  DOWN_SINCE: ({ at, affected, total }, { when }) =>
    `自${when(at)}起停机，${total ?? '数量未知的'}名用户中有${affected ?? '数量未知的'}名受影响。`,
  CONTACT: ({ name, reach, number, email }) =>
    `联系人：${[name, `${reach === 'PAGER' ? '寻呼' : '现场'}${number === null ? '' : `：${number}`}`, ...(email === null ? [] : [email])].join('，')}。`,
  HAPPENED: ({ at, what }, { clock }) => `${clock(at)} ${what}`,
  WAITS_FOR: ({ what, at }, { when }) => `等待技术联系人：${withoutEnd(what)}（期限${when(at)}）。`,
  NEXT_DUE: ({ at, what }, { when }) => `下一项在${when(at)}到期：${what}。`,
  OWNERS: ({ engineer, manager, onCall }) =>
    `${[`负责人：${engineer ?? '支持服务台'}`, ...(manager ? [`${manager.level}：${manager.person}`] : []), ...(onCall === null ? [] : [`值班：${onCall}`])].join('，')}。`,
  HOW_TO_ANSWER: ({ command }) => `确认接手：${command}`,
  HAVE_IT: () => '我来处理',
  CANNOT: () => '我无法处理',
  ANSWER_BUTTON: () => '答复',
  ANSWER_HERE: () => '要接手或表示无法处理，请打开：',
  PRESS_KEYS: () => '接手请按4。无法处理请按6。重听请按星号键。',
  SPOKEN_INTRO: ({ name, severity, level, emergency }) =>
    `${name}，这是技术支持的通知。${emergency === 'ACTIVE' ? '企业停机' : `严重级别${severity}`}${level === 'NORMAL' ? '' : `，${levels[level]}`}。`,
  ENDED_STATE: () => '已结束',
  ENDED_HEADLINE: ({ count }) => (count === 1 ? '被从外部结束' : `${count}个未关闭的案例被从外部结束`),
  ENDED_CASE: ({ caseNumber, severity, customer, title, how, at, by, reason }, { when }) =>
    `${caseNumber}${inBrackets([severity === 0 ? 'E-Down' : severity === null ? '' : `严重级别${severity}`, customer, title])}已于${when(at)}${by === null ? '' : `由${by}`}从外部结束（${endedHow[how]}）${reason === null ? '' : `：${withoutEnd(reason)}`}。`,
  ENDED_CASES: ({ count, eDowns, named }) =>
    `${count}个未关闭的案例被从外部结束${eDowns === 0 ? '' : `，其中${eDowns}个为E-Down`}：${named.join('、')}${count > named.length ? `，以及另外${count - named.length}个` : ''}。`,
  ENDED_MEANS: ({ count }) =>
    `已无人处理，也不再通知任何人。如果并非有意${count === 1 ? '，请用含有开案信息的文件重新打开' : ''}：`,
  SETTLED: ({ outcome, by }) => {
    if (outcome === 'ANSWERED') return by === null ? '已有答复。' : `${by}已接手。`;
    return outcome === 'OVERTAKEN' ? '已有其他人接手。' : '此处不再需要您答复。';
  },
  CALL_HOTLINE: ({ hotline }) => `如需回复或咨询，请拨打${hotline}并告知案例编号。`,
};

const inBrackets = (texts: readonly string[]): string => {
  const said = texts.filter(Boolean).join('，');
  return said === '' ? '' : `（${said}）`;
};
