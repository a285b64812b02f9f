/**
 * What the guide says about escalating, in the plainest words that can be run: who is asked, until when, who has it. No
 * events, no pages, no code of the engine. The engine is compared with it over random lives (escalation.test.ts).
 */
export const MINUTE = 60_000;

type Level = 'NORMAL' | 'M1' | 'M2';
type Managed = 'M1' | 'M2';

/** Minutes by severity: a manager's answer, and an acknowledgement without action. */
const ANSWER = [15, 30, 30, 30].map((minutes) => minutes * MINUTE);
const EXPIRES = [30, 60, 240, 480].map((minutes) => minutes * MINUTE);
const ROUNDS = 3;
const PAUSE = 15 * MINUTE;

/** lee's chart, at M2 with the duty executive at its top, then the people on duty, rung by rung. At M2 the direct manager is never asked. */
const LADDERS: Readonly<Record<Managed, readonly (readonly string[])[]>> = {
  M1: [['ana', 'ben', 'vera'], ['dora', 'dirk']],
  M2: [['ben', 'vera', 'eve'], ['dora', 'dirk']],
};

/** Asked for M1, and for M2 only welcome where nobody else has come. */
const DIRECT = 'ana';

interface Search {
  asked: string | null;
  tried: string[];
  /** A search only goes up: who comes free on a rung below is asked in the next round. */
  rung: number;
  round: number;
  /** When the one who is asked is given up, or the pause is over. */
  until: number;
  nobody: boolean;
}

interface Tier {
  owner: string | null;
  /** Acknowledged and not acted on yet; null once the owner has done something. */
  expires: number | null;
  search: Search | null;
  /** In this search or one before it: an answer of theirs is to this level. */
  everAsked: string[];
}

export class Reference {
  level: Level = 'NORMAL';
  severity = 2;
  closed = false;
  private readonly tiers: Record<Managed, Tier | null> = { M1: null, M2: null };

  constructor(
    public now: number,
    private readonly reachable: (person: string) => boolean,
  ) {}

  owner(level: Managed): string | null {
    return this.tiers[level]?.owner ?? null;
  }

  asked(level: Managed): string | null {
    return this.tiers[level]?.search?.asked ?? null;
  }

  // --- what people do; each gives the code of its refusal, or nothing ---

  escalate(level: string | undefined, dissatisfied: boolean): string | undefined {
    if (this.closed) return 'CASE_CLOSED';
    if (this.level === 'M2') return 'ALREADY_M2';
    const next: Managed = this.level === 'NORMAL' ? 'M1' : 'M2';
    if (level !== undefined && level !== next && level !== this.level) return 'INVALID_ESCALATION';
    if (next === 'M2' && (!dissatisfied || level === 'M1')) return 'DISSATISFACTION_REQUIRED';
    this.level = next;
    const tier: Tier = { owner: null, expires: null, search: null, everAsked: [] };
    this.tiers[next] = tier;
    tier.search = { asked: null, tried: [], rung: 0, round: 1, until: 0, nobody: false };
    this.askNext(next, this.now);
    return undefined;
  }

  accept(by: string): string | undefined {
    if (this.closed) return 'CASE_CLOSED';
    if (this.level === 'NORMAL') return 'NOT_ESCALATED';
    const pending = (['M2', 'M1'] as const).filter((level) => this.tiers[level] && this.owner(level) === null);
    const isAsked = (candidate: Managed): boolean => this.asked(candidate) === by;
    const wasAsked = (candidate: Managed): boolean => this.tiers[candidate]?.everAsked.includes(by) === true;
    const isBarred = (candidate: Managed): boolean => this.owner(candidate === 'M1' ? 'M2' : 'M1') === by || (candidate === 'M2' && by === DIRECT && !wasAsked('M2') && this.tiers.M2?.search?.nobody === false);
    const level = pending.find(isAsked) ?? pending.find(wasAsked) ?? pending.find((candidate) => !isBarred(candidate)) ?? pending[0];
    if (level === undefined) return 'ALREADY_ACCEPTED';
    if (isBarred(level)) return 'OTHER_MANAGER_REQUIRED';
    const tier = this.tiers[level];
    const search = tier?.search;
    if (search && search.asked !== null && search.asked !== by && wasAsked(level) && !search.nobody) return 'STALE_ASSIGNMENT';
    if (tier) {
      Object.assign(tier, { owner: by, expires: this.now + (EXPIRES[this.severity] ?? 0), search: null });
      tier.everAsked.push(by);
    }
    // Whoever has one level is not waited for at the other.
    const other = level === 'M1' ? 'M2' : 'M1';
    const elsewhere = this.tiers[other]?.search;
    if (elsewhere?.asked === by) {
      elsewhere.tried.push(by);
      elsewhere.asked = null;
      this.askNext(other, this.now);
    }
    return undefined;
  }

