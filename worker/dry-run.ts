/**
 * A case without a server: decide, evolve, the agenda, and a network in place of the activities, over a clock that only
 * the caller moves. What the shell does with Temporal, this does in memory, so that a week takes milliseconds. Tests and
 * `tocsin policy explain` run on it.
 */
import { usable } from '../activities/channels';
import { candidates, directManagerOf, shiftOf } from '../activities/directory/candidates';
import type { Directory } from '../activities/directory/types';
import { nextDue } from '../workflows/case/agenda';
import type { Refusal } from '../workflows/case/codes';
import { decide, open, type CaseCommand, type Decision } from '../workflows/case/decide';
import type { CaseEvent } from '../workflows/case/events';
import type { CommandName } from '../workflows/case/inputs';
import { pageOf } from '../workflows/case/ladder';
import { isFinished } from '../workflows/case/lifecycle';
import { orderFor } from '../workflows/case/order';
import type { PageOrder, PageResult } from '../workflows/case/pages';
import type { CasePolicy } from '../workflows/case/policy';
import { answerOf } from '../workflows/case/queries';
import type { CaseState } from '../workflows/case/state';
import type { Answer } from '../workflows/messages';

/** What the network makes of an order; `afterMs` is how long the result takes to come back. */
export interface Network {
  readonly page: (order: PageOrder, now: number) => { readonly result: PageResult; readonly afterMs?: number };
}

export interface Sent {
  readonly order: PageOrder;
  readonly at: number;
  readonly result: PageResult;
}

export interface Given {
  readonly answer?: Answer;
  readonly refusal?: Refusal;
  readonly events: readonly CaseEvent[];
}

/** The opening was refused: there is no case. */
export class OpeningRefused extends Error {
  override readonly name = 'OpeningRefused';
  constructor(readonly refusal: Refusal) {
    super(`${refusal.code}: ${refusal.message}`);
  }
}

/** As it would have come over the wire. */
const travelled = (input: unknown): unknown => (input === undefined ? undefined : (JSON.parse(JSON.stringify(input)) as unknown));

export class DryRun {
  state: CaseState;
  now: number;
  readonly events: CaseEvent[] = [];
  /** Every send that a provider has taken. */
  readonly sent: Sent[] = [];
  readonly failed: Sent[] = [];
  private onTheWay: Sent[] = [];

  /** @throws OpeningRefused */
  constructor(
    opening: unknown,
    policy: CasePolicy,
    readonly network: Network,
    start: number,
  ) {
    this.now = start;
    const decision = open(travelled(opening), policy, start);
    if (!('state' in decision)) throw new OpeningRefused(decision.refusal);
    this.state = decision.state;
    this.keep(decision);
  }

  /** Gives a command at this moment; whatever pages settle at once are settled before it returns. */
  give(name: CommandName, input: unknown): Given {
    const before = this.events.length;
    const decision = this.apply({ type: 'command', name, input: travelled(input) });
    const outcome = decision.refusal ? { refusal: decision.refusal } : { answer: answerOf(decision) };
    this.settleUntil(this.now);
    return { ...outcome, events: this.events.slice(before) };
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
      if (next > until || isFinished(this.state, next)) break;
      this.now = Math.max(this.now, next);
      if (settles <= due) this.settleUntil(this.now);
      else this.apply({ type: 'tick' });
      this.settleUntil(this.now);
    }
    this.now = until;
    return this.events.slice(before);
  }

  protected apply(command: CaseCommand): Decision {
    const decision = decide(this.state, command, this.now);
    this.keep(decision);
    return decision;
  }

  protected settleUntil(now: number): void {
    for (;;) {
      const next = this.onTheWay.find(({ at }) => at <= now);
      if (!next) return;
      this.onTheWay = this.onTheWay.filter((entry) => entry !== next);
      this.apply({ type: 'pageSettled', pageId: next.order.pageId, attempt: next.order.attempt, result: next.result });
    }
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

/** What the activity would report of this order if every provider took what it is given: the look-ups are the real ones. */
export function lookedUp(directory: Directory, order: PageOrder, now: number): PageResult {
  const { list, passedOver } = candidates(directory, order, now);
  const directManager = directManagerOf(directory, order.engineer);
  const found = { passedOver, ...(directManager && { directManager }) };
  const [candidate] = list;
  if (!candidate) return { ...found, outcome: 'FAILED', reason: 'NO_PERSON' };
  const { route, person } = candidate;
  if (order.unless?.includes(person.id)) return { ...found, outcome: 'FAILED', reason: 'KNOWS_ALREADY' };
  const channels = usable(person.channels, order.channels);
  const channelIndex = channels.findIndex(({ name }) => !order.used.includes(name));
  const channel = channels[channelIndex];
  const known = { ...found, person: person.id, name: person.name, route };
  if (!channel) return { ...known, outcome: 'FAILED', reason: 'NO_ADDRESS' };
  const shift = shiftOf(directory, candidate, now);
  return { ...known, outcome: 'ACCEPTED', channel: channel.name, channelIndex, channelCount: channels.length, ...(shift && { shift }) };
}
