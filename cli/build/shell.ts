/**
 * The shell as one file. It starts in a third of the time that its seven hundred files take, and whoever installs the package
 * for the client has the command without installing what it is made of.
 */
import { join, relative, resolve, sep } from 'node:path';
import { build as bundle, type Plugin } from 'esbuild';
import { isService } from '../services';
import { onlyWhatACaseNeeds } from './protocol';

/** In one file the gateway would not find the pages that its libraries bring. */
const servicesStayOutside = (root: string): Plugin => ({
  name: 'services-stay-outside',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ kind, resolveDir, path }) => {
      if (kind !== 'require-call') return undefined;
      const file = relative(root, resolve(resolveDir, path)).split(sep).join('/');
      return isService(file) ? { path: `./${file}`, external: true } : undefined;
    });
  },
});

export async function bundleShell(root: string, to: string): Promise<void> {
  await bundle({
    entryPoints: [join(root, 'cli', 'index.ts')],
    outfile: to,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    // Names of errors and of people's stack traces stay.
    keepNames: true,
    // In the worker's package, which brings a compiler of its own, and by which alone it is called.
    external: ['@temporalio/worker', '@temporalio/testing', 'esbuild'],
    plugins: [servicesStayOutside(root), onlyWhatACaseNeeds],
    logLevel: 'warning',
  });
}
