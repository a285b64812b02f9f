/** The two files as they are at any moment of a worker's life, and somebody who looks at them when nothing else does. */
import type { Logger } from 'pino';
import type { CasePolicy } from '../workflows/core/language/policy';
import { directorySource, fixedPolicy, policySource, type PolicySource } from './config';
import type { DirectorySource, Means } from './config/directory-source';

/** Soon enough that whoever has edited a file still looks at the log. */
const LOOK_EVERY_MS = 2_000;

type OnEdit = NonNullable<Means['onEdit']>;

export interface ConfigurationFiles {
  readonly directory: DirectorySource;
  readonly policy: PolicySource;
  readonly brokenSince: () => Readonly<Record<string, number | null>>;
  readonly stop: () => Promise<void>;
}

/**
 * `fixed`: a policy that is no file's, for a demo.
 * @throws ConfigError
 */
export function configurationFiles(
  folder: string,
  log: Logger,
  { fixed, onEdit }: { readonly fixed?: CasePolicy; readonly onEdit?: OnEdit } = {},
): ConfigurationFiles {
  const directory = directorySource(folder, { log, ...(onEdit && { onEdit }) });
  const policy = fixed ? fixedPolicy(fixed) : policySource(folder, log);
  // A mistake is told to whoever has just made it, not to the first case of the night.
  const looking = setInterval(() => {
    directory.current();
    policy.current();
  }, LOOK_EVERY_MS).unref();
  return {
    directory,
    policy,
    brokenSince: () => ({ 'directory.yaml': directory.brokenSince(), 'policy.yaml': policy.brokenSince() }),
    stop: () => {
      clearInterval(looking);
      return Promise.resolve();
    },
  };
}
