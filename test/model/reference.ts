/**
 * What the rules say about escalating, in the plainest words that can be run: who is asked, until when, who may take it, who
 * has it. No events, no messages, no code of the engine. The engine is compared with it over random lives
 * (escalation.test.ts). Whatever concerns the engineer alone is left out: lee is quick, and does his part at once.
 */
export const MINUTE = 60_000;

type Level = 'NORMAL' | 'M1' | 'M2';
type Managed = 'M1' | 'M2';

const LEVELS = ['M1', 'M2'] as const;
const otherOf = (level: Managed): Managed => (level === 'M1' ? 'M2' : 'M1');

/** Minutes by severity: a manager's answer, and how long it holds when nobody does anything for the case. */
const ANSWER = [15, 30, 30, 30].map((minutes) => minutes * MINUTE);
const EXPIRES = [75, 60, 240, 480].map((minutes) => minutes * MINUTE);
const ROUNDS = 3;
const PAUSE = 15 * MINUTE;
const A_MOMENT = MINUTE;

/** lee's managers, from the direct one upwards. */
const CHART = ['ana', 'ben', 'vera'];
const ON_DUTY = ['dora', 'dirk'];
const EXECUTIVE = 'eve';

/** Rung by rung. The direct manager is not asked for M2, and the executive for M1 only when nobody else has come. */
function ladder(level: Managed, nobodyCame: boolean): readonly (readonly string[])[] {
  if (level === 'M2') return [[...CHART.slice(1), EXECUTIVE], [EXECUTIVE], ON_DUTY];
  return [CHART, ON_DUTY, ...(nobodyCame ? [[EXECUTIVE]] : [])];
}

interface Tier {
  owner: string | null;
  ownedSince: number;
  /** Accepted, and nobody has done anything since: when others are asked. */
  expires: number | null;
  /** Over when whoever has it has done something for the case. */
  search: Search | null;
}

interface Search {
  /** Whoever is asked just now. */
  asked: string | null;
  /** When they are given up, or the pause is over. */
  until: number;
  /** A search only goes up: who comes free on a rung below is asked in the next round. */
  rung: number;
  round: number;
  roundSince: number;
  /** Not again in this round. */
  tried: string[];
  /** Asked before, or had it: they are welcome, and it is on their page. */
  welcome: string[];
  /** Heard that somebody has it, so their page is closed: they are welcome, and asked again only in their turn. */
  closed: string[];
  /** Said that they cannot, and when. */
  declined: Map<string, number>;
  nobodyCame: boolean;
}

export class Reference {
  level: Level = 'NORMAL';
  severity = 2;
  closed = false;
  /**
   * Both levels looked for somebody at once, and a line was down: who is asked for which goes by the order in which the
   * providers say so, of which no rule speaks. What comes after it is not foreseen here.
   */
  isRace = false;
  private tiers: Record<Managed, Tier | null> = { M1: null, M2: null };
  private wish: { readonly at: number; readonly words: string | undefined } | null = null;

  constructor(
    public now: number,
    private readonly reachable: (person: string) => boolean,
  ) {}

  owner(level: Managed): string | null {
    return this.tiers[level]?.owner ?? null;
  }

  asked(level: Managed): string | null {
    return this.searchFor(level)?.asked ?? null;
  }

  /** H2: whoever may still answer has one page, whatever it says. */
  pages(): string[] {
    const open = (level: Managed): readonly string[] => {
      const closed = this.searchFor(level)?.closed ?? [];
      return this.welcomeAt(level).filter((who) => this.mayOwn(level, who) && !closed.includes(who));
    };
    const people = this.pending().flatMap(open);
    return [...new Set(people)].sort();
  }

  // --- what people do; each gives the code of its refusal, or nothing ---

  escalate(level: string | undefined, words: string | undefined): string | undefined {
    if (this.closed) return 'CASE_CLOSED';
    if (this.level !== 'NORMAL' && level === undefined && this.isTheSameWish(words)) return undefined;
    if (this.level === 'M2') return 'ALREADY_M2';
    const next: Managed = this.level === 'NORMAL' ? 'M1' : 'M2';
    if (level !== undefined && level !== next && level !== this.level) return 'INVALID_ESCALATION';
    if (next === 'M2' && (words === undefined || level === 'M1')) return 'DISSATISFACTION_REQUIRED';
    this.level = next;
    this.wish = { at: this.now, words };
    this.tiers[next] = { owner: null, ownedSince: 0, expires: null, search: this.newSearch() };
    this.ask(next);
    this.act('lee');
    return undefined;
  }

