/** The configuration, loaded when a command wants it; a mistake in its files ends the command. */
import type * as Configuration from './configuration';
import { BrokenConfiguration } from './exit';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is wanted, as in service.ts
export const configuration = (): typeof Configuration => require('./configuration') as typeof Configuration;

/** What the files of the configuration say; a mistake in them, or in a scenario, ends the command. */
export function configured<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw broken(error);
  }
}

/** The same for what takes a while. */
export async function configuredThen<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw broken(error);
  }
}

function broken(error: unknown): unknown {
  const { ConfigError, ScenarioError } = configuration();
  if (!(error instanceof ConfigError)) return error;
  return new BrokenConfiguration(
    error.problems.map(({ file, line, path, problem }) => ({
      place: `${file}:${line}${path === '' ? '' : ` ${path}`}`,
      problem,
    })),
    error instanceof ScenarioError ? 'scenario' : 'configuration',
  );
}
