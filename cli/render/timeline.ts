/** What happened, with every sentence whole: it is the only column that says something. */
import type { CaseEvent } from '../../workflows/messages';
import { clean } from '../../client/untrusted';
import type { Screen } from './case';
import { actorOf, sentenceOf } from './sentences';
import { roomBeside, table } from './tables';
import { hanging, shorten, wrapped } from './text';
import { atSecond } from './when';

/** Below it the sentence gets lines of its own. */
const LEAST_SENTENCE = 60;

/** Number, time, who, and the sentence below: also how one is told that comes while somebody looks on. */
export const renderEvent = (event: CaseEvent, { paint, width }: Screen): string =>
  [
    `${paint('dim', `${event.seq}  ${atSecond(event.at)}`)}  ${actorOf(event)}`,
    hanging('    ', sentenceOf(event), width),
  ].join('\n');

export function renderTimeline(events: readonly CaseEvent[], screen: Screen): string {
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
