/**
 * The people and rotas of `directory.yaml` once read and validated. Plain data: times are epoch
 * milliseconds, zones are IANA names, secrets are already taken from the environment.
 */
export type Channel =
  | { readonly kind: 'console' }
  | { readonly kind: 'webhook'; readonly url: string; readonly secret?: string; readonly timeoutMs?: number }
  /** Of customers' contacts, who have an address and a number in their case, neither stands here. */
  | { readonly kind: 'email'; readonly address?: string }
  | { readonly kind: 'sms'; readonly number?: string }
  | { readonly kind: 'voice'; readonly number?: string }
  /** A user's or a channel's id. */
  | { readonly kind: 'slack'; readonly to: string }
  /** Whatever a file of `channels/presets` describes, with what it asks for. */
  | { readonly kind: 'http'; readonly preset: string; readonly fields: Readonly<Record<string, string>> };

export interface Absence {
  readonly from: number;
  readonly to: number;
  readonly delegate?: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  /** What calendars and other systems know them by. */
  readonly email?: string;
  /** The direct manager; the manager's manager is the second level. */
  readonly manager?: string;
  readonly timezone: string;
  readonly languages: readonly string[];
  /** In order of preference. */
  readonly channels: readonly Channel[];
  readonly away: readonly Absence[];
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Open from `from` to `to`, wall clock of the team's zone; `to` at or before `from` means the next day. */
export interface Window {
  readonly days: readonly Weekday[];
  /** `HH:MM`; `24:00` is the end of the day. */
  readonly from: string;
  readonly to: string;
  /** Whose turns these are, in place of the team's own people. */
  readonly people?: readonly Place[];
}

/** Whoever holds a turn of theirs leaves the team shut (T4). No person may have this id. */
export const NOBODY = 'nobody';

/**
 * One place in the order of turns (T3): a person, `nobody`, or several who come together. `since` and `until` are days of
 * the team's zone; a turn belongs to whoever is there when it begins.
 */
export type Place = string | { readonly people: readonly string[]; readonly since?: string; readonly until?: string };

/** How long a turn lasts: on the wall clock, or in shifts as the windows are written. */
export interface Every {
  readonly unit: 'MINUTES' | 'DAYS' | 'MONTHS' | 'SHIFTS';
  readonly count: number;
}

/** Turns are counted from this day, and this time of it (T2). */
export interface Rotation {
  readonly every: Every;
  /** `2026-01-05` */
  readonly from: string;
  /** `HH:MM`: turns change at this time, inside a window too. Without it a shift is never split (T1). */
  readonly at?: string;
}

/** An order of turns of its own: primary, secondary. The first layer of a team is asked first (T5). */
export interface Layer {
  readonly layer?: string;
  readonly people: readonly Place[];
  readonly rotation?: Rotation;
  /** Days of the team's zone: the layer is there from the one, and not any more from the other. */
  readonly since?: string;
  readonly until?: string;
}

/**
 * Something else than the order of turns says, for a time. `person`: first while the team is open, or with `open` in any
 * case; with `instead` only in place of whoever is named; `off`: not this one. With `layer` it is about that layer only.
 */
export type Override = { readonly from: number; readonly to: number; readonly layer?: string } & (
  | { readonly person: string; readonly open?: boolean; readonly instead?: undefined }
  | { readonly person: string; readonly instead: string }
  | { readonly off: string }
);

/** Two people take each other's turn: the turns that begin on these days (or at these times) of the team's zone. */
export interface Swap {
  readonly swap: readonly [string, string];
  readonly turns: readonly [string, string];
  readonly layer?: string;
}

/** A turn that is planned by hand: it lasts until the next one begins. `ROTATION`: from here on the order of turns. */
export interface DatedTurn {
  readonly from: number;
  readonly people: readonly string[] | 'ROTATION';
}

/** One event of a calendar: a window and a turn at once. Nobody named: the team's own people are asked. */
export interface CalendarShift {
  readonly from: number;
  readonly to: number;
  readonly people: readonly string[];
  /** `[L1]`, `[L2]` in its title: of two events at once the lower one is asked first. */
  readonly level?: number;
}

/** Where the shifts of a team come from, and how its events name people. */
export interface CalendarSource {
  readonly from: { readonly url: string } | { readonly file: string };
  /** `title`, `attendee`, `description`, or a regular expression with one group that is tried on the title. */
  readonly person: string;
  /** `HH:MM`: when a day begins that an event takes as a whole. */
  readonly dayStarts: string;
  readonly refreshMs: number;
  readonly staleAfterMs: number;
  /** What the calendar calls somebody: their id. */
  readonly names: Readonly<Record<string, string>>;
}

export interface Team {
  readonly team: string;
  readonly timezone: string;
  readonly windows: readonly Window[];
  /** The ladder inside the team; with a rotation, who is first moves on. Behind a calendar: those who are asked next. */
  readonly people: readonly Place[];
  readonly rotation?: Rotation;
  /** In place of `people` and `rotation`. */
  readonly layers?: readonly Layer[];
  /** In rising order. Before the first the order of turns holds. */
  readonly turns?: readonly DatedTurn[];
  /** On these days (`2026-12-25`, of the team's zone) the windows of another weekday hold, or none. */
  readonly holidays?: { readonly days: readonly string[]; readonly as: Weekday | 'closed' };
  /** In the order of the file; of two at once the later one is asked first. */
  readonly overrides: readonly Override[];
  readonly swaps?: readonly Swap[];
  readonly calendar?: CalendarSource;
  /** The calendar as it was last read without a mistake, by when they begin; where nothing is known of it: `people`, round the clock. */
  readonly shifts?: readonly CalendarShift[];
}

export interface Directory {
  readonly people: readonly Person[];
  readonly dutyManagers: readonly string[];
  readonly dutyExecutive: readonly string[];
  readonly onCall: readonly Team[];
  /** Who takes an escalated SPR in development; the duty managers when nobody is named. */
  readonly rnd: readonly string[];
  /** How customers' technical contacts are reached: they are people of the case, not of this file. */
  readonly contactChannels: readonly Channel[];
  /** Calendars of holidays that the file has and no team uses, by name: so that it can be said. */
  readonly unusedHolidays?: readonly string[];
}
