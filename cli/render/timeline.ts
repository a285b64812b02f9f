/** What happened, with every sentence whole: it is the only column that says something. */
import type { ToldEvent } from '../../workflows/messages';
import { endedSentence, type EndedOutside } from '../../client/ended';
import type { WholeTimeline } from '../../client/timeline';
import type { Seen } from '../../client/tocsin-client';
import { clean } from '../../client/untrusted';
import type { Screen } from './case';
import { actorOf, sentenceOf } from './sentences';
import { roomBeside, table } from './tables';
import { hanging, shorten, wrapped } from './text';
import { atSecond } from './when';

/** Below it the sentence gets lines of its own. */
const LEAST_SENTENCE = 60;

/** Number, time, who, and the sentence below: also how one is told that comes while somebody looks on. */
export const renderEvent = (event: ToldEvent, { paint, width }: Screen): string =>
  [
    `${paint('dim', `${event.seq}  ${atSecond(event.at)}`)}  ${actorOf(event)}`,
    hanging('    ', sentenceOf(event), width),
  ].join('\n');

/** First of all that is said of a case that somebody has ended from outside. */
export const renderEnded = (ended: EndedOutside, { paint, width }: Screen): string =>
  paint('red', hanging('! ', endedSentence(ended), width));

/** Last of all that is said of a case that has come to its own end. */
export const renderOver = ({ paint, width }: Screen): string =>
  paint('dim', hanging('', 'The case is closed for good. Nothing more will come.', width));

/** With what is gone, before what is there, and how many come after it. */
export function renderWholeTimeline(timeline: Seen<WholeTimeline>, screen: Screen): string {
  const { events, seq, missing, endedOutside } = timeline;
  const { paint, width } = screen;
  const more = seq - (events.at(-1)?.seq ?? seq);
  return [
    ...(endedOutside ? [renderEnded(endedOutside, screen)] : []),
    ...missing.map(({ sentence }) => paint('yellow', hanging('', sentence, width))),
    renderTimeline(events, screen),
    ...(more > 0 ? [paint('dim', `… and ${more} more: --after ${seq - more}, or --last 40.`)] : []),
  ].join('\n');
}

/** The number of the first event that was asked for, there or not. */
export const firstWanted = ({ events, seq, missing }: WholeTimeline): number =>
  Math.min(events[0]?.seq ?? seq + 1, missing[0]?.from ?? Infinity);

export function renderTimeline(events: readonly ToldEvent[], screen: Screen): string {
  if (events.length === 0) return 'No events.';
  const rows = events.map((event) => [
    String(event.seq),
    atSecond(event.at),
    clean(event.type),
    shorten(actorOf(event), 28),
  ]);
  const head = ['#', 'time', 'event', 'who'];
  const room = roomBeside(head, rows, screen);
  if (room < LEAST_SENTENCE) return events.map((event) => renderEvent(event, screen)).join('\n');
  return table(
    [...head, 'what'],
    rows.map((row, index) => {
      const event = events[index];
      return [...row, event === undefined ? '' : wrapped(sentenceOf(event), room)];
    }),
    screen,
  );
}
