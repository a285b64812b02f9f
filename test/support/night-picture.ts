/** A night as an SVG: a lane for each person, a bell where they were rung, a dot where they were only told, a bar while they have it. */
import { DateTime } from 'luxon';

export interface Lane {
  readonly name: string;
  readonly timezone: string;
  readonly heard: readonly { readonly minute: number; readonly isRing: boolean }[];
  /** In minutes since the start. */
  readonly hasItFrom: number | null;
}

export interface Frame {
  readonly start: number;
  readonly minutes: number;
  /** The zone of the axis. */
  readonly clock: string;
}

const WIDTH = 860;
const LEFT = 220;
const RIGHT = 24;
const TOP = 78;
const LANE = 30;
const INK = '#1f2328';
const PALE = '#656d76';
const RULE = '#d8dee4';
const RING = '#cf222e';
const HAS_IT = '#2da44e';

export function swimlanes(lanes: readonly Lane[], { start, minutes, clock }: Frame): string {
  const x = (minute: number): number => Math.round(LEFT + (minute / minutes) * (WIDTH - LEFT - RIGHT));
  const bottom = TOP + lanes.length * LANE;
  const at = (minute: number, zone: string): string =>
    DateTime.fromMillis(start + minute * 60_000, { zone }).toFormat('HH:mm');
  const marks = Array.from({ length: Math.floor(minutes / 15) + 1 }, (_, index) => index * 15);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${bottom + 34}" viewBox="0 0 ${WIDTH} ${bottom + 34}" font-family="system-ui, sans-serif" font-size="13" fill="${INK}" role="img" aria-label="A night: who is rung when, until somebody has it">`,
    `<rect width="100%" height="100%" rx="8" fill="#ffffff"/>`,
    text(20, 28, `${at(0, clock)} at the customer’s: the whole production is down`, `font-size="16" font-weight="600"`),
    ...marks.flatMap((minute) => [
      `<line x1="${x(minute)}" y1="${TOP - 16}" x2="${x(minute)}" y2="${bottom}" stroke="${RULE}"/>`,
      text(x(minute), TOP - 22, at(minute, clock), `text-anchor="middle" fill="${PALE}"`),
    ]),
    ...lanes.flatMap((lane, index) => laneOf(lane, TOP + index * LANE + LANE / 2, x, at(0, lane.timezone), minutes)),
    ...legend(bottom + 20),
    '</svg>\n',
  ].join('\n');
}

function laneOf(
  { name, heard, hasItFrom }: Lane,
  y: number,
  x: (minute: number) => number,
  theirTime: string,
  minutes: number,
): string[] {
  return [
    text(20, y + 4, name),
    text(LEFT - 20, y + 4, theirTime, `text-anchor="end" fill="${PALE}"`),
    ...(hasItFrom === null
      ? []
      : [
          `<rect x="${x(hasItFrom)}" y="${y - 9}" width="${x(minutes) - x(hasItFrom)}" height="18" rx="4" fill="${HAS_IT}"/>`,
          text(x(hasItFrom) + 8, y + 4, 'has it', `fill="#ffffff" font-weight="600"`),
        ]),
    ...heard.map(({ minute, isRing }) => (isRing ? ringAt(x(minute), y) : wordAt(x(minute), y))),
  ];
}

const text = (x: number, y: number, content: string, style = ''): string =>
  `<text x="${x}" y="${y}"${style === '' ? '' : ` ${style}`}>${content}</text>`;
const ringAt = (x: number, y: number): string => `<circle cx="${x}" cy="${y}" r="7" fill="${RING}"/>`;
const wordAt = (x: number, y: number): string => `<circle cx="${x}" cy="${y}" r="3" fill="${PALE}"/>`;

const legend = (y: number): string[] => [
  ringAt(28, y),
  text(42, y + 4, 'rung', `fill="${PALE}"`),
  wordAt(96, y),
  text(106, y + 4, 'told, without a ring', `fill="${PALE}"`),
  text(WIDTH - RIGHT, y + 4, 'beside each name: their own clock', `text-anchor="end" fill="${PALE}"`),
];
