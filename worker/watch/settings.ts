/** What the watch is told by the environment: how often it looks, and whom it tells. */
import { parseDuration } from '../config/duration';
import { ConfigError, type Problem } from '../config/yaml';
import { FORMATS, type AlarmTarget, type Format } from './alarm';

export interface WatchSettings {
  readonly everyMs: number;
  readonly alarms: readonly AlarmTarget[];
  readonly deadManUrl?: string;
}

const SHORTEST_MS = 1_000;
const BY_DEFAULT_MS = 60_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError with every mistake */
export function watchSettings(env: Environment = process.env): WatchSettings {
  const problems: Problem[] = [];
  const wrong = (path: string, problem: string): void =>
    void problems.push({ file: 'environment', line: 1, path, problem });
  const urlIn = (variable: string, text: string): string => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    // Said without saying it: such an address is often a secret.
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:') wrong(variable, 'must be an http or https URL');
    return text;
  };

  const every = env['TOCSIN_WATCH_EVERY'];
  const everyMs = every ? (parseDuration(every) ?? 0) : BY_DEFAULT_MS;
  if (everyMs < SHORTEST_MS) wrong('TOCSIN_WATCH_EVERY', 'must be a length of time such as 30s or 1m, at least 1s');
  const format = env['TOCSIN_WATCH_ALARM_AS'] || 'event';
  if (!isFormat(format)) wrong('TOCSIN_WATCH_ALARM_AS', `must be one of ${FORMATS.join(', ')}`);
  const secret = env['TOCSIN_WATCH_ALARM_SECRET'];
  const alarms = (env['TOCSIN_WATCH_ALARM_URL'] ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((url): AlarmTarget => ({
      url: urlIn('TOCSIN_WATCH_ALARM_URL', url),
      format: isFormat(format) ? format : 'event',
      ...(secret && { secret }),
    }));
  const deadMan = env['TOCSIN_WATCH_DEAD_MAN_URL'];
  const deadManUrl = deadMan ? urlIn('TOCSIN_WATCH_DEAD_MAN_URL', deadMan) : undefined;
  if (problems.length > 0) throw new ConfigError(problems);
  return { everyMs, alarms, ...(deadManUrl !== undefined && { deadManUrl }) };
}

const isFormat = (text: string): text is Format => (FORMATS as readonly string[]).includes(text);

/** Without anybody to tell there is nothing to watch for. */
export const isHeard = ({ alarms, deadManUrl }: WatchSettings): boolean =>
  alarms.length > 0 || deadManUrl !== undefined;
