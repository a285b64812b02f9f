/** In which language and on which clock somebody reads a page; whatever stands in a directory or in what a customer sent. */
import { DateTime, IANAZone } from 'luxon';
import { readingOf } from '../../activities/templates/reading';
import fc from '../support/random';

const reading = (languages: readonly string[], timezone = 'UTC') => readingOf({ languages, timezone });
const MORNING = '2026-11-24T09:40:00.000Z';

test.each([
  [['zh'], 'zh-CN'],
  [['zh-CN'], 'zh-CN'],
  [['zh_CN'], 'zh-CN'],
  [['zh-Hans-SG'], 'zh-CN'],
  [['ZH'], 'zh-CN'],
  [['ko', 'zh', 'en'], 'zh-CN'],
  [['en', 'zh'], 'en'],
  [['en-GB', 'zh'], 'en'],
  [['zh-TW', 'en'], 'en'],
  [['zh-Hant', 'zh-Hans'], 'zh-CN'],
  [['ko', 'ja'], 'en'],
  [['Chinese, please'], 'en'],
  [[], 'en'],
])('%j reads %s', (languages, language) => expect(reading(languages).language).toBe(language));

test.each([
  ['Europe/Berlin', '2026-11-24 10:40 Germany Time', '德国时间2026-11-24 10:40'],
  ['Asia/Shanghai', '2026-11-24 17:40 China Time', '中国时间2026-11-24 17:40'],
  ['UTC', '2026-11-24 09:40 UTC', 'UTC 2026-11-24 09:40'],
  ['Etc/GMT+5', '2026-11-24 04:40 GMT-5', 'GMT-5 2026-11-24 04:40'],
])('a time in %s has the name of its zone', (zone, english, chinese) => {
  expect(reading(['en'], zone).reader.when(MORNING)).toBe(english);
  expect(reading(['zh'], zone).reader.when(MORNING)).toBe(chinese);
});

test('of an hour that comes twice it says which of the two', () => {
  const times = ['2026-10-25T00:40:00Z', '2026-10-25T01:40:00Z'].map(reading(['en'], 'Europe/Berlin').reader.when);
  expect(times).toEqual(['2026-10-25 02:40 Germany Time (GMT+2)', '2026-10-25 02:40 Germany Time (GMT+1)']);
  expect(reading(['zh'], 'Australia/Lord_Howe').reader.when('2026-04-04T15:10:00Z')).toMatch(
    /（GMT\+10:30）2026-04-05/,
  );
});

test('two instants of one zone never read the same, in any zone and either language', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const instant = fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom('en', 'zh'),
      instant,
      fc.constantFrom(30, 60, 120, 1440),
      (zone, language, date, minutes) => {
        const { when, clock } = reading([language], zone).reader;
        const at = date.toISOString();
        expect(when(at)).not.toBe(when(new Date(date.getTime() + minutes * 60_000).toISOString()));
        const shown = DateTime.fromISO(at, { zone });
        expect(clock(at)).toBe(shown.toFormat('HH:mm'));
        expect(when(at)).toContain(shown.toFormat('yyyy-MM-dd HH:mm'));
      },
    ),
    { numRuns: 300 },
  );
});

test("a contact reads their own clock, or else the customer's, or else UTC", () => {
  const zoneOf = (timezone: string, customers?: string): string =>
    readingOf({ languages: [], timezone }, customers).zone;
  expect(zoneOf('Asia/Tokyo', 'Europe/Berlin')).toBe('Asia/Tokyo');
  expect(zoneOf('', 'Europe/Berlin')).toBe('Europe/Berlin');
  expect(zoneOf('')).toBe('UTC');
});

test('what is no zone is read in UTC, and no language or zone keeps a page from going out', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), fc.string(), (languages, timezone, customers) => {
      const { zone, reader } = readingOf({ languages, timezone }, customers);
      expect(IANAZone.isValidZone(zone)).toBe(true);
      expect(reader.when(MORNING)).toMatch(/2026-11-2[345] \d\d:\d\d/);
    }),
  );
});
