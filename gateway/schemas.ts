/** What the gateway answers with, for its OpenAPI document. Objects are open: a later version may say more. */
import { z } from 'zod';
import {
  ATTENTION,
  CHANNELS,
  EMERGENCIES,
  ENDED_OUTSIDE,
  LEVELS,
  ROLES,
  SEVERITIES,
  STATUSES,
} from '../workflows/core/language/vocabulary';

const instant = z.iso.datetime();
const due = z.looseObject({ at: instant, what: z.string() });
const severity = z.literal(SEVERITIES);

const standing = {
  caseNumber: z.string(),
  seq: z.int(),
  severity,
  level: z.enum(LEVELS),
  emergency: z.enum(EMERGENCIES),
  status: z.enum(STATUSES),
  owner: z.string(),
  nextDue: due.nullable(),
  notes: z.array(z.string()),
  attention: z.array(z.enum(ATTENTION)),
};

export const answerSchema: z.ZodType = z
  .looseObject({ ...standing, events: z.array(z.string()), phonePreferred: z.literal(true).optional() })
  .describe('What came of a command');

export const openedSchema: z.ZodType = z
  .looseObject({ ...standing, runId: z.string(), repeated: z.boolean() })
  .describe('The first answer of a case');

const ended = z
  .looseObject({
    how: z.enum(ENDED_OUTSIDE),
    at: instant,
    by: z.string().optional(),
    reason: z.string().optional(),
  })
  .describe('The case was ended from outside: nobody works on it and nobody is paged')
  .optional();

const rowSchema = z.looseObject({
  endedOutside: ended,
  caseNumber: z.string(),
  title: z.string().nullable(),
  customer: z.looseObject({ number: z.string().nullable(), name: z.string().nullable() }),
  severity: z.int().nullable(),
  level: z.string().nullable(),
  emergency: z.string().nullable(),
  status: z.string().nullable(),
  engineer: z.string().nullable(),
  manager: z.string().nullable(),
  attention: z.array(z.string()),
  nextDue: instant.nullable(),
  eDownCount: z.int(),
  waitsFor: z.string().nullable(),
  openedAt: instant.nullable(),
  urgency: z.int().min(0).max(5).describe('0 is the most urgent; a case that was ended from outside is 0'),
  asItStood: z
    .looseObject({
      attention: z.array(z.string()),
      waitsFor: z.string().nullable(),
      urgency: z.int().min(0).max(5).nullable(),
    })
    .describe('What a case that is over said of itself last; nothing of it is so any more')
    .optional(),
});

export const listSchema: z.ZodType = z.looseObject({
  cases: z.array(rowSchema),
  more: z.int().min(0).describe('So many there are besides: a greater `limit` has them'),
});

const person = z.string().nullable();

export const caseSchema: z.ZodType = z
  .looseObject({
    endedOutside: ended,
    caseNumber: z.string(),
    title: z.string(),
    customer: z.looseObject({ number: z.string(), name: z.string() }),
    environment: z.string(),
    openedAt: instant,
    closedAt: instant.nullable(),
    severity,
    level: z.enum(LEVELS),
    emergency: z.enum(EMERGENCIES),
    status: z.enum(STATUSES),
    attention: z.array(z.enum(ATTENTION)),
    owner: z.string(),
    owners: z.looseObject({ engineer: person, manager: person, secondLevelManager: person, onCall: person }),
    nextDue: due.nullable(),
    needs: z.array(
      z.looseObject({
        need: z.string(),
        purpose: z.string(),
        status: z.enum(['ON_ITS_WAY', 'ASKED', 'RESTING', 'HELD']),
        person,
        asked: z.array(z.string()),
        since: instant,
        answerDueAt: instant.nullable(),
      }),
    ),
    pages: z.array(z.looseObject({ pageId: z.string(), person, asks: z.array(z.string()) })),
    counters: z.looseObject({ events: z.int(), pages: z.int() }),
  })
  .describe('The whole picture of a case');

const eventSchema = z
  .looseObject({
    seq: z.int(),
    type: z.string(),
    at: instant,
    by: z.string().optional(),
    role: z.enum(ROLES).optional(),
    channel: z.enum(CHANNELS).optional(),
    requestId: z.string().optional(),
    data: z.looseObject({}),
    sentence: z.string().describe('What happened, in plain English'),
  })
  .describe('Something that happened');

export const timelineSchema: z.ZodType = z.looseObject({
  endedOutside: ended,
  events: z.array(eventSchema),
  seq: z.int(),
  firstKept: z.int(),
  missing: z.array(
    z.looseObject({
      from: z.int(),
      to: z.int(),
      why: z.enum(['RETENTION', 'NO_ROOM']),
      sentence: z.string(),
    }),
  ),
});

export const managerSchema: z.ZodType = z.looseObject({
  endedOutside: ended,
  sentence: z.string(),
  manager: person,
  how: z.enum(['ENGAGED', 'BEING_PAGED', 'DIRECT_MANAGER', 'DUTY_MANAGER']),
  level: z.enum(LEVELS),
  engineer: person,
});

const problemSchema: z.ZodType = z
  .looseObject({
    endedOutside: ended,
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    fields: z.array(z.looseObject({ field: z.string(), problem: z.string() })).optional(),
    hint: z.string().optional(),
  })
  .describe('A problem document (RFC 9457)');

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/** What any route behind `/v1` may answer with instead. */
export const problems = {
  400: problem('The request cannot be read'),
  401: problem('No credential, or none that counts'),
  403: problem('This role may not do this'),
  404: problem('No such case, or none of yours'),
  409: problem('The case stands otherwise'),
  410: problem('The case was ended from outside'),
  413: problem('The body is too large'),
  415: problem('This content type is not understood'),
  422: problem('The input is not valid; every wrong field is named'),
  429: problem('Too much at once; see Retry-After'),
  503: problem('No answer in time; see Retry-After'),
} as const;
