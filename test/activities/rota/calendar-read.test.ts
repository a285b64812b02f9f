/** iCalendar as programs write it: when its events are, by our zones, whatever the zone of this process is. */
import { CalendarRefused, daysIn, readCalendar, shiftsIn } from '../../../activities/directory/ical/read';
import type { CalendarSource } from '../../../activities/directory/types';
import { someone } from '../../support/paging';

const NOW = Date.parse('2026-10-10T00:00:00Z');
const SOURCE: CalendarSource = {
  from: { file: 'rota.ics' },
  person: 'title',
  dayStarts: '00:00',
  refreshMs: 60_000,
  staleAfterMs: 60_000,
  names: { Raf: 'cruz' },
};
const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]): string =>
  ['BEGIN:VEVENT', 'UID:one', 'SUMMARY:lee', ...lines, 'END:VEVENT'].join('\r\n');
const moved = (...lines: string[]): string =>
  ['BEGIN:VEVENT', 'UID:one', 'SUMMARY:kim', ...lines, 'END:VEVENT'].join('\r\n');

const spans = (text: string, source: Partial<CalendarSource> = {}, timezone = 'Europe/Berlin'): string[] =>
  readCalendar(text, timezone, { ...SOURCE, ...source }, NOW).events.map(
    ({ from, to, names }) => `${short(from)} ${short(to)} ${names.join('+')}`,
  );
const short = (at: number): string => new Date(at).toISOString().slice(5, 16);

const BERLIN = 'TZID=Europe/Berlin';
const VTIMEZONE = (tzid: string): string =>
  [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    'BEGIN:STANDARD',
    'DTSTART:16010101T030000',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:16010101T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ].join('\r\n');
const WEEKLY = (tzid: string): string =>
  event(`DTSTART;TZID=${tzid}:20261019T090000`, `DTEND;TZID=${tzid}:20261019T170000`, 'RRULE:FREQ=WEEKLY;COUNT=2');
const PERIODS = 'RDATE;VALUE=PERIOD:20261020T090000Z/PT8H';
const OVER_THE_CHANGE = ['10-19T07:00 10-19T15:00 lee', '10-26T08:00 10-26T16:00 lee'];

