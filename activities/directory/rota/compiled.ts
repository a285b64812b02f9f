/** A team's rota made ready for look-ups, once for each team: a page asks for fifty of them. */
import { DAY_MS, parseClock, parseDay, type LocalDay } from '../local-time';
import type { Layer, Rotation, Team, Weekday, Window } from '../types';
import { WEEKDAYS } from '../types';
import { Order } from './order';

const MINUTE_MS = 60_000;

/** A window of one weekday, in minutes after midnight. */
export interface ReadyWindow {
  readonly from: number;
  readonly to: number;
  /** Whose turns these are, where they are not the first layer's. */
  readonly order?: Order;
}

export interface ReadyLayer {
  readonly name: string | undefined;
  readonly order: Order;
  readonly rotation: Rotation | undefined;
  /** Its turns change at a time of their own, inside a window too; otherwise a shift is never split (T1). */
  readonly isSplit: boolean;
  readonly since: number;
  readonly until: number;
}

export interface ReadyTeam {
  readonly layers: readonly ReadyLayer[];
  readonly windows: ReadonlyMap<Weekday, readonly ReadyWindow[]>;
  readonly holidays: ReadonlySet<LocalDay>;
}

const ready = new WeakMap<Team, ReadyTeam>();

export function readyTeam(team: Team): ReadyTeam {
  const known = ready.get(team);
  if (known) return known;
  const made = madeReady(team);
  ready.set(team, made);
  return made;
}

export const layersOf = ({ layers, people, rotation }: Team): readonly Layer[] =>
  layers ?? [{ people, ...(rotation && { rotation }) }];

function madeReady(team: Team): ReadyTeam {
  const swapsOf = (layer: string | undefined, isFirst: boolean) =>
    (team.swaps ?? []).filter((swap) => (swap.layer === undefined ? isFirst : swap.layer === layer));
  const layers = layersOf(team).map(({ layer: name, people, rotation, since, until }, index) => {
    const handOff = parseClock(rotation?.at ?? '00:00') * MINUTE_MS;
    return {
      name,
      rotation,
      order: new Order(people, rotation, team.windows, swapsOf(name, index === 0)),
      isSplit: rotation !== undefined && (rotation.at !== undefined || rotation.every.unit === 'MINUTES'),
      since: since === undefined ? -Infinity : parseDay(since) + handOff,
      until: until === undefined ? Infinity : parseDay(until) + handOff,
    };
  });
  const [first] = layers;
  const windowOf = ({ from, to, people }: Window): ReadyWindow => {
    const begins = parseClock(from);
    const ends = parseClock(to);
    return {
      from: begins,
      // A night shift belongs to the day on which it begins.
      to: ends <= begins ? ends + DAY_MS / MINUTE_MS : ends,
      ...(people && { order: new Order(people, first?.rotation, team.windows, swapsOf(first?.name, true)) }),
    };
  };
  const all = team.windows.map((window) => ({ days: window.days, window: windowOf(window) }));
  return {
    layers,
    windows: new Map(
      WEEKDAYS.map((weekday) => [
        weekday,
        all
          .filter(({ days }) => days.includes(weekday))
          .map(({ window }) => window)
          .sort((a, b) => a.from - b.from),
      ]),
    ),
    holidays: new Set(team.holidays?.days.map(parseDay) ?? []),
  };
}
