/** What calendars mean, where they can be misread, and which are refused. */
import { moved } from '../support/moving-in/moved';

const calendar = (...lines: string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'X-WR-CALNAME:Core',
    'X-WR-TIMEZONE:Europe/Berlin',
    ...lines,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const event = (uid: string, ...lines: string[]): string[] => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  'DTSTAMP:20261101T000000Z',
  ...lines,
  'END:VEVENT',
];

it('reads all-day shifts, the end excluded, though they are shown as free', () => {
  const { ladder } = moved('ical', [
    calendar(
      ...event(
        '1',
        'DTSTART;VALUE=DATE:20261201',
        'DTEND;VALUE=DATE:20261203',
        'SUMMARY:[L1] Ana Ruiz',
        'TRANSP:TRANSPARENT',
      ),
    ),
  ]);
  expect(ladder('core', '2026-11-30T22:59:59Z')).toEqual([]);
  expect(ladder('core', '2026-11-30T23:00:00Z')).toEqual(['ana-ruiz']);
  expect(ladder('core', '2026-12-02T22:59:59Z')).toEqual(['ana-ruiz']);
  expect(ladder('core', '2026-12-02T23:00:00Z')).toEqual([]);
});

it('has nobody on call in an event that names nobody, and says so', () => {
  const { ladder, report, compared } = moved('ical', [
    calendar(
      ...event('1', 'DTSTART:20261201T080000Z', 'DTEND:20261201T160000Z', 'SUMMARY:ana'),
      ...event('2', 'DTSTART:20261201T160000Z', 'DTEND:20261202T000000Z'),
    ),
  ]);
  expect(ladder('core', '2026-12-01T15:59:59Z')).toEqual(['ana']);
  expect(ladder('core', '2026-12-01T16:00:00Z')).toEqual([]);
  expect(report.filter(({ what }) => what === 'event')).toMatchObject([
    { id: '2026-12-01T16:00:00.000Z', outcome: 'LEFT_OUT' },
  ]);
  // Nobody there and nobody here is no difference.
  expect(compared().differences).toEqual([]);
});

it('takes a name for one person, however it is written, in whichever feed', () => {
  const shift = (name: string, day: number): string =>
    calendar(...event('1', `DTSTART:2026120${day}T080000Z`, `DTEND:2026120${day}T160000Z`, `SUMMARY:${name}`));
  const { yaml } = moved('ical', [shift('Ana Ruiz', 1), shift('ana ruiz', 2)]);
  expect(yaml.people.map(({ id }) => id)).toEqual(['ana-ruiz', 'name-the-duty-manager']);
});

it('names an event that has no end: it puts nobody on call', () => {
  const { report } = moved('ical', [
    calendar(
      ...event('1', 'DTSTART:20261201T080000Z', 'DTEND:20261201T160000Z', 'SUMMARY:ana'),
      ...event('2', 'DTSTART:20261203T080000Z', 'SUMMARY:ben'),
    ),
  ]);
  expect(report.filter(({ what }) => what === 'event')).toMatchObject([{ id: 'ben', outcome: 'LEFT_OUT' }]);
});

it('repeats on the clock of the zone, with what was moved and what was cancelled', () => {
  const { ladder, compared } = moved('ical', [
    calendar(
      ...event(
        '1',
        'DTSTART;TZID=W. Europe Standard Time:20261130T090000',
        'DTEND;TZID=W. Europe Standard Time:20261130T170000',
        'RRULE:FREQ=WEEKLY',
        'EXDATE;TZID=Europe/Berlin:20261207T090000',
        'SUMMARY:ana',
      ),
      ...event(
        '1',
        'RECURRENCE-ID;TZID=Europe/Berlin:20261214T090000',
        'DTSTART;TZID=Europe/Berlin:20261215T090000',
        'DTEND;TZID=Europe/Berlin:20261215T170000',
        'SUMMARY:ben',
      ),
      ...event(
        '1',
        'RECURRENCE-ID;TZID=Europe/Berlin:20261221T090000',
        'DTSTART;TZID=Europe/Berlin:20261221T090000',
        'DTEND;TZID=Europe/Berlin:20261221T170000',
        'SUMMARY:ana',
        'STATUS:CANCELLED',
      ),
    ),
  ]);
  expect(ladder('core', '2026-11-30T08:00:00Z')[0]).toBe('ana');
  expect(ladder('core', '2026-12-07T08:00:00Z')).toEqual([]);
  expect(ladder('core', '2026-12-14T08:00:00Z')).toEqual([]);
  expect(ladder('core', '2026-12-15T08:00:00Z')[0]).toBe('ben');
  expect(ladder('core', '2026-12-21T08:00:00Z')).toEqual([]);
  expect(ladder('core', '2027-03-29T07:00:00Z')[0]).toBe('ana');
  expect(ladder('core', '2027-03-29T06:59:59Z')).toEqual([]);
  expect(compared().differences).toEqual([]);
});

it('takes attendees who have not declined, by their e-mail', () => {
  const { directory, ladder } = moved('ical', [
    calendar(
      ...event(
        '1',
        'DTSTART:20261201T000000Z',
        'DTEND:20261202T000000Z',
        'SUMMARY:On call',
        'ATTENDEE;PARTSTAT=DECLINED:mailto:ana@acme.example',
        'ATTENDEE;CN="Okafor, Ben":MAILTO:Ben@acme.example',
      ),
    ),
  ]);
  expect(ladder('core', '2026-12-01T12:00:00Z')).toEqual(['ben']);
  expect(directory.people[0]).toMatchObject({ id: 'ben', name: 'Okafor, Ben' });
});

it.each([
  ['a page instead of a calendar', '<!DOCTYPE html><html></html>', 'no whole calendar'],
  ['one that is cut off', calendar(...event('1', 'DTSTART:20261201T000000Z')).slice(0, -20), 'no whole calendar'],
  [
    'a zone that nobody knows',
    calendar(...event('1', 'DTSTART;TZID=Mars/Base:20261201T000000', 'DURATION:PT1H', 'SUMMARY:ana')),
    'unknown time zone "Mars/Base"',
  ],
])('leaves out %s, and says why', (_, text, why) => {
  const found = moved('ical', [
    text,
    calendar(...event('2', 'DTSTART:20261201T000000Z', 'DTEND:20261202T000000Z', 'SUMMARY:ana')),
  ]);
  expect(found.why('file', 'answer 1')).toContain('LEFT_OUT');
  expect(found.why('file', 'answer 1')).toContain(why);
  expect(found.yaml.onCall).toHaveLength(1);
});
