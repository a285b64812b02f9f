/** A page that is of no case, as channels take it: a test, or word of the rota. It asks for nothing. */
import type { OutgoingPage } from '../channels/channel';
import { oneLine } from './one-line';
import type { Reading } from './reading';

export interface NoCase extends Pick<OutgoingPage, 'pageId' | 'audience' | 'purpose' | 'urgent' | 'orderedAt'> {
  readonly person: { readonly id: string; readonly name: string };
  /** By its name in keys. */
  readonly channel: string;
  readonly language: Reading['language'];
  /** First in a title. */
  readonly state: string;
  readonly headline: string;
  readonly subject?: string;
  readonly lines: readonly string[];
  /** The case that it is about, where there was one. */
  readonly caseNumber?: string;
}

/** What everybody calls us who is no customer. */
const FROM = 'Tocsin';
const SUBJECT_LENGTH = 120;

export function pageOfNoCase(of: NoCase): OutgoingPage {
  const {
    person,
    channel,
    language,
    state,
    headline,
    caseNumber = '',
    pageId,
    orderedAt,
    audience,
    purpose,
    urgent,
  } = of;
  const lines = of.lines.map(oneLine).filter((line) => line !== '');
  return {
    key: `${pageId}/1/${person.id}/${channel}`,
    person: person.id,
    name: person.name,
    language,
    orderedAt,
    title: oneLine(`[${state}] ${caseNumber === '' ? FROM : caseNumber}: ${headline}`),
    text: lines.join('\n'),
    parts: {
      state,
      customer: FROM,
      headline,
      // A layout ends the sentence itself.
      subject: oneLine(of.subject ?? '')
        .replace(/[.。]$/, '')
        .slice(0, SUBJECT_LENGTH),
      hotline: '',
      lines,
    },
    asks: [],
    pageId,
    attempt: 1,
    audience,
    purpose,
    urgent,
    caseNumber,
    severity: 3,
    level: 'NORMAL',
    emergency: 'NONE',
  };
}
