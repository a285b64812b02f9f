/** The typed client of the engine, for services that open cases, act on them and ask about them. */
import { Client } from '@temporalio/client';
import { z } from 'zod';
import { commandShapes } from '../workflows/core/language/inputs';
import { openingShape } from '../workflows/core/language/opening';
import { minutesSince } from '../workflows/core/language/time';
import { bodyHash } from '../workflows/core/requests';
import {
  pageNews,
  queries,
  TASK_QUEUE,
  type Answer,
  type CaseOpening,
  type CaseView,
  type CommandName,
  type EDownCategories,
  type Impact,
  type Input,
  type ManagerForCase,
  type Ownership,
  type PageNews,
  type Timeline,
  type TimelineRequest,
} from '../workflows/messages';
import { checked, checkedCaseNumber, checkedCommand, checkedLocally, checkedSize } from './checks';
import { connectTo, type ConnectOptions } from './connect';
import { CaseNotFound, CaseRejected, ServiceUnavailable, type TocsinError } from './errors';
import { failureOf } from './failures';
import { endedOutside, endedSentence, type EndedOutside } from './ended';
import { listOf, MOST_LISTED, type CaseList, type ListedCase } from './case-list';
import { filterSchema, type CaseFilter } from './listing';
import { RunsSeen, timelineOf, type TimelineWanted, type WholeTimeline } from './timeline';
import { openCase, type OpenResult } from './opening';
import { commandSchemas, openingSchema } from './schemas';
import { ORDERS, type Order } from './urgency';

export interface ClientOptions {
  /** Where the cases' workers listen; `tocsin` by default. */
  readonly taskQueue?: string;
  /** How long a call may take; 10 seconds by default. */
  readonly deadlineMs?: number;
}

export interface ListOptions {
  /** At most so many; 100 by default. */
  readonly limit?: number;
  /** By urgency, when nothing is said. */
  readonly order?: Order;
}

const DEADLINE_MS = 10_000;
/** To find out why a call failed, a little longer than the deadline: "closed" is worth more than "too late". */
const AFTERMATH_MS = 1000;
const listingSchema = z.object({ limit: z.number().int().min(1).max(MOST_LISTED), order: z.enum(ORDERS) });

/** As long as it is there, nothing else of the answer will come about. */
export type Seen<T> = T & { readonly endedOutside?: EndedOutside };

export class TocsinClient {
  readonly taskQueue: string;
  readonly deadlineMs: number;
  private readonly runs = new RunsSeen();

  /** Over a Temporal client that the service has already, with its interceptors, codecs and credentials. */
  constructor(
    readonly temporal: Client,
    options: ClientOptions = {},
  ) {
    this.taskQueue = options.taskQueue ?? TASK_QUEUE;
    this.deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  }

  /** Connects as TEMPORAL_* and temporal.toml say; `ServiceUnavailable` when nobody answers within the deadline. */
  static async connect(options: ConnectOptions = {}): Promise<TocsinClient> {
    const { connection, namespace } = await connectTo(options, options.deadlineMs ?? DEADLINE_MS);
    const identity = options.identity !== undefined ? { identity: options.identity } : {};
    return new TocsinClient(new Client({ connection, namespace, ...identity }), options);
  }

  async close(): Promise<void> {
    await this.temporal.connection.close();
  }

  /**
   * Opens a case and waits for its first answer. Refused: `CaseRejected`, nobody is paged and the number stays
   * usable. Sent again with the same `requestId` and body: the case that there is, nothing is done twice.
   */
  async open(opening: CaseOpening): Promise<OpenResult> {
    const valid = checked(openingSchema, openingShape, checkedSize(opening));
    const caseNumber = checkedCaseNumber(valid.caseNumber);
    return await this.call(caseNumber, () => openCase(this.temporal, this.taskQueue, valid));
  }

  /**
   * Sends a command and does not wait for the answer. What could not be right is refused here, because nobody would
   * hear the case refuse it.
   */
  async signal<N extends CommandName>(caseNumber: string, name: N, input: Input<N>): Promise<void> {
    const command = checkedCommand(name);
    const valid = checked<unknown>(commandSchemas[command], commandShapes[command], checkedSize(input));
    await this.call(caseNumber, () => this.handle(caseNumber).signal<[unknown]>(command, valid));
  }

