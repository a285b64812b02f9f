/** What whoever looks at a case reads. Marked up for the Web UI, where `STATE` and what follows it are shown. */
import type { Catalogue } from '../catalogue';
import { emergencies, severities } from './labels';

export const views: Catalogue['views'] = {
  OWNS: ({ person }) => `${person} owns the case.`,
  NO_OWNER: () => 'Nobody is assigned; the support desk owns the case.',
  MANAGES: ({ person, level }) => `${person} manages it at ${level}.`,
  MANAGES_CASE: ({ person, level }) => `${person} manages the case at ${level}.`,
  AT_WORK: ({ person }) => `${person} is working on the emergency.`,
  ASKED_TO_WORK: ({ person }) => `${person} is asked to take the emergency.`,
  NOBODY_AT_WORK: () => 'Nobody has the emergency yet.',
  NEXT: ({ at, what }, { when }) => `Next, at ${when(at)}: ${what}.`,
  NOTHING_DUE: () => 'Nothing is due.',
  PAGED: ({ person, level }) =>
    `${person} has been paged${level === null ? '' : ` for ${level} and has not accepted yet`}.`,
  DIRECT_MANAGER: ({ person, engineer }) => `${person} is the direct manager of ${engineer ?? 'the engineer'}.`,
  ASK_FOR_MANAGER: () =>
    'Ask for the manager with requestManagerContact; the duty manager is paged when nobody else is there.',
  STATE: ({ severity, level, emergency, status }) =>
    [
      `**${severity === 0 ? 'E-Down' : `Severity ${severity}`}** (${severities[severity]})`,
      `level **${level}**`,
      ...(emergency === 'NONE' ? [] : [`**${emergencies[emergency]}**`]),
      `**${status}**`,
    ].join(' · '),
  GREEN: () => 'green',
  NEEDS_A_LOOK: ({ attention }) => `needs a look: **${attention.join(', ')}**`,
  PROMISED: ({ what, at }, { when }) => `promised: ${what} by ${when(at)}`,
  OVERDUE: ({ what, at }, { when }) => `**overdue**: ${what} by ${when(at)}`,
  CALL_BACK: ({ person }) => `call ${person} back: E-Down attention asked for`,
  ASKED_FOR: ({ person, what, at }, { when }) =>
    `asked: ${person} (${what}${at === null ? '' : `, answer due ${when(at)}`})`,
  HAS: ({ person, what }) => `${person} has it: ${what}`,
  RESTS: ({ at, what }, { when }) => `nobody is asked until ${when(at)}: ${what}`,
  ON_ITS_WAY: ({ what }) => `on its way: ${what}`,
  LAST_EVENTS: () => 'Last events, the newest first:',
  GOES_ON: ({ caseNumber, seq }) =>
    `**An earlier part of ${caseNumber}**, up to event ${seq}. The case goes on in its latest run: open ${caseNumber} without a run id.`,
  EARLIER: ({ caseNumber, runId }) =>
    `Goes on from run \`${runId}\`. All events: \`tocsin case timeline ${caseNumber}\``,
};