test.each<[string, string, string[]]>([
  [
    'weekly over the change, with its zone',
    calendar(VTIMEZONE('Europe/Berlin'), WEEKLY('Europe/Berlin')),
    OVER_THE_CHANGE,
  ],
  ['without it', calendar(WEEKLY('Europe/Berlin')), OVER_THE_CHANGE],
  ['a name of Windows', calendar(WEEKLY('W. Europe Standard Time')), OVER_THE_CHANGE],
  ["a program's own prefix", calendar(WEEKLY('/freeassociation.sourceforge.net/Europe/Berlin')), OVER_THE_CHANGE],
  ['a zone of its own', calendar(VTIMEZONE('Customized Time Zone'), WEEKLY('Customized Time Zone')), OVER_THE_CHANGE],
  [
    'a night over the change ends by the wall clock',
    calendar(event(`DTSTART;${BERLIN}:20261024T180000`, `DTEND;${BERLIN}:20261025T080000`)),
    ['10-24T16:00 10-25T07:00 lee'],
  ],
  [
    'hours of a duration are hours, and its days are days',
    calendar(
      event(`DTSTART;${BERLIN}:20261024T180000`, 'DURATION:PT14H'),
      event(`DTSTART;${BERLIN}:20261024T180000`, 'DURATION:P1D').replace('UID:one', 'UID:two'),
    ),
    ['10-24T16:00 10-25T06:00 lee', '10-24T16:00 10-25T17:00 lee'],
  ],
  [
    'left out: by the wall clock, in UTC, as a day',
    calendar(
      event(
        `DTSTART;${BERLIN}:20261019T090000`,
        `DTEND;${BERLIN}:20261019T100000`,
        'RRULE:FREQ=DAILY;COUNT=5',
        `EXDATE;${BERLIN}:20261020T090000`,
        'EXDATE:20261021T070000Z',
        'EXDATE;VALUE=DATE:20261022',
      ),
    ),
    ['10-19T07:00 10-19T08:00 lee', '10-23T07:00 10-23T08:00 lee'],
  ],
  [
    'one is moved, listed first, its id in UTC',
    calendar(
      moved('RECURRENCE-ID:20261020T070000Z', `DTSTART;${BERLIN}:20261020T120000`, `DTEND;${BERLIN}:20261020T130000`),
      event(`DTSTART;${BERLIN}:20261019T090000`, `DTEND;${BERLIN}:20261019T100000`, 'RRULE:FREQ=DAILY;COUNT=2'),
    ),
    ['10-19T07:00 10-19T08:00 lee', '10-20T10:00 10-20T11:00 kim'],
  ],
  [
    'from one on all are another way',
    calendar(
      event(`DTSTART;${BERLIN}:20261023T090000`, `DTEND;${BERLIN}:20261023T100000`, 'RRULE:FREQ=DAILY;COUNT=4'),
      moved(
        `RECURRENCE-ID;RANGE=THISANDFUTURE;${BERLIN}:20261024T090000`,
        `DTSTART;${BERLIN}:20261024T110000`,
        `DTEND;${BERLIN}:20261024T120000`,
      ),
    ),
    [
      '10-23T07:00 10-23T08:00 lee',
      '10-24T09:00 10-24T10:00 kim',
      '10-25T10:00 10-25T11:00 kim',
      '10-26T10:00 10-26T11:00 kim',
    ],
  ],
  [
    'one is cancelled',
    calendar(
      event(`DTSTART;${BERLIN}:20261019T090000`, `DTEND;${BERLIN}:20261019T100000`, 'RRULE:FREQ=DAILY;COUNT=2'),
      moved(`RECURRENCE-ID;${BERLIN}:20261020T090000`, `DTSTART;${BERLIN}:20261020T090000`, 'STATUS:CANCELLED'),
    ),
    ['10-19T07:00 10-19T08:00 lee'],
  ],
  [
    'without a zone it is the one of the team',
    calendar(event('DTSTART:20261019T090000', 'DTEND:20261019T100000')),
    ['10-19T07:00 10-19T08:00 lee'],
  ],
  [
    'in the hour that comes twice, and in the one that is skipped',
    calendar(
      event(`DTSTART;${BERLIN}:20261025T023000`, `DTEND;${BERLIN}:20261025T040000`),
      event(`DTSTART;${BERLIN}:20270328T023000`, `DTEND;${BERLIN}:20270328T040000`).replace('UID:one', 'UID:two'),
    ),
    ['10-25T00:30 10-25T03:00 lee', '03-28T01:00 03-28T02:00 lee'],
  ],
  [
    'until a day: that day is in it; until an instant that is the last start',
    calendar(
      event(`DTSTART;${BERLIN}:20261019T090000`, `DTEND;${BERLIN}:20261019T100000`, 'RRULE:FREQ=DAILY;UNTIL=20261020'),
      event(
        `DTSTART;${BERLIN}:20261101T090000`,
        `DTEND;${BERLIN}:20261101T100000`,
        'RRULE:FREQ=DAILY;UNTIL=20261102T080000Z',
      ).replace('UID:one', 'UID:two'),
    ),
    [
      '10-19T07:00 10-19T08:00 lee',
      '10-20T07:00 10-20T08:00 lee',
      '11-01T08:00 11-01T09:00 lee',
      '11-02T08:00 11-02T09:00 lee',
    ],
  ],
  [
    'a date that is added comes besides the first one',
    calendar(
      event(`DTSTART;${BERLIN}:20261019T090000`, `DTEND;${BERLIN}:20261019T100000`, `RDATE;${BERLIN}:20261021T090000`),
    ),
    ['10-19T07:00 10-19T08:00 lee', '10-21T07:00 10-21T08:00 lee'],
  ],
  ['a mark at the beginning of the file', `\ufeff${calendar(WEEKLY('Europe/Berlin'))}`, OVER_THE_CHANGE],
])('%s', (_name, text, expected) => {
  expect(spans(text)).toEqual(expected);
});

test('whole days begin at dayStarts of the team', () => {
  const days = ['20261019', '20261026', '20261102'].map((day, index, all) =>
    all[index + 1] === undefined
      ? ''
      : event(`DTSTART;VALUE=DATE:${day}`, `DTEND;VALUE=DATE:${all[index + 1]}`).replace('UID:one', `UID:${day}`),
  );
  expect(spans(calendar(...days.filter(Boolean)), { dayStarts: '09:00' })).toEqual([
    '10-19T07:00 10-26T08:00 lee',
    '10-26T08:00 11-02T08:00 lee',
  ]);
});

test.each<[string, string]>([
  ['HTML', '<!doctype html><title>Sign in</title>'],
  ['nothing', ''],
  ['a file that is cut off', calendar(WEEKLY('Europe/Berlin')).slice(0, 200)],
  ['an unknown zone', calendar(WEEKLY('Mars/Base'))],
  ['an RDATE of periods', calendar(event('DTSTART:20261019T090000Z', 'DURATION:PT8H', PERIODS))],
  ['an EXRULE', calendar(WEEKLY('UTC').replace('SUMMARY', 'EXRULE:FREQ=WEEKLY;INTERVAL=2\r\nSUMMARY'))],
  ['every second for ever', calendar(event('DTSTART:20200101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'))],
])('%s is refused', (_name, text) => {
  expect(() => spans(text)).toThrow(CalendarRefused);
});

