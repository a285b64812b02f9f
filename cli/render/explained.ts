/** `tocsin policy explain` for people: when, how, who, why them, over which channel, what. */
import { en } from '../../workflows/core/words/en';
import type { Mode } from '../../workflows/core/language/reach';
import type { Part, Told } from '../../rehearsal/explain';
import { clean } from '../../client/untrusted';
import type { Screen } from './case';
import { roomBeside, table } from './tables';
import { cells, hanging, padded, shorten, wrapped } from './text';
import { at, span } from './when';

/** H3: a ring asks over the urgent channels, an ask over the normal ones, word asks for nothing. */
const MODES: Readonly<Record<Mode, string>> = { RING: 'rings', ASK: 'asks', WORD: 'word' };
const NOT_SENT = '–';

/** As what the first one of a rung is asked. */
const FIRST: Partial<Record<Told['audience'], string>> = {
  ENGINEER: 'engineer',
  MANAGER: 'direct manager',
  SECOND_LEVEL_MANAGER: 'second level',
};

const routeOf = ({ route, audience }: Told): string =>
  route === null ? '' : route === 'DIRECT' ? (FIRST[audience] ?? '') : en.routes[route];

/** `next manager up · mgr-ana away`. */
function why(told: Told): string {
  const { passedOver, failed } = told;
  const over = passedOver.map(
    ({ person, why: reason, for: whom }) =>
      `${clean(person)} ${en.passedOver[reason]}${whom === undefined ? '' : ` (for ${clean(whom)})`}`,
  );
  return [routeOf(told), failed === null ? '' : en.failures[failed], ...over].filter(Boolean).join(' · ');
}

const who = ({ person, name, audience }: Told): string =>
  person === null
    ? en.audiences[audience]
    : name === null || name === person
      ? clean(person)
      : `${clean(name)} (${clean(person)})`;

const how = ({ mode }: Told): string => (mode === null ? NOT_SENT : MODES[mode]);
const after = ({ afterMs }: Told): string => `+${afterMs === 0 ? '0' : span(afterMs)}`;

/** A sentence that is cut to less says nothing. */
const LEAST_ROOM = 40;

export function renderPart({ title, hours, refusal, told }: Part, screen: Screen): string {
  const head = screen.paint('bold', wrapped(`${title}: the first ${hours} h, while nobody answers`, screen.width));
  if (refusal) return `${head}\n${wrapped(`Refused, ${refusal.code}: ${clean(refusal.message)}`, screen.width)}`;
  if (told.length === 0) return `${head}\nNobody is told.`;
  return `${head}\n${asTable(told, screen) ?? asList(told, screen)}`;
}

/** A line a message, where the screen is wide enough for one. */
function asTable(told: readonly Told[], screen: Screen): string | undefined {
  const rows = told.map((entry) => [
    at(entry.at),
    after(entry),
    how(entry),
    who(entry),
    why(entry),
    entry.channel === null ? NOT_SENT : clean(entry.channel),
  ]);
  const head = ['time', 'after', 'how', 'who', 'why', 'channel'];
  const room = roomBeside(head, rows, screen);
  if (room < LEAST_ROOM) return undefined;
  return table(
    [...head, 'what'],
    rows.map((row, index) => [
      ...row.map((cell) => (cell === NOT_SENT ? screen.paint('red', cell) : cell)),
      shorten(told[index]?.what ?? '', room),
    ]),
    screen,
  );
}

/** Below each other: how and to whom, and what it says, with nothing cut. */
function asList(told: readonly Told[], { paint, width }: Screen): string {
  const [most, longest] = [after, how].map((of) => Math.max(...told.map((entry) => cells(of(entry)))));
  const indent = ' '.repeat((most ?? 0) + 2 + (longest ?? 0) + 2);
  return told
    .flatMap((entry) => {
      const by = entry.channel === null ? '' : ` by ${clean(entry.channel)}`;
      const reason = why(entry);
      const line = `${who(entry)}${by}${reason === '' ? '' : `: ${reason}`}`;
      const shown = padded(how(entry), longest ?? 0);
      const painted = entry.mode === null ? paint('red', shown) : shown;
      return [
        `${padded(after(entry), most ?? 0)}  ${painted}  ${hanging(indent, line, width).slice(indent.length)}`,
        paint('dim', hanging(indent, entry.what, width)),
      ];
    })
    .join('\n');
}
