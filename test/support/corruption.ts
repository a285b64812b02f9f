/** Valid messages gone wrong in one to three places, anywhere inside them, as JSON brings them. */
import fc from './random';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, '', '   ', 0, -1, 1.5, NaN, Infinity, true, false, [], {}, '1', 'none', 'UNKNOWN'),
  fc.constantFrom<unknown>(
    'M3',
    'E_DOWN',
    'PUSH',
    '2026-11-24',
    '2026-11-24T03:00:00',
    '2026-13-45T99:00:00Z',
    'x'.repeat(5000),
  ),
  fc.constantFrom<unknown>([null], [[]], [{}], { name: 'Ana' }, { with: {} }, { length: 3 }, 1e300, -0, 4, 101),
  // Around the limits in use, in characters of one and of two UTF-16 units.
  fc
    .tuple(
      fc.constantFrom('x', '🚨'),
      fc.constantFrom(40, 60, 120, 200, 400, 1200, 4000),
      fc.constantFrom(0.5, 1),
      fc.constantFrom(0, 1),
    )
    .map(([unit, limit, share, over]) => unit.repeat(limit * share + over)),
  fc.jsonValue({ maxDepth: 2 }),
);

const MAX_STEPS = 4;

/** Follows `steps` into the value as deep as it goes and puts something else there, or takes it away. */
function corruptAt(value: Json, steps: readonly number[], put: unknown, how: 'REPLACE' | 'DELETE' | 'ADD'): Json {
  if (typeof value !== 'object' || value === null) return put as Json;
  const keys = Object.keys(value);
  const [step, ...rest] = steps;
  if (how === 'ADD' && (step === undefined || rest.length === 0)) {
    return (Array.isArray(value) ? [...value, put] : { ...value, stray: put }) as Json;
  }
  if (step === undefined || keys.length === 0) return put as Json;
  const key = keys[step % keys.length] as string;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, Json>;
  const inner = copy[key] as Json;
  const last = rest.length === 0 || typeof inner !== 'object' || inner === null;
  if (last && how === 'DELETE') {
    if (Array.isArray(copy)) copy.splice(Number(key), 1);
    else delete copy[key];
  } else {
    copy[key] = last ? (put as Json) : corruptAt(inner, rest, put, how);
  }
  return copy;
}

const overJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null') as unknown;

/** What is left of a valid message after `0..3` accidents. */
export const corrupted = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      valid,
      fc.array(
        fc.record({
          steps: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: MAX_STEPS }),
          put: junk,
          how: fc.constantFrom('REPLACE' as const, 'DELETE' as const, 'ADD' as const),
        }),
        { maxLength: 3 },
      ),
    )
    .map(([value, accidents]) =>
      accidents.reduce<unknown>(
        (sofar, { steps, put, how }) => overJson(corruptAt(sofar as Json, steps, put, how)),
        overJson(value),
      ),
    );

/** Not even close to a message. */
export const anythingAtAll = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    junk,
    fc.anything({ withNullPrototype: true, withDate: true, withMap: true }),
    fc.array(junk, { maxLength: 3 }),
  );
