/**
 * The timers and numbers of a case, in milliseconds. A case keeps the policy it was opened with, by version and hash; it
 * changes only by an explicit `PolicyAdopted` event (B6).
 */
import { bool, id, integer, list, object, oneOf, optional, text, type Of } from './shape';
import type { Severity } from './vocabulary';

const YEAR_MS = 366 * 24 * 3_600_000;
const durationMs = integer(1, YEAR_MS);
/** `HH:MM` of somebody's own clock; which instant that is, is for whoever knows zones to say. */
const timeOfDay = id(5);

const severityShape = object({
  firstContactMs: durationMs,
  engineerAckMs: durationMs,
  managerAckMs: durationMs,
  managerContactMs: durationMs,
  staffingMs: durationMs,
  customerUpdateMs: durationMs,
  /** Absent: progress is not watched at this severity. */
  progressStallMs: optional(durationMs),
  /** How long an answer holds when nobody does anything for the case (H3). */
  ackExpiresMs: durationMs,
  /** After how long without restoration a level is suggested, never as the customer's act (B11). */
  suggest: object({
    M1Ms: optional(durationMs),
    M2Ms: optional(durationMs),
    executiveMs: optional(durationMs),
  }),
});
export type SeverityPolicy = Of<typeof severityShape>;

/** By how a message reaches: urgent channels ring, normal ones do not. */
const byUrgency = object({ urgentMs: durationMs, normalMs: durationMs });

export const policyShape = object({
  version: text(60),
  /** Of the whole policy file, so that two files with one version can be told apart. */
  hash: text(80),
  hotline: text(60),
  caseNumber: text(200),
  severities: object({ '0': severityShape, '1': severityShape, '2': severityShape, '3': severityShape }),
  eDown: object({
    alertEveryMs: durationMs,
    contactCheck: object({
      firstMs: durationMs,
      secondMs: durationMs,
      proposeLoweringMs: durationMs,
      /** When nothing is asked of the contact: how long without any sign of the customer (H4). */
      idleMs: durationMs,
      /** The contact's night, by their own clock: they are not checked on in it, unless work waits for them (H4). */
      quiet: object({ from: timeOfDay, to: timeOfDay }),
    }),
    contactActionMs: durationMs,
    handOver: object({ acceptMs: durationMs, overlapMs: durationMs }),
    /** How old substantive progress may be to justify a step-down (R29). */
    recentProgressMs: durationMs,
    /** CHINESE: continual progress may end 24x7 by agreement; ENGLISH: 24x7 goes on as long as progress is made. */
    stepDownReading: oneOf(['CHINESE', 'ENGLISH'] as const),
    reviewBusinessDays: integer(1, 60),
  }),
  escalation: object({
    rounds: integer(1, 50),
    keepTryingEveryMs: durationMs,
    remindAtMostEveryMs: durationMs,
    /** Nothing came back for so long on one channel: the same person's next channel is tried as well (H7). */
    nextChannelAfter: byUrgency,
    /** No channel of the person has worked for so long since the first send: the next person is asked (H7). */
    nextPersonAfterMs: durationMs,
    /** How long one channel's provider is tried again; it ends tries, and nothing else. */
    retryForMs: durationMs,
  }),
  reopenWindowMs: durationMs,
  /** Order of channels by urgency; a kind that is left out is not used. */
  channels: object({ urgent: list(text(40), 1, 20), normal: list(text(40), 1, 20) }),
  warnAt: list(integer(1, 99), 0, 5),
  pageWarnings: bool,
});
export type CasePolicy = Of<typeof policyShape>;

export const timersOf = (policy: CasePolicy, severity: Severity): SeverityPolicy => policy.severities[`${severity}`];
