/**
 * Weeks in seconds: the company of org.ts on the server whose clock a test moves, with the real activities, and a record
 * of what arrived at whom and when. Started once a test file; a test ends its cases, so that they do not ring into the next.
 */
import { Context } from '@temporalio/activity';
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker, WorkerOptions } from '@temporalio/worker';
import { createActivities } from '../../activities';
import type { Directory, Window } from '../../activities/directory/types';
import {
  queries,
  TASK_QUEUE,
  WORKFLOW_TYPE,
  type Answer,
  type CaseEvent,
  type CaseOpening,
  type CaseSummary,
  type CaseView,
  type CommandName,
} from '../../workflows/messages';
import type { EDownAnswers } from '../../workflows/core/language/opening';
import type { CasePolicy } from '../../workflows/core/language/policy';
import type { PageOrder, PageResult } from '../../workflows/core/language/page';
import { policy as policyOf } from './cases';
import { cameAs, tally } from './company';
import { isAtRest, type HistoryEvent } from './history';
import { org, roleOf } from './org';
import { createTimeSkipping, skippingWorker } from './server';
import { completeAnswers } from './story';

/** One page at somebody's console, at the server's time. */
export interface Ring {
  readonly at: number;
  readonly pageId: string;
  readonly attempt: number;
  readonly person: string;
  readonly audience: string;
  readonly purpose: string;
  readonly title: string;
  /** As the case has heard of it: whether it may ring, and all that is asked of this person by now. */
  urgent: boolean;
  asks: readonly string[];
}

const LINE =
  /^PAGE (?<pageId>[^/ ]+)(?:\/(?<attempt>\d+))? → .* \((?<person>.+?)\) \[(?<audience>\w+) (?<purpose>\w+)\] (?<title>.*)$/;

function ringOf(line: string, at: number): Ring {
  const {
    pageId = '',
    attempt = '1',
    person = '',
    audience = '',
    purpose = '',
    title = '',
  } = LINE.exec(line)?.groups ?? {};
  if (pageId === '') throw new Error(`not a page: ${line}`);
  return { at, pageId, attempt: Number(attempt), person, audience, purpose, title, urgent: false, asks: [] };
}

export const openingOf = (caseNumber: string, over: Partial<CaseOpening> = {}): CaseOpening => ({
  caseNumber,
  title: 'MES down',
  severity: 2,
  environment: 'PRODUCTION',
  customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
  engineer: 'lee',
  by: 'lee',
  role: 'ENGINEER',
  ...over,
});

