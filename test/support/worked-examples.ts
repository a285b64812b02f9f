/**
 * Rotas as teams have them, and who is first at which instant: computed by hand and with an independent model, not by this
 * code. `-`: nobody. Several names: the beginning of the ladder.
 */
export interface Worked {
  readonly name: string;
  /** A team of directory.yaml, but for `team`. */
  readonly yaml: string;
  readonly at: Readonly<Record<string, string>>;
}

const BERLIN = 'timezone: Europe/Berlin';
const NEW_YORK = 'timezone: America/New_York';
const DAILY = 'days: [mon, tue, wed, thu, fri, sat, sun]';
const WORKDAYS = 'days: [mon, tue, wed, thu, fri]';
const NIGHTS = `windows: [{ ${DAILY}, from: "18:00", to: "08:00" }]`;
const WEEK_AT_NINE = 'rotation: { every: week, from: 2026-10-05, at: "mon 09:00" }';

export const PEOPLE = ['maier', 'rossi', 'smith', 'sato', 'cruz', 'diaz', 'lee', 'kim'];

export const WORKED: readonly Worked[] = [
  {
    name: '1 week, Monday 09:00, always: turns of 169 and 167 hours',
    yaml: `{ ${BERLIN}, windows: always, people: [maier, rossi], ${WEEK_AT_NINE} }`,
    at: {
      '2026-10-12T06:59:59Z': 'maier',
      '2026-10-12T07:00:00Z': 'rossi',
      '2026-10-25T00:30:00Z': 'maier',
      '2026-10-25T01:30:00Z': 'maier',
      '2026-10-26T07:00:00Z': 'maier',
      '2026-10-26T07:59:59Z': 'maier',
      '2026-10-26T08:00:00Z': 'rossi',
      '2027-03-22T08:00:00Z': 'maier',
      '2027-03-29T06:59:59Z': 'maier',
      '2027-03-29T07:00:00Z': 'rossi',
    },
  },
  {
    name: '2 day, nights without at: a night is never split',
    yaml: `{ ${BERLIN}, ${NIGHTS}, people: [maier, rossi, smith], rotation: { every: day, from: 2026-10-19 } }`,
    at: {
      '2026-10-24T16:00:00Z': 'smith',
      '2026-10-24T22:00:00Z': 'smith',
      '2026-10-25T00:30:00Z': 'smith',
      '2026-10-25T01:30:00Z': 'smith',
      '2026-10-25T06:59:59Z': 'smith',
      '2026-10-25T07:00:00Z': '-',
      '2026-10-25T17:00:00Z': 'maier',
      '2027-03-27T17:00:00Z': 'maier',
      '2027-03-28T05:59:59Z': 'maier',
      '2027-03-28T06:00:00Z': '-',
      '2027-03-28T16:00:00Z': 'rossi',
    },
  },
  {
    name: '2 week, the same nights: Sunday night is still of the old week',
    yaml: `{ ${BERLIN}, ${NIGHTS}, people: [maier, rossi], rotation: { every: week, from: 2026-10-05 } }`,
    at: { '2026-10-25T23:00:00Z': 'maier', '2026-10-26T06:59:59Z': 'maier', '2026-10-26T17:00:00Z': 'rossi' },
  },
  {
    name: '2 week, the same nights with at: it changes at midnight, inside the night',
    yaml: `{ ${BERLIN}, ${NIGHTS}, people: [maier, rossi], rotation: { every: week, from: 2026-10-05, at: "00:00" } }`,
    at: { '2026-10-25T22:59:59Z': 'maier', '2026-10-25T23:00:00Z': 'rossi', '2026-10-26T17:00:00Z': 'rossi' },
  },
  {
    name: '3 12h at 08:00, always',
    yaml: `{ ${BERLIN}, windows: always, people: [maier, rossi, smith], rotation: { every: 12h, from: 2026-10-19, at: "08:00" } }`,
    at: {
      '2026-10-24T05:59:59Z': 'maier',
      '2026-10-24T06:00:00Z': 'rossi',
      '2026-10-24T18:00:00Z': 'smith',
      '2026-10-25T06:59:59Z': 'smith',
      '2026-10-25T07:00:00Z': 'maier',
      '2026-10-25T19:00:00Z': 'rossi',
      '2027-03-27T19:00:00Z': 'rossi',
      '2027-03-28T05:59:59Z': 'rossi',
      '2027-03-28T06:00:00Z': 'smith',
      '2027-03-28T18:00:00Z': 'maier',
    },
  },
  {
    name: '4 day at 02:30: a time that is double, then missing',
    yaml: `{ ${BERLIN}, windows: always, people: [maier, rossi, smith], rotation: { every: day, from: 2026-10-23, at: "02:30" } }`,
    at: {
      '2026-10-25T00:29:59Z': 'rossi',
      '2026-10-25T00:30:00Z': 'smith',
      '2026-10-25T01:30:00Z': 'smith',
      '2026-10-26T01:29:59Z': 'smith',
      '2026-10-26T01:30:00Z': 'maier',
      '2027-03-28T00:59:59Z': 'smith',
      '2027-03-28T01:00:00Z': 'maier',
      '2027-03-29T00:29:59Z': 'maier',
      '2027-03-29T00:30:00Z': 'rossi',
    },
  },
  {
    name: '5 month from the 31st: clamped, and always from the anchor',
    yaml: `{ ${BERLIN}, windows: always, people: [maier, rossi, smith], rotation: { every: month, from: 2026-10-31, at: "09:00" } }`,
    at: {
      '2026-10-31T08:00:00Z': 'maier',
      '2026-11-30T07:59:59Z': 'maier',
      '2026-11-30T08:00:00Z': 'rossi',
      '2026-12-31T08:00:00Z': 'smith',
      '2027-01-31T08:00:00Z': 'maier',
      '2027-02-28T08:00:00Z': 'rossi',
      '2027-03-31T06:59:59Z': 'rossi',
      '2027-03-31T07:00:00Z': 'smith',
      '2027-04-30T07:00:00Z': 'maier',
      '2027-05-31T07:00:00Z': 'rossi',
    },
  },
  {
    name: '5 month from the 29th: 29 February is a day of a leap year',
    yaml: `{ ${BERLIN}, windows: always, people: [maier, rossi], rotation: { every: month, from: 2027-10-29, at: "09:00" } }`,
    at: {
      '2028-01-29T08:00:00Z': 'rossi',
      '2028-02-29T07:59:59Z': 'rossi',
      '2028-02-29T08:00:00Z': 'maier',
      '2028-03-29T06:59:59Z': 'maier',
      '2028-03-29T07:00:00Z': 'rossi',
    },
  },
  {
    name: '6 joining: nothing before it changes',
    yaml: `{ ${BERLIN}, windows: always, people: [maier, rossi, sato, { person: smith, since: 2026-11-16 }], ${WEEK_AT_NINE} }`,
    at: {
      '2026-10-05T07:00:00Z': 'maier',
      '2026-10-12T07:00:00Z': 'rossi',
      '2026-10-19T07:00:00Z': 'sato',
      '2026-10-26T08:00:00Z': 'maier',
      '2026-11-02T08:00:00Z': 'rossi',
      '2026-11-09T08:00:00Z': 'sato',
      '2026-11-16T07:59:59Z': 'sato',
      '2026-11-16T08:00:00Z': 'smith',
      '2026-11-23T08:00:00Z': 'maier',
      '2026-11-30T08:00:00Z': 'rossi',
      '2026-12-07T08:00:00Z': 'sato',
      '2026-12-14T08:00:00Z': 'smith',
    },
  },
  {
    name: '6 leaving',
    yaml: `{ ${BERLIN}, windows: always, people: [maier, { person: rossi, until: 2026-11-23 }, sato], ${WEEK_AT_NINE} }`,
    at: {
      '2026-11-09T08:00:00Z': 'sato',
      '2026-11-16T08:00:00Z': 'maier',
      '2026-11-23T08:00:00Z': 'sato',
      '2026-11-30T08:00:00Z': 'maier',
    },
  },
  {
    name: '6 leaving inside a turn: the next takes the rest, and keeps the turn that follows',
    yaml: `{ ${BERLIN}, windows: always, people: [maier, { person: rossi, until: 2026-10-15 }, sato], ${WEEK_AT_NINE} }`,
    at: {
      '2026-10-15T06:59:59Z': 'rossi',
      '2026-10-15T07:00:00Z': 'sato',
      '2026-10-19T07:00:00Z': 'sato',
      '2026-10-26T08:00:00Z': 'maier',
      '2026-11-02T08:00:00Z': 'sato',
    },
  },
  {
    name: '7 every other week off, New York',
    yaml: `{ ${NEW_YORK}, windows: always, people: [smith, nobody, cruz, nobody], rotation: { every: week, from: 2026-10-19, at: "mon 17:00" } }`,
    at: {
      '2026-10-26T20:59:59Z': 'smith',
      '2026-10-26T21:00:00Z': '-',
      '2026-11-01T05:30:00Z': '-',
      '2026-11-02T21:59:59Z': '-',
      '2026-11-02T22:00:00Z': 'cruz',
      '2026-11-09T22:00:00Z': '-',
      '2027-03-08T22:00:00Z': 'smith',
      '2027-03-15T20:59:59Z': 'smith',
      '2027-03-15T21:00:00Z': '-',
    },
  },
  {
    name: '7 two weeks, over the end of the year with its 53 weeks',
    yaml: `{ ${NEW_YORK}, windows: always, people: [smith, cruz], rotation: { every: 2 weeks, from: 2026-10-19, at: "mon 17:00" } }`,
    at: {
      '2026-12-28T21:59:59Z': 'smith',
      '2026-12-28T22:00:00Z': 'cruz',
      '2027-01-11T21:59:59Z': 'cruz',
      '2027-01-11T22:00:00Z': 'smith',
    },
  },
  {
    name: '8 every shift, workdays, Thanksgiving closed: the count does not move',
    yaml: `{ ${NEW_YORK}, windows: [{ ${WORKDAYS}, from: "09:00", to: "17:00" }], people: [smith, cruz, diaz], rotation: { every: shift, from: 2026-11-02 }, holidays: { calendar: us, as: closed } }`,
    at: {
      '2026-11-02T13:59:59Z': '-',
      '2026-11-02T14:00:00Z': 'smith',
      '2026-11-06T14:00:00Z': 'cruz',
      '2026-11-09T14:00:00Z': 'diaz',
      '2026-11-25T14:00:00Z': 'diaz',
      '2026-11-26T15:00:00Z': '-',
      '2026-11-27T14:00:00Z': 'cruz',
      '2026-11-30T14:00:00Z': 'diaz',
      '2027-03-12T14:00:00Z': 'cruz',
      '2027-03-15T12:59:59Z': '-',
      '2027-03-15T13:00:00Z': 'diaz',
    },
  },
  {
    name: '9 overrides: also outside of windows, instead of somebody, and one without effect',
    yaml: `{ ${BERLIN}, windows: [{ ${WORKDAYS}, from: "08:00", to: "18:00" }], people: [maier, rossi], rotation: { every: week, from: 2026-10-05 }, overrides: [
      { person: rossi, from: 2026-10-25T00:00, to: 2026-10-26T00:00, open: true },
      { person: smith, instead: maier, from: 2026-10-20T00:00, to: 2026-10-21T00:00 },
      { person: sato, from: 2026-10-31T00:00, to: 2026-11-01T00:00 }] }`,
    at: {
      '2026-10-20T05:59:59Z': '-',
      '2026-10-20T06:00:00Z': 'smith',
      '2026-10-20T16:00:00Z': '-',
      '2026-10-21T06:00:00Z': 'maier',
      '2026-10-24T21:59:59Z': '-',
      '2026-10-24T22:00:00Z': 'rossi',
      '2026-10-25T00:30:00Z': 'rossi',
      '2026-10-25T01:30:00Z': 'rossi',
      '2026-10-25T22:59:59Z': 'rossi',
      '2026-10-25T23:00:00Z': '-',
      '2026-10-26T07:00:00Z': 'rossi',
      '2026-10-31T12:00:00Z': '-',
    },
  },
  {
    name: '9 swap in example 1',
    yaml: `{ ${BERLIN}, windows: always, people: [maier, rossi], ${WEEK_AT_NINE}, overrides: [{ swap: [maier, rossi], turns: [2026-10-19, 2026-10-26] }] }`,
    at: {
      '2026-10-19T06:59:59Z': 'rossi',
      '2026-10-19T07:00:00Z': 'rossi',
      '2026-10-26T07:59:59Z': 'rossi',
      '2026-10-26T08:00:00Z': 'maier',
      '2026-11-02T08:00:00Z': 'maier',
      '2026-11-09T08:00:00Z': 'rossi',
    },
  },
  {
    name: '9 a turn that was swapped, swapped again by whoever has it now',
    yaml: `{ ${BERLIN}, windows: always, people: [maier, rossi, smith], ${WEEK_AT_NINE}, overrides: [
      { swap: [maier, rossi], turns: [2026-10-05, 2026-10-12] }, { swap: [maier, smith], turns: [2026-10-12, 2026-10-19] }] }`,
    at: {
      '2026-10-05T07:00:00Z': 'rossi',
      '2026-10-12T07:00:00Z': 'smith',
      '2026-10-19T07:00:00Z': 'maier',
      '2026-10-26T08:00:00Z': 'maier',
    },
  },
  {
    name: '9 two swaps of one turn that two people hold',
    yaml: `{ ${BERLIN}, windows: always, people: [[maier, rossi], smith, sato], ${WEEK_AT_NINE}, overrides: [
      { swap: [maier, smith], turns: [2026-10-05, 2026-10-12] }, { swap: [rossi, sato], turns: [2026-10-05, 2026-10-19] }] }`,
    at: {
      '2026-10-05T07:00:00Z': 'smith, sato',
      '2026-10-12T07:00:00Z': 'maier',
      '2026-10-19T07:00:00Z': 'rossi',
    },
  },
  {
    name: '10 layers: primary, then secondary',
    yaml: `{ ${BERLIN}, windows: always, layers: [
      { layer: primary, people: [maier, rossi, smith], ${WEEK_AT_NINE} },
      { layer: secondary, people: [rossi, smith, maier], ${WEEK_AT_NINE} }] }`,
    at: {
      '2026-10-26T07:59:59Z': 'smith, maier',
      '2026-10-26T08:00:00Z': 'maier, rossi',
      '2027-03-29T06:59:59Z': 'maier, rossi',
      '2027-03-29T07:00:00Z': 'rossi, smith',
    },
  },
  {
    name: '10 days of their own',
    yaml: `{ ${BERLIN}, windows: [{ days: [mon, tue, wed], from: "09:00", to: "09:00", people: [lee] }, { days: [thu, fri, sat, sun], from: "09:00", to: "09:00", people: [kim] }] }`,
    at: {
      '2026-10-26T07:59:59Z': 'kim',
      '2026-10-26T08:00:00Z': 'lee',
      '2026-10-29T08:00:00Z': 'kim',
      '2027-03-29T06:59:59Z': 'kim',
      '2027-03-29T07:00:00Z': 'lee',
    },
  },
  {
    name: '10 a holiday as Sunday',
    yaml: `{ ${BERLIN}, windows: [{ ${WORKDAYS}, from: "08:00", to: "18:00" }, { days: [sat, sun], from: "10:00", to: "14:00" }], people: [maier, rossi], rotation: { every: week, from: 2026-12-07 }, holidays: { calendar: de, as: sun } }`,
    at: {
      '2026-12-25T08:59:59Z': '-',
      '2026-12-25T09:00:00Z': 'maier',
      '2026-12-25T12:59:59Z': 'maier',
      '2026-12-25T13:00:00Z': '-',
      '2026-12-28T07:00:00Z': 'rossi',
    },
  },
  {
    name: 'planned by hand: a turn lasts until the next begins',
    yaml: `{ timezone: Asia/Tokyo, windows: always, people: [lee, kim], turns: [{ from: "2026-11-02T09:00", person: lee }, { from: "2026-11-05T09:00", person: kim }, { from: "2026-11-09T09:00", nobody: true }] }`,
    at: {
      '2026-11-02T00:00:00Z': 'lee, kim',
      '2026-11-04T23:59:59Z': 'lee, kim',
      '2026-11-05T00:00:00Z': 'kim, lee',
      '2026-11-09T00:00:00Z': '-',
    },
  },
  {
    name: 'one who is off: whoever is next moves up',
    yaml: `{ ${BERLIN}, windows: always, people: [maier, rossi, smith], ${WEEK_AT_NINE}, overrides: [{ off: maier, from: 2026-10-06T00:00, to: 2026-10-07T00:00 }] }`,
    at: {
      '2026-10-05T21:59:59Z': 'maier, rossi, smith',
      '2026-10-05T22:00:00Z': 'rossi, smith',
      '2026-10-06T22:00:00Z': 'maier, rossi, smith',
    },
  },
  {
    name: 'a pair is one turn, and somebody may have a double share',
    yaml: `{ timezone: UTC, windows: always, people: [[lee, kim], sato, [kim, lee], sato], rotation: { every: day, from: 2026-06-01 } }`,
    at: {
      '2026-06-01T12:00:00Z': 'lee, kim, sato',
      '2026-06-02T12:00:00Z': 'sato, kim, lee',
      '2026-06-03T12:00:00Z': 'kim, lee, sato',
      '2026-06-04T12:00:00Z': 'sato, lee, kim',
    },
  },
  {
    name: 'a zone without midnight, and one that changes by half an hour',
    yaml: `{ timezone: Africa/Cairo, windows: always, people: [lee, kim], rotation: { every: day, from: 2026-04-23 } }`,
    at: { '2026-04-23T21:59:59Z': 'lee', '2026-04-23T22:00:00Z': 'kim' },
  },
];

/** All of them as one directory.yaml; the teams are `t0`, `t1` … */
export const workedDirectory = (): string =>
  [
    'people:',
    ...PEOPLE.map((id) => `  - { id: ${id}, name: ${id} }`),
    'dutyManagers: [sato]',
    'holidays:',
    '  us: { days: [2026-11-26] }',
    '  de: { days: [2026-12-25] }',
    'onCall:',
    ...WORKED.map(({ yaml }, index) => `  - { team: t${index}, ${yaml.slice(1)}`),
  ].join('\n');
