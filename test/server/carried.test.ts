/**
 * A case that 0.1.0 has carried goes on under the present rules: `supportCase` is started with what it handed on. All dates in it
 * are long past, as after a standstill of months.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Company, type LiveCase } from '../support/company';
import { countOf } from '../support/history';
import { TASK_QUEUE, WORKFLOW_TYPE } from '../../workflows/messages';

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterAll(() => company.stop());

interface Stored {
  readonly state: { readonly caseNumber: string; readonly engineer: string };
}

async function comesUp(name: string): Promise<LiveCase> {
  const path = join(__dirname, '..', 'carried', '0.1.0', `${name}.json`);
  const carried = JSON.parse(readFileSync(path, 'utf8')) as Stored;
  const live = company.prepare({}, carried.state.caseNumber);
  await company.server.client.workflow.start(WORKFLOW_TYPE, {
    workflowId: live.number,
    taskQueue: TASK_QUEUE,
    args: [{ carried }],
  });
  return live;
}

const failedTasks = async (live: LiveCase): Promise<number> =>
  countOf(await live.atRest(), 'WORKFLOW_TASK_FAILED') + countOf(await live.history(), 'WORKFLOW_TASK_TIMED_OUT');

test('R1: a quiet case is as it was, rings nobody, and takes a command', async () => {
  const live = await comesUp('quiet');
  expect(await live.view()).toMatchObject({
    status: 'OPEN',
    severity: 2,
    level: 'NORMAL',
    owners: { engineer: 'lee' },
  });
  expect(live.rang()).toEqual({});
  expect((await live.update('escalate', 'maria', { level: 'M1' })).notes).toBeDefined();
  const { person } = await live.ring('ana', 'ESCALATED_M1');
  expect(person).toBe('ana');
  expect(await failedTasks(live)).toBe(0);
});

test('R48: M1 that nobody has accepted is asked for on, and whoever comes has it', async () => {
  const live = await comesUp('m1-pending');
  await live.until((events) => events.some(({ type }) => type === 'PageSent'));
  expect(live.asked('ESCALATED_M1').length).toBeGreaterThan(0);
  await live.update('acceptEscalation', 'ana');
  expect(await live.view()).toMatchObject({ level: 'M1', owners: { manager: 'ana' } });
  expect(await failedTasks(live)).toBe(0);
});

test('R27: an E-Down is active, alerts go on, and the same request id is not done twice', async () => {
  const live = await comesUp('e-down');
  await live.until((events) => events.some(({ type }) => type === 'EmergencyAlerted'));
  expect(await live.view()).toMatchObject({ severity: 0, emergency: 'ACTIVE' });
  const progress = { summary: 'Found it.', substantive: true, requestId: 'once' };
  await live.update('recordProgress', 'kim', progress);
  await live.update('recordProgress', 'kim', progress);
  expect((await live.told('ProgressRecorded')).filter(({ data }) => data.summary === 'Found it.')).toHaveLength(1);
  expect(await failedTasks(live)).toBe(0);
});

test('R50: a closed case is closed still, rings nobody, and is there to be looked at', async () => {
  const live = await comesUp('closed');
  expect(await live.view()).toMatchObject({ status: 'CLOSED', caseNumber: live.number });
  expect(await failedTasks(live)).toBe(0);
  expect(live.rings.filter(({ urgent }) => urgent)).toEqual([]);
});

test.each([
  ['another case', 'C2000009', (carried: Stored) => carried],
  ['no state', 'C2000010', () => ({ state: {} })],
  [
    'a newer form',
    'C2000011',
    ({ state, ...carried }: Stored) => ({ ...carried, version: 99, state: { ...state, caseNumber: 'C2000011' } }),
  ],
])('R37: %s is refused as an opening that is not one, and the number stays usable', async (_what, number, change) => {
  const path = join(__dirname, '..', 'carried', '0.1.0', 'quiet.json');
  const given = change(JSON.parse(readFileSync(path, 'utf8')) as Stored);
  await company.server.client.workflow
    .getHandle(number)
    .terminate()
    .catch(() => undefined);
  const handle = await company.server.client.workflow.start(WORKFLOW_TYPE, {
    workflowId: number,
    taskQueue: TASK_QUEUE,
    args: [{ carried: given }],
  });
  await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'INVALID_INPUT' } });
  expect(company.rings(number)).toEqual([]);
});
