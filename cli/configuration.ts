/** What the shell asks of the configuration that a worker would use: is it in order, and what would it do (B9)? */
import { IANAZone } from 'luxon';
import { join } from 'node:path';
import { Channels } from '../activities/channels';
import { channelsOf, probe } from '../activities/channels/probe';
import { checkTexts, type TextsChecked } from '../activities/texts/check';
import { Layouts } from '../activities/texts/layouts';
import { Texts } from '../activities/texts/texts';
import { channelSettings } from '../worker/config/channel-settings';
import type { CasePolicy } from '../workflows/core/language/policy';
import type { Probed } from '../workflows/word/messages';
import { judgeConfig, loadConfig, policyFrom } from '../worker/config';
import { durationText } from '../worker/config/duration';
import { shown } from '../worker/config/files';
import { neverTried } from '../rehearsal/readiness/never-tried';
import { engineersOf, REASONS } from '../rehearsal/readiness/problems';
import { readiness, type Finding } from '../rehearsal/readiness/readiness';
import { calendarHints, HINTS, rotaHints, type Hint } from '../rehearsal/readiness/rota-hints';
import { explain, type Part, type Question } from '../rehearsal/explain';
import { mondayNight, rehearse, type Rehearsed } from '../rehearsal/rehearse';
import { isShipped, shipped } from '../rehearsal/scenario';
import { CASE_NUMBER, scenarioIn } from './scenario-file';
import { LANGUAGES, type Language } from '../activities/templates/reading';

export { ConfigError } from '../worker/config';
export {
  acceptCalendar,
  directoryDiff,
  icalConfigured,
  NotInDirectory,
  onCallConfigured,
  onCallNowAndNext,
} from './rota';
export { ScenarioError } from './scenario-file';
export { OpeningRefused } from '../rehearsal/dry-run';
export { ACTS, parseAct } from './acts';

const DAY_MS = 24 * 3_600_000;

export interface DirectoryCheck {
  readonly folder: string;
  readonly from: number;
  readonly to: number;
  /** Whose M1, M2 and on-call were looked at. */
  readonly engineers: readonly string[];
  /** Those who cannot be reached at all first. */
  readonly findings: readonly (Finding & { readonly words: string })[];
  /** What of the rotas has no effect or is worth a look; nothing of it keeps a page from finding somebody. */
  readonly hints: readonly (Hint & { readonly words: string })[];
  /** Zones change by decree: two machines with different data may disagree for an hour. */
  readonly timeZones: string;
  /** What stands for the number of the hotline where it is none: whoever is told it cannot call. */
  readonly noHotline?: string;
  /** Nobody is unreachable, customers by the hotline neither: what is degraded finds somebody else. */
  readonly isReady: boolean;
  /** Variables that the files name and that are not set here; a worker needs them, a check does not. */
  readonly unset: readonly string[];
}

/** For each engineer: can M1, M2 and the on-call of an E-Down be reached? @throws ConfigError */
export function checkDirectory({ from, days }: { readonly from: number; readonly days: number }): DirectoryCheck {
  const { folder, directory, calendars, policy, unset } = judgeConfig();
  const to = from + days * DAY_MS;
  const found = [
    ...readiness(directory, policy, from, to),
    ...neverTried(directory, policy).map((problem) => ({ ...problem, from, to })),
  ];
  const findings = found.map((finding) => ({ ...finding, words: wordsOf(finding) }));
  const hints = [...rotaHints(directory, from), ...calendarHints(directory, calendars, from)].map((hint) => ({
    ...hint,
    words: HINTS[hint.reason],
  }));
  const isNumber = /\d/.test(policy.hotline);
  const isWorse = ({ severity }: Finding): number => (severity === 'UNREACHABLE' ? 0 : 1);
  return {
    folder: shown(folder),
    from,
    to,
    engineers: engineersOf(directory),
    findings: findings.sort((a, b) => isWorse(a) - isWorse(b) || a.from - b.from),
    hints,
    timeZones: process.versions.tz ?? 'unknown',
    ...(!isNumber && { noHotline: policy.hotline }),
    isReady: isNumber && findings.every(({ severity }) => severity === 'DEGRADED'),
    unset,
  };
}

const wordsOf = ({ reason, detail }: Finding): string =>
  detail === undefined ? REASONS[reason] : `${REASONS[reason]}: ${detail}`;

/** Accounts, servers and our own address, asked without paging anybody. @throws ConfigError */
export async function probeConfigured(): Promise<readonly Probed[]> {
  const { folder, directory } = loadConfig();
  const { means } = new Channels(channelSettings(folder), () => undefined);
  try {
    return await probe(channelsOf(directory), means);
  } finally {
    await means.close();
  }
}

export interface ConfiguredTexts extends TextsChecked {
  readonly languages: readonly Language[];
}

/** `tocsin texts check`, with the operator's layouts. @throws ConfigError */
export function checkConfiguredTexts(): ConfiguredTexts {
  const { folder } = judgeConfig();
  return { languages: LANGUAGES, ...checkTexts(new Texts(new Layouts(join(folder, 'texts'))), LANGUAGES) };
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
  /** As in the check of the directory. */
  readonly unset: readonly string[];
  /** As a case keeps it, and as `adoptPolicy` takes it. */
  readonly policy: CasePolicy;
}

/** Both files, and what would be used. @throws ConfigError with every mistake of both */
export function checkPolicy(): PolicyCheck {
  const { folder, isExample, policy, directory, unset } = judgeConfig();
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
    unset,
    policy,
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
    settings.set(
      isTime ? name.slice(0, -2) : name,
      isTime ? durationText(value) : Array.isArray(value) ? value.join(', ') : String(value),
    );
  };
  walk(policy, []);
  return settings;
}

export interface Explained {
  readonly folder: string;
  readonly version: string;
  readonly hash: string;
  readonly parts: readonly Part[];
}

/** `tocsin policy explain`. @throws ConfigError, OpeningRefused */
export function explainConfigured(question: Question): Explained {
  const { folder, directory, policy } = judgeConfig();
  return {
    folder: shown(folder),
    version: policy.version,
    hash: policy.hash,
    parts: explain({ directory, policy }, question),
  };
}

/** Somebody is named as the engineer who is not in the directory. */
export class NoSuchEngineer extends Error {
  override readonly name = 'NoSuchEngineer';
}

export const isTimeZone = (name: string): boolean => IANAZone.isValidZone(name);

export interface NightWanted {
  /** One of those that come with the product, or a file. */
  readonly night: string;
  /** A shipped one is the first Monday night from here. */
  readonly from: number;
  readonly timezone: string;
  readonly engineer?: string;
  readonly hours?: number;
}

/** `tocsin rehearse`. @throws ConfigError, ScenarioError, OpeningRefused, NoSuchEngineer */
export function rehearseConfigured({ night, from, timezone, engineer, hours }: NightWanted): Rehearsed {
  const { directory, policy } = judgeConfig();
  const means = { directory, policy: { ...policy, caseNumber: '' } };
  if (!isShipped(night)) return rehearse(means, scenarioIn(night, directory, hours));
  const whose = engineer ?? engineersOf(directory)[0] ?? directory.people[0]?.id ?? '';
  if (!directory.people.some(({ id }) => id === whose)) throw new NoSuchEngineer(whose);
  const setting = { engineer: whose, timezone, start: mondayNight(timezone, from), caseNumber: CASE_NUMBER };
  return rehearse(means, shipped(night, setting, hours));
}
