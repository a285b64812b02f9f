/** What holds for a time instead of the order of turns, as directory.yaml may say it: one shape for each form. */
import { z } from 'zod';
import { id } from './id';
import { begins, ends } from './times';

const span = { from: begins, to: ends, layer: z.string().min(1).optional() };
const TURN = 'must be the day on which the turn begins, such as 2026-11-02 (or 2026-11-02T20:00 where several begin)';
const turn = z.string(TURN).regex(/^\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d)?$/, TURN);

const FORMS = [
  z.strictObject({ form: z.literal('FIRST'), person: id, ...span, open: z.boolean().optional() }),
  z.strictObject({ form: z.literal('INSTEAD'), person: id, instead: id, ...span }),
  z.strictObject({ form: z.literal('OFF'), off: id, ...span }),
  z.strictObject({
    form: z.literal('SWAP'),
    swap: z.tuple([id, id]).refine(([a, b]) => a !== b, 'must name two people'),
    turns: z.tuple([turn, turn]).refine(([a, b]) => a !== b, 'must name two turns'),
    layer: z.string().min(1).optional(),
  }),
] as const;

function withForm(written: unknown): unknown {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return written;
  const has = (key: string): boolean => Object.hasOwn(written, key);
  const form = has('swap') ? 'SWAP' : has('off') ? 'OFF' : has('instead') ? 'INSTEAD' : 'FIRST';
  return { ...written, form };
}

/** Which form it is, is seen by the keys: whoever edits the file at night writes no word for it. */
export const override = z.preprocess(withForm, z.discriminatedUnion('form', FORMS));
export type OverrideYaml = z.output<typeof override>;
