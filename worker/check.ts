/** `tocsin directory check` and `tocsin policy check`: what the configuration is good for, before anybody needs it (B9). */
import type { CasePolicy } from '../workflows/case/policy';
import { loadConfig, policyFrom } from './config';
import { durationText } from './config/duration';
import { shown } from './config/files';
import { engineersOf, REASONS } from './readiness/problems';
import { readiness, type Finding } from './readiness/readiness';

export { ConfigError } from './config';

const DAY_MS = 24 * 3_600_000;

export interface DirectoryCheck {
  readonly folder: string;
  readonly from: number;
  readonly to: number;
  /** Whose M1, M2 and on-call were looked at. */
  readonly engineers: readonly string[];
  /** Those who cannot be reached at all first. */
  readonly findings: readonly (Finding & { readonly words: string })[];
  /** Nobody is unreachable: what is degraded finds somebody else. */
  readonly isReady: boolean;
}

/** For each engineer: can M1, M2 and the on-call of an E-Down be reached? @throws ConfigError */
export function checkDirectory({ from, days }: { readonly from: number; readonly days: number }): DirectoryCheck {
  const { folder, directory, policy } = loadConfig();
  const to = from + days * DAY_MS;
  const findings = readiness(directory, policy, from, to).map((finding) => ({ ...finding, words: REASONS[finding.reason] }));
  const isWorse = ({ severity }: Finding): number => (severity === 'UNREACHABLE' ? 0 : 1);
  return {
    folder: shown(folder),
    from,
    to,
    engineers: engineersOf(directory),
    findings: findings.sort((a, b) => isWorse(a) - isWorse(b) || a.from - b.from),
    isReady: findings.every(({ severity }) => severity === 'DEGRADED'),
  };
}

/** One thing that a file sets otherwise than it would be by itself; as a file would write it. */
export interface Setting {
  readonly path: string;
  readonly value: string;
  readonly byDefault: string;
}

export interface PolicyCheck {
  readonly folder: string;
  readonly isExample: boolean;
  readonly version: string;
  readonly hash: string;
  readonly hotline: string;
  readonly settings: readonly Setting[];
  readonly people: number;
  readonly teams: readonly string[];
}

/** Both files, and what would be used. @throws ConfigError with every mistake of both */
export function checkPolicy(): PolicyCheck {
  const { folder, isExample, policy, directory } = loadConfig();
  const { version, hash, hotline } = policy;
  return {
    folder: shown(folder),
    isExample,
    version,
    hash,
    hotline,
    settings: changedFrom(policyFrom({ hotline, version }), policy),
    people: directory.people.length,
    teams: directory.onCall.map(({ team }) => team),
  };
}

function changedFrom(defaults: CasePolicy, policy: CasePolicy): Setting[] {
  const [before, after] = [settingsOf(defaults), settingsOf(policy)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => path !== 'hash' && before.get(path) !== after.get(path))
    .map((path) => ({ path, value: after.get(path) ?? '–', byDefault: before.get(path) ?? '–' }));
}

/** Every setting by its path in policy.yaml, lengths of time as they are written there. */
export function settingsOf(policy: CasePolicy): Map<string, string> {
  const settings = new Map<string, string>();
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, part] of Object.entries(value)) walk(part, [...path, key]);
      return;
    }
    const name = path.join('.');
    const isTime = name.endsWith('Ms') && typeof value === 'number';
    settings.set(isTime ? name.slice(0, -2) : name, isTime ? durationText(value) : Array.isArray(value) ? value.join(', ') : String(value));
  };
  walk(policy, []);
  return settings;
}
