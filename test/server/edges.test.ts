/**
 * Section 4 of the contract from outside: what a case shows to whoever looks at it with Temporal's own tools, and what
 * the typed client makes of it.
 */
import { CaseNotFound, CaseRejected, type CaseRow } from '../../client';
import { COMMANDS, queries, SEARCH_ATTRIBUTES, TASK_QUEUE, WORKFLOW_TYPE } from '../../workflows/messages';
import { Company, eventually, openingOf, type LiveCase } from '../support/company';
import { completeAnswers } from '../support/story';

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterAll(() => company.stop());

const NASTY = '# Down! | **now** [click](http://evil.example) <img src=x> `rm`\n- a\tlist';

async function detailsOf(live: LiveCase): Promise<string> {
  const { currentDetails } = await live.handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return currentDetails;
}

interface Described {
  readonly name?: string;
  readonly description?: string;
}
type Definitions = Readonly<
  Record<'signalDefinitions' | 'updateDefinitions' | 'queryDefinitions', readonly Described[]>
>;

/** As after weeks: what comes in one task is more than a run may have. */
async function goOnAsNew(where: Company, live: LiveCase): Promise<void> {
  const { runId } = await live.handle.describe();
  await where.restartWorker(async () => {
    for (let batch = 0; batch < 4; batch += 1)
      await Promise.all(
        Array.from({ length: 100 }, () =>
          live.signal('recordProgress', 'lee', { summary: 'Still at it.', substantive: true }),
        ),
      );
  });
  await eventually(
    () => live.handle.describe(),
    (now) => now.runId !== runId,
  );
  await live.atRest();
}

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => `it was done: ${JSON.stringify(value)}`,
    (error: unknown) => error,
  );

describe('search attributes', () => {
  test('are there from the first task, each of its type', async () => {
    const live = await company.open({
      customer: { number: '5500', name: 'Acme', activeSupport: true, enterprise: true },
    });
    const attributes = await live.lists();
    expect(attributes).toEqual({
      CaseSeverity: 2,
      CaseLevel: 'NORMAL',
      CaseEmergency: 'NONE',
      CaseStatus: 'OPEN',
      CaseCustomer: '5500',
      CaseEngineer: 'lee',
      CaseNextDue: expect.any(Date) as Date,
      CaseEDownCount: 0,
      CaseTitle: 'Acme · MES down',
      CaseOpenedAt: new Date((await live.view()).openedAt),
      CaseUrgency: 5,
      CaseLevelPending: false,
      ...('CaseAttention' in attributes && { CaseAttention: [] }),
      ...('CaseAsked' in attributes && { CaseAsked: [] }),
    });
    const { typedSearchAttributes } = await live.handle.describe();
    const types = Object.fromEntries(typedSearchAttributes.getAll().map(({ key }) => [key.name, key.type]));
    expect(SEARCH_ATTRIBUTES).toMatchObject(
      Object.fromEntries(Object.entries(types).filter(([name]) => name.startsWith('Case'))),
    );
  });

  test('follow what happens', async () => {
    const live = await company.open();
    await live.update('escalate', 'maria');
    await live.ring('ana', 'ESCALATED_M1');
    await live.atRest();
    expect(await live.lists()).toMatchObject({
      CaseLevel: 'M1',
      CaseAttention: ['UNACKNOWLEDGED'],
      CaseWaitsFor: 'ana',
      CaseAsked: ['ana'],
      CaseLevelPending: true,
      CaseUrgency: 4,
    });
    await live.update('acceptEscalation', 'ana');
    await live.atRest();
    expect(await live.lists()).toMatchObject({ CaseManager: 'ana', CaseLevelPending: false, CaseUrgency: 5 });
    expect((await live.lists())['CaseWaitsFor'] ?? null).toBeNull();
    expect((await live.lists())['CaseAsked'] ?? []).toEqual([]);
    await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
    await live.atRest();
    expect(await live.lists()).toMatchObject({
      CaseSeverity: 0,
      CaseEmergency: 'ACTIVE',
      CaseEDownCount: 1,
      CaseLevel: 'M1',
      CaseAttention: ['UNACKNOWLEDGED'],
    });
    await live.update('confirmWorkableSystem', 'pat');
    await live.update('changeSeverity', 'maria', { severity: 3, reason: 'over', customerAgreed: true });
    await live.update('closeCase', 'lee', { resolution: 'Fixed.', customerAgreed: true });
    await live.atRest();
    const attributes = await live.lists();
    expect(attributes).toMatchObject({
      CaseSeverity: 3,
      CaseEmergency: 'NONE',
      CaseStatus: 'CLOSED',
      CaseLevel: 'NORMAL',
      CaseEDownCount: 1,
    });
    expect(attributes['CaseManager'] ?? null).toBeNull();
    expect(attributes['CaseAttention'] ?? []).toEqual([]);
  });

  test('what nothing has changed is not written again', async () => {
    const live = await company.open();
    await live.update('recordProgress', 'lee', { summary: 'Looked at it.', substantive: false });
    const history = await live.atRest();
    const written = history.flatMap((event) =>
      event.upsertWorkflowSearchAttributesEventAttributes
        ? [Object.keys(event.upsertWorkflowSearchAttributesEventAttributes.searchAttributes?.indexedFields ?? {})]
        : [],
    );
    expect(written).toHaveLength(1);
  });
});

