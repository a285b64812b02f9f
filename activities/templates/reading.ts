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

/** Making one takes longer than a page has; there are as many as zones and lists of languages in the directory. */
const readings = new Map<string, Reading>();
const KEPT_READINGS = 1_000;

/** `customersZone` is for a contact who has none of their own. */
export function readingOf({ languages, timezone }: ReaderOfPages, customersZone = 'UTC'): Reading {
  const zone = timezone || customersZone;
  const key = JSON.stringify([zone, languages]);
  const known = readings.get(key);
  if (known) return known;
  if (readings.size >= KEPT_READINGS) readings.clear();
  const reading = makeReading(languages, zoneOr(zone));
  readings.set(key, reading);
  return reading;
}

function makeReading(languages: readonly string[], zone: string): Reading {
  const language = languages.map(spokenHere).find((known) => known !== undefined) ?? 'en';
  return { language, words: WORDS[language], zone, reader: makeReader(language, zone) };
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

/** How far apart an hour's two comings are: half an hour on Lord Howe Island. */
const SHIFTS_MS = [-3_600_000, -1_800_000, 1_800_000, 3_600_000];

/** Clocks change on quarters of an hour, so a zone's name holds for one; a page names it some five times, and each takes long. */
const NAME_HOLDS_MS = 900_000;
const KEPT = 100;

/** `2026-11-24 10:40 Germany Time`; of an hour that comes twice also which of the two: `… Germany Time (GMT+1)`. */
function makeReader(language: Language, zone: string): Reader {
  const locale = language === 'en' ? 'en-US' : language;
  const generic = nameIn(locale, zone, 'shortGeneric');
  const offset = nameIn(locale, zone, 'shortOffset');
  const dayAt = formatIn(zone, { ...DAY, ...CLOCK });
  const clockAt = formatIn(zone, CLOCK);
  const makeName = (at: number): string => {
    const name = generic(at);
    if (name === 'GMT+0') return 'UTC';
    const clock = clockAt(at);
    if (SHIFTS_MS.every((shift) => clockAt(at + shift) !== clock)) return name;
    return language === 'en' ? `${name} (${offset(at)})` : `${name}（${offset(at)}）`;
  };
  const nameOfQuarter = kept(makeName);
  const when = (instant: string): string => {
    const at = Date.parse(instant);
    const time = dayAt(at);
    const name = nameOfQuarter(Math.floor(at / NAME_HOLDS_MS) * NAME_HOLDS_MS);
    if (language === 'en') return `${time} ${name}`;
    return /[\w]$/.test(name) ? `${name} ${time}` : `${name}${time}`;
  };
  return {
    // A page says until when it is answered in several places.
    when: kept(when),
    clock: (instant) => clockAt(Date.parse(instant)),
  };
}

function kept<T>(make: (of: T) => string): (of: T) => string {
  const made = new Map<T, string>();
  return (of) => {
    const known = made.get(of);
    if (known !== undefined) return known;
    if (made.size >= KEPT) made.clear();
    const anew = make(of);
    made.set(of, anew);
    return anew;
  };
}

const DAY = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** `2026-11-24 10:40`, `10:40`: Sweden writes them as ISO 8601 does. A formatter that also says the zone's name takes ten times as long. */
function formatIn(timeZone: string, fields: Intl.DateTimeFormatOptions): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, ...fields });
  return (at) => format.format(at);
}

function nameIn(
  locale: string,
  timeZone: string,
  timeZoneName: 'shortGeneric' | 'shortOffset',
): (at: number) => string {
  const format = new Intl.DateTimeFormat(locale, { timeZone, ...CLOCK, timeZoneName });
  return (at) => format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
