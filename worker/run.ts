/** `tocsin up` and `tocsin worker`: run until told to stop; every failure ends in one sentence and an exit code. */
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import { ConfigError, configuredFolder, EXAMPLE, loadConfig } from './config';
import { hidesTitles } from './config/case-title';
import { channelSettings } from './config/channel-settings';
import { shown } from './config/files';
import { present } from './config/present';
import { together } from './config/together';
import { Unusable } from './config/unusable';
import { USUAL_UI, webUiOf } from '../connection/web-ui';
import { BundleUnusable } from './built-bundle';
import { configuredTarget, NobodyAnswers, TemporalUnreachable, USUAL_ADDRESS } from './connect';
import type { Promotion } from './deployment/fleet';
import { NotPromoted } from './deployment/promote';
import { createLogger } from './logging';
import { startStack, type Stack, type StackOptions } from './stack';
import { ServerNotFound } from './temporal-server/binary';
import { ServerFailed } from './temporal-server/local-server';
import { SearchAttributesFailed } from './temporal-server/search-attributes';
import { DESK_VIEWS, linkTo } from '../workflows/desk';

/** As for every command of the shell. */
const EXIT = { DONE: 0, FAILED: 1, BAD_CONFIGURATION: 2, NOT_REACHABLE: 3 } as const;

export type RunOptions = Pick<StackOptions, 'door' | 'taskQueue'>;

const port = (variable: string, byDefault: number): number => {
  const text = process.env[variable];
  if (text === undefined || text === '') return byDefault;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new ConfigError([
    { file: 'environment', line: 1, path: variable, problem: `must be a port from 0 to 65535, not "${text}"` },
  ]);
};

export const httpAddress = (): { host: string; port: number } => ({
  host: process.env['TOCSIN_HTTP_HOST'] || '127.0.0.1',
  port: port('TOCSIN_HTTP_PORT', 8080),
});

/** Where the local server keeps its cases. */
const dataFile = (): string => process.env['TOCSIN_DATA'] || join('.tocsin', 'tocsin.db');
/** Beside the cases that need them. */
export const bundleFolder = (): string => join(dirname(dataFile()), 'bundles');

/** A new version of a production worker waits until somebody makes it the current one. */
function wantsPromotion(): Promotion {
  const text = process.env['TOCSIN_PROMOTE'] || 'false';
  if (text === 'take-over') return text;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ConfigError([
    {
      file: 'environment',
      line: 1,
      path: 'TOCSIN_PROMOTE',
      problem: `must be true, false or take-over, not "${text}"`,
    },
  ]);
}

const localOptions = (): NonNullable<StackOptions['local']> => ({
  dbFile: dataFile(),
  ...together({ port: () => port('TOCSIN_TEMPORAL_PORT', 7233), uiPort: () => port('TOCSIN_UI_PORT', 8233) }),
});

/** A worker for a Temporal server that runs elsewhere. */
export async function runWorker(options: RunOptions): Promise<void> {
  const log = createLogger();
  const start = (stopped: AbortSignal): Promise<Stack> =>
    startStack({
      log,
      stopped,
      bundles: bundleFolder(),
      ...together({
        http: httpAddress,
        promote: wantsPromotion,
        hidesTitles: () => hidesTitles(),
        config: () => loadConfig(),
        channels: () => channelSettings(configuredFolder()),
      }),
      ...options,
    });
  await untilStopped(log, start, ({ address, namespace, httpUrl }) => {
    log.info(`takes the cases of ${address}, namespace ${namespace}; ready: ${httpUrl}/readyz`);
    return Promise.resolve();
  });
}

/** Everything on this machine: a Temporal server when none is configured, worker, gateway. */
export async function up(options: RunOptions): Promise<void> {
  const log = createLogger();
  await untilStopped(
    log,
    (stopped) => startUp(log, { ...options, stopped }),
    (stack) => {
      console.log(welcome(stack));
      return Promise.resolve();
    },
  );
}