  /** D14: asked again a moment later, or in the same words, it is one wish. */
  private isTheSameWish(words: string | undefined): boolean {
    if (!this.wish) return false;
    return this.now - this.wish.at <= A_MOMENT || (words !== undefined && words === this.wish.words);
  }

  /** D1: "I have it": what they are or were asked and nobody has; otherwise what nobody has and they may own. */
  acknowledge(by: string): string | undefined {
    const free = this.pending().filter((level) => this.mayOwn(level, by));
    const theirs = free.filter((level) => this.isOnTheirPage(level, by));
    const [first] = theirs.length > 0 ? theirs : this.hasJustAnswered(by) ? [] : this.inOrderFor(by, free);
    if (first !== undefined) {
      this.take(first, by);
      return undefined;
    }
    if (this.accepted().some((level) => this.owner(level) === by)) return 'ALREADY_ACKNOWLEDGED';
    return this.accepted().some((level) => this.welcomeAt(level).includes(by)) ? 'STALE_ASSIGNMENT' : 'NOTHING_ASKED';
  }

  /** R48: the level that they are asked for now, or were, or else: who stands above the direct manager comes for the second. */
  accept(by: string): string | undefined {
    if (this.closed) return 'CASE_CLOSED';
    if (this.level === 'NORMAL') return 'NOT_ESCALATED';
    const pending = this.pending();
    const level =
      pending.find((candidate) => this.asked(candidate) === by) ??
      pending.find((candidate) => this.welcomeAt(candidate).includes(by)) ??
      this.inOrderFor(by, pending).find((candidate) => this.mayOwn(candidate, by)) ??
      pending.at(-1);
    if (level === undefined)
      return this.all().some(({ owner }) => owner === by) ? 'ALREADY_ACKNOWLEDGED' : 'ALREADY_ACCEPTED';
    if (!this.mayOwn(level, by)) return 'OTHER_MANAGER_REQUIRED';
    this.take(level, by);
    return undefined;
  }

  /** D6: "I cannot", before or after an answer: the next one is asked at once, and nothing begins anew. */
  decline(by: string): string | undefined {
    const had = LEVELS.filter((level) => this.owner(level) === by);
    const theirs = this.pending().filter((level) => this.welcomeAt(level).includes(by));
    if (had.length + theirs.length === 0) return 'NOTHING_ASKED';
    const turns = theirs.filter((level) => this.asked(level) === by);
    for (const level of had) {
      const tier = this.tiers[level];
      if (tier) Object.assign(tier, { owner: null, expires: null, search: tier.search ?? this.newSearch() });
    }
    for (const level of [...had, ...theirs]) {
      const search = this.searchFor(level);
      search?.declined.set(by, this.now);
      this.isTried(level, by);
      this.isWelcomeNoMore(level, by);
    }
    this.ask(...had, ...turns);
    return undefined;
  }

  /** Whoever does something for the case has what they are asked for (D3), and every answer holds for as long again (H3). */
  act(by: string): string | undefined {
    if (this.closed) return 'CASE_CLOSED';
    for (const tier of this.all()) if (tier.expires !== null) tier.expires = Math.max(tier.expires, this.expiry());
    const asked = this.pending().filter((level) => this.isOnTheirPage(level, by) && this.mayOwn(level, by));
    for (const level of asked.slice(0, 1)) this.take(level, by);
    for (const tier of this.all()) if (tier.owner === by) Object.assign(tier, { expires: null, search: null });
    return undefined;
  }

  deEscalate(by: string, agreed: boolean): string | undefined {
    if (this.closed) return 'CASE_CLOSED';
    if (this.level === 'NORMAL') return 'NOT_ESCALATED';
    if (this.owner(this.level) !== by) return 'NOT_ESCALATION_OWNER';
    if (!agreed) return 'CUSTOMER_AGREEMENT_REQUIRED';
    this.tiers[this.level] = null;
    this.level = this.level === 'M2' ? 'M1' : 'NORMAL';
    if (this.level === 'NORMAL') this.wish = null;
    this.act(by);
    return undefined;
  }

