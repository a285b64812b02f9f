/**
 * The replay gate: cases that are under way when a new version is deployed go on as they were. A change that this catches
 * needs `patched` in the workflow, or a new recording beside the old ones, never instead of them.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflows } from '../../worker/worker';
import { quiet, workflowBundle } from '../support/server';

const FOLDER = join(__dirname, 'histories');
const ROOT = join(__dirname, '..', '..');
const recorded = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

beforeAll(quiet);

async function replay(name: string, workflowBundle: WorkflowBundleWithSourceMap): Promise<void> {
  const history = historyFromJSON(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));
  const [started] = history.events ?? [];
  const workflowId = started?.workflowExecutionStartedEventAttributes?.workflowId ?? undefined;
  await Worker.runReplayHistory({ workflowBundle }, history, workflowId);
}

test('there are recorded histories', () => expect(recorded.length).toBeGreaterThan(1));

test.each(recorded)('%s replays on the workflow as it is', async (name) => {
  await expect(replay(name, await workflowBundle())).resolves.toBeUndefined();
});

test('recorded histories replay on the minified workflow that `npm run build` makes', async () => {
  const built = await bundleWorkflows({ logLevel: 'ERROR', minimize: true });
  for (const name of recorded) await expect(replay(name, built)).resolves.toBeUndefined();
}, 60_000);

/** A copy of the workflow code with one thing changed: what a careless edit would do. */
async function mutated(file: string, from: string, to: string): Promise<WorkflowBundleWithSourceMap> {
  const folder = mkdtempSync(join(ROOT, 'dist-mutated-'));
  try {
    cpSync(join(ROOT, 'workflows'), join(folder, 'workflows'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const path = join(folder, 'workflows', file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
    return await bundleWorkflowCode({ workflowsPath: join(folder, 'workflows', 'index.ts'), logger: new DefaultLogger('ERROR') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.each([
  ['a page goes to another activity', 'shell/pager.ts', "MANAGER: 'notifyManager'", "MANAGER: 'notifyDutyManager'"],
  ['a page is no longer sent', 'case/who-is-told.ts', "case 'SeverityChanged':", "case 'SeverityChanged': return [];"],
])('a changed workflow is caught: %s', async (_what, file, from, to) => {
  const name = 'severity-and-m1.json';
  await expect(replay(name, await mutated(file, from, to))).rejects.toThrow(DeterminismViolationError);
});
