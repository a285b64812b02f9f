/** `tocsin directory check` and `tocsin policy check`: what the configuration is good for, before anybody needs it. */
import Table from 'cli-table3';
import { engineersOf, readiness, type Finding } from '../activities/directory/readiness';
import { ConfigError, loadConfig } from './config';

const DAY_MS = 24 * 3_600_000;

export interface Report {
  readonly text: string;
  readonly json: unknown;
  /** 0 all is well, 1 somebody cannot be reached, 2 the configuration is broken. */
  readonly exitCode: 0 | 1 | 2;
}

const WORDS: Readonly<Record<Finding['reason'], string>> = {
  NOBODY: 'nobody, not even a duty manager',
  ONLY_DUTY_MANAGERS: 'only the duty managers: the chart gives nobody who is there',
  NO_SECOND_LEVEL: 'no second level in the chart: executives or duty managers',
  GAP: 'no window is open: the next team is woken',
  NO_CHANNEL: 'people are there, but none on a channel for urgent pages',
  AWAY: 'away, and nobody stands in: the manager is asked',
};

const time = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function broken(error: unknown): Report {
  if (!(error instanceof ConfigError)) throw error;
  return { text: `The configuration is broken:\n${error.message}`, json: { code: 'BAD_CONFIGURATION', problems: error.problems }, exitCode: 2 };
}

/** For each engineer: can M1, M2 and the E-Down on-call be reached, now and over the days to come? */
export function checkDirectory({ at = Date.now(), days = 7 }: { readonly at?: number; readonly days?: number } = {}): Report {
  try {
    const { directory, policy } = loadConfig();
    const findings = readiness(directory, policy.channels.urgent, at, at + days * DAY_MS);
    const unreachable = findings.some(({ gravity }) => gravity === 'UNREACHABLE');
    const engineers = engineersOf(directory);
    const head = `${engineers.length} engineers, ${time(at)} and the ${days} day${days === 1 ? '' : 's'} after`;
    return { text: [head, ...(findings.length === 0 ? ['Everybody can be reached: engineer, M1, M2, on call.'] : [tableOf(findings)])].join('\n'), json: { at: new Date(at).toISOString(), days, engineers, findings: findings.map(withTimes) }, exitCode: unreachable ? 1 : 0 };
  } catch (error) {
    return broken(error);
  }
}

const withTimes = (finding: Finding) => ({ ...finding, from: new Date(finding.from).toISOString(), to: new Date(finding.to).toISOString() });

function tableOf(findings: readonly Finding[]): string {
  const table = new Table({ head: ['who', 'for', 'from', 'to', 'what happens'], style: { head: [], border: [] } });
  for (const { who, need, from, to, reason, gravity } of findings) table.push([who, need, time(from), time(to), `${gravity === 'UNREACHABLE' ? 'UNREACHABLE: ' : ''}${WORDS[reason]}`]);
  return table.toString();
}

/** Both files, and what would be used. */
export function checkPolicy(): Report {
  try {
    const { folder, policy, directory } = loadConfig();
    const { version, hash, hotline, eDown, escalation } = policy;
    const text = [`${folder} is in order.`, `  policy    ${version} (${hash})`, `  hotline   ${hotline}`, `  E-Down    alerted every ${eDown.alertEveryMs / 60_000} min`, `  search    ${escalation.rounds} rounds, then every ${escalation.keepTryingEveryMs / 60_000} min`, `  people    ${directory.people.length}, on call in ${directory.onCall.length} teams`].join('\n');
    return { text, json: { folder, policy }, exitCode: 0 };
  } catch (error) {
    return broken(error);
  }
}
