/**
 * What the case says, as values: a key and its facts. The sentences stand in a catalogue for each language (words/) and
 * are made where they are shown, so that a case never carries a sentence from run to run.
 */
import type { NeedKey } from '../paging/needs';
import type { Route } from './reach';
import type { Nothing, Said } from './shape';
import type {
  Attention,
  Audience,
  ClockKind,
  EDownCategory,
  Emergency,
  EndedHow,
  Level,
  ManagedLevel,
  Question,
  Severity,
  Status,
  ContactReach,
} from './vocabulary';

/** What an accepted command is told besides. */
export interface NoteFacts {
  HOTLINE_PREFERRED: { readonly hotline: string };
  HOTLINE_QUICKEST: { readonly hotline: string };
  PROVISIONAL: Nothing;
  CATEGORY_MISMATCH: Nothing;
  PRODUCTION_NOT_STOPPED: Nothing;
  LOSS_UNKNOWN: Nothing;
  NO_ENGINEER_YET: Nothing;
  REQUEST_NOT_OPEN: Nothing;
  ALREADY_EMERGENCY: Nothing;
  CALLED_BACK: { readonly person: string; readonly missing: readonly Question[] };
  UNREADABLE: { readonly fields: readonly string[] };
  /** Somebody is asked for it already, and hears the newer fact. */
  BEING_ASKED: { readonly need: NeedKey; readonly person: string };
  TRANSFER_IS_NO_ACCEPTANCE: Nothing;
  MANAGER_STILL_TO_CONTACT: Nothing;
  PROMISED_TO_NOBODY: Nothing;
  SOONER_THAN_PROMISED: { readonly at: string };
  SPR_ALREADY: { readonly sprNumber: string; readonly status: string };
  ACTION_IS: { readonly actionId: string };
  ACTION_OVER: { readonly isDone: boolean };
  STALL_GOES_ON: Nothing;
  POLICY_ALREADY: { readonly version: string };
  GOES_ON_24X7: Nothing;
  NOBODY_ASKED_FOR: Nothing;
  /** Who is asked because of it, and until when they have time to answer (S31). */
  ASKED: { readonly need: NeedKey; readonly audience: Audience; readonly withinMs: number };
  TAKEN: { readonly needs: readonly NeedKey[] };
  HELD_BY: { readonly need: NeedKey; readonly person: string };
  BARRED_FROM: { readonly need: NeedKey };
  PASSED_ON: { readonly needs: readonly NeedKey[] };
  SAME_WISH: { readonly level: ManagedLevel };
  OLDER_FACT: Nothing;
  NAME_IS_LOOKED_UP: { readonly person: string };
  KEPT_ONLY_LATER: Nothing;
}
export type Note = Said<NoteFacts>;

/** What falls due, without the time. */
export interface DueFacts {
  ALERT: { readonly alert: number };
  REVIEW: { readonly episode: number };
  ANSWER: { readonly need: NeedKey; readonly person: string };
  ACT: { readonly need: NeedKey; readonly person: string };
  SEARCH_AGAIN: { readonly need: NeedKey };
  RING: { readonly need: NeedKey; readonly person: string };
  NEXT_CHANNEL: { readonly person: string };
  NEXT_PERSON: { readonly need: NeedKey; readonly person: string };
  PROMISE: { readonly clock: ClockKind };
  PROMISE_WARNING: { readonly clock: ClockKind; readonly percent: number };
  CONTACT_CHECK: Nothing;
  CONTACT_ACTION: { readonly actionId: string; readonly what: string };
  HAND_OVER_WRITTEN: { readonly person: string | null };
  HAND_OVER_ACCEPTED: { readonly person: string };
  SHIFT_ENDS: { readonly team: string };
  SUGGESTION: { readonly level: ManagedLevel | 'EXECUTIVE' };
  WORD: Nothing;
  REOPEN_WINDOW: Nothing;
}
export type DueWords = Said<DueFacts>;

