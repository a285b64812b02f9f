/**
 * What of an escalation policy has an equivalent: how long the first asked have, and how often all of it is gone through.
 * Theirs is a list of steps for each service; ours is one ladder for all, by the directory. The rest is told.
 */
import { Document } from 'yaml';
import { durationText } from '../../../worker/config/duration';
import type { PolicyStep, TheirPolicy } from '../model/export';
import type { Report } from '../model/report';

const MOST_ROUNDS = 50;
const HOTLINE = 'to be named: the number of your hotline';

const MINUTE_MS = 60_000;
const LONGEST_MS = 366 * 24 * 60 * MINUTE_MS;

/** In whole minutes, and of a length that a policy may have. */
function usable(ms: number | undefined): number[] {
  if (ms === undefined) return [];
  const whole = Math.max(1, Math.round(ms / MINUTE_MS)) * MINUTE_MS;
  return whole <= LONGEST_MS ? [whole] : [];
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

export function policyText(policies: readonly TheirPolicy[], source: string, report: Report): string {
  report.add('hotline', '-', 'MISSING', 'Which number do customers call? It is how E-Down is best declared.');
  const firsts = distinct(policies.flatMap(({ steps: [first] }) => usable(first?.timeMs)));
  const rounds = distinct(policies.map((policy) => Math.max(1, Math.min(policy.rounds, MOST_ROUNDS))));
  const [engineerAckMs] = firsts.sort((a, b) => a - b);
  for (const policy of policies)
    tell(
      policy,
      {
        engineerAckMs,
        isOneTime: firsts.length <= 1,
        isOneRound: rounds.length <= 1,
        isOnly: policies.length === 1,
      },
      report,
    );
  const document = new Document({
    version: 'moved',
    hotline: HOTLINE,
    ...(engineerAckMs !== undefined && {
      severities: {
        '0': { engineerAck: durationText(engineerAckMs) },
        '1': { engineerAck: durationText(engineerAckMs) },
      },
    }),
    ...(rounds.length > 0 && { escalation: { rounds: Math.max(...rounds) } }),
  });
  document.commentBefore = ` Moved from ${source}. Every other key has its default: docs/configuration.md.`;
  return document.toString({ lineWidth: 0 });
}

interface Taken {
  readonly engineerAckMs: number | undefined;
  readonly isOneTime: boolean;
  readonly isOneRound: boolean;
  readonly isOnly: boolean;
}

function tell(
  { id, name, steps, rounds, beginsAfterMs = 0 }: TheirPolicy,
  { engineerAckMs, isOneTime, isOneRound, isOnly }: Taken,
  report: Report,
): void {
  const lost = distinct([
    ...(isOnly ? [] : ['it serves its own services there, and here one ladder serves every case']),
    ...(beginsAfterMs > 0
      ? [`nobody is called before ${durationText(beginsAfterMs)} after the alert, and here it is at once`]
      : []),
    ...(isOneTime ? [] : ['policies differ in the time of their first step, and the shortest was taken']),
    ...(isOneRound ? [] : ['policies differ in their rounds, and the most were taken']),
    ...(rounds > MOST_ROUNDS ? [`${rounds} rounds are more than ${MOST_ROUNDS}`] : []),
    ...(distinct(steps.map(({ timeMs }) => timeMs)).length > 1
      ? ['later steps have other times, and here one time holds for all']
      : []),
    ...steps.flatMap((step) => step.lost),
    ...steps.flatMap(notOnCall),
    ...(steps.length > 1 ? ['who is asked after the first step is the order of the teams, then the managers'] : []),
  ]);
  const time = engineerAckMs === undefined ? '' : ` ${durationText(engineerAckMs)} to answer.`;
  const why =
    lost.length === 0
      ? `${name}: whoever is on call has${time || ' the default time.'}`
      : `${name}: ${lost.join('; ')}.${time}`;
  report.add('escalation policy', id, lost.length === 0 ? 'SAME' : 'DIFFERENT', why);
}

const notOnCall = ({ targets }: PolicyStep): string[] =>
  targets.flatMap(({ kind, id, called }) => {
    if (kind === 'SCHEDULE') return [];
    return [
      kind === 'PERSON'
        ? `${id} is named in a step: make them a manager, a duty manager or part of a team`
        : `${called} ${id} has no equivalent`,
    ];
  });
