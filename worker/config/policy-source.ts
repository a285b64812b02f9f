/**
 * The policy for new cases, as policy.yaml has it whenever one is opened; running cases keep theirs (B6). Which one is in force is
 * told on the log at every change: a timer that was edited and does not count would be found out in the night that needs it.
 */
import { join } from 'node:path';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { shown } from './files';
import { LiveFile } from './live-file';
import { NO_ROTA_WORD, parsePolicyFile, type RotaWordPolicy } from './policy';

interface Log {
  info(message: string): void;
  error(message: string): void;
}

export interface PolicySource {
  /** In force at this moment. */
  readonly current: () => CasePolicy;
  /** For a case that opens: an edit of this second is waited for. */
  readonly settled: () => Promise<CasePolicy>;
  /** Who hears of the rota itself, at this moment: no case's. */
  readonly rota: () => RotaWordPolicy;
  readonly brokenSince: () => number | null;
}

/** @throws ConfigError when it is broken to begin with */
export function policySource(folder: string, log: Log): PolicySource {
  const file = join(folder, 'policy.yaml');
  const live = new LiveFile(file, parsePolicyFile, {
    changed: ({ policy }, { policy: before }) =>
      log.info(
        policy.hash === before.hash
          ? `${shown(file)} has changed: who hears of the rota. No case's policy has`
          : `${shown(file)} has changed: new cases get policy ${named(policy)}; running ones keep theirs (before: ${named(before)})`,
      ),
    broken: ({ message }, { policy }) =>
      log.error(`${shown(file)} is broken; new cases still get policy ${named(policy)}:\n${message}`),
    mended: ({ policy }) => log.info(`${shown(file)} is in order again; new cases get policy ${named(policy)}`),
  });
  return {
    current: () => live.current().policy,
    settled: async () => (await live.settled()).policy,
    rota: () => live.current().rota,
    brokenSince: () => live.brokenSince,
  };
}

/** A policy that is no file's: it does not change. */
export const fixedPolicy = (policy: CasePolicy): PolicySource => ({
  current: () => policy,
  settled: () => Promise.resolve(policy),
  rota: () => NO_ROTA_WORD,
  brokenSince: () => null,
});

/** Two policies may have one version by mistake; the hash tells them apart. */
export const named = ({ version, hash }: Pick<CasePolicy, 'version' | 'hash'>): string => `"${version}" (${hash})`;
