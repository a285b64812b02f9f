/**
 * Small total guards: what a message must look like, said once as data. A guard never throws, names every wrong
 * field at once, ignores unknown ones, and never repeats what it was given (a 1 MB string stays where it came from).
 * zod does the same at the edges, and costs 600 KB for every cached case inside the sandbox (docs/decisions/0002).
 */
import type { Code } from './codes';

export interface Problem {
  /** Path of the wrong field: `eDown.totalUsers`, `staff[2]`; `input` for the message itself. */
  readonly field: string;
  readonly problem: string;
  /** The refusal's code when this is the only thing wrong; `INVALID_INPUT` when not given. */
  readonly code?: Code;
}

export interface Shape<T> {
  readonly check: (value: unknown, field: string, problems: Problem[]) => T;
  readonly optional?: true;
}
export type Of<S> = S extends Shape<infer T> ? T : never;

type Fields = Record<string, Shape<unknown>>;
type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends { optional: true } ? K : never }[keyof F];
type ObjectOf<F extends Fields> = { [K in Exclude<keyof F, OptionalKeys<F>>]: Of<F[K]> } & {
  [K in OptionalKeys<F>]?: Of<F[K]>;
};
export type Flat<T> = T extends object ? { [K in keyof T]: T[K] } : T;

/** What a wrong or a missing value of this field is called, where it is not plain `INVALID_INPUT`. */
interface Codes {
  readonly wrong?: Code;
  readonly missing?: Code;
}

function scalar<T>(describes: string, accepts: (value: unknown) => boolean, codes: Codes = {}): Shape<T> {
  return {
    check(value, field, problems) {
      if (value === undefined) {
        const code = codes.missing ?? codes.wrong;
        problems.push({ field, problem: `is missing; it must be ${describes}`, ...(code && { code }) });
      } else if (!accepts(value)) {
        problems.push({ field, problem: `must be ${describes}`, ...(codes.wrong && { code: codes.wrong }) });
      }
      return value as T;
    },
  };
}

/** Text with something in it, at most `max` UTF-16 units. */
export const text = (max: number, codes?: Codes): Shape<string> =>
  scalar(
    `text of 1 to ${max} characters`,
    (value) => typeof value === 'string' && value.length <= max && value.trim() !== '',
    codes,
  );

/** Text that may be blank: used where blank has a meaning of its own (an unanswered question). */
export const anyText = (max: number): Shape<string> =>
  scalar(`text of at most ${max} characters`, (value) => typeof value === 'string' && value.length <= max);

export const bool: Shape<boolean> = scalar('true or false', (value) => typeof value === 'boolean');

export const oneOf = <T extends string | number | boolean>(values: readonly T[], codes?: Codes): Shape<T> =>
  scalar(`one of ${values.join(', ')}`, (value) => (values as readonly unknown[]).includes(value), codes);

export const integer = (min: number, max: number, codes?: Codes): Shape<number> =>
  scalar(
    `a whole number from ${min} to ${max}`,
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
    codes,
  );

export const number = (min: number, max: number): Shape<number> =>
  scalar(
    `a number from ${min} to ${max}`,
    (value) => typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max,
  );

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** An ISO 8601 instant with its offset: local times have no meaning in a case that follows the sun. */
export const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && INSTANT.test(value) && Number.isFinite(Date.parse(value));

export const instant = (codes?: Codes): Shape<string> =>
  scalar('an ISO 8601 time with offset, such as 2026-11-24T03:00:00Z', isInstant, codes);

export const optional = <T>(shape: Shape<T>): Shape<T> & { optional: true } => ({
  optional: true,
  check: (value, field, problems) => (value === undefined ? (undefined as T) : shape.check(value, field, problems)),
});

export const list = <T>(item: Shape<T>, min: number, max: number): Shape<T[]> => ({
  check(value, field, problems) {
    if (!Array.isArray(value) || value.length < min || value.length > max) {
      problems.push({ field, problem: `${value === undefined ? 'is missing; it ' : ''}must be a list of ${min} to ${max}` });
      return [];
    }
    return value.map((entry, index) => item.check(entry, `${field}[${index}]`, problems));
  },
});

/** Either shape: the first for which `chooses` holds is the one whose problems are told. */
export const either = <A, B>(chooses: (value: unknown) => boolean, a: Shape<A>, b: Shape<B>): Shape<A | B> => ({
  check: (value, field, problems) => (chooses(value) ? a : b).check(value, field, problems),
});

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keeps only the known fields, so that a stray one can never reach an event. */
export function object<F extends Fields>(fields: F, codes: Codes = {}): Shape<Flat<ObjectOf<F>>> {
  return {
    check(value, field, problems) {
      const known: Record<string, unknown> = {};
      if (!isRecord(value)) {
        const code = value === undefined ? (codes.missing ?? codes.wrong) : codes.wrong;
        problems.push({
          field: field === '' ? 'input' : field,
          problem: `${value === undefined ? 'is missing; it ' : ''}must be one JSON object`,
          ...(code && { code }),
        });
      }
      const source = isRecord(value) ? value : {};
      // An absent object is one problem inside a message; of the message itself all that it lacks is told.
      if (!isRecord(value) && field !== '') return known as Flat<ObjectOf<F>>;
      for (const [name, shape] of Object.entries(fields)) {
        const entry = Object.hasOwn(source, name) ? source[name] : undefined;
        const checked = shape.check(entry, field === '' ? name : `${field}.${name}`, problems);
        if (checked !== undefined) known[name] = checked;
      }
      return known as Flat<ObjectOf<F>>;
    },
  };
}
