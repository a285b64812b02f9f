/**
 * B8, B9, T1-T5: whom a team would ask at this instant, first to last. Nobody: the team is closed, or it is nobody's turn.
 * Pages, hand-overs, checks, rehearsal and export ask this and `edges`, and nothing else, so that they cannot disagree.
 */
import { wallClock } from '../local-time';
import type { Team } from '../types';
import { calendarStretches, isOver } from './calendar';
import { readyTeam, type ReadyLayer } from './compiled';
import { lastBegun } from './last-begun';
import type { Order, Turn } from './order';
import { withOverrides, type OnDuty } from './overrides';
import { shiftsAround, type Shift } from './shifts';

/** First to last, nobody twice; empty while the team is closed or it is nobody's turn. */
export function ladderAt(team: Team, at: number): readonly string[] {
  const { heads, others } = onDutyAt(team, at);
  return [...new Set([...heads.map(({ person }) => person), ...others])];
}

/** The same, with the layer that each turn is of: for whoever shows a rota layer by layer. */
export const onDutyAt = (team: Team, at: number): Pick<OnDuty, 'heads' | 'others'> =>
  withOverrides(team.overrides, team.calendar ? byCalendar(team, at) : byWindows(team, at), at);

/** Those who are named by the events, then the team's own people; without an event the team is closed. */
function byCalendar(team: Team, at: number): OnDuty {
  const own = ownPeople(team, at);
  const stretches = calendarStretches(team.shifts ?? []);
  // A calendar that says nothing must not leave nobody (fail open).
  if (isOver(stretches, at)) return { heads: own.map(head), others: [], isOpen: own.length > 0 };
  const stretch = lastBegun(stretches, at);
  if (!stretch?.isOpen) return CLOSED;
  const [first = [], rest = []] = stretch.people.length > 0 ? [stretch.people, own] : [own, []];
  return { heads: first.map(head), others: rest, isOpen: first.length > 0 };
}

const CLOSED: OnDuty = { heads: [], others: [], isOpen: false };
const head = (person: string): OnDuty['heads'][number] => ({ person, layer: undefined });

function ownPeople(team: Team, at: number): readonly string[] {
  const { holder = [], others = [] } = readyTeam(team).layers[0]?.order.at(wallClock(team.timezone, at)) ?? {};
  return [...holder, ...others];
}

function byWindows(team: Team, at: number): OnDuty {
  // Of two windows at once the later-begun comes first (T5).
  const open = [...shiftsAround(team, at, at)]
    .filter(({ from, to }) => from <= at && at < to)
    .sort((a, b) => b.from - a.from)
    .map((shift) => onShift(team, shift, at))
    .filter(({ isOpen }) => isOpen);
  return {
    heads: open.flatMap(({ heads }) => heads),
    others: open.flatMap(({ others }) => others),
    isOpen: open.length > 0,
  };
}

function onShift(team: Team, shift: Shift, at: number): OnDuty {
  const dated = datedTurn(team, at);
  if (dated) return dated;
  const turns = readyTeam(team).layers.flatMap((layer, index) => {
    const local = layer.isSplit ? wallClock(team.timezone, at) : shift.turnAt;
    if (local < layer.since || local >= layer.until) return [];
    const order: Order = (index === 0 ? shift.order : undefined) ?? layer.order;
    return [{ layer, turn: order.at(local) }];
  });
  const heads = turns.flatMap(({ layer, turn }) => headsOf(layer, turn));
  const [first] = turns;
  return {
    heads,
    // Whose turn is nobody's has nobody behind them either.
    others: !first || first.turn.isOff ? [] : first.turn.others,
    isOpen: heads.length > 0,
  };
}

const headsOf = ({ name }: ReadyLayer, { holder }: Turn): OnDuty['heads'] =>
  holder.map((person) => ({ person, layer: name }));

/** A turn that is planned by hand holds until the next one begins; behind it the others, in the order of the list. */
function datedTurn(team: Team, at: number): OnDuty | undefined {
  const turn = lastBegun(team.turns ?? [], at);
  if (turn === undefined || turn.people === 'ROTATION') return undefined;
  const isOpen = turn.people.length > 0;
  return { heads: turn.people.map(head), others: isOpen ? ownPeople(team, at) : [], isOpen };
}
