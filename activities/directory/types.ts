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
}

export interface Team {
  readonly team: string;
  readonly timezone: string;
  readonly windows: readonly Window[];
  /** The ladder inside the team; with a rotation, who is first moves on every `every` since `from`. */
  readonly people: readonly string[];
  readonly rotation?: { readonly everyMs: number; readonly from: string };
  /** For its time the person stands first, whoever's turn it is. */
  readonly overrides: readonly { readonly person: string; readonly from: number; readonly to: number }[];
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
}
