/**
 * A case without a server: the real decider, the real look-ups, and a network in place of the providers, over a clock that
 * only the caller moves. What the shell does with Temporal, this does in memory, so that a week takes milliseconds. Both
 * only carry out the effects that a decision names, so they cannot differ. Stories, `tocsin rehearse` and
 * `tocsin policy explain` run on it.
 */
import { nextUnused } from '../activities/trace';
import { choose } from '../activities/choose';
import type { Directory } from '../activities/directory/types';
import { addressedTo } from '../activities/page';
import type { KnownPerson } from '../workflows/activities';
import { nextDue } from '../workflows/core/agenda';
import { decide, open, type CaseCommand, type Decision } from '../workflows/core/decide';
import type { Answer } from '../workflows/core/language/answer';
import type { CaseEvent } from '../workflows/core/language/events';
import type { CommandName } from '../workflows/core/language/inputs';
import type { PageOrder, PageResult, PageTrouble } from '../workflows/core/language/page';
import type { CasePolicy } from '../workflows/core/language/policy';
import type { CaseState } from '../workflows/core/language/state';
import { iso } from '../workflows/core/language/time';
import { isFinished } from '../workflows/core/rules/lifecycle';
import { answerOf } from '../workflows/core/views/queries';
import { refusalInWords, type RefusalInWords } from '../workflows/core/words/en';

/** What the network makes of an order: when its result comes back, and whether trouble is told before. */
export interface Delivery {
  readonly result: PageResult;
  /** How long the result takes to come back. */
  readonly afterMs?: number;
  readonly trouble?: PageTrouble;
}

export interface Network {
  readonly page: (order: PageOrder, now: number) => Delivery;
  readonly lookUp: (person: string) => KnownPerson;
}

/** A message that went out, or did not. */
export interface Sent {
  readonly order: PageOrder;
  readonly at: number;
  readonly result: PageResult;
}

export interface Given {
  readonly answer?: Answer;
  readonly refusal?: RefusalInWords;
  readonly events: readonly CaseEvent[];
}

const CALLED_BACK: PageResult = { outcome: 'FAILED', reason: 'CANCELLED', passedOver: [] };

/** The opening was refused: there is no case. */
export class OpeningRefused extends Error {
  override readonly name = 'OpeningRefused';
  constructor(readonly refusal: RefusalInWords) {
    super(`${refusal.code}: ${refusal.message}`);
  }
}

/** A month of the busiest case stays far below it. */
const MOST_TICKS = 200_000;

/** As it would have come over the wire. */
const travelled = (input: unknown): unknown =>
  input === undefined ? undefined : (JSON.parse(JSON.stringify(input)) as unknown);

interface OnTheWay extends Sent {
  readonly until: number;
}

export class DryRun {
  state: CaseState;
  now: number;
  readonly events: CaseEvent[] = [];
  /** Every message, in order, with what became of it. */
  readonly messages: Sent[] = [];
  private onTheWay: OnTheWay[] = [];
  /** What the outside has to say about effects that were carried out, given before anything else. */
  private reports: CaseCommand[] = [];

  /** @throws OpeningRefused */
  constructor(
    opening: unknown,
    policy: CasePolicy,
    readonly network: Network,
    start: number,
  ) {
    this.now = start;
    const decision = open(travelled(opening), policy, start);
    if (!('state' in decision)) throw new OpeningRefused(refusalInWords(decision.refusal));
    this.state = decision.state;
    this.carryOut(decision);
    this.settle();
  }

  /** Gives a command at this moment; whatever settles at once is settled before it returns. */
  give(name: CommandName, input: unknown): Given {
    const before = this.events.length;
    const { outcome, refusal } = this.apply({ type: 'command', name, input: travelled(input) });
    this.settle();
    const events = this.events.slice(before);
    return refusal
      ? { refusal: refusalInWords(refusal), events }
      : { ...(outcome && { answer: answerOf(outcome) }), events };
  }

  /** When something happens next by itself. */
  get next(): number {
    return Math.min(nextDue(this.state)?.at ?? Infinity, ...this.onTheWay.map(({ until }) => until));
  }

  /** Lets time pass: the alarm rings whenever something is due. */
  pass(ms: number): CaseEvent[] {
    const before = this.events.length;
    const until = this.now + ms;
    for (let guard = 0; ; guard++) {
      if (guard > MOST_TICKS)
        throw new Error(`the clock stands still at ${iso(this.now)}: ${nextDue(this.state)?.key}`);
      const { next } = this;
      if (next > until || isFinished(this.state, next)) break;
      this.now = Math.max(this.now, next);
      if (this.onTheWay.some((entry) => entry.until <= this.now)) this.settle();
      else {
        this.apply({ type: 'tick' });
        this.settle();
      }
    }
    this.now = until;
    return this.events.slice(before);
  }

  protected apply(command: CaseCommand): Decision {
    const decision = decide(this.state, command, this.now);
    this.state = decision.state;
    this.carryOut(decision);
    return decision;
  }

  /** Everything that has an outcome by now. */
  protected settle(): void {
    for (;;) {
      const report = this.reports.shift();
      if (report) {
        this.apply(report);
        continue;
      }
      const done = this.onTheWay.find(({ until }) => until <= this.now);
      if (!done) return;
      this.onTheWay = this.onTheWay.filter((entry) => entry !== done);
      const { order, result } = done;
      this.apply({ type: 'pageSettled', pageId: order.pageId, attempt: order.attempt, result });
    }
  }

  private carryOut({ events, send, callBack, lookUp }: Decision): void {
    this.events.push(...events);
    for (const order of send) this.page(order);
    for (const { pageId, attempt } of callBack) this.callBack(pageId, attempt);
    for (const person of lookUp) this.reports.push({ type: 'personLookedUp', person, ...this.network.lookUp(person) });
  }

  private page(order: PageOrder): void {
    const { result, afterMs = 0, trouble } = this.network.page(order, this.now);
    this.messages.push({ order, at: this.now, result });
    this.onTheWay.push({ order, at: this.now, result, until: this.now + afterMs });
    if (trouble) this.reports.push({ type: 'pageDelayed', trouble });
  }

  /** What has not arrived does not, and what has is out. */
  protected callBack(pageId: string, attempt: number): void {
    this.onTheWay = this.onTheWay.map((entry) => {
      const isMeant = entry.order.pageId === pageId && entry.order.attempt === attempt;
      if (!isMeant || entry.until <= this.now) return entry;
      const calledBack = { ...entry, result: CALLED_BACK };
      this.messages[this.messages.findIndex(({ order }) => order === entry.order)] = calledBack;
      return { ...calledBack, until: this.now };
    });
  }
}

/** What the activity would report of this order if every provider took what it is given: the look-ups are the real ones. */
export function lookedUp(directory: Directory, order: PageOrder, now: number): PageResult {
  const chosen = choose(directory, order, now);
  if ('result' in chosen) return chosen.result;
  const channel = nextUnused(chosen.channels, order.used);
  if (!channel) {
    const { candidate, found } = chosen;
    const { id: person, name } = candidate.person;
    return { ...found, outcome: 'FAILED', reason: 'NO_ADDRESS', person, name, route: candidate.route };
  }
  return { ...addressedTo(chosen, order, channel), outcome: 'ACCEPTED' };
}
