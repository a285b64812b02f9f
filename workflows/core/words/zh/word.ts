/** Word that is of no case: read in the morning, on a phone. */
import type { Catalogue } from '../catalogue';

export const word: Catalogue['word'] = {
  ROTA_CHANGED: ({ moved }, { when }) =>
    `${moved
      .map(({ team, before, after }) => {
        const was = before === null ? '此前没有安排' : `原为${when(before)}`;
        return after === null
          ? `${team}：未来8周内您没有值班（${was}）`
          : `${team}：您的下一次值班从${when(after)}开始（${was}）`;
      })
      .join('；')}。`,
  TURN_BEGINS: ({ team, at }, { when }) => `您在${team}的值班从${when(at)}开始。`,
  CALENDAR_STALE: ({ team, readAt }, { when }) =>
    readAt === null
      ? `${team}的值班日历无法读取，也没有副本：将全天通知该团队的成员。`
      : `${team}的值班日历自${when(readAt)}起无法读取，仍使用当时的副本。`,
  TEST: ({ name, channel }) => `${name}，这是一次测试：经${channel}的通知可以送达您。没有发生任何事。`,
};
