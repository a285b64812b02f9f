/**
 * A newer version of Tocsin, as a deploy would bring it: a copy of the sources with a timer more at the start of every case, and
 * alerts half as often. Replayed by it, every running case would stand still.
 */
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../worker/package-root';

/** What is built, and what it reads. */
const { include } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'tsconfig.build.json'), 'utf8')) as {
  include: string[];
};
const COPIED = [...include, 'examples', 'package.json', 'tsconfig.json'];

/** What differs: file, text before, text after. */
export type Edit = readonly [file: string, before: string, after: string];

/** Not a step that replays: every history of before lacks it. */
export const A_TIMER_AT_THE_START: readonly Edit[] = [
  ['workflows/support-case.ts', '  if (current) publisher.', "  await sleep('1ms');\n  if (current) publisher."],
  ['workflows/support-case.ts', '  currentUpdateInfo,\n', '  currentUpdateInfo,\n  sleep,\n'],
];
export const ALERTS_HALF_AS_OFTEN: readonly Edit[] = [
  [
    'workflows/core/rules/emergency.ts',
    'const every = state.policy.eDown.alertEveryMs;',
    'const every = 2 * state.policy.eDown.alertEveryMs;',
  ],
];
/** As if a release in between had changed what is carried. */
export const CARRIES_ANOTHER_FORM: readonly Edit[] = [
  ['workflows/core/carried/index.ts', 'export const CARRIED_VERSION = 2;', 'export const CARRIED_VERSION = 3;'],
];

/** A copy in this folder that can be run; its dependencies are those of here. */
export function anotherVersion(folder: string, edits: readonly Edit[]): string {
  for (const name of COPIED) cpSync(join(PACKAGE_ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(PACKAGE_ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, before, after] of edits) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(before)) throw new Error(`${file} does not have "${before}" any more`);
    writeFileSync(path, text.replace(before, after));
  }
  return folder;
}
