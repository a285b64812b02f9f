/** Numbers that can wake somebody: what is counted is what the cases of a real server say of themselves. */
import { Connection } from '@temporalio/client';
import { Registry } from 'prom-client';
import { caseMetrics } from '../../../worker/metrics/cases';
import { versionMetrics } from '../../../worker/metrics/versions';
import { countOf, overdue, type Sight } from '../../../worker/sight/cases';
import { Company, eventually } from '../../support/company';

const MINUTE = 60_000;
let company: Company;
let sight: Sight;
let connection: Connection;
beforeAll(async () => {
  company = await Company.start();
  connection = await Connection.connect({ address: company.server.address });
  sight = { connection, namespace: 'default' };
}, 300_000);
afterAll(async () => {
  await connection.close();
  await company.stop();
});

/** What is counted, as a scrape has it: every series with a value above nought. */
async function toldBy(from: () => Sight | undefined): Promise<string[]> {
  const registry = new Registry();
  caseMetrics(registry, from);
  versionMetrics(registry, from, 'tocsin');
  const lines = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.filter((line) => !line.endsWith(' 0') && !line.startsWith('tocsin_cases_counted'));
}

const told = (): Promise<string[]> => toldBy(() => sight);
const has = (line: string) => (lines: readonly string[]) => lines.includes(line);
const hasNone = (name: string) => (lines: readonly string[]) => !lines.some((line) => line.startsWith(name));

test('each case by what a desk must look at, by emergency, and by whether somebody has answered', async () => {
  const quiet = await company.open({ severity: 2 });
  const asked = await company.open({ severity: 2 });
  await asked.update('changeSeverity', 'maria', { severity: 1 });
  await asked.ring('lee', 'SEVERITY_CHANGED');
  expect(await eventually(told, has('tocsin_cases_attention{attention="UNACKNOWLEDGED"} 1'))).toEqual([
    'tocsin_cases_attention{attention="UNACKNOWLEDGED"} 1',
    'tocsin_cases_attention{attention="NONE"} 1',
    'tocsin_cases_emergency{emergency="NONE"} 2',
    'tocsin_cases_asked_without_answer{severity="1"} 1',
    'tocsin_cases_by_version{build="none",is="UNVERSIONED"} 2',
  ]);
  // Something falls due when nobody has answered for half an hour; what was due minutes ago is overdue.
  const due = Date.parse((await asked.view()).nextDue?.at ?? '');
  expect(await countOf(sight, overdue(due + MINUTE))).toBe(0);
  expect(await countOf(sight, overdue(due + 3 * MINUTE))).toBe(1);

  await asked.update('acknowledge', 'lee');
  const answered = await eventually(told, has('tocsin_cases_attention{attention="NONE"} 2'));
  expect(answered.filter((line) => line.includes('asked_without_answer'))).toEqual([]);
  expect(quiet.rings).toEqual([]);
});

test('a case that was terminated is told, and no more once it runs again', async () => {
  const ended = await company.open({ severity: 1 });
  await eventually(
    () => ended.lists(),
    ({ CaseStatus }) => CaseStatus === 'OPEN',
  );
  await ended.handle.terminate('a click');
  await eventually(told, has('tocsin_cases_ended_outside 1'));
  await company.open({ caseNumber: ended.number });
  await eventually(told, hasNone('tocsin_cases_ended_outside'));
});

test('a refused opening was never a case', async () => {
  const refused = company.newNumber();
  const handle = await company.server.client.workflow.start('supportCase', {
    taskQueue: 'tocsin',
    workflowId: refused,
    args: [{ nothing: true }],
  });
  await expect(handle.result()).rejects.toThrow();
  expect(hasNone('tocsin_cases_ended_outside')(await told())).toBe(true);
});

test('while the cases cannot be counted there are no numbers, and it is known since when', async () => {
  const registry = new Registry();
  caseMetrics(registry, () => undefined);
  const lines = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines).toEqual(['tocsin_cases_counted_timestamp_seconds 0']);

  const gone = await Connection.connect({ address: company.server.address });
  await gone.close();
  expect(await toldBy(() => ({ connection: gone, namespace: 'default' }))).toEqual([]);
});
