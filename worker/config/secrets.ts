import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Of a variable that is not set, where nothing is going to be sent. */
const UNSET = '\0unset';

/**
 * As the environment, and with every secret in it: to judge a configuration where there are none, as in CI. What was asked for
 * and is not there is in `unset`, because a worker would not start without it.
 */
export function withoutSecrets(env: Environment): { readonly env: Environment; readonly unset: ReadonlySet<string> } {
  const unset = new Set<string>();
  const read = (name: string): string => {
    const value = env[name];
    if (value !== undefined && value !== '') return value;
    unset.add(name);
    return UNSET;
  };
  return { unset, env: new Proxy({}, { get: (_, name) => (typeof name === 'string' ? read(name) : undefined) }) };
}

/** A text that may be `env:NAME`. What is wrong with it is said without saying it: it may be a secret. */
export const fromEnvironment = (env: Environment, problemOf: (value: string) => string | undefined = () => undefined) =>
  z
    .string()
    .min(1)
    .transform((text, context) => {
      const [, name] = /^env:(.*)$/.exec(text) ?? [];
      const value = name === undefined ? text : env[name];
      if (value === UNSET) return text;
      const problem =
        value === undefined || value === '' ? `the environment variable ${name ?? ''} is not set` : problemOf(value);
      if (value !== undefined && problem === undefined) return value;
      context.addIssue({ code: 'custom', message: problem ?? 'is empty' });
      return z.NEVER;
    });