  /** Worse never means later: what runs moves earlier, or stands; better takes no time away (H8). */
  changeSeverity(severity: 1 | 2 | 3): string | undefined {
    if (this.closed) return 'CASE_CLOSED';
    if (severity === this.severity) return 'SEVERITY_UNCHANGED';
    const isWorse = severity < this.severity;
    this.severity = severity;
    for (const tier of this.all())
      if (isWorse && tier.expires !== null) tier.expires = Math.min(tier.expires, this.expiry());
    for (const level of isWorse ? this.pending() : []) {
      const search = this.searchFor(level);
      if (search && search.asked !== null) search.until = Math.min(search.until, this.now + this.answerTime());
    }
    this.act('lee');
    return undefined;
  }

  close(agreed: boolean): string | undefined {
    if (this.closed) return 'CASE_CLOSED';
    if (!agreed) return 'CUSTOMER_AGREEMENT_REQUIRED';
    Object.assign(this, { closed: true, level: 'NORMAL', wish: null, tiers: { M1: null, M2: null } });
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
      const next = Math.min(...LEVELS.map((level) => this.moment(level)));
      if (next > end) break;
      this.now = next;
      // All that is due at one moment is over first, then the next ones are asked.
      const due = LEVELS.filter((level) => this.moment(level) === next);
      for (const level of due) this.isOver(level);
      this.ask(...due);
    }
    this.now = end;
  }

  private moment(level: Managed): number {
    const tier = this.tiers[level];
    return (tier?.owner == null ? tier?.search?.until : tier.expires) ?? Infinity;
  }

  private isOver(level: Managed): void {
    const tier = this.tiers[level];
    if (!tier) return;
    const { search, owner } = tier;
    if (owner !== null) {
      // Accepted, and then nobody did anything: others are asked, and whoever had it is welcome to have it again.
      const anew = { ...this.newSearch(), tried: [owner], welcome: [owner] };
      Object.assign(tier, { owner: null, expires: null, search: anew });
    } else if (search && search.asked !== null) this.isTried(level, search.asked);
    else if (search) this.nextRound(search);
  }

  // --- who is asked ---

  private newSearch(): Search {
    const nobody = { asked: null, tried: [], welcome: [], closed: [], declined: new Map<string, number>() };
    return { ...nobody, until: 0, rung: 0, round: 1, roundSince: this.now, nobodyCame: false };
  }

  private nextRound(search: Search): void {
    Object.assign(search, { round: search.round + 1, roundSince: this.now, rung: 0, tried: [] });
  }

  /** Where both levels look for somebody at once, M2 has the choice. Whose line is down is followed by the next one. */
  private ask(...levels: readonly Managed[]): void {
    const looking = (['M2', 'M1'] as const).filter((level) => levels.includes(level));
    this.comeTo(...looking);
    for (let level = looking.shift(); level !== undefined; level = looking.shift()) {
      const search = this.searchFor(level);
      const person = search?.asked ?? null;
      if (!search || person === null) continue;
      this.isRace ||= levels.length > 1 && !this.reachable(person);
      if (this.reachable(person)) {
        search.until = this.now + this.answerTime();
        if (!search.welcome.includes(person)) search.welcome.push(person);
        search.closed = search.closed.filter((other) => other !== person);
      } else {
        this.isTried(level, person);
        this.comeTo(level);
        looking.push(level);
      }
    }
  }

  /** The next one of each search; nobody where it rests. Rung by rung side by side: who is there first is asked first. */
  private comeTo(...levels: readonly Managed[]): void {
    for (let looking = levels; looking.length > 0;) looking = looking.filter((level) => !this.isOnePlaceFurther(level));
  }

  /** Looks at one rung; says whether the search has come to somebody, or rests. */
  private isOnePlaceFurther(level: Managed): boolean {
    const search = this.searchFor(level);
    if (!search) return true;
    for (;;) {
      const rung = ladder(level, search.nobodyCame)[search.rung];
      if (rung) {
        search.asked = rung.find((candidate) => this.mayBeAsked(level, search, candidate)) ?? null;
        if (search.asked === null) search.rung += 1;
        return search.asked !== null;
      }
      if (search.round < ROUNDS && search.tried.length > 0 && !this.haveAllDeclined(search)) this.nextRound(search);
      else if (!search.nobodyCame) search.nobodyCame = true;
      else {
        search.until = this.now + PAUSE;
        return true;
      }
    }
  }

  /** Nobody twice in a round, nobody for both levels at once, and who cannot is left alone for a while. */
  private mayBeAsked(level: Managed, { tried, declined }: Search, person: string): boolean {
    const declinedAt = declined.get(person);
    const isLeftAlone = declinedAt !== undefined && this.now - declinedAt < this.answerTime();
    return (
      !tried.includes(person) && !isLeftAlone && this.asked(otherOf(level)) !== person && this.mayOwn(level, person)
    );
  }

  private haveAllDeclined({ tried, declined, roundSince }: Search): boolean {
    return tried.length > 0 && tried.every((person) => (declined.get(person) ?? -1) >= roundSince);
  }

  private isTried(level: Managed, person: string): void {
    const search = this.searchFor(level);
    if (!search) return;
    if (!search.tried.includes(person)) search.tried.push(person);
    if (search.asked === person) search.asked = null;
  }

  private isWelcomeNoMore(level: Managed, person: string): void {
    const search = this.searchFor(level);
    if (search) search.welcome = search.welcome.filter((other) => other !== person);
  }

  // --- who has it ---

  /** D4: the two levels are two persons, the one of M2 not below the one of M1. */
  private mayOwn(level: Managed, person: string): boolean {
    if (this.owner(otherOf(level)) === person) return false;
    const below = CHART.slice(0, Math.max(CHART.indexOf(this.owner('M1') ?? ''), 0));
    return level === 'M1' || !below.includes(person);
  }

  private take(level: Managed, by: string): void {
    const tier = this.tiers[level];
    if (!tier?.search) return;
    this.isWelcomeNoMore(level, by);
    Object.assign(tier.search, { asked: null, nobodyCame: false, closed: [...tier.search.welcome] });
    Object.assign(tier, { owner: by, ownedSince: this.now, expires: this.expiry() });
    // Whoever may not have the other level any more is not waited for there.
    const other = otherOf(level);
    const elsewhere = this.asked(other);
    if (elsewhere === null || this.mayOwn(other, elsewhere)) return;
    this.isWelcomeNoMore(other, elsewhere);
    this.isTried(other, elsewhere);
    this.ask(other);
  }

  /** Who stands above the direct manager and comes unasked comes for the second level. */
  private inOrderFor(by: string, levels: readonly Managed[]): readonly Managed[] {
    return CHART.indexOf(by) > 0 ? [...levels].reverse() : levels;
  }

  /** R45: whoever is asked for one level now is not asked for the other. */
  private isOnTheirPage(level: Managed, by: string): boolean {
    return this.welcomeAt(level).includes(by) && this.asked(otherOf(level)) !== by;
  }

  private hasJustAnswered(by: string): boolean {
    return this.accepted().some((level) => {
      const tier = this.tiers[level];
      return tier?.owner === by && this.now - tier.ownedSince < A_MOMENT;
    });
  }

  private searchFor = (level: Managed): Search | null => this.tiers[level]?.search ?? null;
  private welcomeAt = (level: Managed): readonly string[] => this.searchFor(level)?.welcome ?? [];
  private all = (): Tier[] => LEVELS.flatMap((level) => this.tiers[level] ?? []);
  /** Nobody has it. */
  private pending = (): Managed[] => LEVELS.filter((level) => this.tiers[level]?.owner === null);
  /** Somebody has it, and has done nothing for the case yet. */
  private accepted = (): Managed[] => LEVELS.filter((level) => this.tiers[level]?.expires != null);
  private answerTime = (): number => ANSWER[this.severity] ?? 0;
  private expiry = (): number => this.now + (EXPIRES[this.severity] ?? 0);
}
