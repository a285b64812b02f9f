/**
 * The programs of docs/integrate.md in Python and Go, by the commands that stand above them, word for word, in a folder with nothing
 * else and against a real case: the documented names are all that they know. Where a language is missing, its test says so and counts as not run. `npm run test:sdks`; it installs both SDKs.
 */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TocsinClient } from '../../client';
import { programIn } from '../support/documented';
import { serveCases, type ServedCases } from '../support/served-cases';

jest.setTimeout(900_000);
const run = promisify(execFile);

let cases: ServedCases;
let tocsin: TocsinClient;
beforeAll(async () => {
  cases = await serveCases();
  tocsin = await TocsinClient.connect({ address: cases.address });
});
afterAll(async () => {
  await tocsin?.close();
  await cases?.close();
});

async function openCase(caseNumber: string): Promise<void> {
  await tocsin.open({
    by: 'crm',
    role: 'SERVICE',
    channel: 'API',
    caseNumber,
    title: 'Everything is slow',
    severity: 1,
    customer: { number: '100200', name: 'Acme', activeSupport: true, enterprise: true },
    environment: 'PRODUCTION',
    engineer: 'eng-lee',
  });
}

/** Each has a case of its own: an escalation is done once. */
async function programFor(heading: string, language: string, caseNumber: string): Promise<string> {
  await openCase(caseNumber);
  return programIn('integrate.md', heading, language).replaceAll('C1234567', caseNumber);
}

async function expectDone(caseNumber: string, out: string): Promise<void> {
  expect(out).toMatch(/^M1/m);
  expect(out).toMatch(/^CASE_OPEN The case is open already\./m);
  const { events } = await tocsin.getTimeline(caseNumber);
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['ProgressRecorded', 'Escalated']));
}

/** Not run is not passed: jest counts it, and its name says why. */
function where(program: string, words: readonly string[], name: string, body: () => Promise<void>): void {
  const isThere = spawnSync(program, words).status === 0;
  if (isThere) test(name, body);
  else test.skip(`${name}: not run, there is no ${program} on this machine`, body);
}

/** Pasted into a shell, which stops at the first command that fails. */
async function paste(heading: string, folder: string): Promise<string> {
  const env = { ...process.env, TEMPORAL_ADDRESS: cases.address };
  const { stdout } = await run('sh', ['-e', '-c', programIn('integrate.md', heading, 'sh')], { cwd: folder, env });
  return stdout;
}

where('python3', ['-m', 'venv', '--help'], 'Python', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-python-'));
  writeFileSync(join(folder, 'service.py'), await programFor('Python', 'python', 'C3000001'));
  const printed = await paste('Python', folder);
  await expectDone('C3000001', printed);
  expect(printed).toMatch(/owns the case/);
  // Again: the same request has its first answer, what is refused is printed, and the program goes on.
  const again = await run(join(folder, 'sdk', 'bin', 'python'), ['service.py'], {
    cwd: folder,
    env: { ...process.env, TEMPORAL_ADDRESS: cases.address },
  });
  expect(again.stdout).toMatch(/owns the case/);
});

where('go', ['version'], 'Go', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-go-'));
  writeFileSync(join(folder, 'main.go'), await programFor('Go', 'go', 'C3000002'));
  await expectDone('C3000002', await paste('Go', folder));
});
