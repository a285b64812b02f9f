/** What whoever looks at a case reads. Marked up for the Web UI, where `STATE` and what follows it are shown. */
import type { Catalogue } from '../catalogue';
import { attentions, categories, emergencies, levels, severities } from './labels';
import { list, lowerFirst, withoutEnd } from './prose';

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
  CASE: ({ customer, number, title, product }) =>
    [`**${customer}** (${number})`, title, ...(product === null ? [] : [product])].join(' · '),
  STATE: ({ severity, level, emergency, status }) =>
    [
      severity === 0 ? '**E-Down**' : `**Severity ${severity}** (${severities[severity]})`,
      ...(level === 'NORMAL' ? [] : [`**${levels[level]}**`]),
      ...(emergency === 'NONE' ? [] : [emergencies[emergency]]),
      status === 'OPEN' ? 'open' : '**closed**',
    ].join(' · '),
  GREEN: () => 'green',
  NEEDS_A_LOOK: ({ attention }) => `needs a look: **${list(attention.map((code) => attentions[code]))}**`,
  DOWN_SINCE: ({ at, category, affected, total }, { when }) =>
    [
      `**Down since ${when(at)}**`,
      ...(category === null ? [] : [`: ${withoutEnd(lowerFirst(categories[category]))}`]),
      ...(total === null ? [] : [`; ${affected ?? '?'} of ${total} users`]),
      '.',
    ].join(''),
  CONTACT: ({ name, reach, number, email }) =>
    `Contact: ${list([`**${name}**`, `${reach === 'PAGER' ? 'pager' : 'on site'}${number === null ? '' : ` ${number}`}`, ...(email === null ? [] : [email])])}.`,
  NO_CONTACT: () => 'Contact: none on file.',
  ALERTS: ({ person, isTaken, at }, { when }) =>
    `Alerts: ${person === null ? 'nobody has them' : isTaken ? `**${person}** has them` : `**${person}** is asked to take them`}, next at ${when(at)}.`,
  HOTLINE: ({ hotline }) => `Hotline: ${hotline}.`,
  PROMISED: ({ what, at }, { when }) => `promised: ${what} by ${when(at)}`,
  OVERDUE: ({ what, at }, { when }) => `**overdue**: ${what}, promised by ${when(at)}`,
  CALL_BACK: ({ person }) => `call **${person}** back: they ask for E-Down attention`,
  ASKED_FOR: ({ person, what, at, answer }, { when }) =>
    `**${person}** is asked: ${list(what)}${at === null ? '' : `; answer due ${when(at)}`}. Send an Update: ${answer}`,
  HAS: ({ person, what }) => `**${person}** has it: ${list(what)}`,
  RESTS: ({ at, what }, { when }) => `nobody is asked until ${when(at)}: ${what}`,
  ON_ITS_WAY: ({ what }) => `a page is on its way: ${what}`,
  MORE: ({ count }) => `and ${count} more: see getCase under Queries`,
  LAST_EVENTS: () => 'What happened, the newest first:',
  PAGE_EVENTS: ({ count }) => `and ${count} page event${count === 1 ? '' : 's'}: see getTimeline under Queries`,
  GOES_ON: ({ caseNumber, seq }) =>
    `**An earlier part of ${caseNumber}**, up to event ${seq}. The case goes on in its latest run: open ${caseNumber} without a run id.`,
  EARLIER: ({ caseNumber, runId }) =>
    `Goes on from run \`${runId}\`. All events: \`tocsin case timeline ${caseNumber}\``,
};
