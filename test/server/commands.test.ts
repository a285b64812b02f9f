/**
 * R9, R10 and section 2 of the contract from outside: a command, sent as `temporal workflow signal` and `… update` send
 * it, pages the right person once; a refused one pages nobody and says why.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { Answer } from '../../client';
import { TASK_QUEUE, WORKFLOW_TYPE } from '../../workflows/messages';
import { findServerBinary } from '../../worker/temporal-server/binary';
import { Company, openingOf, refusalIn, type LiveCase } from '../support/company';
import { completeAnswers } from '../support/story';

const run = promisify(execFile);
const maria = { by: 'maria', role: 'CUSTOMER' } as const;

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterEach(() => company.endCases());
afterAll(() => company.stop());

/** The command line as a support desk has it. */
async function temporal(...args: string[]): Promise<string> {
  const { stdout } = await run(await findServerBinary('temporal'), [...args, '--address', company.server.address]);
  return stdout;
}
const signalled = ({ number }: LiveCase, name: string, input: object): Promise<string> =>
  temporal('workflow', 'signal', '--workflow-id', number, '--name', name, '--input', JSON.stringify(input));
const updated = async ({ number }: LiveCase, name: string, input: object): Promise<Answer> =>
  (
    JSON.parse(
      await temporal(
        'workflow',
        'update',
        'execute',
        '--workflow-id',
        number,
        '--name',
        name,
        '--input',
        JSON.stringify(input),
        '-o',
        'json',
      ),
    ) as { result: Answer }
  ).result;

describe('as a signal', () => {
  test('changeSeverity pages the assigned engineer once', async () => {
    const live = await company.open();
    await signalled(live, 'changeSeverity', { ...maria, severity: 1 });
    const ring = await live.ring('lee', 'SEVERITY_CHANGED');
    expect(ring).toMatchObject({
      person: 'lee',
      audience: 'ENGINEER',
      attempt: 1,
      id: `${live.number}-1/1/lee/webhook`,
    });
    await live.atRest();
    expect(live.rang()).toEqual({ 'lee SEVERITY_CHANGED': 1 });
    expect(await live.view()).toMatchObject({ severity: 1, level: 'NORMAL' });
  });

  test('escalate pages the direct manager once', async () => {
    const live = await company.open();
    await signalled(live, 'escalate', maria);
    expect(await live.ring('ana', 'ESCALATED_M1')).toMatchObject({ person: 'ana', audience: 'MANAGER', attempt: 1 });
    await live.atRest();
    expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
    expect(await live.view()).toMatchObject({ severity: 2, level: 'M1', escalation: { status: 'PENDING' } });
  });

  test('sent twice it is done once, and a refused second one is on record', async () => {
    const live = await company.open();
    for (const name of ['changeSeverity', 'escalate'] as const) {
      await live.signal(name, 'maria', { severity: 1 });
      await live.signal(name, 'maria', { severity: 1 });
    }
    await Promise.all([live.ring('lee', 'SEVERITY_CHANGED'), live.ring('ana', 'ESCALATED_M1')]);
    await live.atRest();
    expect(live.rang()).toEqual({ 'lee SEVERITY_CHANGED': 1, 'ana ESCALATED_M1': 1 });
    // The second escalation is the same wish, and nothing to refuse (D14).
    expect((await live.told('CommandRejected')).map(({ by, data }) => [by, data.code])).toEqual([
      ['maria', 'SEVERITY_UNCHANGED'],
    ]);
    expect(await live.told('Escalated')).toHaveLength(1);
  });

  test('H6 of twenty changes at once the engineer is asked about the last, and each is on record', async () => {
    const live = await company.open();
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        live.signal('changeSeverity', 'maria', { severity: index % 2 === 0 ? 1 : 3 }),
      ),
    );
    await live.atRest();
    const changes = await live.told('SeverityChanged');
    expect((await live.told('CommandRejected')).length).toBe(20 - changes.length);
    // However many tasks they came in: each message has its own key, and no phone but lee's has it.
    expect(new Set(live.rings.map(({ id }) => id)).size).toBe(live.rings.length);
    expect(live.rings.every(({ phone }) => phone === 'lee')).toBe(true);
    expect(live.rings.length).toBeLessThanOrEqual(changes.length);
    expect(live.rings.filter(({ urgent }) => urgent).length).toBeLessThanOrEqual(1);
    // What the last message says is what holds.
    const { before = 0, severity = 0 } = changes.at(-1)?.data ?? {};
    expect(live.rings.at(-1)?.text).toContain(`Severity ${before} → ${severity}`);
  });

  test('after a reassignment the engineer of now is paged, and the manager of now', async () => {
    company.hire('nils', 'ben');
    const live = await company.open();
    await live.signal('assignEngineer', 'crm', { engineer: 'nils' });
    await live.signal('changeSeverity', 'maria', { severity: 1 });
    await live.signal('escalate', 'maria');
    await live.ring('ben', 'ESCALATED_M1');
    await live.atRest();
    // Whose case it is now is asked once, with what holds by then; whoever had it has word (H2).
    const toNils = live.rings.filter(({ phone }) => phone === 'nils');
    expect(new Set(toNils.map(({ pageId }) => pageId)).size).toBe(1);
    expect(toNils.every(({ asks }) => asks.length > 0)).toBe(true);
    expect(toNils.at(-1)?.asks.map(({ purpose }) => purpose)).toContain('ASSIGNED');
    expect(toNils.filter(({ urgent }) => urgent).length).toBeLessThanOrEqual(1);
    const others = Object.entries(live.rang()).filter(([came]) => !came.startsWith('nils '));
    expect(Object.fromEntries(others)).toEqual({ 'lee ASSIGNED (word)': 1, 'ben ESCALATED_M1': 1 });
  });

  test('with the start of the case it is not lost', async () => {
    const live = company.prepare();
    const start = { workflowId: live.number, taskQueue: TASK_QUEUE, args: [openingOf(live.number)] };
    await company.server.client.workflow.signalWithStart(WORKFLOW_TYPE, {
      ...start,
      signal: 'escalate',
      signalArgs: [maria],
    });
    await live.ring('ana', 'ESCALATED_M1');
    await live.atRest();
    expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
  });
});

