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

/** `2026-11-24 10:40 Germany Time`; of an hour that comes twice also which of the two: `… Germany Time (GMT+1)`. */
function makeReader(language: Language, zone: string): Reader {
  const locale = language === 'en' ? 'en-US' : language;
  const shown = partsIn(locale, zone, 'shortGeneric');
  const offset = partsIn(locale, zone, 'shortOffset');
  const clockAt = clockIn(zone);
  const nameAt = (at: number, name: string): string => {
    if (name === 'GMT+0') return 'UTC';
    const clock = clockAt(at);
    if (SHIFTS_MS.every((shift) => clockAt(at + shift) !== clock)) return name;
    const which = offset(at).timeZoneName ?? '';
    return language === 'en' ? `${name} (${which})` : `${name}（${which}）`;
  };
  return {
    when: (instant) => {
      const at = Date.parse(instant);
      const { year = '', month = '', day = '', hour = '', minute = '', timeZoneName = zone } = shown(at);
      const time = `${year}-${month}-${day} ${hour}:${minute}`;
      const name = nameAt(at, timeZoneName);
      if (language === 'en') return `${time} ${name}`;
      return /[\w]$/.test(name) ? `${name} ${time}` : `${name}${time}`;
    },
    clock: (instant) => clockAt(Date.parse(instant)),
  };
}

/** `10:40`. A formatter of its own: one that also says the zone's name takes ten times as long. */
function clockIn(zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at) => format.format(at);
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
