/** A page in the form that a channel needs: subject, short, long, HTML, spoken. The sentences are the catalogue's. */
import { SegmentedMessage } from 'sms-segments-calculator';
import type { PageFacts } from '../../workflows/core/language/words';
import type { Said } from '../../workflows/core/language/shape';
import type { OutgoingPage, SettledPage } from '../channels/channel';
import { oneLine } from '../templates/one-line';
import { wordsOf } from '../templates/reading';
import { Layouts, type Form } from './layouts';

export const SUBJECT_LENGTH = 160;
/** Two parts are still read at a glance, and cost what two messages cost. */
export const MOST_SEGMENTS = 2;
const LABELS = {
  HAVE_IT: { key: 'HAVE_IT' },
  CANNOT: { key: 'CANNOT' },
  PRESS_KEYS: { key: 'PRESS_KEYS' },
} as const satisfies Record<string, Said<PageFacts>>;

/** How much of what the customer wrote stays, step by step, until a message is short enough. */
const CUTS = [
  { subject: 80, customer: 40, isFull: true },
  { subject: 40, customer: 30, isFull: true },
  { subject: 20, customer: 20, isFull: true },
  { subject: 0, customer: 20, isFull: true },
  { subject: 20, customer: 20, isFull: false },
  { subject: 0, customer: 20, isFull: false },
  { subject: 0, customer: 10, isFull: false },
  { subject: 0, customer: 0, isFull: false },
] as const;

export class Texts {
  constructor(private readonly layouts: Layouts = new Layouts()) {}

  subject(page: OutgoingPage): string {
    return cut(oneLine(this.render('subject', page)), SUBJECT_LENGTH);
  }

  /** For SMS: in the letters of GSM as far as they go, what the customer wrote cut first. */
  short(page: OutgoingPage, { withLink = true }: { readonly withLink?: boolean } = {}): string {
    let text = '';
    for (const { subject, customer, isFull } of CUTS) {
      const { answerBy, ...parts } = page.parts;
      const shorter: OutgoingPage = {
        ...page,
        parts: {
          ...parts,
          subject: cut(parts.subject, subject),
          customer: cut(parts.customer, customer),
          ...(isFull && answerBy !== undefined && { answerBy }),
        },
      };
      const { ackUrl: _, ...withoutLink } = shorter;
      text = oneLine(inGsm(this.render('short', withLink ? shorter : withoutLink)));
      if (segmentsOf(text) <= MOST_SEGMENTS) return text;
    }
    return text;
  }

  long(page: OutgoingPage): string {
    return `${this.render('long', page).trim()}\n`;
  }

  html(page: OutgoingPage): string {
    return this.render('html', page);
  }

  spoken(page: OutgoingPage): string {
    return oneLine(this.render('spoken', page));
  }

  label(page: Pick<OutgoingPage, 'language'>, label: keyof typeof LABELS): string {
    return wordsOf(page.language).page(LABELS[label]);
  }

  /** What stands where the buttons were. */
  settled({ outcome, by, byName, language }: SettledPage): string {
    return oneLine(wordsOf(language).page({ key: 'SETTLED', outcome, by: byName ?? by ?? null }));
  }

  private render(form: Form, page: OutgoingPage): string {
    const { language, purpose, name, severity, level, emergency } = page;
    const words = wordsOf(language);
    const facts = {
      page: factsOf(page, language),
      words: {
        answer_here: words.page({ key: 'ANSWER_HERE' }),
        answer_button: words.page({ key: 'ANSWER_BUTTON' }),
        have_it: words.page(LABELS.HAVE_IT),
        cannot: words.page(LABELS.CANNOT),
        press_keys: words.page(LABELS.PRESS_KEYS),
        spoken_intro: words.page({
          key: 'SPOKEN_INTRO',
          name: oneLine(name),
          severity: severity as 0 | 1 | 2 | 3,
          level: level as 'NORMAL',
          emergency: emergency as 'NONE',
        }),
      },
    };
    return this.layouts.render(form, language, purpose, facts);
  }
}

/** Every name is there: Liquid is strict, and tells a name that is not known from one that is empty. */
function factsOf(
  { parts, caseNumber, title, name, urgent, purpose, audience, pageId, ackUrl }: OutgoingPage,
  language: string,
) {
  const { state, customer, headline, subject, hotline, answerBy, lines, command } = parts;
  return {
    case: caseNumber,
    state,
    customer,
    headline,
    subject,
    title,
    want: lines[0] ?? '',
    lines,
    answer_by: answerBy ?? null,
    link: ackUrl ?? null,
    command: command ?? null,
    hotline,
    name: oneLine(name),
    urgent,
    purpose,
    audience,
    page_id: pageId,
    language,
  };
}

export const segmentsOf = (text: string): number => new SegmentedMessage(text).segmentsCount;

/** Typographic marks that are no letters of GSM: one of them would halve what a message holds. */
const GSM: Readonly<Record<string, string>> = {
  '—': '-',
  '–': '-',
  '·': '-',
  '…': '...',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u200b': '',
};
const inGsm = (text: string): string => text.replace(/[—–·…’‘“”\u00a0\u202f\u200b]/g, (mark) => GSM[mark] ?? mark);

/** In whole characters. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  let short = '';
  for (const character of text) {
    if (short.length + character.length >= length) break;
    short += character;
  }
  return length === 0 ? '' : `${short}…`;
}
