/** Everything that came over as it was, with a difference, or not at all; and what is missing and nobody may guess. */
import type { Outcome, ReportLine } from './export';

export class Report {
  private readonly found: ReportLine[] = [];

  add(what: string, id: string, outcome: Outcome, why: string): void {
    // The same thing may stand in several pages of an export.
    if (!this.found.some((line) => line.what === what && line.id === id && line.why === why))
      this.found.push({ what, id, outcome, why });
  }

  /** Each of theirs says for themselves by what they are reached, and when; here a policy says it of everybody. */
  leavesOutRules(id: string, name: string, rules: readonly unknown[] | null | undefined): void {
    if (!rules || rules.length === 0) return;
    const why = `When ${name} is reached how is the order of channels.urgent and channels.normal in policy.yaml, for everybody.`;
    this.add('notification rules', id, 'LEFT_OUT', why);
  }

  take(lines: readonly ReportLine[]): void {
    for (const { what, id, outcome, why } of lines) this.add(what, id, outcome, why);
  }

  get lines(): readonly ReportLine[] {
    return this.found;
  }
}
