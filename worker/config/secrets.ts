import { readFileSync } from 'node:fs';
import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

const MOST_BYTES = 64_000;

/** Of a secret that is not there, where nothing is going to be sent. */
const UNSET = '\0unset';
/** Environments by which a configuration is only judged, with what was asked for and is not there. */
const JUDGED = new WeakMap<Environment, Set<string>>();

export type Secret = { readonly value: string } | { readonly problem: string };

/** What `env:NAME` or `file:/run/secrets/name` stands for, or the text itself. */
function resolved(text: string, env: Environment): Secret {
  const [, from, name = ''] = /^(env|file):(.*)$/s.exec(text) ?? [];
  if (from === undefined) return { value: text };
  if (from === 'env') {
    const value = env[name];
    return value === undefined || value === '' ? { problem: `the environment variable ${name} is not set` } : { value };
  }
  try {
    // Whoever writes a secret into a file ends it with a line end.
    const value = readFileSync(name, 'utf8').trim();
    if (value === '') return { problem: `the file ${name} is empty` };
    return value.length > MOST_BYTES ? { problem: `the file ${name} is too long for a secret` } : { value };
  } catch (error) {
    const unset = JUDGED.get(env);
    if (unset) {
      unset.add(text);
      return { value: UNSET };
    }
    return { problem: `the file ${name} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` };
  }
}

/**
 * As the environment, and with every secret in it, those of files as well: to judge a configuration where there are none, as in CI.
 * What was asked for and is not there is in `unset`, because a worker would not start without it.
 */
export function withoutSecrets(env: Environment): { readonly env: Environment; readonly unset: ReadonlySet<string> } {
  const unset = new Set<string>();
  const read = (name: string): string => {
    const value = env[name];
    if (value !== undefined && value !== '') return value;
    unset.add(name);
    return UNSET;
  };
  const judged = new Proxy({}, { get: (_, name) => (typeof name === 'string' ? read(name) : undefined) });
  JUDGED.set(judged, unset);
  return { unset, env: judged };
}

export type ProblemOf = (value: string) => string | undefined;
const ANYTHING: ProblemOf = () => undefined;

/**
 * The value of a text that may be `env:NAME` or `file:PATH`; the text itself where it is not set and only judged. What is wrong with
 * it is said without saying it: it may be a secret.
 */
export function resolveSecret(text: string, env: Environment, problemOf = ANYTHING): Secret {
  const found = resolved(text, env);
  if ('problem' in found) return found;
  if (found.value === UNSET) return { value: text };
  const problem = problemOf(found.value);
  return problem === undefined ? found : { problem };
}

/** As `resolveSecret`, in a schema. */
export const fromEnvironment = (env: Environment, problemOf?: ProblemOf) =>
  z
    .string()
    .min(1)
    .transform((text, context) => {
      const found = resolveSecret(text, env, problemOf);
      if ('value' in found) return found.value;
      context.addIssue({ code: 'custom', message: found.problem });
      return z.NEVER;
    });