describe('as an update', () => {
  test('changeSeverity answers, and pages the assigned engineer once', async () => {
    const live = await company.open();
    const answer = await updated(live, 'changeSeverity', { ...maria, severity: 1 });
    expect(answer).toMatchObject({
      caseNumber: live.number,
      events: ['SeverityChanged', 'NeedOpened', 'PageRequested'],
      severity: 1,
      level: 'NORMAL',
      emergency: 'NONE',
      status: 'OPEN',
      owner: 'lee',
      notes: [],
    });
    expect(answer.seq).toBeGreaterThan(1);
    expect(answer.nextDue).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      what: expect.any(String) as string,
    });
    await live.ring('lee', 'SEVERITY_CHANGED');
    await live.atRest();
    expect(live.rang()).toEqual({ 'lee SEVERITY_CHANGED': 1 });
  });

  test('escalate answers, and pages the direct manager once', async () => {
    const live = await company.open();
    expect(await updated(live, 'escalate', { ...maria, reason: 'BUSINESS_IMPACT' })).toMatchObject({
      events: ['Escalated', 'NeedOpened', 'PageRequested'],
      severity: 2,
      level: 'M1',
      owner: 'lee',
    });
    await live.ring('ana', 'ESCALATED_M1');
    await live.atRest();
    expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
  });

  test('with the start of the case it is answered, and paged once', async () => {
    const live = company.prepare();
    const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPE, {
      workflowId: live.number,
      taskQueue: TASK_QUEUE,
      args: [openingOf(live.number)],
      workflowIdConflictPolicy: 'FAIL',
    });
    const answer = await company.server.client.workflow.executeUpdateWithStart('escalate', {
      startWorkflowOperation,
      args: [maria],
    });
    expect(answer).toMatchObject({ level: 'M1' });
    await live.ring('ana', 'ESCALATED_M1');
    await live.atRest();
    expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
  });

  test('the same request id gets the first answer again, as a signal too, and pages nobody twice', async () => {
    const live = await company.open();
    const first = await live.update('escalate', 'maria', { requestId: 'desk-1' });
    expect(await live.update('escalate', 'maria', { requestId: 'desk-1' })).toEqual(first);
    await live.signal('escalate', 'maria', { requestId: 'desk-1' });
    expect(await live.refused('escalate', 'maria', { requestId: 'desk-1', reason: 'INACTIVITY' })).toMatchObject({
      type: 'IDEMPOTENCY_CONFLICT',
    });
    await live.ring('ana', 'ESCALATED_M1');
    await live.atRest();
    expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
    expect(await live.told('CommandRejected')).toEqual([]);
  });

  test.each<[what: string, words: object]>([
    ['', {}],
    [', each with what is not satisfactory,', { dissatisfaction: 'Nobody has called.' }],
  ])(
    'R51 of two at once on the phone and on the Web%s one escalates, the other hears that it is done',
    async (_, words) => {
      const live = await company.open();
      const outcomes = await Promise.allSettled(
        ['PHONE', 'CASE_TRACKER'].map((channel) => live.update('escalate', 'maria', { channel, ...words })),
      );
      // The second one is answered, with what it has come to, and does nothing (D14).
      const answers = outcomes.map((outcome) =>
        outcome.status === 'fulfilled' ? outcome.value.events.length : outcome,
      );
      expect(answers.sort()).toEqual([0, expect.any(Number)]);
      expect(Math.max(...(answers as number[]))).toBeGreaterThan(0);
      expect(await live.told('Escalated')).toHaveLength(1);
      await live.ring('ana', 'ESCALATED_M1');
      await live.atRest();
      expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
      expect((await live.view()).level).toBe('M1');
    },
  );

  const anonymous = { by: undefined };
  test.each<
    [
      code: string,
      name: Parameters<LiveCase['refused']>[0],
      by: string,
      fields: Record<string, unknown>,
      wrong: string[],
    ]
  >([
    ['SEVERITY_UNCHANGED', 'changeSeverity', 'maria', { severity: 2 }, []],
    ['INVALID_SEVERITY', 'changeSeverity', 'maria', { severity: 4 }, ['severity']],
    ['SEVERITY_REQUIRED', 'changeSeverity', 'maria', {}, ['severity']],
    ['UNAUTHENTICATED', 'changeSeverity', 'maria', { severity: 1, ...anonymous }, ['by']],
    ['INVALID_CHANNEL', 'changeSeverity', 'maria', { severity: 1, channel: 'CASE_LOGGER' }, ['channel']],
    ['INVALID_CHANNEL', 'escalate', 'maria', { channel: 'FAX' }, ['channel']],
    ['INVALID_ESCALATION', 'escalate', 'maria', { level: 'M2' }, ['level']],
    ['INVALID_ESCALATION', 'escalate', 'maria', { level: 'M3' }, ['level']],
    ['FORBIDDEN_ROLE', 'acceptEscalation', 'lee', {}, ['role']],
    ['NOT_ESCALATED', 'acceptEscalation', 'ana', {}, []],
    ['NOT_ESCALATED', 'recordTransfer', 'desk', { outcome: 'CONNECTED' }, []],
    ['PAGE_NOT_FOUND', 'acknowledge', 'lee', { pageId: 'C1-77' }, []],
    ['NOT_IN_EMERGENCY', 'confirmWorkableSystem', 'maria', {}, []],
    // On no list of this case, and so nobody's contact (H10).
    ['FORBIDDEN_ROLE', 'confirmWorkableSystem', 'pat', {}, ['by']],
    [
      'CUSTOMER_AGREEMENT_REQUIRED',
      'closeCase',
      'lee',
      { resolution: 'Patched.', customerAgreed: false },
      ['customerAgreed'],
    ],
    ['CASE_OPEN', 'reopenCase', 'maria', { reason: 'again' }, []],
    ['ENGINEER_UNCHANGED', 'assignEngineer', 'crm', { engineer: 'lee' }, []],
    [
      'INVALID_INPUT',
      'recordCustomerContact',
      'ana',
      { how: 'PHONE', outcome: 'REACHED', summary: 'Talked.', at: '2099-01-01T00:00:00Z' },
      ['at'],
    ],
  ])('%s: %s is refused, changes nothing and pages nobody', async (code, name, by, fields, wrong) => {
    const live = await company.open();
    const before = await live.view();
    const refused = await live.refused(name, by, fields);
    expect(refused).toMatchObject({ type: code, nonRetryable: true, details: [{ code }] });
    expect(refused.details[0]?.hint).toMatch(/\.$/);
    expect(refused.message).toContain(refused.details[0]?.hint);
    expect(refused.details[0]?.fields?.map(({ field }) => field) ?? []).toEqual(wrong);
    await live.atRest();
    expect(live.rang()).toEqual({});
    expect(await live.view()).toEqual(before);
  });

  test('R37, H9 a refused E-Down is on record, changes nothing, and the engineer is asked to talk to the customer', async () => {
    const live = await company.open({ environment: 'TEST' });
    expect(await live.refused('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() })).toMatchObject({
      type: 'NOT_PRODUCTION',
    });
    const incomplete = await company.open();
    const refused = await incomplete.refused('changeSeverity', 'maria', { severity: 0 });
    expect(refused).toMatchObject({ type: 'E_DOWN_ANSWERS_INCOMPLETE' });
    expect(refused.details[0]?.fields?.map(({ field }) => field)).toEqual(
      [
        'category',
        'totalUsers',
        'affectedUsers',
        'actionsTaken',
        'contactChanges',
        'downSince',
        'allProductionStopped',
        'confirmGenuine',
        'technicalContact',
      ].map((field) => `eDown.${field}`),
    );
    for (const one of [live, incomplete]) {
      await one.atRest();
      expect(one.rang()).toEqual({ 'lee E_DOWN_REFUSED': 1 });
      expect((await one.timeline()).map(({ type }) => type)).toEqual([
        'CaseOpened',
        'EDownRefused',
        'NeedOpened',
        'PageRequested',
        'PageSent',
      ]);
      expect(await one.view()).toMatchObject({
        severity: 2,
        emergency: 'NONE',
        attention: ['UNACKNOWLEDGED', 'E_DOWN_REFUSED'],
      });
    }
  });
});

