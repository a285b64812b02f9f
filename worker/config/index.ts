/** The configuration folder: read and judged as a whole before a worker starts. */
import { join } from 'node:path';
import { presetsWith } from '../../activities/channels/presets';
import { Layouts } from '../../activities/texts/layouts';
import type { Directory } from '../../activities/directory/types';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { withCopies, type CalendarState } from '../calendars';
import { PACKAGE_ROOT } from '../package-root';
import { parseDirectory } from './directory';
import { read, shown } from './files';
import { parsePolicy } from './policy';
import { withoutSecrets, type Environment } from './secrets';
import { ConfigError, type Problem } from './yaml';

export { directoryFrom, parseDirectory } from './directory';
export { directorySource } from './directory-source';
export { policyFrom, parsePolicy } from './policy';
export { fixedPolicy, policySource, type PolicySource } from './policy-source';
export { ConfigError };

export interface Config {
  readonly folder: string;
  /** Nobody configured anything: this is the shipped example. */
  readonly isExample: boolean;
  readonly directory: Directory;
  /** How it stands with the calendars that teams have their shifts from. */
  readonly calendars: readonly CalendarState[];
  readonly policy: CasePolicy;
}

export interface JudgedConfig extends Config {
  /** Variables, and secrets in files (`file:…`), that it names and that are not here: a worker would not start. */
  readonly unset: readonly string[];
}

/** To look at and not to run by: the secrets of production need not be there. @throws ConfigError, as `loadConfig` */
export function judgeConfig(wanted?: string, env: Environment = process.env): JudgedConfig {
  const judged = withoutSecrets(env);
  const config = loadConfig(wanted ?? configuredFolder(env), judged.env, env);
  return { ...config, unset: [...judged.unset].toSorted() };
}

export const EXAMPLE = join(PACKAGE_ROOT, 'examples', 'acme');

/** `TOCSIN_CONFIG`, or the shipped example. */
export const configuredFolder = (env: Environment = process.env): string => env['TOCSIN_CONFIG'] || EXAMPLE;

/**
 * `env` has the secrets that the files name, `settings` what else there is.
 * @throws ConfigError with every mistake of both files at once.
 */
export function loadConfig(wanted?: string, env: Environment = process.env, settings = env): Config {
  const folder = wanted ?? configuredFolder(env);
  const problems: Problem[] = [];
  const attempt = <T>(name: string, parse: (text: string, file: string) => T): T | undefined => {
    const file = join(folder, name);
    try {
      return parse(read(file), shown(file));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  // An operator's own presets and layouts: a broken one would be found out at night otherwise.
  const presets = presetsWith(join(folder, 'channels'));
  const files = [...presets.problems, ...new Layouts(join(folder, 'texts')).problems];
  problems.push(...files.map(({ file, line, problem }) => ({ file, line, path: '', problem })));
  const directory = attempt('directory.yaml', (text, file) => parseDirectory(text, file, env, { presets }));
  const policy = attempt('policy.yaml', parsePolicy);
  if (!directory || !policy || problems.length > 0) throw new ConfigError(problems);
  return { folder, isExample: folder === EXAMPLE, ...withCopies(directory, folder, settings), policy };
}
