/**
 * The dry run with what only tests ask of it: commands that must be accepted, the whole view, workers that are away, and
 * providers that are quicker than a message can be called back.
 */
import type { CaseEvent } from '../../workflows/core/language/events';
import type { CaseOpening } from '../../workflows/core/language/opening';
import type { CommandName, Input } from '../../workflows/core/language/inputs';
import type { PageNews, PageOrder } from '../../workflows/core/language/page';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { caseView } from '../../workflows/core/views/queries';
import type { Answer, CaseView } from '../../workflows/messages';
import { DryRun, type Network } from '../../rehearsal/dry-run';

export type { Network } from '../../rehearsal/dry-run';

export class Simulation extends DryRun {
  /** These messages are out by the time they are called back: they arrive all the same. */
  isTooLateToCallBack: ((order: PageOrder) => boolean) | undefined;

  constructor(opening: CaseOpening, policy: CasePolicy, network: Network, start: number) {
    super(opening, policy, network, start);
  }

  get view(): CaseView {
    return caseView(this.state, this.now);
  }

  /** As `give`, for a command that must be accepted. */
  do<N extends CommandName>(name: N, input: Input<N>): Answer {
    const { answer, refusal } = this.give(name, input);
    if (!answer) throw new Error(`${name} was refused: ${refusal?.code} ${refusal?.message}`);
    return answer;
  }

  /** All workers are away for so long: nothing happens, then the clock is looked at once. */
  outage(ms: number): CaseEvent[] {
    const before = this.events.length;
    this.now += ms;
    this.apply({ type: 'tick' });
    this.settle();
    return this.events.slice(before);
  }

  /** A provider calls back about a message that it had taken. */
  tell(news: PageNews): CaseEvent[] {
    const before = this.events.length;
    this.apply({ type: 'pageNews', news });
    this.settle();
    return this.events.slice(before);
  }

  /** Somebody asks Temporal to cancel the case. */
  cancel(): CaseEvent[] {
    return [...this.apply({ type: 'cancelRequested' }).events];
  }

  protected override callBack(pageId: string, attempt: number): void {
    const message = this.messages.findLast(({ order }) => order.pageId === pageId && order.attempt === attempt);
    if (message && this.isTooLateToCallBack?.(message.order)) return;
    super.callBack(pageId, attempt);
  }
}
