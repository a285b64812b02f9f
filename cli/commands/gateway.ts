/** `tocsin gateway`: the HTTP gateway as a process of its own, so that load on it never delays a page. */
import { liveCalendars } from '../../worker/calendars';
import { loadConfig, directorySource } from '../../worker/config';
import { configuredTarget, lazily, TemporalUnreachable } from '../../worker/connect';
import { ConnectionTrouble } from '../../worker/connection-trouble';
import { opened } from '../../worker/door';
import { createLogger } from '../../worker/logging';
import { httpAddress, untilStopped } from '../../worker/run';
import { Telemetry } from '../../worker/telemetry';
import { wholeGateway } from '../doors';

const PROBE_MS = 2_000;

/** Listens whether Temporal answers or not: callers then hear 503 and when to come again, instead of nothing. */
export async function runGateway(taskQueue: string | undefined): Promise<void> {
  const log = createLogger();
  await untilStopped(
    log,
    async () => {
      const config = loadConfig();
      const target = configuredTarget();
      if (!target) throw new TemporalUnreachable('No Temporal server is configured: set TEMPORAL_ADDRESS.');
      const { namespace, ...access } = target;
      const connection = await lazily(access);
      const directory = directorySource(config.folder, { log });
      const calendars = liveCalendars(directory.current, { base: config.folder, log });
      const probe = (): Promise<unknown> =>
        connection.withDeadline(Date.now() + PROBE_MS, () => connection.workflowService.getSystemInfo({}));
      const trouble = new ConnectionTrouble(access, probe, log);
      const door = await opened(
        wholeGateway,
        {
          log,
          health: {
            workers: () => ({}),
            problems: () => trouble.sentences(),
            temporal: probe,
            metrics: new Telemetry().metrics,
          },
          directory: calendars.directory,
          hotline: config.policy.hotline,
          temporal: () => ({ connection, namespace }),
          isLocal: false,
          ...(taskQueue !== undefined && { taskQueue }),
        },
        httpAddress(),
      );
      return {
        url: door.url,
        // Nothing ends it but being told to.
        running: new Promise<void>(() => undefined),
        stop: async () => {
          await door.close();
          await trouble.stop();
          await calendars.stop();
          await connection.close();
        },
      };
    },
    ({ url }) => {
      log.info(`the gateway is open: ${url}/docs`);
      return Promise.resolve();
    },
  );
}