  /**
   * Sends a command and waits for what came of it; a refusal is thrown as `CaseRejected`. The input goes to the case
   * as it is: the case refuses in the same words, and keeps on record what has to be (R37).
   */
  async update<N extends CommandName>(caseNumber: string, name: N, input: Input<N>): Promise<Answer> {
    const command = checkedCommand(name);
    const sent: Input<N> = checkedSize(input);
    const updateId = updateIdOf(command, sent);
    return await this.call(caseNumber, () =>
      this.handle(caseNumber).executeUpdate<Answer, [unknown]>(command, {
        args: [sent],
        ...(updateId !== undefined && { updateId }),
      }),
    );
  }

  /** What a provider has told of a page that it had taken; a failure is followed by the person's next channel at once. */
  async tellNews(caseNumber: string, news: PageNews): Promise<void> {
    await this.call(caseNumber, () => this.handle(caseNumber).signal(pageNews, news));
  }

  /** The whole picture of a case. One that was ended from outside says so first, and as it stood: nothing of it will come. */
  async getCase(caseNumber: string): Promise<Seen<CaseView>> {
    const view = await this.seen(
      caseNumber,
      () => this.handle(caseNumber).query(queries.getCase),
      (stood, ended) => ({
        ...stood,
        attention: [],
        nextDue: null,
        ...(ended && { needs: [], pages: [], clocks: [] }),
      }),
    );
    return view.eDown && !view.endedOutside ? { ...view, eDown: countedOn(view.eDown) } : view;
  }

  /**
   * What happened, over all runs of the case, the oldest first: `after` and `limit` page through it, `last` begins at its end. What
   * the server keeps no longer is named in `missing`.
   */
  async getTimeline(caseNumber: string, wanted: TimelineWanted = {}): Promise<Seen<WholeTimeline>> {
    const { temporal, deadlineMs, runs } = this;
    const carries = (request: TimelineRequest): Promise<Timeline> =>
      this.handle(caseNumber).query<Timeline, [TimelineRequest?]>(queries.getTimeline, request);
    return await this.seen(caseNumber, () =>
      timelineOf({ temporal, caseNumber, deadlineMs, seen: runs, carries }, wanted),
    );
  }

  /** One sentence and its parts: who has the case, what is due next, and when. */
  async whoOwnsThis(caseNumber: string): Promise<Seen<Ownership>> {
    const isOver = (ended: EndedOutside | undefined): string => (ended ? endedSentence(ended) : CLOSED_FOR_GOOD);
    return await this.seen(
      caseNumber,
      () => this.handle(caseNumber).query(queries.whoOwnsThis),
      (had, ended) => ({ ...had, sentence: `${isOver(ended)} It was the case of ${had.owner}.`, nextDue: null }),
    );
  }

  /** Whether somebody has ended the case from outside, and who; no worker is asked. */
  async endedOutside(caseNumber: string): Promise<EndedOutside | undefined> {
    return (await this.call(caseNumber, () => this.standing(caseNumber))).ended;
  }

  /** The right manager for a case number, in every state of the case (R50). */
  async getManager(caseNumber: string): Promise<Seen<ManagerForCase>> {
    return await this.seen(
      caseNumber,
      () => this.handle(caseNumber).query(queries.managerForCase),
      (found, ended) => (ended ? { ...found, sentence: `${endedSentence(ended)} ${found.sentence}` } : found),
    );
  }

  /** What the customer loses (R3). */
  async getImpact(caseNumber: string): Promise<Impact> {
    return countedOn(await this.call(caseNumber, () => this.handle(caseNumber).query(queries.getImpact)));
  }

  /** The five E-Down categories in the guide's words, as this case knows them (R16). */
  async eDownCategories(caseNumber: string): Promise<EDownCategories> {
    return await this.call(caseNumber, () => this.handle(caseNumber).query(queries.eDownCategories));
  }

  /** The rows of `listing`, for whoever need not know whether there are more. */
  async list(filter: CaseFilter = {}, options: ListOptions = {}): Promise<ListedCase[]> {
    return [...(await this.listing(filter, options)).cases];
  }

  /**
   * Cases by what they show now, and how many are left out: first those that were ended from outside in the last days, then the most
   * urgent, closed ones last. The visibility store lags a moment behind the cases.
   */
  async listing(filter: CaseFilter = {}, { limit = 100, order = 'urgency' }: ListOptions = {}): Promise<CaseList> {
    const wanted = checkedLocally(filterSchema, filter);
    const options = checkedLocally(listingSchema, { limit, order });
    return await this.call(undefined, () => listOf(this.temporal, wanted, options));
  }

