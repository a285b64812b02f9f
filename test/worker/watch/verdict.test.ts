/** What is found becomes an alarm at the second look, is repeated while it lasts, and its end is told once. */
import { isWell, type Check, type Finding } from '../../../worker/watch/finding';
import { isSuspicious, judge, NOTHING_WRONG, type Alarm } from '../../../worker/watch/verdict';
import { sentenceOf } from '../../../worker/watch/alarm';

const MINUTE = 60_000;
const START = Date.parse('2026-11-27T02:00:00Z');
const found = (is: Finding['is'], check: Check = 'CANARY'): Finding => ({ check, is, words: `${check} is ${is}.` });

/** One look a minute. */
function watched(looks: readonly (readonly Finding[])[]): { told: string[]; alarms: Alarm[]; suspicious: boolean[] } {
  let verdict = NOTHING_WRONG;
  const alarms: Alarm[] = [];
  const told: string[] = [];
  const suspicious: boolean[] = [];
  looks.forEach((findings, minute) => {
    const after = judge(verdict, findings, START + minute * MINUTE);
    verdict = after.verdict;
    alarms.push(...after.alarms);
    told.push(...after.alarms.map(({ check, state, nth }) => `${minute}: ${check} ${state} ${nth}`));
    suspicious.push(isSuspicious(verdict));
  });
  return { told, alarms, suspicious };
}

test('all is well: nobody is told', () => {
  expect(watched(Array.from({ length: 5 }, () => [found('WELL')]))).toEqual({
    told: [],
    alarms: [],
    suspicious: [false, false, false, false, false],
  });
});

test('once is looked at again, and soon; twice is an alarm; its end is told', () => {
  const { told, suspicious, alarms } = watched([
    [found('WRONG')],
    [found('WELL')],
    [found('WRONG')],
    [found('WRONG')],
    [found('WRONG')],
    [found('WELL')],
    [found('WELL')],
  ]);
  expect(told).toEqual(['3: CANARY ALARM 1', '5: CANARY CLEARED 2']);
  expect(suspicious).toEqual([true, false, true, false, false, false, false]);
  expect(alarms.map(sentenceOf)).toEqual([
    'Tocsin alarm, since 2026-11-27 02:02 UTC: CANARY is WRONG.',
    'Tocsin is well again (since 2026-11-27 02:02 UTC it was not): CANARY is WELL.',
  ]);
});

test('while it lasts it is told again every half hour', () => {
  const { told } = watched(Array.from({ length: 65 }, () => [found('WRONG')]));
  expect(told).toEqual(['1: CANARY ALARM 1', '31: CANARY ALARM 2', '61: CANARY ALARM 3']);
});

test('what cannot be known ends no alarm and begins none', () => {
  const { told } = watched([
    [found('WRONG')],
    [found('WRONG')],
    [found('WRONG', 'TEMPORAL'), found('UNKNOWN')],
    [found('WRONG', 'TEMPORAL'), found('UNKNOWN')],
    [found('WELL', 'TEMPORAL'), found('WELL')],
  ]);
  expect(told).toEqual(['1: CANARY ALARM 1', '3: TEMPORAL ALARM 1', '4: TEMPORAL CLEARED 2', '4: CANARY CLEARED 2']);
  expect(isWell([found('UNKNOWN')])).toBe(false);
});
