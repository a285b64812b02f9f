/** The policy that a case is asked to adopt, in milliseconds as the case keeps it (B6). */
import { z } from 'zod';
import { id, integer, optional, text } from './scalars';

const YEAR_MS = 366 * 24 * 3_600_000;
const durationMs = integer(1, YEAR_MS);

const severityPolicy = z.object({
  firstContactMs: durationMs,
  engineerAckMs: durationMs,
  managerAckMs: durationMs,
  managerContactMs: durationMs,
  staffingMs: durationMs,
  customerUpdateMs: durationMs,
  progressStallMs: optional(durationMs),
  ackExpiresMs: durationMs,
  suggest: z.object({
    M1Ms: optional(durationMs),
    M2Ms: optional(durationMs),
    executiveMs: optional(durationMs),
  }),
});

const channelKinds = z.array(text(40)).min(1).max(20);

export const policySchema = z.object({
  version: text(60),
  hash: text(80),
  hotline: text(60),
  caseNumber: text(200),
  severities: z.object({ '0': severityPolicy, '1': severityPolicy, '2': severityPolicy, '3': severityPolicy }),
  eDown: z.object({
    alertEveryMs: durationMs,
    contactCheck: z.object({
      firstMs: durationMs,
      secondMs: durationMs,
      proposeLoweringMs: durationMs,
      idleMs: durationMs,
      quiet: z.object({ from: id(5), to: id(5) }),
    }),
    contactActionMs: durationMs,
    handOver: z.object({ acceptMs: durationMs, overlapMs: durationMs }),
    recentProgressMs: durationMs,
    stepDownReading: z.enum(['CHINESE', 'ENGLISH']),
    reviewBusinessDays: integer(1, 60),
  }),
  escalation: z.object({
    rounds: integer(1, 50),
    keepTryingEveryMs: durationMs,
    remindAtMostEveryMs: durationMs,
    nextChannelAfter: z.object({ urgentMs: durationMs, normalMs: durationMs }),
    nextPersonAfterMs: durationMs,
    retryForMs: durationMs,
  }),
  reopenWindowMs: durationMs,
  channels: z.object({ urgent: channelKinds, normal: channelKinds }),
  warnAt: z.array(integer(1, 99)).max(5),
  pageWarnings: z.boolean(),
});
