/** `tocsin rehearse` for people: who was rung, hour by hour, and whether somebody came. It fits 80 columns. */
import type { PersonsNight, Rehearsed } from '../../rehearsal/rehearse';
import { clean } from '../../client/untrusted';
import type { Screen } from './case';
import { roomBeside, table } from './tables';
import { counted, shorten } from './text';
import { at, span } from './when';

/** What happens in the nights that come with the product, in a line. */
const STORIES: Readonly<Record<string, string>> = {
  late: 'everybody answers, 20 minutes after each ring',
  'well-run': 'answers in 2 minutes, and everything by the book',
  nobody: 'nobody ever answers',
  flapping: 'the severity changes every 5 minutes, and nobody answers',
  'provider-down': "well run, but everybody's first channel is down for 2 hours",
};

const HEAD = ['rings', 'night', 'shift', 'asks', 'word'];
/** As many as there are columns for. */
const MOST_MARKS = 24;

export function renderRehearsed(night: Rehearsed, screen: Screen): string {
  const { scenario, start, hours, people } = night;
  const story = STORIES[scenario];
  const title = screen.paint('bold', `${clean(scenario)}${story === undefined ? '' : `: ${story}`}`);
  const rows = people.map((person) => [
    person.name,
    marks(person.ringsByHour),
    String(person.rings),
    String(person.ringsAtNight),
    String(person.mostRingsInAShift),
    String(person.asks),
    String(person.words),
  ]);
  const each = hoursAMark(hours);
  const head = ['who', each === 1 ? 'hour by hour' : `each ${each} hours`, ...HEAD];
  const besides = ([, ...cells]: readonly string[]): string[] => cells;
  const room = Math.max(10, roomBeside(besides(head), rows.map(besides), screen));
  return [
    title,
    `${hours} h from ${at(start)}`,
    '',
    table(
      head,
      rows.map(([name = '', ...rest]) => [shorten(name, room), ...rest]),
      screen,
      HEAD.length,
    ),
    screen.paint('dim', 'night: 22 to 7 by their clock; shift: most in one; asks, word: without a ring'),
    '',
    ...verdict(night, screen),
  ].join('\n');
}

const hoursAMark = (hours: number): number => Math.ceil(hours / MOST_MARKS);

/** One mark an hour, or for a long night one for several: how often they were rung in it. */
function marks(ringsByHour: readonly number[]): string {
  const each = hoursAMark(ringsByHour.length);
  return Array.from({ length: Math.ceil(ringsByHour.length / each) }, (_, index) => {
    const rings = ringsByHour.slice(index * each, (index + 1) * each).reduce((sum, count) => sum + count, 0);
    return rings === 0 ? '·' : rings > 9 ? '+' : String(rings);
  }).join('');
}

function verdict(night: Rehearsed, screen: Screen): string[] {
  const { paint } = screen;
  const { firstHolderAfterMs, longestWithNobodyAskedMs, refusedAsLate, people, pages } = night;
  const total = (of: (person: PersonsNight) => number): number => people.reduce((sum, person) => sum + of(person), 0);
  const answers = total((person) => person.answers);
  const refused = total((person) => person.refused);
  const most = Math.max(0, ...people.map(({ mostRingsInAShift }) => mostRingsInAShift));
  return [
    firstHolderAfterMs === null
      ? paint('yellow', 'Nobody ever had it.')
      : paint(
          'green',
          firstHolderAfterMs < 1000 ? 'Somebody had it at once.' : `Somebody had it after ${span(firstHolderAfterMs)}.`,
        ),
    longestWithNobodyAskedMs < 1000
      ? 'At every moment somebody had it or was being asked.'
      : paint('red', `For ${span(longestWithNobodyAskedMs)} nobody had it, and nobody was being asked.`),
    ...answered(
      answers,
      refused,
      refusedAsLate === 0 ? '' : paint('red', `${refusedAsLate} turned away while nobody had it.`),
    ),
    `${counted(pages, 'message')} in all; at most ${counted(most, 'ring')} for one person in one shift.`,
    ...notDone(night, screen),
  ];
}

const MOST_NOT_DONE = 5;

/** A scenario in which less happened than was meant says so. */
function notDone({ notDone: all }: Rehearsed, { paint, width }: Screen): string[] {
  const lines = all
    .slice(0, MOST_NOT_DONE)
    .map(({ at: when, by, do: name, why }) => shorten(`Not done: ${at(when)} ${name} by ${by}: ${why}`, width));
  if (all.length > MOST_NOT_DONE) lines.push(`… and ${all.length - MOST_NOT_DONE} more were not done`);
  return lines.map((line) => paint('yellow', line));
}

function answered(answers: number, refused: number, turnedAway: string): string[] {
  if (answers === 0) return ['Nobody answered.'];
  const over = `${refused} came when somebody else had it or it was over`;
  return [`${counted(answers, 'answer')}${refused === 0 ? '' : `; ${over}`}.`, ...(turnedAway ? [turnedAway] : [])];
}
