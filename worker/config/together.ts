import { ConfigError, type Problem } from './yaml';

type Results<T> = { readonly [K in keyof T]: T[K] extends () => infer R ? R : never };

/**
 * Reads all of them, so that whoever sets up a machine is told of everything in one go.
 * @throws ConfigError with every mistake of all
 */
export function together<T extends Readonly<Record<string, () => unknown>>>(parts: T): Results<T> {
  const problems: Problem[] = [];
  const results = Object.entries(parts).map(([name, read]) => {
    try {
      return [name, read()];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return [name, undefined];
    }
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.fromEntries(results) as Results<T>;
}
