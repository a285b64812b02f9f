import { ApplicationFailure } from '@temporalio/common';
import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';
import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Readable on a terminal, JSON for machines elsewhere. Level by `TOCSIN_LOG_LEVEL` (`info`). */
export function createLogger(): Logger {
  const wanted = process.env['TOCSIN_LOG_LEVEL'] || 'info';
  // pino throws on a level that it does not know: a typing error there is no reason to page nobody.
  const level = wanted in pino.levels.values || wanted === 'silent' ? wanted : 'info';
  if (!process.stdout.isTTY) return pino({ level, base: { service: 'tocsin' } });
  return pino(
    { level, base: null },
    pretty({ colorize: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', sync: true }),
  );
}

let installed = false;

/**
 * The SDK speaks through the same log, its core included, and tells its numbers on this port of the loopback. Once a
 * process: the runtime is one.
 */
export function installRuntime(log: Logger, metricsPort?: number): void {
  if (installed) return;
  installed = true;
  const logger = new DefaultLogger('WARN', ({ level, message, meta }: LogEntry) =>
    log[LEVELS[level]](...told(message, meta)),
  );
  const install = (metrics?: { prometheus: { bindAddress: string } }): unknown =>
    Runtime.install({
      logger,
      telemetryOptions: { logging: { forward: {}, filter: 'WARN' }, ...(metrics && { metrics }) },
      shutdownSignals: [],
    });
  try {
    install(metricsPort === undefined ? undefined : { prometheus: { bindAddress: `127.0.0.1:${metricsPort}` } });
  } catch (error) {
    // Somebody was faster on that port: pages go out without numbers too.
    log.warn({ err: error }, "the SDK's own metrics are not to be had");
    install();
  }
}

/** What the SDK has to say, with its reason: a provider that is down is no surprise, and no page long. */
export function told(message: string, meta: LogEntry['meta']): [object, string] {
  const { error, taskToken: _, ...rest } = (meta ?? {}) as Record<string, unknown>;
  if (error instanceof ApplicationFailure && error.type === 'PROVIDER_RETRY')
    return [{ case: rest['workflowId'], attempt: rest['attempt'] }, error.message];
  return [{ sdk: rest, ...(error !== undefined && { err: error }) }, message];
}
