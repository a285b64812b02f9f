/**
 * Small total guards: what a message must look like, said once as data. A guard never throws, names every wrong
 * field at once, ignores unknown ones, and never repeats what it was given (a 1 MB string stays where it came from).
 * zod does the same at the edges, and costs 600 KB for every cached case inside the sandbox (docs/decisions/0002).
 */
import type { Code } from './codes';
import { isPrintable, wellFormed } from './text';
import type { Attested, Question } from './vocabulary';

/** One of many: its key, and the facts that belong to the key. */
export type Said<Facts> = { [K in keyof Facts]: { readonly key: K } & Facts[K] }[keyof Facts];

/** No facts. */
export type Nothing = object;

/** What a field must be. */
export interface WantedFacts {
  TEXT: { readonly max: number };
  ANY_TEXT: { readonly max: number };
  ID: { readonly max: number };
  BOOL: Nothing;
  ONE_OF: { readonly values: readonly (string | number | boolean)[] };
  INTEGER: { readonly min: number; readonly max: number };
  NUMBER: { readonly min: number; readonly max: number };
  INSTANT: Nothing;
  ZONE: Nothing;
  LIST: { readonly min: number; readonly max: number };
  OBJECT: Nothing;
  CONTACTS_OR_NONE: Nothing;
}
export type Wanted = Said<WantedFacts>;

/** What is wrong with a field. */
export interface ProblemFacts {
  MISSING: { readonly wanted: Wanted };
  MUST_BE: { readonly wanted: Wanted };
  MUST_BE_VALUE: { readonly value: string };
  MUST_BE_ONE_OF: { readonly values: readonly string[] };
  MUST_NOT_BE: { readonly value: string };
  NOT_GIVEN: Nothing;
  NOT_ANSWERED: { readonly question: Question };
  EXCEEDS: { readonly field: string };
  AT_LEAST: { readonly min: number };
  IN_THE_PAST: Nothing;
  IN_THE_FUTURE: Nothing;
  NOT_SO_FAR_AHEAD: { readonly minutes: number };
  NOT_BEFORE_OPENING: Nothing;
  LACKS: { readonly lacks: readonly Attested[] };
  PAGER_NEEDS_NUMBER: Nothing;
  NOT_ON_FILE: { readonly onFile: readonly string[] };
  NOTHING_TO_CHANGE: Nothing;
  TOO_MANY: { readonly count: number; readonly most: number };
  HAS_THE_CASE: Nothing;
  MUST_NAME: { readonly people: readonly string[] };
  MUST_MATCH: { readonly pattern: string };
  MUST_RISE: Nothing;
  TIME_OF_DAY: Nothing;
  INVALID: { readonly why: string };
  AT_MOST_BYTES: { readonly max: number };
  NOT_JSON: Nothing;
}
export type ProblemWords = Said<ProblemFacts>;

