/**
 * D10: a telephone that rings for one case is not rung for another within twenty seconds. The other case's page goes out by the
 * person's other channels at once, and rings after it; the two are never made one. What one case does to one person is its own
 * rule (H2).
 */
export const APART_MS = 20_000;

interface Line {
  caseNumber: string;
  free: number;
  readonly turns: Map<string, number>;
}

export class Rings {
  private readonly lines = new Map<string, Line>();

  /** How long this ring has to wait; nothing when it may go now, and the line is then taken. */
  waitOf(number: string, caseNumber: string, key: string, now: number): number | undefined {
    const line = this.lines.get(number);
    if (!line || line.free <= now) {
      this.take(number, caseNumber, now, line);
      return undefined;
    }
    if (line.caseNumber === caseNumber && line.turns.size === 0) return undefined;
    const turn = line.turns.get(key);
    if (turn === undefined) {
      line.turns.set(key, line.free);
      line.free += APART_MS;
      return line.free - APART_MS - now;
    }
    if (turn > now) return turn - now;
    line.turns.delete(key);
    line.caseNumber = caseNumber;
    return undefined;
  }

  /** It did not ring after all: whoever is next need not wait for it. */
  didNotRing(number: string, caseNumber: string): void {
    const line = this.lines.get(number);
    if (line?.caseNumber === caseNumber && line.turns.size === 0) this.lines.delete(number);
  }

  private take(number: string, caseNumber: string, now: number, line: Line | undefined): void {
    // Whose line is free again and whom nobody waits for is forgotten when there are many.
    if (this.lines.size > 5_000) for (const [other, { free }] of this.lines) if (free <= now) this.lines.delete(other);
    line?.turns.clear();
    this.lines.set(number, { caseNumber, free: now + APART_MS, turns: new Map() });
  }
}
