/**
 * The same rules as the guards of workflows/core/language/shape.ts, said in zod for the edges of the system. The two are kept
 * apart on purpose: zod costs 600 KB for every cached case inside the sandbox. test/client/guards-and-schemas.test.ts
 * holds them together.
 */
import { z } from 'zod';
import { isId, isInstant } from '../../workflows/core/language/shape';
import { wellFormed } from '../../workflows/core/language/text';

/** zod counts code points, as JSON Schema does; the case counts UTF-16 units, because those are what it stores. */
const within = (max: number) => [(value: string) => value.length <= max, `must be at most ${max} characters`] as const;

/** Text with something in it: blank is as good as missing. */
export const text = (max: number) =>
  z
    .string()
    .overwrite(wellFormed)
    .min(1)
    .max(max)
    .refine(...within(max))
    .refine((value) => value.trim() !== '', 'must not be blank');

/** Text that may be blank, where blank means an unanswered question. */
export const anyText = (max: number) =>
  z
    .string()
    .overwrite(wellFormed)
    .max(max)
    .refine(...within(max));

/** A name of somebody or something: one line, with nothing unseen in it. */
export const id = (max: number) =>
  z.string().min(1).max(max).refine(isId(max), `must be one line of at most ${max} printable characters`);

/** A time zone as IANA names them. */
export const zone = z.string().regex(/^[A-Za-z0-9+_\-/]{1,50}$/, 'must be an IANA time zone, such as Europe/Berlin');

/** An ISO 8601 instant with its offset; kept as text, because that is what events carry. */
export const instant = z
  .string()
  .refine(isInstant, 'must be an ISO 8601 time with offset, such as 2026-11-24T03:00:00Z')
  .meta({ format: 'date-time' });

/** A whole number within bounds. */
export const integer = (min: number, max: number) => z.number().int().min(min).max(max);

/**
 * A field that may be left out. It is typed as *absent* and never as `undefined`, like the messages themselves; at run
 * time an explicit `undefined` passes too, because JSON drops it before the case could see it.
 */
export const optional = <S extends z.ZodType>(schema: S): z.ZodExactOptional<S> =>
  schema.optional() as unknown as z.ZodExactOptional<S>;
