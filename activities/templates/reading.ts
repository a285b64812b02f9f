/**
 * How somebody reads a page: in the first of their languages that there are words for, with times on their own clock. The
 * workflow has no time zones, so this is done when a page goes out; nothing here may keep one from going out.
 */
import type { Reader } from '../../workflows/core/words/catalogue';
import { en } from '../../workflows/core/words/en';
import type { Words } from '../../workflows/core/words/spoken';
import { zh } from '../../workflows/core/words/zh';
import { zoneOr } from '../hours';

/** By the tag that HTML and voices know. */
const WORDS = { en, 'zh-CN': zh } as const satisfies Record<string, Words>;
export type Language = keyof typeof WORDS;
export const LANGUAGES = Object.keys(WORDS) as readonly Language[];

export const wordsOf = (language: Language): Words => WORDS[language];

export interface Reading {
  readonly language: Language;
  readonly words: Words;
  readonly zone: string;
  readonly reader: Reader;
}

interface ReaderOfPages {
  readonly languages: readonly string[];
  /** Empty where nobody knows it. */
  readonly timezone: string;
}

/** `customersZone` is for a contact who has none of their own. */
export function readingOf({ languages, timezone }: ReaderOfPages, customersZone = 'UTC'): Reading {
  const language = languages.map(spokenHere).find((known) => known !== undefined) ?? 'en';
  const zone = zoneOr(timezone || customersZone);
  return { language, words: WORDS[language], zone, reader: readerIn(language, zone) };
}

/** `zh-SG` and `zh_CN` are read in Simplified Chinese; who reads Traditional may prefer their next language. */
function spokenHere(tag: string): Language | undefined {
  try {
    const { language, script } = new Intl.Locale(tag.replaceAll('_', '-')).maximize();
    if (language === 'en') return 'en';
    return language === 'zh' && script === 'Hans' ? 'zh-CN' : undefined;
  } catch {
    // Not a tag: nothing that there are words for.
    return undefined;
  }
}

/** Making one takes longer than a page has; there are as many as zones in the directory. */
const readers = new Map<string, Reader>();
const KEPT_READERS = 1_000;

function readerIn(language: Language, zone: string): Reader {
  const key = `${language} ${zone}`;
  const known = readers.get(key);
  if (known) return known;
  if (readers.size >= KEPT_READERS) readers.clear();
  const reader = makeReader(language, zone);
  readers.set(key, reader);
  return reader;
}

/** How far apart an hour's two comings are: half an hour on Lord Howe Island. */
const SHIFTS_MS = [-3_600_000, -1_800_000, 1_800_000, 3_600_000];

/** `2026-11-24 10:40 Germany Time`; of an hour that comes twice also which of the two: `… Germany Time (GMT+1)`. */
function makeReader(language: Language, zone: string): Reader {
  const locale = language === 'en' ? 'en-US' : language;
  const shown = partsIn(locale, zone, 'shortGeneric');
  const offset = partsIn(locale, zone, 'shortOffset');
  const clockAt = (at: number): string => {
    const { hour = '', minute = '' } = shown(at);
    return `${hour}:${minute}`;
  };
  const nameAt = (at: number): string => {
    const { timeZoneName: name = zone } = shown(at);
    if (name === 'GMT+0') return 'UTC';
    if (SHIFTS_MS.every((shift) => clockAt(at + shift) !== clockAt(at))) return name;
    const which = offset(at).timeZoneName ?? '';
    return language === 'en' ? `${name} (${which})` : `${name}（${which}）`;
  };
  return {
    when: (instant) => {
      const at = Date.parse(instant);
      const { year = '', month = '', day = '' } = shown(at);
      const time = `${year}-${month}-${day} ${clockAt(at)}`;
      const name = nameAt(at);
      if (language === 'en') return `${time} ${name}`;
      return /[\w]$/.test(name) ? `${name} ${time}` : `${name}${time}`;
    },
    clock: (instant) => clockAt(Date.parse(instant)),
  };
}

type Parts = Readonly<Partial<Record<Intl.DateTimeFormatPartTypes, string>>>;

function partsIn(locale: string, zone: string, timeZoneName: 'shortGeneric' | 'shortOffset'): (at: number) => Parts {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName,
  });
  return (at) => Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}
