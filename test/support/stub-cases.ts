/** A real Temporal server and the real workflow, with pages that everybody takes: what the typed client is tested against. */
import path from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { TocsinActivities } from '../../workflows/activities';
import type { PageResult } from '../../workflows/case/pages';
import type { CasePolicy } from '../../workflows/case/policy';
import { SEARCH_ATTRIBUTES, TASK_QUEUE } from '../../workflows/messages';

const HOUR_MS = 3_600_000;
const timers = {
  firstContactMs: HOUR_MS,
  engineerAckMs: HOUR_MS,
  managerAckMs: HOUR_MS,
  managerContactMs: HOUR_MS,
  staffingMs: HOUR_MS,
  customerUpdateMs: HOUR_MS,
  ackExpiresMs: HOUR_MS,
  suggest: {},
};
/** Nothing falls due within a test, and a closed case is over at once. */
const policy: CasePolicy = {
  version: 'test',
  hash: 'test',
  hotline: '+1 555 0100',
  caseNumber: '^C\\d{7,9}$',
  severities: { '0': timers, '1': timers, '2': timers, '3': timers },
  eDown: {
    alertEveryMs: HOUR_MS,
    contactCheck: { firstMs: HOUR_MS, secondMs: HOUR_MS, proposeLoweringMs: HOUR_MS },
    contactActionMs: HOUR_MS,
    handOver: { acceptMs: HOUR_MS, overlapMs: HOUR_MS },
    recentProgressMs: HOUR_MS,
    stepDownReading: 'CHINESE',
    reviewBusinessDays: 5,
  },
  escalation: { rounds: 3, keepTryingEveryMs: HOUR_MS, remindAtMostEveryMs: HOUR_MS, nextChannelAfterMs: HOUR_MS, retryForMs: 1000 },
  reopenWindowMs: 1,
  channels: { urgent: ['console'], normal: ['console'] },
  warnAt: [],
  pageWarnings: false,
};

const taken = (): Promise<PageResult> =>
  Promise.resolve({
    outcome: 'ACCEPTED',
    person: 'mgr-ana',
    name: 'Ana Ruiz',
    route: 'DIRECT',
    channel: 'console',
    channelIndex: 0,
    channelCount: 1,
    passedOver: [],
  });

const activities: TocsinActivities = {
  currentPolicy: () => Promise.resolve(policy),
  notifyEngineer: taken,
  notifyManager: taken,
  notifySecondLevelManager: taken,
  alertOnCallTeam: taken,
  notifyDutyManager: taken,
  notifyContact: taken,
};

export interface StubCases {
  readonly address: string;
  /** The worker goes; the server and its cases stay. */
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  close(): Promise<void>;
}

export async function startStubCases(executable: string): Promise<StubCases> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const env = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: executable },
      ui: false,
      log: { level: 'error', format: 'pretty' },
      searchAttributes: Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => defineSearchAttributeKey(name, type)),
    },
  });
  let stop: (() => Promise<void>) | undefined;
  const startWorker = async (): Promise<void> => {
    if (stop) return;
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue: TASK_QUEUE,
      workflowsPath: path.resolve('workflows/index.ts'),
      activities,
    });
    const running = worker.run();
    stop = async () => {
      worker.shutdown();
      await running;
      stop = undefined;
    };
  };
  await startWorker();
  return {
    address: env.address,
    startWorker,
    stopWorker: async () => await stop?.(),
    close: async () => {
      await stop?.();
      await env.teardown();
    },
  };
}
