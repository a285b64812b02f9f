/** What a page says besides what is wanted and what has happened. Read on a phone, at night: short, and the first things first. */
import type { Catalogue } from '../catalogue';
import { emergencies, endedHow, levels, severities } from './labels';
import { duration, withoutEnd } from './prose';

export const pages: Catalogue['pages'] = {
  TITLE_STATE: ({ severity, level, emergency }) =>
    [emergency === 'ACTIVE' ? 'E-DOWN' : `SEV ${severity}`, ...(level === 'NORMAL' ? [] : [level])].join(' '),
  ANSWER_BY: ({ at }, { when }) => `Please answer by ${when(at)}.`,
  WHY_YOU: ({ route, audience, engineer, for: principal, isAgain }) => {
    if (isAgain) return 'You have been asked already; this is how it stands now.';
    switch (route) {
      case 'DIRECT':
        if (audience === 'ENGINEER') return 'It is your case.';
        return audience === 'SECOND_LEVEL_MANAGER'
          ? 'You are the second-level manager.'
          : `You are the manager of ${engineer ?? 'the engineer'}.`;
      case 'DELEGATE':
        return `You stand in for ${principal ?? 'somebody'}.`;
      case 'NEXT_UP':
        return 'You are the next manager up.';
      case 'ON_CALL':
        return 'You are on call.';
      case 'NEXT_TEAM':
        return 'Your team is on call next.';
      case 'DUTY_MANAGER':
        return 'You are on duty.';
      case 'DUTY_EXECUTIVE':
        return 'You are the executive on duty.';
      case 'CONTACT':
        return 'You are the technical contact.';
      case 'NAMED':
        return audience === 'RND' ? 'You take escalated SPRs.' : 'You were asked by name.';
      default:
        return route satisfies never;
    }
  },
  UNANSWERED: ({ forMs }) => `Nobody has answered for ${duration(forMs)}.`,
  HAS_IT_FOR_NOW: ({ person }) => `${person} has it for now.`,
  ALSO_WANTED: ({ what }) => `Also: ${what}`,
  ALSO_ASKED: ({ cases }) =>
    `Other cases ask you too: ${cases
      .map(({ caseNumber, severity, emergency, forMs }) =>
        [caseNumber, emergency === 'ACTIVE' ? 'E-Down' : `severity ${severity}`, `for ${duration(forMs)}`].join(', '),
      )
      .join('; ')}.`,
  FOR_INFORMATION: () => 'For your information. No reply needed.',
  STATE: ({ severity, level, emergency }) =>
    `${[`Severity ${severity} (${severities[severity]})`, levels[level], ...(emergency === 'NONE' ? [] : [emergencies[emergency]])].join(', ')}.`,
  OPEN_SINCE: ({ at }, { when }) => `Open since ${when(at)}.`,
  DOWN_SINCE: ({ at, affected, total }, { when }) =>
    `Down since ${when(at)}, ${affected ?? '?'} of ${total ?? '?'} users affected.`,
  CONTACT: ({ name, reach, number, email }) =>
    `Contact: ${[name, `${reach === 'PAGER' ? 'pager' : 'on site'}${number === null ? '' : ` ${number}`}`, ...(email === null ? [] : [email])].join(', ')}.`,
  HAPPENED: ({ at, what }, { clock }) => `${clock(at)} ${what}`,
  WAITS_FOR: ({ what, at }, { when }) => `Asked of the contact: ${withoutEnd(what)} (due ${when(at)}).`,
  NEXT_DUE: ({ at, what }, { when }) => `Next due ${when(at)}: ${what}.`,
  OWNERS: ({ engineer, manager, onCall }) =>
    `${[`Owner: ${engineer ?? 'support-desk'}`, ...(manager ? [`${manager.level}: ${manager.person}`] : []), ...(onCall === null ? [] : [`on call: ${onCall}`])].join(', ')}.`,
  HOW_TO_ANSWER: ({ command }) => `Acknowledge: ${command}`,
  CALL_HOTLINE: ({ hotline }) => `To answer or to ask, call ${hotline} and name the case.`,
  HAVE_IT: () => 'I have it',
  CANNOT: () => 'I cannot',
  ANSWER_BUTTON: () => 'Answer',
  ANSWER_HERE: () => 'To say that you have it, or that you cannot:',
  PRESS_KEYS: () => 'To take it, press 4. If you cannot, press 6. To hear it again, press star.',
  SPOKEN_INTRO: ({ name, severity, level, emergency }) =>
    `Support page for ${name}. ${emergency === 'ACTIVE' ? 'Enterprise Down' : `Severity ${severity}`}${level === 'NORMAL' ? '' : `, escalated to ${level}`}.`,
  ENDED_STATE: () => 'ENDED',
  ENDED_HEADLINE: ({ count }) => (count === 1 ? 'ended from outside' : `${count} open cases ended from outside`),
  ENDED_CASE: ({ caseNumber, severity, customer, title, how, at, by, reason }, { when }) =>
    `${caseNumber}${inBrackets([severity === 0 ? 'E-Down' : severity === null ? '' : `severity ${severity}`, customer, title])} was ended from outside (${endedHow[how]}) at ${when(at)}${by === null ? '' : ` by ${by}`}${reason === null ? '' : `: ${withoutEnd(reason)}`}.`,
  ENDED_CASES: ({ count, eDowns, named }) =>
    `${count} open cases were ended from outside${eDowns === 0 ? '' : `, ${eDowns} of them E-Down`}: ${named.join(', ')}${count > named.length ? ` and ${count - named.length} more` : ''}.`,
  ENDED_MEANS: ({ count }) =>
    count === 1
      ? 'Nobody works on it any more, and nobody is paged. If that was not meant, open it again, with its opening in a file:'
      : 'Nobody works on them any more, and nobody is paged. If that was not meant:',
  SETTLED: ({ outcome, by }) => {
    if (outcome === 'ANSWERED') return by === null ? 'Answered.' : `${by} has it.`;
    // Over, or asked of the next one since they said that they cannot.
    return outcome === 'OVERTAKEN' ? 'Somebody else has it.' : 'Nothing is asked of you here any more.';
  },
};

const inBrackets = (texts: readonly string[]): string => {
  const said = texts.filter(Boolean).join(', ');
  return said === '' ? '' : ` (${said})`;
};
