/** From the event to a page that a provider has taken: by channel and outcome, with what a provider that is down costs. */
import { Registry } from 'prom-client';
import { pageTimes } from '../../../worker/metrics/page-times';
import type { PageResult } from '../../../workflows/core/language/page';
import { Telemetry } from '../../../worker/telemetry';
import { createActivities } from '../../../activities';
import { Company, policyOf } from '../../support/company';
import { createTocsinWorker } from '../../../worker/worker';
import { openingOf } from '../../support/skipping';
import { workflowBundle } from '../../support/bundle';

const sums = async (registry: Registry): Promise<string[]> =>
  (await registry.metrics()).split('\n').filter((line) => /^tocsin_page_seconds_(sum|count)/.test(line));

test('what went out is measured by kind of channel; what was not sent is not', async () => {
  const registry = new Registry();
  const record = pageTimes(registry);
  const sent = { channel: 'webhook#2', outcome: 'ACCEPTED' } as PageResult;
  record(sent, 1_000, 1_250);
  // The server's clock is ahead.
  record({ ...sent, channel: 'webhook' }, 1_000, 900);
  record({ channel: 'webhook', outcome: 'FAILED', reason: 'PROVIDER_DOWN' } as PageResult, 1_000, 61_000);
  record({ outcome: 'FAILED', reason: 'NO_ADDRESS' } as PageResult, 0, 1);
  record({ outcome: 'MERGED' }, 0, 1);
  expect(await sums(registry)).toEqual([
    'tocsin_page_seconds_sum{channel="webhook",outcome="ACCEPTED"} 0.25',
    'tocsin_page_seconds_count{channel="webhook",outcome="ACCEPTED"} 2',
    'tocsin_page_seconds_sum{channel="webhook",outcome="FAILED"} 60',
    'tocsin_page_seconds_count{channel="webhook",outcome="FAILED"} 1',
  ]);
});

test('a worker measures a page from its event, retries included', async () => {
  const company = await Company.start({ worker: false });
  const telemetry = new Telemetry();
  try {
    const worker = await createTocsinWorker({
      connection: company.server.native,
      bundle: await workflowBundle(),
      activities: createActivities({
        directory: () => company.directory,
        policy: () => policyOf(),
        console: () => undefined,
        onResult: telemetry.recordPage,
      }),
    });
    await worker.runUntil(async () => {
      const live = company.prepare();
      live.phone('lee', (nth) => (nth === 1 ? { status: 503 } : {}));
      await company.tocsin.open({ ...openingOf(live.number), by: 'maria', role: 'CUSTOMER' });
      await live.ring('lee', 'ASSIGNED', 2);
      await live.atRest();
    });
    const [sum, count] = await sums(telemetry.registry);
    expect(count).toBe('tocsin_page_seconds_count{channel="webhook",outcome="ACCEPTED"} 1');
    // The provider was tried again no sooner than half a second later.
    expect(Number(sum?.split(' ')[1])).toBeGreaterThan(0.4);
  } finally {
    await company.stop();
  }
});