/** What views say. Names and texts in them are ready to be shown: escaped where that is needed. */
export interface ViewFacts {
  OWNS: { readonly person: string };
  NO_OWNER: Nothing;
  MANAGES: { readonly person: string; readonly level: ManagedLevel };
  MANAGES_CASE: { readonly person: string; readonly level: ManagedLevel };
  AT_WORK: { readonly person: string };
  ASKED_TO_WORK: { readonly person: string };
  NOBODY_AT_WORK: Nothing;
  NEXT: { readonly at: string; readonly what: string };
  NOTHING_DUE: Nothing;
  PAGED: { readonly person: string; readonly level: ManagedLevel | null };
  DIRECT_MANAGER: { readonly person: string; readonly engineer: string | null };
  ASK_FOR_MANAGER: Nothing;
  STATE: { readonly severity: Severity; readonly level: Level; readonly emergency: Emergency; readonly status: Status };
  GREEN: Nothing;
  NEEDS_A_LOOK: { readonly attention: readonly Attention[] };
  /** Whose case it is, and what is wrong: how a desk knows it. */
  CASE: {
    readonly customer: string;
    readonly number: string;
    readonly title: string;
    readonly product: string | null;
  };
  DOWN_SINCE: {
    readonly at: string;
    readonly category: EDownCategory | null;
    readonly affected: number | null;
    readonly total: number | null;
  };
  CONTACT: {
    readonly name: string;
    readonly reach: ContactReach;
    readonly number: string | null;
    readonly email: string | null;
  };
  NO_CONTACT: Nothing;
  /** Who has the alerts of an emergency, or is asked to take them. */
  ALERTS: { readonly person: string | null; readonly isTaken: boolean; readonly at: string };
  HOTLINE: { readonly hotline: string };
  PROMISED: { readonly what: string; readonly at: string };
  OVERDUE: { readonly what: string; readonly at: string };
  CALL_BACK: { readonly person: string };
  /** `answer`: the update that takes it all, and what to send with it. */
  ASKED_FOR: {
    readonly person: string;
    readonly what: readonly string[];
    readonly at: string | null;
    readonly answer: string;
  };
  HAS: { readonly person: string; readonly what: readonly string[] };
  RESTS: { readonly at: string; readonly what: string };
  ON_ITS_WAY: { readonly what: string };
  MORE: { readonly count: number };
  LAST_EVENTS: Nothing;
  PAGE_EVENTS: { readonly count: number };
  /** Of a run that has handed the case on. */
  GOES_ON: { readonly caseNumber: string; readonly seq: number };
  /** Of a run that has taken it over. */
  EARLIER: { readonly caseNumber: string; readonly runId: string };
}

/** What a page says besides what is wanted and what has happened. */
export interface PageFacts {
  /** What the case is at, first in a title. */
  TITLE_STATE: { readonly severity: Severity; readonly level: Level; readonly emergency: Emergency };
  ANSWER_BY: { readonly at: string };
  /** Why this person. */
  WHY_YOU: {
    readonly route: Route;
    readonly audience: Audience;
    readonly engineer: string | null;
    /** Whom they stand in for. */
    readonly for: string | null;
    /** It adds to a page that they have. */
    readonly isAgain: boolean;
  };
  UNANSWERED: { readonly forMs: number };
  HAS_IT_FOR_NOW: { readonly person: string };
  ALSO_WANTED: { readonly what: string };
  /** What other cases ask of the same person at this moment (D10). */
  ALSO_ASKED: {
    readonly cases: readonly {
      readonly caseNumber: string;
      readonly severity: Severity;
      readonly emergency: Emergency;
      readonly forMs: number;
    }[];
  };
  FOR_INFORMATION: Nothing;
  STATE: { readonly severity: Severity; readonly level: Level; readonly emergency: Emergency };
  OPEN_SINCE: { readonly at: string };
  DOWN_SINCE: { readonly at: string; readonly affected: number | null; readonly total: number | null };
  CONTACT: {
    readonly name: string;
    readonly reach: ContactReach;
    readonly number: string | null;
    readonly email: string | null;
  };
  HAPPENED: { readonly at: string; readonly what: string };
  WAITS_FOR: { readonly what: string; readonly at: string };
  NEXT_DUE: { readonly at: string; readonly what: string };
  OWNERS: {
    readonly engineer: string | null;
    readonly manager: { readonly level: Level; readonly person: string } | null;
    readonly onCall: string | null;
  };
  /** To be copied into a shell. */
  HOW_TO_ANSWER: { readonly command: string };
  CALL_HOTLINE: { readonly hotline: string };
  /** Buttons, keys and links by which a page is answered. */
  HAVE_IT: Nothing;
  CANNOT: Nothing;
  ANSWER_BUTTON: Nothing;
  ANSWER_HERE: Nothing;
  PRESS_KEYS: Nothing;
  /** Heard by whoever picks up the telephone, before anything else. */
  SPOKEN_INTRO: {
    readonly name: string;
    readonly severity: Severity;
    readonly level: Level;
    readonly emergency: Emergency;
  };
  /** Of cases that were ended from outside, which can page nobody themselves. */
  ENDED_STATE: Nothing;
  ENDED_HEADLINE: { readonly count: number };
  ENDED_CASE: {
    readonly caseNumber: string;
    readonly severity: number | null;
    readonly customer: string;
    readonly title: string;
    readonly how: EndedHow;
    readonly at: string;
    readonly by: string | null;
    readonly reason: string | null;
  };
  ENDED_CASES: { readonly count: number; readonly eDowns: number; readonly named: readonly string[] };
  ENDED_MEANS: { readonly count: number };
  /** Stands where the buttons were. */
  SETTLED: { readonly outcome: 'ANSWERED' | 'OVERTAKEN' | 'OVER'; readonly by: string | null };
}

/** Word that is of no case: each is what such a page is called by, and what it tells. */
export interface WordFacts {
  /** An edit has moved somebody's next turn; `null`: none in the next eight weeks. */
  ROTA_CHANGED: {
    readonly moved: readonly { readonly team: string; readonly before: string | null; readonly after: string | null }[];
  };
  TURN_BEGINS: { readonly team: string; readonly at: string };
  /** `null`: it was never read, and there is no copy. */
  CALENDAR_STALE: { readonly team: string; readonly readAt: string | null };
  /** A test of somebody's channels. */
  TEST: { readonly name: string; readonly channel: string };
}
export type WordPurpose = keyof WordFacts;