/** Every day, round the clock. */
export const ALWAYS: Window = { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' };

/**
 * Clocks so long that only the alerts are left to ring: of the severity that a case is opened with as well, for a promise
 * that runs never moves later because things got worse (H8).
 */
export const QUIET = {
  severities: {
    '2': { firstContact: '60d', customerUpdate: '60d' },
    '0': {
      firstContact: '60d',
      engineerAck: '15m',
      customerUpdate: '60d',
      progressStall: '60d',
      ackExpires: '60d',
      suggest: { M1: '60d', M2: '61d', executive: '62d' },
    },
  },
  eDown: { contactCheck: { idle: '60d', first: '60d', second: '61d', proposeLowering: '62d' } },
};

export class SkippingCompany {
  directory: Directory = org();
  policy: CasePolicy = policyOf();
  readonly rings: Ring[] = [];
  private readonly opened: SkippedCase[] = [];
  private nextNumber = 1_000_001;
  private worker: Worker | undefined;
  private running: Promise<void> = Promise.resolve();

  private constructor(
    readonly env: TestWorkflowEnvironment,
    private readonly workerOptions: Partial<WorkerOptions>,
  ) {}

  static async start(options: Partial<WorkerOptions> = {}): Promise<SkippingCompany> {
    const company = new SkippingCompany(await createTimeSkipping(), options);
    await company.startWorker();
    return company;
  }

  async startWorker(): Promise<void> {
    const activities = createActivities({
      directory: () => this.directory,
      policy: () => this.policy,
      console: (line) => void this.rings.push(ringOf(line, Context.current().info.currentAttemptScheduledTimestampMs)),
      onResult: (order, result) => this.cameBack(order, result),
    });
    this.worker = await skippingWorker(this.env, activities, this.workerOptions);
    this.running = this.worker.run();
    this.running.catch((error: unknown) => console.error('the worker has failed', error));
  }

  /** A line on the console does not say whether it rings; what the case hears of the same message does. */
  private cameBack({ pageId, attempt }: PageOrder, result: PageResult): void {
    if (result.outcome !== 'ACCEPTED') return;
    const { person, mode, asks, joined = { pageId, attempt } } = result;
    const ring = this.rings.findLast(
      (other) => other.person === person && other.pageId === joined.pageId && other.attempt === joined.attempt,
    );
    if (ring) Object.assign(ring, { urgent: mode === 'RING', asks });
  }

  async stopWorker(): Promise<void> {
    if (this.worker?.getState() === 'RUNNING') this.worker.shutdown();
    await this.running;
  }

  /** These are on call round the clock, in this order. */
  alwaysOnCall(...people: string[]): void {
    this.directory = {
      ...this.directory,
      onCall: [{ team: 'world', timezone: 'UTC', windows: [ALWAYS], people, overrides: [] }],
    };
  }

  now(): Promise<number> {
    return this.env.currentTimeMs();
  }

  /** Skips to this moment. */
  async until(at: number): Promise<void> {
    const ms = at - (await this.now());
    if (ms > 0) await this.env.sleep(ms);
  }

  /**
   * No worker from now until `end`; `firstDue` is when the first timer of a case rings meanwhile. The server stops its
   * clock for a task that nobody takes, so it is told to go on (it counts locks, and this takes one of them). It also
   * keeps such a task for the worker that is gone, so the workers of such a test have no cache.
   */
  async outage(firstDue: number, end: number): Promise<void> {
    const { testService } = this.env.connection;
    if (!testService) throw new Error('not the server that skips time');
    await this.stopWorker();
    await this.until(firstDue + 1_000);
    await testService.unlockTimeSkipping({});
    await this.until(end);
    await testService.lockTimeSkipping({});
    await this.startWorker();
  }

  /** A number that is not opened yet. */
  prepare(number = `C${this.nextNumber++}`): SkippedCase {
    const live = new SkippedCase(this, number);
    this.opened.push(live);
    return live;
  }

  /** Opened by its own engineer, so that nobody has been paged yet. */
  async open(over: Partial<CaseOpening> = {}): Promise<SkippedCase> {
    const live = await this.prepare(over.caseNumber).start(over);
    await live.atRest();
    return live;
  }

  async endCases(): Promise<void> {
    await Promise.all(
      this.opened.splice(0).map(({ handle }) => handle.terminate('the test is over').catch(() => undefined)),
    );
    this.rings.length = 0;
  }

  async stop(): Promise<void> {
    await this.endCases();
    await this.stopWorker().finally(() => this.env.teardown());
  }
}

export class SkippedCase {
  private firstRunId = '';
  private checkedTo = 0;

  constructor(
    readonly company: SkippingCompany,
    readonly number: string,
  ) {}

  /** As a caller does; nothing is awaited but the server's yes. */
  async start(over: Partial<CaseOpening> = {}): Promise<this> {
    const { workflow } = this.company.env.client;
    const { firstExecutionRunId } = await workflow.start(WORKFLOW_TYPE, {
      taskQueue: TASK_QUEUE,
      workflowId: this.number,
      args: [openingOf(this.number, over)],
    });
    this.firstRunId = firstExecutionRunId;
    return this;
  }

  get handle(): WorkflowHandle<() => Promise<CaseSummary>> {
    return this.company.env.client.workflow.getHandle<() => Promise<CaseSummary>>(this.number);
  }

  async signal(name: CommandName, by: string, fields: Record<string, unknown> = {}): Promise<void> {
    await this.handle.signal<[unknown]>(name, { by, role: roleOf(by), ...fields });
  }

  /** As a caller does, when nothing is on its way. */
  async update(name: CommandName, by: string, fields: Record<string, unknown> = {}): Promise<Answer> {
    await this.atRest();
    return this.updateAtOnce(name, by, fields);
  }

  async updateAtOnce(name: CommandName, by: string, fields: Record<string, unknown> = {}): Promise<Answer> {
    return this.handle.executeUpdate<Answer, [unknown]>(name, { args: [{ by, role: roleOf(by), ...fields }] });
  }

  /** A signal that must be accepted; comes back when the case has done it. */
  async do(name: CommandName, by: string, fields: Record<string, unknown> = {}): Promise<void> {
    await this.signal(name, by, fields);
    await this.atRest();
    const events = await this.timeline(this.checkedTo);
    this.checkedTo = events.at(-1)?.seq ?? this.checkedTo;
    const [rejected] = events.filter(({ type }) => type === 'CommandRejected');
    if (rejected) throw new Error(`${name} by ${by} was rejected: ${JSON.stringify(rejected.data)}`);
  }

  /** An update that must be refused: its code, in words. */
  async refused(
    name: CommandName,
    by: string,
    fields: Record<string, unknown> = {},
  ): Promise<{ type: string | null | undefined; message: string }> {
    const failure: unknown = await this.update(name, by, fields).then(
      () => undefined,
      (error: unknown) => (error instanceof WorkflowUpdateFailedError ? error.cause : error),
    );
    if (!(failure instanceof ApplicationFailure))
      throw new Error(`${name} by ${by} was not refused`, { cause: failure });
    return { type: failure.type, message: failure.message };
  }

  async view(): Promise<CaseView> {
    return this.handle.query(queries.getCase);
  }

  async timeline(after = 0): Promise<readonly CaseEvent[]> {
    return (await this.handle.query(queries.getTimeline, { after, limit: 1_000 })).events;
  }

  /** `{ 'lee ASSIGNED (quietly)': 1 }`: what came to whom, how, and how often; without the first so many. */
  rang(without = 0): Record<string, number> {
    return tally(this.rings.slice(without).map((ring) => cameAs(ring.person, ring)));
  }

  /** What has arrived for this case, in order. */
  get rings(): Ring[] {
    return this.company.rings.filter(({ pageId }) => pageId.startsWith(`${this.number}-`));
  }

  /** The customer declares E-Down. */
  async declareEDown(answers: Partial<EDownAnswers> = {}): Promise<void> {
    return this.do('changeSeverity', 'maria', { severity: 0, eDown: { ...completeAnswers(), ...answers } });
  }

  /** The case, when nothing is on its way: a query that meets a task at work is lost on this server, like an update. */
  async atRest(): Promise<CaseView> {
    for (;;) {
      const { events } = await this.handle.fetchHistory();
      if (isAtRest(events ?? [])) return this.view();
    }
  }

  /** The person answers every page that waits for them. */
  async answers(person: string): Promise<void> {
    const { pages } = await this.atRest();
    for (const page of pages)
      if (page.person === person && page.answerDueAt !== null)
        await this.do('acknowledge', person, { pageId: page.pageId });
  }

  /** The histories of all runs so far, the first one first. */
  async histories(): Promise<HistoryEvent[][]> {
    const runs: HistoryEvent[][] = [];
    let runId: string | null | undefined = this.firstRunId;
    while (runId) {
      const events: HistoryEvent[] =
        (await this.company.env.client.workflow.getHandle(this.number, runId).fetchHistory()).events ?? [];
      runs.push(events);
      runId = events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    }
    return runs;
  }
}