  /** Anything that a manager does for the case shows that they are at it. */
  act(by: string): string | undefined {
    if (this.closed) return 'CASE_CLOSED';
    for (const tier of Object.values(this.tiers)) if (tier?.owner === by) tier.expires = null;
    return undefined;
  }

  deEscalate(by: string, agreed: boolean): string | undefined {
    if (this.closed) return 'CASE_CLOSED';
    if (this.level === 'NORMAL') return 'NOT_ESCALATED';
    if (this.owner(this.level) !== by) return 'NOT_ESCALATION_OWNER';
    if (!agreed) return 'CUSTOMER_AGREEMENT_REQUIRED';
    this.tiers[this.level] = null;
    this.level = this.level === 'M2' ? 'M1' : 'NORMAL';
    this.act(by);
    return undefined;
  }

  changeSeverity(severity: 1 | 2 | 3): string | undefined {
    if (this.closed) return 'CASE_CLOSED';
    if (severity === this.severity) return 'SEVERITY_UNCHANGED';
    this.severity = severity;
    for (const tier of Object.values(this.tiers)) {
      const search = tier?.search;
      if (search && search.asked !== null) search.until = Math.min(search.until, this.now + (ANSWER[severity] ?? 0));
    }
    return undefined;
  }

  close(by: string, agreed: boolean): string | undefined {
    if (this.closed) return 'CASE_CLOSED';
    if (!agreed) return 'CUSTOMER_AGREEMENT_REQUIRED';
    this.act(by);
    this.closed = true;
    this.level = 'NORMAL';
    this.tiers.M1 = null;
    this.tiers.M2 = null;
    return undefined;
  }

  reopen(): string | undefined {
    if (!this.closed) return 'CASE_OPEN';
    this.closed = false;
    return undefined;
  }

  // --- what time does ---

  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.nextMoment();
      if (!next || next.at > end) break;
      this.now = next.at;
      this.happen(next.level);
    }
    this.now = end;
  }

  private nextMoment(): { at: number; level: Managed } | undefined {
    const moments = (['M1', 'M2'] as const).flatMap((level) => {
      const tier = this.tiers[level];
      const at = tier?.search ? tier.search.until : tier?.expires;
      return at == null ? [] : [{ at, level }];
    });
    return moments.sort((a, b) => a.at - b.at)[0];
  }

  private happen(level: Managed): void {
    const tier = this.tiers[level];
    if (!tier) return;
    if (!tier.search) {
      // Accepted and then nothing: somebody else is asked, and not the one who slept.
      tier.search = { asked: null, tried: [tier.owner ?? ''], rung: 0, round: 1, until: 0, nobody: false };
      Object.assign(tier, { owner: null, expires: null });
    } else if (tier.search.asked !== null) {
      tier.search.tried.push(tier.search.asked);
      tier.search.asked = null;
    } else {
      Object.assign(tier.search, { round: tier.search.round + 1, rung: 0, tried: [] });
    }
    this.askNext(level, this.now);
  }

  private askNext(level: Managed, now: number): void {
    const tier = this.tiers[level];
    const search = tier?.search;
    if (!search) return;
    for (;;) {
      const other = this.owner(level === 'M1' ? 'M2' : 'M1');
      const rung = LADDERS[level][search.rung];
      const person = rung?.find((candidate) => !search.tried.includes(candidate) && candidate !== other);
      if (rung && person === undefined) {
        search.rung += 1;
        continue;
      }
      if (person === undefined) {
        if (search.round < ROUNDS && search.tried.length > 0) {
          Object.assign(search, { round: search.round + 1, rung: 0, tried: [] });
          continue;
        }
        Object.assign(search, { asked: null, until: now + PAUSE, nobody: true });
        return;
      }
      if (this.reachable(person)) {
        Object.assign(search, { asked: person, until: now + (ANSWER[this.severity] ?? 0) });
        tier.everAsked.push(person);
        return;
      }
      search.tried.push(person);
    }
  }
}