/** Fields of an opening, changed; or what is no opening at all. */
type Opening = (number: string) => readonly unknown[];
const opening =
  (over: Record<string, unknown>): Opening =>
  (number) => [{ ...openingOf(number), ...over }];

describe('a refused opening', () => {
  test.each<[what: string, code: string, opening: Opening]>([
    [
      'E-Down in Case Logger',
      'E_DOWN_NOT_AT_LOGGING',
      opening({ severity: 0, channel: 'CASE_LOGGER', eDown: completeAnswers() }),
    ],
    ['a call without an engineer', 'ENGINEER_REQUIRED', opening({ channel: 'PHONE', ...maria, engineer: undefined })],
    ['no severity', 'SEVERITY_REQUIRED', opening({ severity: undefined })],
    ['severity 7', 'INVALID_SEVERITY', opening({ severity: 7 })],
    ['the number of another case', 'INVALID_CASE_NUMBER', opening({ caseNumber: 'C9999999' })],
    ['nobody who acts', 'UNAUTHENTICATED', opening({ by: undefined })],
    ['no argument', 'INVALID_INPUT', () => []],
    ['null', 'INVALID_INPUT', () => [null]],
    ['a number', 'INVALID_INPUT', () => [42]],
    ['a list', 'INVALID_INPUT', (number) => [[openingOf(number)]]],
    ['1 MB of text', 'INVALID_INPUT', () => ['x'.repeat(1_000_000)]],
    ['a state that nobody carried over', 'INVALID_INPUT', () => [{ carried: { state: {} } }]],
  ])('%s: %s, the execution fails, nobody is paged, and the number stays usable', async (_, code, argsOf) => {
    const live = company.prepare();
    const { workflow } = company.server.client;
    const handle = await workflow.start(WORKFLOW_TYPE, {
      workflowId: live.number,
      taskQueue: TASK_QUEUE,
      args: [...argsOf(live.number)],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
    const refused = await refusalIn(handle.result());
    expect(refused).toMatchObject({
      type: code,
      nonRetryable: true,
      details: [{ code, hint: expect.any(String) as string }],
    });
    expect((await handle.describe()).status.name).toBe('FAILED');
    expect(live.rings).toEqual([]);

    await company.open({ caseNumber: live.number, by: 'maria', role: 'CUSTOMER' });
    await live.ring('lee', 'ASSIGNED');
    await live.atRest();
    expect(live.rang()).toEqual({ 'lee ASSIGNED (quietly)': 1 });
  });
});
