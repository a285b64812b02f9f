import { collectDefaultMetrics, Counter, Registry } from 'prom-client';
import type { PageOrder, PageResult } from '../workflows/case/pages';

/** Numbers for Prometheus: the process, and what became of every page, by the reason (B2). */
export class Telemetry {
  readonly registry = new Registry();
  private readonly pages: Counter<'audience' | 'purpose' | 'outcome' | 'reason'>;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    this.pages = new Counter({
      name: 'tocsin_pages_total',
      help: 'Pages by audience, purpose and what became of them',
      labelNames: ['audience', 'purpose', 'outcome', 'reason'],
      registers: [this.registry],
    });
  }

  readonly recordPage = ({ audience, purpose }: PageOrder, result: PageResult): void => {
    const reason = result.outcome === 'FAILED' ? result.reason : result.route;
    this.pages.inc({ audience, purpose, outcome: result.outcome, reason });
  };
}
