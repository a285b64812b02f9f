/**
 * `tocsin texts check`: every purpose to every audience in every language, with sample facts, in every form: what is too long, what
 * is missing, which name in a layout nothing stands behind.
 */
import type { Fact } from '../../workflows/core/language/events';
import type { PageOrder } from '../../workflows/core/language/page';
import { AUDIENCES, PURPOSES, type Audience, type Purpose } from '../../workflows/core/language/vocabulary';
import { keyOf, NEED_KINDS, rowOf, type NeedRef } from '../../workflows/core/paging/needs';
import type { OutgoingPage } from '../channels/channel';
import { twimlOf } from '../channels/voice/twiml';
import { spokenOf } from '../channels/voice/voice';
import type { Chosen } from '../choose';
import type { Said } from '../../workflows/core/language/shape';
import type { WordFacts } from '../../workflows/core/language/words';
import { messageOf } from '../templates/page-text';
import { readingOf, type Language } from '../templates/reading';
import { pageOfWord } from '../templates/word-text';
import { MOST_SEGMENTS, segmentsOf, SUBJECT_LENGTH, type Texts } from './texts';

export interface TextFinding {
  readonly purpose: string;
  readonly audience: Audience;
  readonly language: string;
  readonly form: 'subject' | 'short' | 'long' | 'html' | 'spoken';
  readonly problem: string;
}

export interface TextsChecked {
  readonly rendered: number;
  readonly findings: readonly TextFinding[];
  /** Of the SMS: how many have how many parts. */
  readonly segments: Readonly<Record<string, number>>;
}

const NOW = '2026-11-24T03:07:00.000Z';
const PUBLIC_URL = 'https://desk.example.com';
/** As long as a link of ours may be behind the public URL (60 characters). */
const LINK = `${PUBLIC_URL}/p/${'k'.repeat(57)}`;

export function checkTexts(texts: Texts, languages: readonly Language[]): TextsChecked {
  const findings: TextFinding[] = [];
  const segments: Record<string, number> = {};
  let rendered = 0;
  for (const language of languages)
    for (const page of [...samplePages(language), ...samplesOfNoCase(language)]) {
      const { purpose, audience } = page;
      const report = (form: TextFinding['form'], problem: string): void =>
        void findings.push({ purpose, audience: audience as Audience, language, form, problem });
      const forms = {
        subject: texts.subject(page),
        short: texts.short(page),
        long: texts.long(page),
        html: texts.html(page),
        spoken: twimlOf(spokenOf(page, texts, PUBLIC_URL)),
      };
      rendered += Object.keys(forms).length;
      const parts = segmentsOf(forms.short);
      segments[parts] = (segments[parts] ?? 0) + 1;
      if (parts > MOST_SEGMENTS) report('short', `${parts} parts; ${MOST_SEGMENTS} at most`);
      if (forms.subject.length >= SUBJECT_LENGTH) report('subject', 'is cut');
      if (page.ackUrl !== undefined)
        for (const form of ['short', 'long', 'html'] as const)
          if (!forms[form].includes(LINK)) report(form, 'has no link to answer by');
      // Of no case: whoever it is from stands in its place.
      const names = page.caseNumber === '' ? page.parts.customer : page.caseNumber;
      for (const form of ['subject', 'short', 'long', 'html'] as const) {
        if (!forms[form].includes(names)) report(form, 'does not name the case');
        if (/undefined|\[object|NaN/.test(forms[form])) report(form, 'says something that is no text');
      }
    }
  return { rendered, findings, segments };
}

const samplePages = (language: Language): OutgoingPage[] =>
  PURPOSES.flatMap((purpose) => AUDIENCES.map((audience) => samplePage(purpose, audience, language)));

/** Word that is of no case, with the most that it says. */
function samplesOfNoCase(language: Language): OutgoingPage[] {
  const later = '2026-11-30T09:00:00.000Z';
  const words = [
    { key: 'ROTA_CHANGED', moved: [{ team: 'emea-support', before: NOW, after: later }] },
    { key: 'ROTA_CHANGED', moved: [{ team: 'emea-support', before: NOW, after: null }] },
    { key: 'TURN_BEGINS', team: 'emea-support', at: later },
    { key: 'CALENDAR_STALE', team: 'emea-support', readAt: NOW },
    { key: 'CALENDAR_STALE', team: 'emea-support', readAt: null },
    { key: 'TEST', name: 'Lee Min', channel: 'google-chat#2' },
  ] as const satisfies readonly Said<WordFacts>[];
  const reading = readingOf({ languages: [language], timezone: 'Europe/Berlin' });
  const pageId = `rota-emea-support-${NOW}`;
  const candidate = { person: { id: 'lee', name: 'Lee Min' }, route: 'ON_CALL' } as const;
  return words.map((said) =>
    pageOfWord(candidate, reading, 'sample', { pageId, audience: 'ON_CALL', said }, Date.parse(NOW)),
  );
}

const FACT: Fact = {
  seq: 7,
  type: 'SeverityChanged',
  at: NOW,
  by: 'maria',
  data: { before: 2, severity: 1, setBy: 'maria' },
};

/** What is asked by such a purpose, where something is. */
function askedBy(purpose: Purpose): PageOrder['asks'] {
  const kind = NEED_KINDS.find((known) => rowOf(known).purpose === purpose);
  if (kind === undefined) return [];
  const ref = { kind, subject: 'C1234567-A1' } as NeedRef;
  return [{ key: keyOf(ref), kind, purpose, fact: FACT, openedAt: NOW, answerBy: '2026-11-24T03:37:00.000Z' }];
}

function samplePage(purpose: Purpose, audience: Audience, language: Language): OutgoingPage {
  const asks = askedBy(purpose);
  const order = {
    caseNumber: 'C1234567',
    pageId: 'C1234567-3',
    attempt: 1,
    purpose,
    wanted: { audience, excluding: [] },
    engineer: 'lee',
    asks,
    facts: {
      customer: 'Acme Motors of Westphalia',
      title: 'Vault does not answer: nobody can check drawings in or out',
      severity: 0,
      level: 'M1',
      emergency: 'ACTIVE',
      openedAt: NOW,
      downSince: NOW,
      affectedUsers: 380,
      totalUsers: 400,
      contact: { name: 'pat', reach: 'PAGER', number: '+1 555 0199', email: 'pat@acme.example' },
      hotline: '+1 555 0100',
      owners: { engineer: 'lee', manager: { level: 'M1', person: 'ana' }, onCall: 'kim' },
      recent: [FACT],
    },
  } as unknown as PageOrder;
  const chosen = {
    candidate: { person: { id: 'lee', name: 'Lee Min' }, route: audience === 'CONTACT' ? 'CONTACT' : 'DIRECT' },
    pageId: order.pageId,
    attempt: 1,
    asks,
    tells: asks.length > 0 ? [] : [{ purpose, fact: FACT }],
    found: { passedOver: [] },
  } as unknown as Chosen;
  const now = Date.parse(NOW);
  return {
    key: 'C1234567-3/1/lee/sample',
    person: 'lee',
    name: 'Lee Min',
    language,
    orderedAt: now,
    ...messageOf(order, chosen, {
      now,
      ...readingOf({ languages: [language], timezone: 'UTC' }),
      ...(asks.length > 0 && { ackUrl: LINK }),
    }),
    pageId: order.pageId,
    attempt: 1,
    audience,
    urgent: true,
    caseNumber: order.caseNumber,
    severity: 0,
    level: 'M1',
    emergency: 'ACTIVE',
    ...(asks.length > 0 && { ackUrl: LINK }),
  };
}
