/**
 * As an operator meets it: two workers as processes, two policies, an edit and a broken one, and the watch. Nobody restarts
 * anything, readiness stays, and each thing is told in a sentence.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalServer, type LocalServer } from '../../worker/temporal-server/local-server';
import { freePort } from '../../worker/temporal-server/ports';
import { TocsinClient } from '../../client';
import { eventually, openingOf } from '../support/company';
import { removeFolder, temporaryFolder } from '../support/processes';
import { startReceiver } from '../support/receiver';
import { speakingProcess, type SpeakingProcess } from '../support/speaking-process';

const SAME = /The workers of queue tocsin have one policy again/;
let server: LocalServer;
let tocsin: TocsinClient;
let folder: string;
const running: SpeakingProcess[] = [];

beforeAll(async () => {
  server = await startLocalServer();
  tocsin = await TocsinClient.connect({ address: server.address, deadlineMs: 20_000 });
}, 300_000);
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.stop()));
  removeFolder(folder);
});
afterAll(async () => {
  await tocsin.close();
  await server.stop();
});

/** Moved into place, as an editor does it. */
function write(name: string, text: string): void {
  const file = join(folder, name);
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
const policy = (version: string): string => `version: "${version}"\nhotline: "+1 555 0100"\n`;

async function worker(
  name: string,
  version: string,
  env: Record<string, string> = {},
): Promise<{ process: SpeakingProcess; http: string }> {
  mkdirSync(join(folder, name));
  write(join(name, 'directory.yaml'), 'people: [{ id: lee, name: Lee }]\ndutyManagers: [lee]\n');
  write(join(name, 'policy.yaml'), policy(version));
  const port = await freePort();
  const process = speakingProcess(
    ['worker'],
    { TEMPORAL_ADDRESS: server.address, TOCSIN_CONFIG: join(folder, name), TOCSIN_HTTP_PORT: `${port}`, ...env },
    folder,
  );
  running.push(process);
  await process.says(/takes the cases of/);
  return { process, http: `http://127.0.0.1:${port}` };
}

const metrics = async (http: string): Promise<string[]> => (await (await fetch(`${http}/metrics`)).text()).split('\n');

test('two policies are told by both workers; an edit ends it, counts for new cases, and a broken one does not', async () => {
  const [first, second] = [await worker('first', 'day'), await worker('second', 'desk short')];
  const differ = /have 2 different policies.*day.*\(sha256:\w+\) at \d+@\S+; .*desk short.*\(sha256:\w+\) at \d+@/;
  const differs = /have 2 different policies/;
  await Promise.all([first.process.says(differs), second.process.says(differs)]);
  for (const { process } of [first, second])
    expect(process.said()).toMatch(new RegExp(`${differ.source}|desk short.*day`));
  expect((await fetch(`${second.http}/readyz`)).status).toBe(200);
  expect(await metrics(second.http)).toContain('tocsin_config_policies 2');

  write(join('second', 'policy.yaml'), policy('day'));
  await second.process.says(/policy\.yaml has changed: new cases get policy .*day/);
  await Promise.all([first.process.says(SAME), second.process.says(SAME)]);
  await first.process.stop();

  write(join('second', 'policy.yaml'), policy('night'));
  // At once: whoever opens a case in the second of an edit gets the edit.
  await tocsin.open(openingOf('C1000001'));
  expect((await tocsin.getCase('C1000001')).policy.version).toBe('night');
  expect((await metrics(second.http)).filter((line) => line.startsWith('tocsin_config_info'))).toEqual([
    expect.stringMatching(/^tocsin_config_info\{version="night",hash="sha256:\w+"\} 1$/),
  ]);

  write(join('second', 'policy.yaml'), 'version: "late"\nreopenWindow: soon\n');
  await second.process.says(/policy\.yaml is broken; new cases still get policy .*night/);
  await tocsin.open(openingOf('C1000002'));
  expect((await tocsin.getCase('C1000002')).policy.version).toBe('night');
  expect((await fetch(`${second.http}/readyz`)).status).toBe(200);
  await eventually(
    () => metrics(second.http),
    (lines) => lines.some((line) => /^tocsin_config_broken_since_seconds\{file="policy\.yaml"\} [1-9]/.test(line)),
  );
}, 120_000);

test('tocsin watch: once for other monitoring, by its exit code; as a process, past Temporal', async () => {
  const receiver = await startReceiver();
  const env = {
    TEMPORAL_ADDRESS: server.address,
    TOCSIN_WATCH_EVERY: '1s',
    TOCSIN_WATCH_ALARM_URL: receiver.url('/alarm'),
    TOCSIN_WATCH_DEAD_MAN_URL: receiver.url('/dead-man'),
  };
  const once = async (over: Record<string, string> = {}, ...args: string[]) => {
    const process = speakingProcess(['watch', '--once', ...args], { ...env, ...over }, folder);
    return { code: await process.ended, said: process.said() };
  };
  try {
    const one = await worker('one', 'day');
    const watch = speakingProcess(['watch'], env, folder);
    running.push(watch);
    await receiver.waitFor((requests) => requests.filter(({ path }) => path === '/dead-man').length >= 2, 40_000);
    expect(await once()).toMatchObject({ code: 0, said: expect.stringMatching(/^well {3}Temporal answers/) as string });
    // Where nobody says where the server is, it is where `npm start` has it, as for every command.
    expect((await once({ TEMPORAL_ADDRESS: '' })).said).not.toContain('No Temporal server is configured');
    const json = JSON.parse((await once({}, '--json')).said) as { isWell: boolean; findings: { check: string }[] };
    expect(json.isWell).toBe(true);
    expect(json.findings.map(({ check }) => check)).toEqual(['TEMPORAL', 'WORKERS', 'CANARY', 'OVERDUE']);

    await one.process.stop();
    await receiver.waitFor((requests) => requests.some(({ path }) => path === '/alarm'), 60_000);
    expect(await once()).toMatchObject({
      code: 1,
      said: expect.stringContaining('The canary did not come back') as string,
    });
    const nowhere = `127.0.0.1:${await freePort()}`;
    expect(await once({ TEMPORAL_ADDRESS: nowhere })).toMatchObject({
      code: 3,
      said: expect.stringMatching(/^WRONG {2}Temporal does not answer at 127/) as string,
    });
    expect(await once({ TOCSIN_WATCH_ALARM_URL: 'nowhere' })).toMatchObject({
      code: 2,
      said: expect.stringContaining('environment:1 TOCSIN_WATCH_ALARM_URL: must be an http or https URL') as string,
    });
    expect(await watch.stop()).toBe(0);
  } finally {
    await receiver.close();
  }
}, 240_000);

test('a worker stands in for the watch that nobody runs, and tells its numbers', async () => {
  const receiver = await startReceiver();
  try {
    const { http } = await worker('alone', 'day', {
      TOCSIN_WATCH_EVERY: '1s',
      TOCSIN_WATCH_DEAD_MAN_URL: receiver.url('/dead-man'),
    });
    await receiver.waitFor((requests) => requests.length >= 2, 60_000);
    expect(await metrics(http)).toEqual(
      expect.arrayContaining(['tocsin_watch_wrong{check="CANARY"} 0', 'tocsin_watch_wrong{check="OVERDUE"} 0']),
    );
  } finally {
    await receiver.close();
  }
}, 120_000);
