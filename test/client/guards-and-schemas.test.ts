/**
 * Inside the sandbox a message meets a hand-written guard, at the edges a zod schema (docs/decisions/0002). What one
 * accepts and the other refuses would be a command that the gateway lets through and the case throws away, or worse,
 * an emergency that never reaches its case. So they must say the same, about anything.
 */
import fc from '../support/random';
import { commandSchemas, openingSchema } from '../../client/schemas';
import { COMMANDS } from '../../workflows/messages';
import { commandShapes } from '../../workflows/core/language/inputs';
import { openingShape } from '../../workflows/core/language/opening';
import { isRecord, type Problem, type Shape } from '../../workflows/core/language/shape';
import { wellFormed } from '../../workflows/core/language/text';
import { validInput, validOpening } from '../support/arbitraries';
import { anythingAtAll, corrupted } from '../support/corruption';

interface Verdict {
  readonly wrong: readonly string[];
  readonly value?: unknown;
}

interface Schema {
  safeParse(
    value: unknown,
  ): { success: true; data: unknown } | { success: false; error: { issues: { path: PropertyKey[] }[] } };
}

/** The first part of `eDown.totalUsers` or `staff[2]`. */
const topField = (field: string): string => field.split(/[.[]/)[0] ?? field;
const sorted = (fields: Iterable<string>): string[] => [...new Set(fields)].sort();

function byGuard(shape: Shape<unknown>, input: unknown): Verdict {
  const problems: Problem[] = [];
  const value = shape.check(input, '', problems);
  if (problems.length === 0) return { wrong: [], value };
  return { wrong: sorted(problems.map(({ field }) => topField(field))) };
}

function bySchema(schema: Schema, input: unknown): Verdict {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { wrong: [], value: parsed.data };
  return { wrong: sorted(parsed.error.issues.map(({ path }) => String(path[0] ?? 'input'))) };
}

function agree(shape: Shape<unknown>, schema: Schema, input: unknown): void {
  const guard = byGuard(shape, input);
  const zod = bySchema(schema, input);
  if (isRecord(input)) {
    expect(zod).toEqual(guard);
  } else {
    // The guard also names what the message would have had to carry.
    expect(guard.wrong).toContain('input');
    expect(zod.wrong).toEqual(['input']);
  }
}

/** With every text in it as it may travel. */
function printable(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return value.map(printable);
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, printable(part)]))
    : value;
}

const MESSAGES = [
  {
    name: 'the opening',
    shape: openingShape as Shape<unknown>,
    schema: openingSchema as Schema,
    valid: validOpening(),
  },
  ...COMMANDS.map((name) => ({
    name,
    shape: commandShapes[name],
    schema: commandSchemas[name],
    valid: validInput(name),
  })),
];

describe.each(MESSAGES)('$name', ({ shape, schema, valid }) => {
  test('valid messages pass both, changed in nothing but characters that nobody sees', () => {
    fc.assert(
      fc.property(valid, (input) => {
        expect(byGuard(shape, input)).toEqual({ wrong: [], value: printable(input) });
        expect(bySchema(schema, input)).toEqual({ wrong: [], value: printable(input) });
      }),
      { numRuns: 50 },
    );
  });

  test('guard and schema agree on messages gone wrong', () => {
    fc.assert(
      fc.property(corrupted(valid), (input) => agree(shape, schema, input)),
      { numRuns: 300 },
    );
  });

  test('guard and schema agree on anything at all, and neither throws', () => {
    fc.assert(
      fc.property(anythingAtAll(), (input) => agree(shape, schema, input)),
      { numRuns: 100 },
    );
  });
});

describe('what the two could disagree about', () => {
  const envelope = { by: 'maria', role: 'CUSTOMER' };
  const contact = { name: 'Kenji', reach: 'PAGER', number: '+81 3 5555 0100' };
  const cases: readonly [string, keyof typeof commandShapes, unknown][] = [
    [
      'a replacement with a broken `with` is no plain contact',
      'updateContacts',
      { ...envelope, replace: [{ ...contact, with: 5 }] },
    ],
    ['a replacement without a `with` is a plain contact', 'updateContacts', { ...envelope, replace: [contact] }],
    ['a key given as undefined is absent', 'escalate', { ...envelope, reason: undefined }],
    ['null is not absent', 'escalate', { ...envelope, reason: null }],
    ['a blank text', 'reopenCase', { ...envelope, reason: ' \u00a0\u3000\n' }],
    ['1200 characters', 'reopenCase', { ...envelope, reason: 'x'.repeat(1200) }],
    ['1201 characters', 'reopenCase', { ...envelope, reason: 'x'.repeat(1201) }],
    ['UTF-16 units are counted, not characters', 'reopenCase', { ...envelope, reason: '🚨'.repeat(601) }],
    ['a megabyte', 'reopenCase', { ...envelope, reason: 'x'.repeat(1_000_000) }],
    ['severity as text', 'changeSeverity', { ...envelope, severity: '1' }],
    ['severity 4', 'changeSeverity', { ...envelope, severity: 4 }],
    ['minus zero', 'changeSeverity', { ...envelope, severity: -0 }],
    ['a fraction of a user', 'requestEDown', { ...envelope, eDown: { totalUsers: 1.5 } }],
    ['"none" as contact changes', 'requestEDown', { ...envelope, eDown: { contactChanges: 'none' } }],
    ['"None" as contact changes', 'requestEDown', { ...envelope, eDown: { contactChanges: 'None' } }],
    ['an instant without offset', 'escalate', { ...envelope, criticalDate: '2026-11-24T03:00:00' }],
    ['30 February', 'escalate', { ...envelope, criticalDate: '2026-02-30T03:00:00Z' }],
    [
      'a prototype in the payload',
      'reopenCase',
      JSON.parse('{"by":"maria","role":"CUSTOMER","reason":"x","__proto__":{"by":""}}'),
    ],
    ['an answer without a role: what its giver is asked decides', 'acknowledge', { by: 'lee' }],
    ['a command of one role without it', 'confirmStaffing', { by: 'ana', staff: ['lee'] }],
    ['a command of several roles without one', 'escalate', { by: 'maria' }],
    ['an answer by a role that has none', 'decline', { by: 'lee', role: 'BOSS' }],
    ['an answer by a means that there is', 'acknowledge', { by: 'lee', means: 'VOICE' }],
    ['an answer by a means that there is not', 'acknowledge', { by: 'lee', means: 'PIGEON' }],
    ['a zone of a contact', 'updateContacts', { ...envelope, add: [{ ...contact, timezone: 'Asia/Tokyo' }] }],
    ['a zone that is blank', 'updateContacts', { ...envelope, add: [{ ...contact, timezone: ' ' }] }],
    ['a zone that is a number', 'updateContacts', { ...envelope, add: [{ ...contact, timezone: 9 }] }],
    ['a `with` that is undefined', 'updateContacts', { ...envelope, replace: [{ ...contact, with: undefined }] }],
  ];
  test.each(cases)('%s', (_, name, input) => {
    agree(commandShapes[name], commandSchemas[name], input);
  });
});