/** @throws as startStack */
export async function startUp(
  log: Logger,
  options: Partial<StackOptions> & Pick<StackOptions, 'door'>,
): Promise<Stack> {
  try {
    return await startStack({
      log,
      promote: true,
      bundles: bundleFolder(),
      ...present(
        together({
          http: httpAddress,
          hidesTitles: () => hidesTitles(),
          local: () => (configuredTarget() ? undefined : localOptions()),
          config: () => options.config ?? loadConfig(),
          channels: () => channelSettings(options.config?.folder ?? configuredFolder()),
        }),
      ),
      ...options,
    });
  } catch (error) {
    // Whoever types `npm start` may have an address in their environment from something else.
    if (!(error instanceof NobodyAnswers)) throw error;
    const another = 'Without an address (TEMPORAL_ADDRESS, --address, temporal.toml) a server comes along.';
    throw new NobodyAnswers(`${error.message} ${another}`, { cause: error });
  }
}

function welcome({ uiUrl, httpUrl, config, address, namespace }: Stack): string {
  const example = config.isExample
    ? `${shown(config.folder)} (the shipped example: set TOCSIN_CONFIG to a folder of your own)`
    : shown(config.folder);
  // What is configured is known to the next command too; a server of ours at another port is not.
  const isOurs = uiUrl !== undefined;
  const at = !isOurs || address === USUAL_ADDRESS ? '' : `TEMPORAL_ADDRESS=${address} `;
  const [lookNow] = DESK_VIEWS;
  const ui = webUiOf(address, uiUrl);
  const atUi = !isOurs || ui === undefined || ui === USUAL_UI ? '' : `TOCSIN_UI_URL=${ui} `;
  return [
    '',
    'Tocsin is up.',
    `  cases        ${ui ?? `Temporal at ${address}`}`,
    ...(ui
      ? [`  look now     ${linkTo({ url: ui, namespace }, lookNow)}`, `  other views  ${atUi}npx tocsin desk`]
      : []),
    `  gateway      ${httpUrl}/docs (a key: npx tocsin key add me --role SERVICE --on-behalf)`,
    `  ready        ${httpUrl}/readyz`,
    `  directory    ${example}`,
    `  try          ${at}npx tocsin case open --file ${shown(join(EXAMPLE, 'opening.json'))}`,
    '  stop         Ctrl-C',
    '',
  ].join('\n');
}

/**
 * Starts, does `then`, and waits for the end: SIGINT or SIGTERM stop in order, a second one at once. Sets the exit code;
 * never throws.
 */
export async function untilStopped<S extends Pick<Stack, 'running' | 'stop'>>(
  log: Logger,
  start: (stopped: AbortSignal) => Promise<S>,
  then?: (started: S, stopped: AbortSignal) => Promise<void>,
): Promise<void> {
  const stopping = new AbortController();
  const onSignal = (): void => {
    if (stopping.signal.aborted) process.exit(EXIT.FAILED);
    stopping.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const stopped = new Promise<void>((resolve) =>
    stopping.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  let stack: S | undefined;
  try {
    stack = await start(stopping.signal);
    const story = then?.(stack, stopping.signal) ?? Promise.resolve();
    await Promise.race([stopped, Promise.all([stack.running, story])]);
    if (stopping.signal.aborted) log.info('stopping: pages on their way are finished');
  } catch (error) {
    if (!stopping.signal.aborted) process.exitCode = fail(error, log);
  } finally {
    await stack?.stop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** Says why it ends, as far as it is known, and with which exit code. */
export function fail(error: unknown, log: Logger): number {
  if (error instanceof ConfigError) {
    console.error(`The configuration is broken:\n${error.message}`);
    return EXIT.BAD_CONFIGURATION;
  }
  if (error instanceof Unusable || error instanceof SearchAttributesFailed || error instanceof BundleUnusable) {
    console.error(error.message);
    return EXIT.BAD_CONFIGURATION;
  }
  if (
    error instanceof ServerNotFound ||
    error instanceof ServerFailed ||
    error instanceof TemporalUnreachable ||
    error instanceof NotPromoted
  ) {
    console.error(error.message);
    return EXIT.NOT_REACHABLE;
  }
  log.error({ err: error }, 'Tocsin ends because of an error that it does not know');
  return EXIT.FAILED;
}