describe('what the Web UI shows', () => {
  test('the summary says which case it is, and the customer’s text stays text', async () => {
    const live = await company.open({
      title: NASTY,
      customer: { number: '1', name: '*Acme*', activeSupport: true, enterprise: true },
    });
    const summary = await (await live.handle.describe()).staticSummary();
    expect(summary).toMatch(new RegExp(`^${live.number} · \\\\\\*Acme\\\\\\* · `));
    expect(summary).not.toMatch(/(^|[^\\])[*[\]<>|`#]/);
    expect(summary).not.toContain('\n');
  });

  test('the details begin with whose case it is, state, owner and next due, then what runs, then what happened', async () => {
    const live = await company.open({ title: NASTY, by: 'maria', role: 'CUSTOMER' });
    await live.ring('lee', 'ASSIGNED');
    await live.update('escalate', 'maria', { reason: 'BUSINESS_IMPACT' });
    await live.ring('ana', 'ESCALATED_M1');
    await live.atRest();
    const [first = '', open, heading, happened, ...rest] = (await detailsOf(live)).split('\n\n');
    const [whose, state, owner, ...more] = first.split('  \n');
    expect(more).toEqual([]);
    expect(whose).toMatch(/^\*\*.+\*\* \(\d+\) · \\# Down\\!/);
    expect(state).toMatch(
      /^\*\*Severity 2\*\* .* \*\*escalated to M1\*\* · open · needs a look: \*\*waits for an answer\*\*$/,
    );
    expect(owner).toMatch(/^lee owns the case\. .*Next, at /);
    const lines = open?.split('\n') ?? [];
    expect(lines.filter((line) => !line.startsWith('- '))).toEqual([]);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^- \*\*ana\*\* is asked: M1; answer due .* Send an Update: \*\*acknowledge\*\* `{"by":"ana"}`$/,
      ),
    );
    expect(heading).toBe('What happened, the newest first:');
    expect(happened?.split('\n').length).toBeLessThanOrEqual(11);
    expect(rest).toEqual([]);
  });

  test('text of the customer draws nothing there', async () => {
    const live = await company.open();
    await live.update('recordProgress', 'lee', { summary: NASTY, substantive: true });
    await live.update('closeCase', 'lee', { resolution: NASTY, customerAgreed: true });
    const details = await detailsOf(live);
    expect(details).toContain('click');
    expect(details).not.toMatch(/(^|[^\\])[[\]<>|]/);
    expect(details).not.toMatch(/[^\\]\[click/);
    expect(details).not.toMatch(/^(#|- a)/m);
  });

  test('every signal, update and query of a case is described, and what is internal says so', async () => {
    const live = await company.open();
    const { definition } = await live.handle.query<{ definition: Definitions }>('__temporal_workflow_metadata');
    const ofOurs = ({ name }: Described): boolean => !!name && !name.startsWith('__');
    const [sent, updated, asked] = [
      definition.signalDefinitions,
      definition.updateDefinitions,
      definition.queryDefinitions,
    ].map((all) => all.filter(ofOurs));
    expect(updated?.map(({ name }) => name).sort()).toEqual([...COMMANDS].sort());
    for (const { name, description } of updated ?? []) {
      expect(description).toMatch(/Who: .+ Shortest: \{"by":/);
      expect(sent?.find((signal) => signal.name === name)?.description).toBe(description);
    }
    const others = sent?.filter(({ name }) => !COMMANDS.some((known) => known === name)) ?? [];
    expect(others.map(({ name }) => name).sort()).toEqual(['moveToCurrentVersion', 'pageDelayed', 'pageNews']);
    for (const { description } of others) expect(description).toMatch(/^Internal, not for staff: /);
    expect(asked?.map(({ name }) => name).sort()).toEqual(Object.keys(queries).sort());
    for (const { description } of asked ?? []) expect(description).toMatch(/\.|"\}$/);
  });

  test('a refusal is its sentence alone, without files of ours', async () => {
    const live = await company.open();
    const error = await rejection(live.update('acceptEscalation', 'ana'));
    const { cause } = error as { cause: { message: string; failure: { stackTrace?: string } } };
    expect(cause.message).toMatch(/^The case is not escalated\./);
    expect(cause.failure.stackTrace ?? '').toBe('');
  });

  test('what a provider said of a page on its way stands there without files of ours', async () => {
    const live = await company.open();
    live.phone('ana', () => ({ status: 503 }));
    await live.signal('escalate', 'maria');
    await live.ring('ana', 'ESCALATED_M1', 2);
    const { raw } = await live.handle.describe();
    const [{ lastFailure } = {}] = raw.pendingActivities ?? [];
    expect(lastFailure).toMatchObject({ message: expect.stringContaining('webhook of ana: ') as string });
    expect(lastFailure?.stackTrace ?? '').toBe('');
  });

  describe('a name that lists may not have (TOCSIN_CASE_TITLE=off)', () => {
    let hiding: Company;
    beforeAll(async () => {
      hiding = await Company.start({ hidesTitles: true });
    });
    afterAll(() => hiding.stop());
    const customer = { number: '1001', name: 'Doves & Sons', activeSupport: true, enterprise: true };
    const told = async (live: LiveCase): Promise<string> => {
      const { memo, typedSearchAttributes } = await live.handle.describe();
      const rows = await hiding.tocsin.list({});
      const row = rows.find(({ caseNumber }) => caseNumber === live.number);
      expect(row).toMatchObject({ customer: { number: '1001' } });
      return JSON.stringify([memo, typedSearchAttributes.getAll(), row]);
    };

    test('is in no list, neither as an attribute nor in a memo, and stays out when the case goes on as new', async () => {
      const live = await hiding.open({ title: 'Layoffs', customer });
      await live.atRest();
      expect(await told(live)).not.toMatch(/Layoffs|Doves/);
      expect(await detailsOf(live)).toContain('Layoffs');
      await goOnAsNew(hiding, live);
      expect(await told(live)).not.toMatch(/Layoffs|Doves/);
      expect(await detailsOf(live)).toContain('Layoffs');
    }, 60_000);

    test('goes where somebody else has named the case', async () => {
      const live = hiding.prepare();
      await hiding.server.client.workflow.start(WORKFLOW_TYPE, {
        workflowId: live.number,
        taskQueue: TASK_QUEUE,
        args: [openingOf(live.number, { title: 'Layoffs', customer })],
        memo: { title: 'Layoffs', customer: 'Doves & Sons' },
      });
      await live.atRest();
      expect(await told(live)).not.toMatch(/Layoffs|Doves/);
    }, 60_000);

    test('goes from lists, or comes back to them, with the next run after the switch', async () => {
      const live = await hiding.open({ title: 'Layoffs', customer });
      hiding.hidesTitles = false;
      await hiding.restartWorker();
      await goOnAsNew(hiding, live);
      expect(await told(live)).toMatch(/"Layoffs".*Doves & Sons · Layoffs/);
      hiding.hidesTitles = true;
      await hiding.restartWorker();
      await goOnAsNew(hiding, live);
      expect(await told(live)).not.toMatch(/Layoffs|Doves/);
    }, 90_000);
  });

  test('after continue-as-new the panel and the lists still say whose case it is', async () => {
    const live = await company.open();
    await live.atRest();
    const before = await live.lists();
    await goOnAsNew(company, live);
    const after = await live.lists();
    for (const name of ['CaseTitle', 'CaseOpenedAt', 'CaseCustomer']) expect(after[name]).toEqual(before[name]);
    expect(await detailsOf(live)).toMatch(/^\*\*Acme\*\* \(1001\) · MES down {2}\n/);
  }, 60_000);

  test('pages and timers say in a sentence what they are for, and an emergency’s go first', async () => {
    const live = await company.open();
    await live.update('escalate', 'maria');
    await live.ring('ana', 'ESCALATED_M1');
    await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
    await live.ring('kim', 'E_DOWN_ALERT');
    const history = await live.atRest();
    const pages = history.flatMap(({ activityTaskScheduledEventAttributes: page, userMetadata }) =>
      page
        ? [
            {
              type: page.activityType?.name,
              queue: page.taskQueue?.name,
              priority: page.priority?.priorityKey,
              summary: textOf(userMetadata?.summary?.data),
            },
          ]
        : [],
    );
    expect(pages).toEqual([
      {
        type: 'notifyManager',
        queue: 'tocsin',
        priority: 3,
        summary: 'Page 1 to the manager: Escalated to M1 by maria.',
      },
      // Whoever is on call first: nobody works on it yet.
      {
        type: 'alertOnCallTeam',
        queue: 'tocsin',
        priority: 1,
        summary: expect.stringMatching(
          /^Page 2 to whoever is on call: E-Down alert 1: most end users cannot access/,
        ) as string,
      },
      {
        type: 'notifyEngineer',
        queue: 'tocsin',
        priority: 1,
        summary: expect.stringMatching(/^Page 3 to the engineer: E-Down 1 has started/) as string,
      },
      {
        type: 'notifyDutyManager',
        queue: 'tocsin',
        priority: 1,
        summary: expect.stringMatching(/^Page 4 to the duty executive: E-Down 1 has started/) as string,
      },
    ]);
    const timers = history.flatMap(({ timerStartedEventAttributes, userMetadata }) =>
      timerStartedEventAttributes ? [textOf(userMetadata?.summary?.data)] : [],
    );
    expect(timers.length).toBeGreaterThan(0);
    for (const summary of timers) expect(summary).toMatch(/^[A-Z].{5,}/);
  });
});

describe('the typed client', () => {
  const find = (filter: Parameters<typeof company.tocsin.list>[0], count: number): Promise<CaseRow[]> =>
    eventually(
      () => company.tocsin.list(filter),
      (rows) => rows.length === count,
    );
  const numbers = (rows: readonly CaseRow[]): string[] => rows.map(({ caseNumber }) => caseNumber).sort();

  test('lists by what cases show, each filter narrowing', async () => {
    const customer = { number: "77'00", name: 'Quote & Sons', activeSupport: true, enterprise: true };
    const [quiet, urgent, escalated, shut] = await Promise.all([
      company.open({ customer, severity: 3 }),
      company.open({ customer, severity: 1, engineer: 'kim' }),
      company.open({ customer, severity: 1 }),
      company.open({ customer, severity: 3 }),
    ]);
    await escalated.update('escalate', 'maria');
    await escalated.acknowledge(await escalated.ring('ana', 'ESCALATED_M1'));
    await urgent.update('escalate', 'maria');
    await urgent.ring('ana', 'ESCALATED_M1');
    await shut.update('closeCase', 'lee', { resolution: 'Done.', customerAgreed: true });

    const mine = { customer: customer.number };
    expect(numbers(await find(mine, 4))).toEqual(
      numbers([quiet, urgent, escalated, shut].map(({ number }) => ({ caseNumber: number }) as CaseRow)),
    );
    expect(numbers(await find({ ...mine, manager: 'ana' }, 1))).toEqual([escalated.number]);
    expect(numbers(await find({ ...mine, level: 'M1' }, 2))).toEqual([urgent.number, escalated.number].sort());
    expect(numbers(await find({ ...mine, attention: 'UNACKNOWLEDGED' }, 1))).toEqual([urgent.number]);
    expect(numbers(await find({ ...mine, status: 'CLOSED' }, 1))).toEqual([shut.number]);
    expect(numbers(await find({ ...mine, engineer: 'kim' }, 1))).toEqual([urgent.number]);
    expect(numbers(await find({ ...mine, severity: [0, 1] }, 2))).toEqual([urgent.number, escalated.number].sort());
    expect(await find({ ...mine, level: ['M2'] }, 0)).toEqual([]);
    expect(await company.tocsin.list({ customer: "77' OR CaseStatus = 'OPEN" })).toEqual([]);
    expect((await find({ ...mine, manager: 'ana' }, 1))[0]).toMatchObject({
      title: 'MES down',
      customer: { number: "77'00", name: 'Quote & Sons' },
      severity: 1,
      level: 'M1',
      emergency: 'NONE',
      status: 'OPEN',
      engineer: 'lee',
      manager: 'ana',
      attention: [],
      eDownCount: 0,
      nextDue: expect.stringMatching(/Z$/) as string,
    });
    expect(await company.tocsin.list(mine, { limit: 2 })).toHaveLength(2);
    expect(await rejection(company.tocsin.list({ level: 'M9' } as never))).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('a number that no case has is not found, whatever is asked of it', async () => {
    const { tocsin } = company;
    const asked = [
      tocsin.getCase('C7654321'),
      tocsin.getTimeline('C7654321'),
      tocsin.whoOwnsThis('C7654321'),
      tocsin.getManager('C7654321'),
      tocsin.signal('C7654321', 'escalate', { by: 'maria', role: 'CUSTOMER' }),
      tocsin.update('C7654321', 'escalate', { by: 'maria', role: 'CUSTOMER' }),
    ];
    for (const answer of await Promise.all(asked.map(rejection))) expect(answer).toBeInstanceOf(CaseNotFound);
    expect(await rejection(tocsin.getCase('not a number'))).toMatchObject({ code: 'INVALID_CASE_NUMBER' });
  });

  test('a number is opened once: the same request gets the same case, another one CASE_EXISTS, and pages go out once', async () => {
    const live = company.prepare();
    const opening = openingOf(live.number, { by: 'maria', role: 'CUSTOMER', requestId: 'open-1' });
    const [one, other] = await Promise.all([company.tocsin.open(opening), company.tocsin.open(opening)]);
    expect(one.runId).toBe(other.runId);
    expect(await company.tocsin.open(opening)).toMatchObject({ runId: one.runId, repeated: true });
    expect(await rejection(company.tocsin.open({ ...opening, requestId: 'open-2' }))).toMatchObject({
      code: 'CASE_EXISTS',
    });
    expect(await rejection(company.tocsin.open({ ...opening, severity: 1 }))).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    const { requestId: _, ...anonymous } = opening;
    expect(await rejection(company.tocsin.open(anonymous))).toMatchObject({ code: 'CASE_EXISTS' });
    await live.ring('lee', 'ASSIGNED');
    await live.atRest();
    expect(live.rang()).toEqual({ 'lee ASSIGNED (quietly)': 1 });
  });

  test('a refused opening is a refusal with its code, and the number opens afterwards', async () => {
    const live = company.prepare();
    const refused = await rejection(
      company.tocsin.open(openingOf(live.number, { severity: 0, channel: 'CASE_LOGGER' })),
    );
    expect(refused).toBeInstanceOf(CaseRejected);
    expect(refused).toMatchObject({ code: 'E_DOWN_NOT_AT_LOGGING' });
    expect(await rejection(company.tocsin.getCase(live.number))).toBeInstanceOf(CaseNotFound);
    expect(await company.tocsin.open(openingOf(live.number))).toMatchObject({
      caseNumber: live.number,
      repeated: false,
    });
  });

  test('a command with a request id is done once, as an update, as a signal, and over two clients', async () => {
    const live = await company.open();
    const command = { by: 'maria', role: 'CUSTOMER', requestId: 'esc-1' } as const;
    const [first, second] = await Promise.all([
      company.tocsin.update(live.number, 'escalate', command),
      company.tocsin.update(live.number, 'escalate', command),
    ]);
    expect(second).toEqual(first);
    await company.tocsin.signal(live.number, 'escalate', command);
    expect(
      await rejection(company.tocsin.update(live.number, 'escalate', { ...command, reason: 'INACTIVITY' })),
    ).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    await live.ring('ana', 'ESCALATED_M1');
    await live.atRest();
    expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
  });

  test('queries answer without an argument', async () => {
    const live = await company.open();
    const { tocsin } = company;
    expect(await tocsin.whoOwnsThis(live.number)).toMatchObject({
      owner: 'lee',
      ownerRole: 'ENGINEER',
      manager: null,
      sentence: expect.stringContaining('lee owns the case') as string,
    });
    expect(await tocsin.getManager(live.number)).toMatchObject({ level: 'NORMAL' });
    expect(await tocsin.getImpact(live.number)).toMatchObject({ severity: 2, totalUsers: null, downForMinutes: null });
    expect(await tocsin.eDownCategories(live.number)).toHaveLength(5);
    expect((await tocsin.getTimeline(live.number)).events.map(({ seq }) => seq)).toEqual([1]);
  });
});

test('R26: the downtime runs on while the case has nothing to do; the case itself says when its figure was so', async () => {
  const live = await company.open();
  await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
  await live.atRest();
  const asked = Date.now();
  const { asOf, downSince } = await live.handle.query(queries.getImpact);
  expect(Date.parse(asOf)).toBeLessThanOrEqual(asked);
  const { tocsin } = company;
  for (const shown of [await tocsin.getImpact(live.number), (await tocsin.getCase(live.number)).eDown]) {
    expect(Date.parse(shown?.asOf ?? '')).toBeGreaterThanOrEqual(asked);
    expect(shown).toMatchObject({
      downSince,
      downForMinutes: Math.floor((Date.parse(shown?.asOf ?? '') - Date.parse(downSince ?? '')) / 60_000),
    });
  }
});

test('a closed case stays reachable for its window, then completes with what it was', async () => {
  const live = await company.open({ severity: 3 }, { reopenWindow: '2s' });
  await live.update('closeCase', 'lee', { resolution: 'Patched.', customerAgreed: true });
  expect(await live.refused('escalate', 'maria')).toMatchObject({ type: 'CASE_CLOSED' });
  expect(await live.handle.result()).toMatchObject({
    caseNumber: live.number,
    severity: 3,
    resolution: 'Patched.',
    eDownEpisodes: 0,
  });
  expect(await company.tocsin.getCase(live.number)).toMatchObject({ status: 'CLOSED' });
  expect(
    await rejection(
      company.tocsin.update(live.number, 'reopenCase', { by: 'maria', role: 'CUSTOMER', reason: 'again' }),
    ),
  ).toMatchObject({ code: 'CASE_CLOSED' });
  expect(await rejection(company.tocsin.open(openingOf(live.number, { requestId: 'late' })))).toMatchObject({
    code: 'CASE_EXISTS',
  });
  expect(live.rings).toEqual([]);
});

function textOf(data: Uint8Array | null | undefined): unknown {
  return data ? JSON.parse(Buffer.from(data).toString()) : undefined;
}
