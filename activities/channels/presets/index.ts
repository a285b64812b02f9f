/** All presets: the shipped ones, and an operator's, which go before them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { packageFile } from '../../package-file';
import { parsePreset, type Preset } from './preset';

export interface Presets {
  readonly byName: ReadonlyMap<string, Preset>;
  readonly problems: readonly { readonly file: string; readonly line: number; readonly problem: string }[];
}

/** Read once a process: they are many files, and a page must not wait for them. */
let shipped: Presets | undefined;
export const shippedPresets = (): Presets =>
  (shipped ??= readPresets(packageFile('activities', 'channels', 'presets')));

/** `folder`: an operator's, `TOCSIN_CONFIG/channels`. */
export function presetsWith(folder?: string): Presets {
  const own = folder !== undefined && existsSync(folder) ? readPresets(folder) : undefined;
  if (!own) return shippedPresets();
  return { byName: new Map([...shippedPresets().byName, ...own.byName]), problems: own.problems };
}

function readPresets(folder: string): Presets {
  const byName = new Map<string, Preset>();
  const problems: Presets['problems'][number][] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.yaml')) continue;
    const file = join(folder, name);
    const { preset, problems: found } = parsePreset(basename(name, '.yaml'), readFileSync(file, 'utf8'));
    if (preset) byName.set(preset.name, preset);
    problems.push(...found.map((problem) => ({ file: relative('.', file), ...problem })));
  }
  return { byName, problems };
}
