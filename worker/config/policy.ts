/** policy.yaml: timers and numbers. Every key has a default (requirements.md, "Default timers") but the hotline (R36). */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CasePolicy } from '../../workflows/case/policy';
import { duration } from './duration';
import { ConfigError, Source } from './yaml';

const timer = (byDefault: string) => duration.prefault(byDefault);

interface SeverityDefaults {
  readonly firstContact: string;
  readonly ack: string;
  readonly managerContact: string;
  readonly staffing: string;
  readonly customerUpdate: string;
  readonly progressStall?: string;
  readonly ackExpires: string;
  readonly suggest?: { readonly M1?: string; readonly M2?: string; readonly executive?: string };
}

const maybe = (byDefault: string | undefined) =>
  byDefault === undefined ? duration.optional() : duration.prefault(byDefault).optional();

const severity = ({ suggest = {}, ...by }: SeverityDefaults) =>
  z
    .strictObject({
      firstContact: timer(by.firstContact),
      engineerAck: timer(by.ack),
      managerAck: timer(by.ack),
      managerContact: timer(by.managerContact),
      staffing: timer(by.staffing),
      customerUpdate: timer(by.customerUpdate),
      progressStall: maybe(by.progressStall),
      ackExpires: timer(by.ackExpires),
      suggest: z.strictObject({ M1: maybe(suggest.M1), M2: maybe(suggest.M2), executive: maybe(suggest.executive) }).prefault({}),
    })
    .prefault({});

const SEVERITIES = {
  '0': { firstContact: '1h', ack: '15m', managerContact: '30m', staffing: '1h', customerUpdate: '1h', progressStall: '2h', ackExpires: '30m', suggest: { M1: '2h', M2: '4h', executive: '24h' } },
  '1': { firstContact: '2h', ack: '30m', managerContact: '1h', staffing: '2h', customerUpdate: '4h', progressStall: '8h', ackExpires: '1h', suggest: { M1: '4h', M2: '24h' } },
  '2': { firstContact: '4h', ack: '30m', managerContact: '4h', staffing: '4h', customerUpdate: '1d', ackExpires: '4h' },
  '3': { firstContact: '4h', ack: '30m', managerContact: '8h', staffing: '8h', customerUpdate: '2d', ackExpires: '8h' },
} as const satisfies Record<string, SeverityDefaults>;

const channelKinds = z.array(z.enum(['console', 'webhook', 'email', 'slack', 'sms', 'voice', 'pagerduty'])).min(1);

const regex = z.string().superRefine((pattern, context) => {
  try {
    new RegExp(pattern);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a regular expression' });
  }
});

const isRising = (values: readonly number[]): boolean => values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));

const policyYaml = z.strictObject({
  version: z.coerce.string().min(1).max(60).default('default'),
  hotline: z.string('must be the telephone number of the hotline: it is the preferred way to declare E-Down (R36)').min(1).max(60),
  caseNumber: regex.default('^C\\d{7,9}$'),
  severities: z
    .strictObject({ '0': severity(SEVERITIES['0']), '1': severity(SEVERITIES['1']), '2': severity(SEVERITIES['2']), '3': severity(SEVERITIES['3']) })
    .prefault({}),
  eDown: z
    .strictObject({
      alertEvery: timer('15m'),
      contactCheck: z
        .strictObject({ first: timer('30m'), second: timer('1h'), proposeLowering: timer('4h') })
        .prefault({})
        .refine(({ first, second, proposeLowering }) => isRising([first, second, proposeLowering]), 'first, second, proposeLowering must come one after the other'),
      contactAction: timer('1h'),
      handOver: z.strictObject({ accept: timer('15m'), overlap: timer('30m') }).prefault({}),
      recentProgress: timer('2h'),
      stepDownReading: z.enum(['CHINESE', 'ENGLISH']).default('CHINESE'),
      reviewBusinessDays: z.number().int().min(1).max(60).default(5),
    })
    .prefault({}),
  escalation: z
    .strictObject({
      rounds: z.number().int().min(1).max(50).default(3),
      keepTryingEvery: timer('15m'),
      remindAtMostEvery: timer('15m'),
      nextChannelAfter: timer('5m'),
      retryFor: timer('1m'),
    })
    .prefault({}),
  reopenWindow: timer('14d'),
  channels: z
    .strictObject({
      urgent: channelKinds.default(['voice', 'sms', 'slack', 'webhook', 'email', 'console']),
      normal: channelKinds.default(['slack', 'webhook', 'email', 'console']),
    })
    .prefault({}),
  warnAt: z.array(z.number().int().min(1).max(99)).max(5).refine(isRising, 'percentages must rise').default([50, 75]),
  pageWarnings: z.boolean().default(true),
});

type PolicyYaml = z.output<typeof policyYaml>;

const present = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

const severityOf = (timers: PolicyYaml['severities']['0']): CasePolicy['severities']['0'] => ({
  firstContactMs: timers.firstContact,
  engineerAckMs: timers.engineerAck,
  managerAckMs: timers.managerAck,
  managerContactMs: timers.managerContact,
  staffingMs: timers.staffing,
  customerUpdateMs: timers.customerUpdate,
  ackExpiresMs: timers.ackExpires,
  ...present({ progressStallMs: timers.progressStall }),
  suggest: present({ M1Ms: timers.suggest.M1, M2Ms: timers.suggest.M2, executiveMs: timers.suggest.executive }),
});

/** As a case keeps it: milliseconds, and a hash of the whole so that two files with one version can be told apart. */
function resolved({ severities, eDown, escalation, reopenWindow, ...rest }: PolicyYaml): CasePolicy {
  const { contactCheck, handOver } = eDown;
  const policy = {
    ...rest,
    severities: { '0': severityOf(severities['0']), '1': severityOf(severities['1']), '2': severityOf(severities['2']), '3': severityOf(severities['3']) },
    eDown: {
      alertEveryMs: eDown.alertEvery,
      contactCheck: { firstMs: contactCheck.first, secondMs: contactCheck.second, proposeLoweringMs: contactCheck.proposeLowering },
      contactActionMs: eDown.contactAction,
      handOver: { acceptMs: handOver.accept, overlapMs: handOver.overlap },
      recentProgressMs: eDown.recentProgress,
      stepDownReading: eDown.stepDownReading,
      reviewBusinessDays: eDown.reviewBusinessDays,
    },
    escalation: {
      rounds: escalation.rounds,
      keepTryingEveryMs: escalation.keepTryingEvery,
      remindAtMostEveryMs: escalation.remindAtMostEvery,
      nextChannelAfterMs: escalation.nextChannelAfter,
      retryForMs: escalation.retryFor,
    },
    reopenWindowMs: reopenWindow,
  };
  return { ...policy, hash: `sha256:${createHash('sha256').update(JSON.stringify(policy)).digest('hex').slice(0, 16)}` };
}

/** @throws ConfigError with every mistake of the file. */
export function parsePolicy(text: string, file: string): CasePolicy {
  const source = new Source(text, file);
  const yaml = source.parse(policyYaml as unknown as z.ZodType<PolicyYaml>);
  if (!yaml) throw new ConfigError(source.problems);
  return resolved(yaml);
}

/** A policy from what a file would say, as an object. @throws ConfigError */
export const policyFrom = (yaml: object): CasePolicy => parsePolicy(JSON.stringify(yaml), 'policy');
