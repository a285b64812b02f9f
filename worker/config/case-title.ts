/** TOCSIN_CASE_TITLE: whether lists can be searched by what customers have called their cases. */
import { ConfigError } from './yaml';

/** @throws ConfigError */
export function hidesTitles(env: Readonly<Record<string, string | undefined>> = process.env): boolean {
  const text = env['TOCSIN_CASE_TITLE'] || 'on';
  if (text === 'on' || text === 'off') return text === 'off';
  throw new ConfigError([
    { file: 'environment', line: 1, path: 'TOCSIN_CASE_TITLE', problem: `must be on or off, not "${text}"` },
  ]);
}
