/** The dry run with what only tests ask of it: commands that must be accepted, the whole view, workers that are away. */
import type { CaseEvent } from '../../workflows/case/events';
import type { CaseOpening, CommandName, Input } from '../../workflows/case/inputs';
import type { CasePolicy } from '../../workflows/case/policy';
import { caseView } from '../../workflows/case/queries';
import type { Answer, CaseView } from '../../workflows/messages';
import { DryRun, type Network } from '../../worker/dry-run';

export type { Network } from '../../worker/dry-run';

export class Simulation extends DryRun {
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
    this.settleUntil(this.now);
    return this.events.slice(before);
  }
}
