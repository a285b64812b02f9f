import { CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { KnownPerson, TocsinActivities } from '../activities';

const { lookUpPerson } = proxyActivities<TocsinActivities>({
  startToCloseTimeout: '5s',
  retry: { initialInterval: 500, maximumInterval: 15_000 },
});

/** Names that have answered and that the case does not know (D5): looked up at once, each once at a time. */
export class LookUps {
  private readonly underWay = new Set<string>();

  /** `shield` as the alarm's: who cancels the case does not stop a look-up. */
  constructor(
    private readonly shield: CancellationScope,
    private readonly found: (person: string, known: KnownPerson) => void,
  ) {}

  start(person: string): void {
    if (this.underWay.has(person)) return;
    this.underWay.add(person);
    const scope = new CancellationScope({ cancellable: false, parent: this.shield });
    void scope
      .run(() => lookUpPerson(person))
      .then((known) => {
        this.underWay.delete(person);
        this.found(person, known);
      });
  }
}
