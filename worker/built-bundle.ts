/**
 * The workflow code as `npm run build` leaves it, sealed: with what it was made from and what it says. Production never
 * runs on a bundle of other sources or on half of one: cases would go on under rules that nobody reads here.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from './package-root';

/** The workflow code of one version; its name is the hash of its sources, so that the same sources are the same version. */
export interface Build {
  readonly id: string;
  readonly code: string;
}

/** Made by `npm run build`. */
export const BUNDLE = join(PACKAGE_ROOT, 'dist', 'workflow-bundle.js');
export const SOURCES = join(PACKAGE_ROOT, 'workflows');

/** The bundle cannot be run; the message is one sentence for whoever starts the worker. */
export class BundleUnusable extends Error {
  override readonly name = 'BundleUnusable';
}

const hash = (...texts: readonly string[]): string => {
  const sum = createHash('sha256');
  for (const text of texts) sum.update(text).update('\0');
  return sum.digest('hex').slice(0, 16);
};

/** What a bundle depends on: our workflow code, and the SDK's that is bundled with it. */
export function hashOfSources(folder = SOURCES): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort();
  const sdk = JSON.parse(readFileSync(require.resolve('@temporalio/workflow/package.json'), 'utf8')) as {
    version: string;
  };
  return hash(sdk.version, ...files.flatMap((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

const SEAL = /^\/\/ tocsin workflow code, sources (?<sources>\w+), code (?<code>\w+)\n/;

export const sealed = (code: string, sources = hashOfSources()): string =>
  `// tocsin workflow code, sources ${sources}, code ${hash(code)}\n${code}`;

/** The built code, or nothing where none was built; of these sources, where there are any. @throws BundleUnusable */
export function readBundle(
  path = BUNDLE,
  sources: string | null = existsSync(SOURCES) ? hashOfSources() : null,
): Build | undefined {
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const seal = SEAL.exec(text);
  // Without the seal again: the source map counts the lines of the code.
  const code = text.slice(seal?.[0].length);
  const { sources: id = '', code: codeHash } = seal?.groups ?? {};
  if (!seal || hash(code) !== codeHash)
    throw new BundleUnusable(`${path} is damaged or was not made by \`npm run build\`: run it again.`);
  if (sources !== null && id !== sources)
    throw new BundleUnusable(
      `${path} was built from other sources than those of workflows/: run \`npm run build\` again.`,
    );
  return { id, code };
}
