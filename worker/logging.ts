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
  return pino({ level, base: null }, pretty({ colorize: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', sync: true }));
}

let installed = false;

/** The SDK speaks through the same log, its core included. Once a process: the runtime is one. */
export function installRuntime(log: Logger): void {
  if (installed) return;
  installed = true;
  const logger = new DefaultLogger('WARN', ({ level, message, meta }: LogEntry) => log[LEVELS[level]]({ sdk: meta }, message));
  Runtime.install({ logger, telemetryOptions: { logging: { forward: {}, filter: 'WARN' } }, shutdownSignals: [] });
}
