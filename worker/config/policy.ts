/** policy.yaml, resolved: milliseconds, and a hash of the whole (B6). */
import { createHash } from 'node:crypto';
import type { CasePolicy, SeverityPolicy } from '../../workflows/core/language/policy';
import { policyYaml, type PolicyYaml } from './policy-yaml';
import { present } from './present';
import { ConfigError, Source } from './yaml';

const severityOf = (timers: PolicyYaml['severities']['0']): SeverityPolicy => ({
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

function resolved({
  severities,
  eDown,
  escalation,
  reopenWindow,
  rota: _,
  ...rest
}: PolicyYaml): Omit<CasePolicy, 'hash'> {
  const { contactCheck, handOver } = eDown;
  return {
    ...rest,
    severities: {
      '0': severityOf(severities['0']),
      '1': severityOf(severities['1']),
      '2': severityOf(severities['2']),
      '3': severityOf(severities['3']),
    },
    eDown: {
      alertEveryMs: eDown.alertEvery,
      contactCheck: {
        firstMs: contactCheck.first,
        secondMs: contactCheck.second,
        proposeLoweringMs: contactCheck.proposeLowering,
        idleMs: contactCheck.idle,
        quiet: contactCheck.quiet,
      },
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
      nextChannelAfter: { urgentMs: escalation.nextChannelAfter.urgent, normalMs: escalation.nextChannelAfter.normal },
      nextPersonAfterMs: escalation.nextPersonAfter,
      retryForMs: escalation.retryFor,
    },
    reopenWindowMs: reopenWindow,
  };
}

/** The same text for the same content, in whatever order it was put together. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

const hashOf = (value: unknown): string =>
  `sha256:${createHash('sha256').update(canonical(value)).digest('hex').slice(0, 16)}`;

/** Who hears of the rota itself: off where the file is silent. */
export interface RotaWordPolicy {
  /** Word to those whose next turn an edit has moved. */
  readonly tellChanges: boolean;
  /** Word so long before a turn; `null`: none. */
  readonly tellTurnBeginsMs: number | null;
}

export const NO_ROTA_WORD: RotaWordPolicy = { tellChanges: false, tellTurnBeginsMs: null };

/** The file as a whole: what a case takes along, and what is no case's. */
export interface PolicyFile {
  readonly policy: CasePolicy;
  readonly rota: RotaWordPolicy;
  readonly hash: string;
}

/** @throws ConfigError with every mistake of the file. */
export function parsePolicyFile(text: string, file: string): PolicyFile {
  const source = new Source(text, file);
  const yaml = source.parse(policyYaml);
  if (!yaml || source.problems.length > 0) throw new ConfigError(source.problems);
  const content = resolved(yaml);
  const policy = { ...content, hash: hashOf(content) };
  const rota = { tellChanges: yaml.rota.tellChanges, tellTurnBeginsMs: yaml.rota.tellTurnBegins };
  return { policy, rota, hash: hashOf([policy.hash, rota]) };
}

/** What of it a case takes along. @throws ConfigError with every mistake of the file. */
export const parsePolicy = (text: string, file: string): CasePolicy => parsePolicyFile(text, file).policy;

/** A policy from what a file would say, as an object. @throws ConfigError */
export const policyFrom = (yaml: object): CasePolicy => parsePolicy(JSON.stringify(yaml), 'policy');
