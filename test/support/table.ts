/**
 * Requirements as a table: one line each, in the order of docs/guide.md: what is promised, the case as it is, what
 * somebody does, and what comes of it. Whatever a line does not name must not happen: no other page, no other change.
 */
import type { Code } from '../../workflows/core/language/codes';
import type { CommandName } from '../../workflows/core/language/inputs';
import type { Given } from '../../rehearsal/dry-run';
import type { CaseView } from '../../workflows/messages';
import type { Fixture } from './cases';

export type Act = (fixture: Fixture) => Given;

interface Refused {
  readonly refused: Code;
  /** Every wrong field, named. */
  readonly fields?: readonly string[];
  /** What stands on record of it, and who hears of that (R28, R37, R38, H9); nothing and nobody otherwise. */
  readonly events?: readonly string[];
  readonly pages?: readonly string[];
  readonly says?: string;
}

interface Done {
  /** `ESCALATED_M1 rings ana`, exactly these, in any order; `whatever` where the line is about something else. */
  readonly pages: readonly string[] | 'whatever';
  /** The facts, without those that only move pages about. */
  readonly events?: readonly string[];
  readonly is?: { readonly [K in keyof CaseView]?: unknown };
  readonly says?: string;
}

export type Row = readonly [
  requirement: string,
  promise: string,
  given: () => Fixture,
  act: Act,
  then: Code | Refused | Done,
];

/** Somebody gives a command in their own role. */
export const by =
  (person: string, name: CommandName, fields: Record<string, unknown> = {}): Act =>
  (fixture) =>
    fixture.give(name, person, fields);

/** Nobody does anything. */
export const after =
  (ms: number): Act =>
  ({ simulation }) => ({ events: simulation.pass(ms) });

/** One after the other; the last one is judged, with all pages since the first. */
export const then =
  (...acts: readonly Act[]): Act =>
  (fixture) => {
    let given: Given = { events: [] };
    for (const act of acts) {
      given = act(fixture);
      if (given.refusal && act !== acts.at(-1)) throw new Error(`refused on the way: ${given.refusal.code}`);
    }
    return given;
  };

const isFact = (type: string): boolean =>
  !/^(Page(?!Declined)|Need|Search|Acknowledgement|Person|ContactSeen)/.test(type);

export function everyRow(rows: readonly Row[]): void {
  test.each(rows)('%s %s', (_requirement, _promise, given, act, outcome) => {
    const fixture = given();
    const { sent } = fixture;
    const before = fixture.simulation.view;
    const { refusal, answer, events } = act(fixture);
    const facts = events.map(({ type }) => type).filter(isFact);
    const pages = fixture.heardSince(sent).sort();
    if (typeof outcome === 'string' || 'refused' in outcome) {
      const expected: Refused = typeof outcome === 'string' ? { refused: outcome } : outcome;
      expect({ code: refusal?.code, pages, events: facts }).toEqual({
        code: expected.refused,
        pages: [...(expected.pages ?? [])].sort(),
        events: expected.events ?? [],
      });
      if (expected.fields) expect(refusal?.fields?.map(({ field }) => field)).toEqual(expected.fields);
      if (expected.says !== undefined) expect(refusal?.message).toContain(expected.says);
      const { severity, level, emergency, status, owners, contacts } = fixture.simulation.view;
      expect({ severity, level, emergency, status, owners, contacts }).toEqual({
        severity: before.severity,
        level: before.level,
        emergency: before.emergency,
        status: before.status,
        owners: before.owners,
        contacts: before.contacts,
      });
      return;
    }
    expect(refusal).toBeUndefined();
    if (outcome.pages !== 'whatever') expect(pages).toEqual([...outcome.pages].sort());
    if (outcome.events) expect(facts).toEqual(outcome.events);
    if (outcome.is) expect(fixture.simulation.view).toMatchObject(outcome.is);
    if (outcome.says !== undefined) expect(JSON.stringify(answer ?? events)).toContain(outcome.says);
  });
}
