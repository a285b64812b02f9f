/** From a requested page to the order for its activity: what is known when it goes out. */
import { nextDue } from './agenda';
import { contactFor } from './contacts';
import { describe, lower } from './describe';
import type { EventOf } from './events';
import type { Contact } from './inputs';
import { ladderOfPage, pageOf } from './ladder';
import type { PageOrder } from './pages';
import type { CaseState, Page } from './state';
import { iso, when } from './time';
import { ownerLine } from './queries';

/** How many lines of what has happened a page carries at most: it is read on a phone, at night. */
const LINES = 8;

export function orderFor(state: CaseState, { seq, data }: EventOf<'PageRequested'>): PageOrder {
  const { pageId, attempt, audience, purpose, urgent, person, prefer, excluding, unless, used, what } = data;
  const { policy } = state;
  const page = pageOf(state, pageId);
  const contact = audience === 'CONTACT' ? contactFor(state.contacts, person, excluding) : undefined;
  return {
    caseNumber: state.caseNumber,
    pageId,
    attempt,
    audience,
    purpose,
    urgent,
    engineer: state.engineer,
    ...(person !== undefined && audience !== 'CONTACT' && { person }),
    ...(prefer !== undefined && { prefer }),
    excluding,
    ...(unless && { unless }),
    used,
    ...(contact && { contact }),
    channels: urgent ? policy.channels.urgent : policy.channels.normal,
    retryForMs: policy.escalation.retryForMs,
    facts: {
      customer: state.customer.name,
      title: state.title,
      severity: state.severity,
      level: state.level,
      emergency: state.emergency,
      what,
      lines: audience === 'CONTACT' ? [howToAnswer(state)] : [...circumstances(state), ...(purpose === 'E_DOWN_ALERT' ? sinceLastAlert(state, seq) : []), ...dueLine(state), ownerLine(state), ...answerLine(state, page)],
    },
    isAsked: page !== undefined && page.ladder !== null,
  };
}

function answerLine(state: CaseState, page: Page | undefined): string[] {
  const dueAt = page && (ladderOfPage(state, page)?.answerDueAt ?? null);
  return dueAt == null ? [] : [`Answer by ${when(iso(dueAt))}, or the next one is asked.`];
}

/** The customer's side: who is paged within, and who has not answered, is none of their business. */
const howToAnswer = ({ policy }: CaseState): string => `To answer or to ask, call ${policy.hotline} and name the case.`;

/** Since when, how many, and whom to call: what nobody should have to look up at night. */
function circumstances({ episode, openedAt, contacts: [contact] }: CaseState): string[] {
  const { affectedUsers = '?', totalUsers = '?' } = episode?.answers ?? {};
  return [
    episode ? `Down since ${when(iso(episode.downSince))}, ${affectedUsers} of ${totalUsers} users affected.` : `Open since ${when(iso(openedAt))}.`,
    ...(contact ? [`Contact: ${[contact.name, ...reachOf(contact)].join(', ')}.`] : []),
  ];
}

const reachOf = ({ reach, number, email }: Contact): string[] => {
  const how = lower(reach);
  return [number === undefined ? how : `${how} ${number}`, ...(email === undefined ? [] : [email])];
};

/** What has happened since the alert before this one; what only moves pages about is left out. */
function sinceLastAlert({ tail, episode }: CaseState, upTo: number): string[] {
  const from = episode?.sinceAlert ?? 0;
  const told = tail.filter(({ seq, type }) => seq > from && seq < upTo && !QUIET.test(type));
  return told.slice(-LINES).map((event) => `${event.at.slice(11, 16)} ${describe(event)}`);
}

const QUIET = /^(Page|Ladder|AcknowledgementKept|EmergencyAlerted|EmergencyStarted|ContactSeen|CommandRejected)/;

function dueLine(state: CaseState): string[] {
  const due = nextDue(state);
  return due ? [`Next due ${when(iso(due.at))}: ${due.what}.`] : [];
}
