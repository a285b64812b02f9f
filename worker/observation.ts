/**
 * What is told of this worker besides its cases: the numbers of all of them, which configuration is in force here and at others, and
 * what it sees of itself while nobody else watches.
 */
import type { Connection } from '@temporalio/client';
import type { Registry } from 'prom-client';
import type { Logger } from 'pino';
import type { ConfigurationFiles } from './configuration-in-force';
import type { Target } from './connect';
import { startLookout } from './ended-outside/lookout';
import { caseMetrics } from './metrics/cases';
import { configurationMetrics } from './metrics/configuration';
import { versionMetrics } from './metrics/versions';
import { watchMetrics } from './metrics/watch';
import { startRollCall, type RollCall } from './roll-call/roll-call';
import type { Sight } from './sight/cases';
import { isHeard, type WatchSettings } from './watch/settings';
import { standIn } from './watch/stand-in';

export interface Observed {
  readonly registry: Registry;
  readonly files: ConfigurationFiles;
  readonly watching: WatchSettings;
  readonly taskQueue: string;
  readonly log: Logger;
}

export interface Observation {
  /** Once there is a server to ask; the answer ends it. */
  readonly begin: (connection: Connection, target: Target) => () => Promise<void>;
}

/** The numbers are there from the start: those of cases as soon as they can be counted. */
export function observe({ registry, files, watching, taskQueue, log }: Observed): Observation {
  const parts: { sight?: Sight; rollCall?: RollCall } = {};
  const policy = files.policy.current;
  configurationMetrics(registry, {
    policy,
    brokenSince: files.brokenSince,
    present: () => parts.rollCall?.present() ?? [],
  });
  caseMetrics(registry, () => parts.sight);
  versionMetrics(registry, () => parts.sight, taskQueue);
  return {
    begin: (connection, target) => {
      const { namespace } = target;
      parts.sight = { connection, namespace };
      const rollCall = startRollCall({ connection, namespace, taskQueue, policy, log });
      parts.rollCall = rollCall;
      const stopWatching = isHeard(watching)
        ? standIn({ ...watching, target, taskQueue, log, onLook: watchMetrics(registry) })
        : undefined;
      // Whether or not anybody has set an address for alarms: these go to people of the directory.
      const stopLookout = startLookout({ seeing: (ask) => ask({ connection, namespace }), taskQueue, log });
      return async () => {
        await Promise.all([rollCall.stop(), stopLookout(), stopWatching?.()]);
      };
    },
  };
}