test.each([
  ['no start', []],
  ['month 99', ['DTSTART:20269999T090000Z', 'DURATION:PT8H']],
])('one broken event costs that event only: %s', (title, lines) => {
  const odd = ['BEGIN:VEVENT', 'UID:two', `SUMMARY:${title}`, ...lines, 'END:VEVENT'].join('\r\n');
  const { events, broken } = readCalendar(calendar(WEEKLY('Europe/Berlin'), odd), 'UTC', SOURCE, NOW);
  expect([events.length, broken]).toEqual([2, [title]]);
});

test.each([
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=HOURLY;BYDAY=MO;BYMONTHDAY=31;BYMONTH=2',
  'FREQ=MINUTELY;INTERVAL=15;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=YEARLY;BYMONTH=4;BYDAY=1MO;BYMONTHDAY=15',
  'FREQ=DAILY;INTERVAL=99999999999',
])('%s never comes: whoever reads it is not kept, and has what does come', (rule) => {
  // Given a calendar of a stranger, a rule in which no day fits
  const never = event('DTSTART:20261012T090000Z', 'DURATION:PT8H', `RRULE:${rule}`).replace('UID:one', 'UID:never');

  // When it is read, then that is over, with the other events
  expect(spans(calendar(never, WEEKLY('Europe/Berlin')))).toEqual(expect.arrayContaining(OVER_THE_CHANGE));
});

test('a zone of its own whose clocks change by the hour is refused: nobody could count its rules', () => {
  const odd = VTIMEZONE('Odd').replace('FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30');
  expect(() => spans(calendar(odd, WEEKLY('Odd')))).toThrow(CalendarRefused);
});

test('10,000 events are read in seconds', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => {
    const day = new Date(NOW + index * 3_600_000).toISOString().slice(0, 13).replaceAll('-', '');
    return ['BEGIN:VEVENT', `UID:${index}`, 'SUMMARY:lee', `DTSTART:${day}0000Z`, 'DURATION:PT1H', 'END:VEVENT'].join(
      '\r\n',
    );
  });
  const started = performance.now();
  expect(readCalendar(calendar(...many), 'UTC', SOURCE, NOW).events.length).toBeGreaterThan(9_000);
  expect(performance.now() - started).toBeLessThan(20_000);
});

describe('whose shift it is', () => {
  const people = [
    someone('lee', { email: 'Lee@example.com' }),
    someone('kim'),
    someone('cruz', { name: 'Rafael Cruz' }),
  ];
  const read = (text: string, source: Partial<CalendarSource> = {}) => {
    const rules = { ...SOURCE, ...source };
    const { shifts, unknown } = shiftsIn(readCalendar(text, 'UTC', rules, NOW).events, rules, people);
    return [
      shifts.map(({ people: ids, level }) => [level ?? '', ...ids].join(' ').trim()),
      unknown.map(({ title }) => title),
    ];
  };
  const at = ['DTSTART:20261019T090000Z', 'DTEND:20261019T100000Z'];
  const titled = (title: string, ...lines: string[]): string =>
    calendar(event(...at, ...lines).replace('SUMMARY:lee', `SUMMARY:${title}`));

  test.each<[string, string, Partial<CalendarSource>, string]>([
    ['by the name that the file gives', titled('Raf'), {}, 'cruz'],
    ['by id, whatever the capitals', titled('LEE'), {}, 'lee'],
    ['by name, with a level', titled('Rafael Cruz [L2]'), {}, '2 cruz'],
    ['by what a rule finds in the title', titled('On call: kim (backup)'), { person: '^On call: (\\w+)' }, 'kim'],
    [
      'by those who are invited and have not declined, in order',
      titled(
        'rota',
        'ATTENDEE;PARTSTAT=DECLINED;CN="Kim, Jiho":mailto:kim@example.com',
        'ATTENDEE;CN="Lee":MAILTO:lee@exam\r\n ple.com',
        'ATTENDEE:mailto:cruz',
      ),
      { person: 'attendee' },
      'lee cruz',
    ],
  ])('%s', (_name, text, source, expected) => {
    expect(read(text, source)).toEqual([[expected], []]);
  });

  test('a name that nobody knows is told, and names nobody', () => {
    expect(read(titled('Somebody'))).toEqual([[''], ['Somebody']]);
  });
});

test('a calendar of holidays is the days that it takes as a whole', () => {
  expect(daysIn(calendar(event('DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261227')), NOW)).toEqual([
    '2026-12-25',
    '2026-12-26',
  ]);
});
