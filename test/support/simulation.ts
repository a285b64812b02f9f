/**
 * The core over a clock that only the test moves: decide, evolve, the agenda, and a telephone network in place of the
 * activities. What the shell does with a real server, this does in memory, so a week takes milliseconds.
 */
import { nextDue } from '../../workflows/case/agenda';
import { decide, open, type CaseCommand, type Decision } from '../../workflows/case/decide';
import type { Refusal } from '../../workflows/case/codes';
import type { CaseEvent } from '../../workflows/case/events';
import type { CaseOpening, CommandName, Input } from '../../workflows/case/inputs';
import { orderFor } from '../../workflows/case/order';
import type { PageOrder, PageResult } from '../../workflows/case/pages';
import { pageOf } from '../../workflows/case/ladder';
import type { CasePolicy } from '../../workflows/case/policy';
import type { CaseState } from '../../workflows/case/state';
import { answerOf, caseView } from '../../workflows/case/queries';
import type { Answer, CaseView } from '../../workflows/messages';

/** What the network makes of an order; `afterMs` is how long the result takes to come back. */
export interface Network {
  readonly page: (order: PageOrder, now: number) => { readonly result: PageResult; readonly afterMs?: number };
}

export interface Sent {
  readonly order: PageOrder;
  readonly at: number;
  readonly result: PageResult;
}

export class Simulation {
  state: CaseState;
  now: number;
  readonly events: CaseEvent[] = [];
  /** Every send that a provider has taken. */
  readonly sent: Sent[] = [];
  readonly failed: Sent[] = [];
  private onTheWay: { at: number; order: PageOrder; result: PageResult }[] = [];

  constructor(
    opening: CaseOpening,
    policy: CasePolicy,
    readonly network: Network,
    start: number,
  ) {
    this.now = start;
    const decision = open(JSON.parse(JSON.stringify(opening)), policy, start);
    if (!('state' in decision)) throw new Error(`${decision.refusal.code}: ${decision.refusal.message}`);
    this.state = decision.state;
    this.keep(decision);
  }

  get view(): CaseView {
    return caseView(this.state, this.now);
  }

  /** Gives a command at this moment; whatever pages settle at once are settled before it returns. */
  give(name: CommandName, input: unknown): { answer?: Answer; refusal?: Refusal; events: readonly CaseEvent[] } {
    const before = this.events.length;
    const decision = this.apply({ type: 'command', name, input: input === undefined ? undefined : JSON.parse(JSON.stringify(input)) });
    const outcome = decision.refusal ? { refusal: decision.refusal } : { answer: answerOf(decision) };
    this.settleUntil(this.now);
    return { ...outcome, events: this.events.slice(before) };
  }

  /** As `give`, for a command that must be accepted. */
  do<N extends CommandName>(name: N, input: Input<N>): Answer {
    const { answer, refusal } = this.give(name, input);
    if (!answer) throw new Error(`${name} was refused: ${refusal?.code} ${refusal?.message}`);
    return answer;
  }

  /** Lets time pass: the alarm rings whenever something is due. */
  pass(ms: number): CaseEvent[] {
    const before = this.events.length;
    const until = this.now + ms;
    for (let guard = 0; ; guard++) {
      if (guard > 200_000) throw new Error(`the clock stands still at ${new Date(this.now).toISOString()}: ${nextDue(this.state)?.key}`);
      const due = nextDue(this.state)?.at ?? Infinity;
      const settles = Math.min(...this.onTheWay.map(({ at }) => at), Infinity);
      const next = Math.min(due, settles);
      if (next > until || this.isOver(next)) break;
      this.now = Math.max(this.now, next);
      if (settles <= due) this.settleUntil(this.now);
      else this.apply({ type: 'tick' });
      this.settleUntil(this.now);
    }
    this.now = until;
    return this.events.slice(before);
  }

  /** All workers are away for so long: nothing happens, then the clock is looked at once. */
  outage(ms: number): CaseEvent[] {
    const before = this.events.length;
    this.now += ms;
    this.apply({ type: 'tick' });
    this.settleUntil(this.now);
    return this.events.slice(before);
  }

  private isOver(at: number): boolean {
    return this.state.status === 'CLOSED' && this.state.ladders.length === 0 && at === (this.state.closedAt ?? 0) + this.state.policy.reopenWindowMs;
  }

  private settleUntil(now: number): void {
    for (;;) {
      const next = this.onTheWay.find(({ at }) => at <= now);
      if (!next) return;
      this.onTheWay = this.onTheWay.filter((entry) => entry !== next);
      this.apply({ type: 'pageSettled', pageId: next.order.pageId, attempt: next.order.attempt, result: next.result });
    }
  }

  private apply(command: CaseCommand): Decision {
    const decision = decide(this.state, command, this.now);
    this.keep(decision);
    return decision;
  }

  private keep(decision: Decision): void {
    this.state = decision.state;
    this.events.push(...decision.events);
    for (const event of decision.events) {
      if (event.type !== 'PageRequested') continue;
      const order = orderFor(this.state, event);
      // The shell calls back what nobody needs any more before it has left.
      if (pageOf(this.state, order.pageId)?.status !== 'SENDING') continue;
      const { result, afterMs = 0 } = this.network.page(order, this.now);
      (result.outcome === 'ACCEPTED' ? this.sent : this.failed).push({ order, at: this.now, result });
      this.onTheWay.push({ at: this.now + afterMs, order, result });
    }
    if (this.events.length > 0) this.settleUntil(this.now);
  }
}