/** One wrong field of a message. */
export interface Problem {
  /** Path of the field: `eDown.totalUsers`, `staff[2]`; `input` for the message itself. */
  readonly field: string;
  readonly problem: ProblemWords;
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

const report = (problems: Problem[], field: string, problem: ProblemWords, code: Code | undefined): void =>
  void problems.push({ field, problem, ...(code && { code }) });

/** `read` makes the value of what was given, or says `WRONG`. */
export function scalar<T>(wanted: Wanted, read: (value: unknown) => T | typeof WRONG, codes: Codes = {}): Shape<T> {
  return {
    check(value, field, problems) {
      const known = value === undefined ? WRONG : read(value);
      if (known !== WRONG) return known;
      if (value === undefined) report(problems, field, { key: 'MISSING', wanted }, codes.missing ?? codes.wrong);
      else report(problems, field, { key: 'MUST_BE', wanted }, codes.wrong);
      return value as T;
    },
  };
}

/** What is given is not what is wanted. */
export const WRONG = Symbol('wrong');
const accepts =
  <T>(isRight: (value: unknown) => boolean) =>
  (value: unknown): T | typeof WRONG =>
    isRight(value) ? (value as T) : WRONG;

/** Text with something in it, at most `max` UTF-16 units; made well-formed on its way in. */
export const text = (max: number, codes?: Codes): Shape<string> =>
  scalar(
    { key: 'TEXT', max },
    (value) => {
      if (typeof value !== 'string' || value.length > max) return WRONG;
      const clean = wellFormed(value);
      return clean.trim() === '' ? WRONG : clean;
    },
    codes,
  );

/** Text that may be blank: used where blank has a meaning of its own (an unanswered question). */
export const anyText = (max: number): Shape<string> =>
  scalar({ key: 'ANY_TEXT', max }, (value) =>
    typeof value === 'string' && value.length <= max ? wellFormed(value) : WRONG,
  );

/** A name of somebody or something: one line, with nothing unseen in it. It is found in lists by exactly this text. */
export const id = (max: number, codes?: Codes): Shape<string> => scalar({ key: 'ID', max }, accepts(isId(max)), codes);

export const isId =
  (max: number) =>
  (value: unknown): value is string =>
    typeof value === 'string' && value.length <= max && value.trim() !== '' && isPrintable(value);

export const bool: Shape<boolean> = scalar(
  { key: 'BOOL' },
  accepts((value) => typeof value === 'boolean'),
);

export const oneOf = <T extends string | number | boolean>(values: readonly T[], codes?: Codes): Shape<T> =>
  scalar(
    { key: 'ONE_OF', values },
    accepts((value) => (values as readonly unknown[]).includes(value)),
    codes,
  );

export const integer = (min: number, max: number, codes?: Codes): Shape<number> =>
  scalar(
    { key: 'INTEGER', min, max },
    accepts((value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max),
    codes,
  );

export const number = (min: number, max: number, codes?: Codes): Shape<number> =>
  scalar(
    { key: 'NUMBER', min, max },
    accepts((value) => typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max),
    codes,
  );

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** An ISO 8601 instant with its offset: local times have no meaning in a case that follows the sun. */
export const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && INSTANT.test(value) && Number.isFinite(Date.parse(value));

export const instant = (codes?: Codes): Shape<string> => scalar({ key: 'INSTANT' }, accepts(isInstant), codes);

/** The name of a time zone as IANA writes them; whether there is such a zone is for whoever looks at its clocks. */
export const zone: Shape<string> = scalar(
  { key: 'ZONE' },
  accepts((value) => typeof value === 'string' && /^[A-Za-z0-9+_\-/]{1,50}$/.test(value)),
);

export const optional = <T>(shape: Shape<T>): Shape<T> & { optional: true } => ({
  optional: true,
  check: (value, field, problems) => (value === undefined ? (undefined as T) : shape.check(value, field, problems)),
});

export const list = <T>(item: Shape<T>, min: number, max: number): Shape<T[]> => ({
  check(value, field, problems) {
    if (!Array.isArray(value) || value.length < min || value.length > max) {
      const wanted = { key: 'LIST', min, max } as const;
      report(problems, field, { key: value === undefined ? 'MISSING' : 'MUST_BE', wanted }, undefined);
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
export function object<F extends Fields>(fields: F, codes: Codes = {}): Shape<Flat<ObjectOf<F>>> & { fields: F } {
  return {
    fields,
    check(value, field, problems) {
      const known: Record<string, unknown> = {};
      if (!isRecord(value)) {
        const missing = value === undefined;
        const words = { key: missing ? 'MISSING' : 'MUST_BE', wanted: { key: 'OBJECT' } } as const;
        report(problems, field === '' ? 'input' : field, words, missing ? (codes.missing ?? codes.wrong) : codes.wrong);
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

/** What of an object can be read, field by field; the others are as if they had not been sent. */
export function readable<F extends Fields>(
  { fields }: { readonly fields: F },
  value: unknown,
): { readonly known: Partial<Flat<ObjectOf<F>>>; readonly unreadable: readonly string[] } {
  const source = isRecord(value) ? value : {};
  const known: Record<string, unknown> = {};
  const unreadable: string[] = [];
  for (const [name, shape] of Object.entries(fields)) {
    if (!Object.hasOwn(source, name) || source[name] === undefined) continue;
    const problems: Problem[] = [];
    const checked = shape.check(source[name], name, problems);
    if (problems.length > 0) unreadable.push(name);
    else known[name] = checked;
  }
  return { known: known as Partial<Flat<ObjectOf<F>>>, unreadable };
}
