/**
 * `npm run replay:record`: plays the demo's and a few other lives on a real server and keeps their histories. Run it when
 * a change of the workflow is meant to change what new cases do; the old histories stay, because old cases run on.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { CommandName } from '../../workflows/case/inputs';
import { signals, TASK_QUEUE, updates, WORKFLOW_TYPE, type Answer } from '../../workflows/messages';
import { policyFrom } from '../../worker/config/policy';
import { org, roleOf } from '../support/org';
import { activitiesOf, startTestServer, type TestServer } from '../support/server';
import { completeAnswers } from '../support/story';

const FOLDER = join(__dirname, 'histories');
const policy = policyFrom({
  hotline: '+1 555 0100',
  severities: { 0: { engineerAck: '1s', managerAck: '1s' }, 1: { engineerAck: '20s', managerAck: '1s' }, 2: { engineerAck: '20s', managerAck: '1s' } },
  eDown: { alertEvery: '1s' },
});

type Step = readonly ['signal' | 'update', CommandName, string, Record<string, unknown>?] | readonly ['wait', number];

const LIVES: Readonly<Record<string, readonly Step[]>> = {
  'severity-and-m1': [
    ['signal', 'changeSeverity', 'maria', { severity: 1 }],
    ['update', 'acknowledge', 'lee', { pageId: 'C1000001-1' }],
    ['update', 'escalate', 'maria'],
    ['wait', 1_500],
    ['update', 'acceptEscalation', 'ben'],
    ['update', 'recordCustomerContact', 'ben', { how: 'PHONE', outcome: 'REACHED', summary: 'Called.' }],
    ['signal', 'changeSeverity', 'maria', { severity: 9 }],
    ['update', 'escalate', 'maria', { dissatisfaction: 'Too slow.' }],
    ['wait', 1_500],
    ['update', 'closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true }],
  ],
  'e-down': [
    ['update', 'changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() }],
    ['wait', 3_500],
    ['signal', 'recordProgress', 'lee', { summary: 'Found it.', substantive: true }],
    ['update', 'handOver', 'lee', { to: 'kim', state: 's', tried: 't', nextStep: 'n' }],
    ['update', 'acceptHandOver', 'kim'],
    ['wait', 1_500],
    ['signal', 'confirmWorkableSystem', 'pat'],
    ['wait', 500],
  ],
};

async function live(server: TestServer, caseNumber: string, steps: readonly Step[]): Promise<void> {
  const handle = await server.client.workflow.start(WORKFLOW_TYPE, {
    workflowId: caseNumber,
    taskQueue: TASK_QUEUE,
    args: [{ caseNumber, title: 'MES down', severity: 2, environment: 'PRODUCTION', engineer: 'lee', by: 'maria', role: 'CUSTOMER', customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true } }],
  });
  for (const step of steps) {
    if (step[0] === 'wait') await new Promise((resolve) => setTimeout(resolve, step[1]));
    else {
      const [how, name, by, fields = {}] = step;
      const input = { by, role: roleOf(by), ...fields, ...('pageId' in fields && { pageId: String(fields['pageId']).replace('C1000001', caseNumber) }) };
      if (how === 'signal') await handle.signal<[unknown]>(signals[name].name, input);
      else await handle.executeUpdate<Answer, [unknown]>(updates[name].name, { args: [input] }).catch((error: unknown) => console.log(`${name}: ${String((error as Error).cause ?? error)}`));
    }
  }
}

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const server = await startTestServer();
  try {
    await server.withWorker(activitiesOf(org(), policy), async () => {
      for (const [index, [name, steps]] of Object.entries(LIVES).entries()) {
        const caseNumber = `C100000${index + 1}`;
        await live(server, caseNumber, steps);
        const history = await server.client.workflow.getHandle(caseNumber).fetchHistory();
        writeFileSync(join(FOLDER, `${name}.json`), `${historyToJSON(history)}\n`);
        console.log(`${name}: ${history.events?.length ?? 0} events`);
      }
    });
  } finally {
    await server.stop();
  }
}

void main();
