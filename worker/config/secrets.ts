import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A text that may be `env:NAME`. What is wrong with it is said without saying it: it may be a secret. */
export const fromEnvironment = (env: Environment, problemOf: (value: string) => string | undefined = () => undefined) =>
  z
    .string()
    .min(1)
    .transform((text, context) => {
      const [, name] = /^env:(.*)$/.exec(text) ?? [];
      const value = name === undefined ? text : env[name];
      const problem =
        value === undefined || value === '' ? `the environment variable ${name ?? ''} is not set` : problemOf(value);
      if (value !== undefined && problem === undefined) return value;
      context.addIssue({ code: 'custom', message: problem ?? 'is empty' });
      return z.NEVER;
    });
