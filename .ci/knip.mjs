/**
 * Dead code over the whole repository, as knip.json describes it. knip thinks of a package as a folder with what it imports;
 * ours are two, and every folder but `client/` and `workflows/` imports of both. Which packages may be imported where is held by
 * dependency-cruiser, and that each is used by test/package/.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const json = (file) => JSON.parse(readFileSync(join(import.meta.dirname, '..', file), 'utf8'));
const { entry, project, ignoreExportsUsedInFile } = json('knip.json');
const packages = ['package.json', 'worker/package.json'].flatMap((file) => Object.keys(json(file).dependencies));

const WORKER = 'worker/';
const inWorker = (patterns) =>
  patterns.filter((path) => path.startsWith(WORKER)).map((path) => path.slice(WORKER.length));
const elsewhere = (patterns) => patterns.filter((path) => !path.startsWith(WORKER));

export default {
  ignoreExportsUsedInFile,
  workspaces: {
    '.': {
      entry: elsewhere(entry),
      project: elsewhere(project),
      ignoreDependencies: packages,
      ignoreBinaries: ['tsc', 'ts-node', 'fish', 'openssl'],
    },
    worker: { entry: inWorker(entry), project: inWorker(project), ignoreDependencies: packages },
  },
};