  /** An answer about a case, and whether the case is one that nobody serves any more; then as `over` puts it. */
  private async seen<T extends object>(
    caseNumber: string,
    ask: () => Promise<T>,
    over: (stood: T, ended: EndedOutside | undefined) => T = (stood) => stood,
  ): Promise<Seen<T>> {
    checkedCaseNumber(caseNumber);
    return await this.call(caseNumber, async () => {
      // By whom is looked up while the case is being asked: where no worker answers, no time is left behind it.
      const [standing, answered] = await Promise.allSettled([this.standing(caseNumber), ask()]);
      if (standing.status === 'rejected') throw standing.reason;
      const { ended, isCompleted } = standing.value;
      // Where no worker has its code any more, that it was ended is worth more than that it does not answer.
      if (answered.status === 'rejected') throw ended ? CaseRejected.ofEnded(ended, answered.reason) : answered.reason;
      if (ended) return { endedOutside: ended, ...over(answered.value, ended) };
      return isCompleted ? over(answered.value, undefined) : answered.value;
    });
  }

  private async standing(
    caseNumber: string,
  ): Promise<{ readonly ended?: EndedOutside; readonly isCompleted: boolean }> {
    const found = await this.handle(caseNumber).describe();
    const ended = await endedOutside(this.temporal, caseNumber, found);
    return { ...(ended && { ended }), isCompleted: found.status.name === 'COMPLETED' };
  }

  private handle(caseNumber: string) {
    return this.temporal.workflow.getHandle(checkedCaseNumber(caseNumber));
  }

  private async call<T>(caseNumber: string | undefined, send: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + this.deadlineMs;
    try {
      return await this.temporal.withDeadline(deadline, send);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.type === 'ERROR') throw failure.error;
      throw caseNumber === undefined
        ? new ServiceUnavailable('UNEXPECTED', undefined, { cause: error })
        : await this.whyNotThere(caseNumber, error, Math.max(deadline, Date.now() + AFTERMATH_MS));
    }
  }

  /** A case that is over and one that never was answer alike to a command; only the execution itself can tell. */
  private async whyNotThere(caseNumber: string, cause: unknown, deadline: number): Promise<TocsinError> {
    try {
      const { description, ended } = await this.temporal.withDeadline(deadline, async () => {
        const found = await this.handle(caseNumber).describe();
        return { description: found, ended: await endedOutside(this.temporal, caseNumber, found) };
      });
      if (ended) return CaseRejected.ofEnded(ended, cause);
      const { status } = description;
      if (status.name === 'FAILED') return new CaseNotFound(caseNumber, { cause });
      if (status.name === 'COMPLETED') return closedForGood(cause);
      return new ServiceUnavailable('UNEXPECTED', cause instanceof Error ? cause.message : undefined, { cause });
    } catch (error) {
      const failure = failureOf(error);
      return failure.type === 'ERROR' ? failure.error : new CaseNotFound(caseNumber, { cause });
    }
  }
}

const CLOSED_FOR_GOOD = 'The case is closed. Its time to be reopened is over.';

function closedForGood(cause: unknown): CaseRejected {
  const hint = 'Open a new case; a number is never used again.';
  const message = `${CLOSED_FOR_GOOD} ${hint}`;
  return new CaseRejected({ code: 'CASE_CLOSED', message, hint }, { cause });
}

/**
 * The server drops a second update of the same id without asking the case. With the body in the id, only a true
 * repetition is dropped, and the same request id with another body still reaches the case, which calls it a conflict.
 */
function updateIdOf(name: CommandName, input: unknown): string | undefined {
  const requestId = (input as { readonly requestId?: unknown } | null | undefined)?.requestId;
  return typeof requestId === 'string' && requestId !== '' && requestId.length <= 100
    ? `${requestId}/${name}/${bodyHash(name, input)}`
    : undefined;
}

/** R26: the downtime runs on while the case has nothing to do. */
function countedOn<T extends Pick<Impact, 'downSince' | 'asOf'>>(view: T): T {
  const { downSince } = view;
  if (downSince === null) return view;
  const now = Date.now();
  return { ...view, downForMinutes: minutesSince(Date.parse(downSince), now), asOf: new Date(now).toISOString() };
}
