/** From a requested page to the order for its activity: what is known when it goes out. */
import { nextDue } from './agenda';
import { contactFor } from './contacts';
import { describe } from './describe';
import type { EventOf } from './events';
import type { PageOrder } from './pages';
import type { CaseState } from './state';
import { iso, when } from './time';
import { ownerLine } from './queries';

/** How many lines of what has happened a page carries at most: it is read on a phone, at night. */
const LINES = 8;

export function orderFor(state: CaseState, { seq, data }: EventOf<'PageRequested'>): PageOrder {
  const { pageId, attempt, audience, purpose, urgent, person, prefer, excluding, unless, skipChannels, what } = data;
  const { policy } = state;
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
    skipChannels,
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
      lines: [...(purpose === 'E_DOWN_ALERT' ? sinceLastAlert(state, seq) : []), ...dueLine(state), ownerLine(state)],
    },
  };
}

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
