/**
 * The company of org.ts as it is in life: a real server, a real worker, and a webhook as each person's phone. What a test
 * looks at is what rang where, and that nothing else did. Started once a test file; every case has its own number, so
 * that one's pages are never taken for another's.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import {
  WorkflowFailedError,
  WorkflowUpdateFailedError,
  type Connection,
  type WorkflowHandle,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { createActivities } from '../../activities';
import { Channels } from '../../activities/channels';
import { endedActivities } from '../../activities/ended-outside';
import type { Directory, Person } from '../../activities/directory/types';
import {
  TocsinClient,
  type Answer,
  type CaseEvent,
  type CaseOpening,
  type CaseView,
  type CommandName,
} from '../../client';
import { queries, SEARCH_ATTRIBUTES } from '../../workflows/messages';
import type { CasePolicy } from '../../workflows/core/language/policy';
import type { Purpose } from '../../workflows/core/language/vocabulary';
import { policyFrom } from '../../worker/config/policy';
import { endedBefore } from '../../worker/ended-outside/before';
import { createTocsinWorker, type TocsinWorkerOptions } from '../../worker/worker';
import { countOf, isAtRest, type HistoryEvent } from './history';
import { org, roleOf } from './org';
import { startReceiver, type Receiver, type Received, type Reply } from './receiver';
import { workflowBundle } from './bundle';
import { startTestServer, type TestServer } from './server';

/** How long anything may take that has no time of its own. */
const PATIENCE_MS = 60_000;

/** One request at somebody's phone. */
export interface Ring {
  /** Whose phone: the path it came to. */
  readonly phone: string;
  /** The idempotency key. */
  readonly id: string;
  readonly person: string;
  readonly pageId: string;
  readonly attempt: number;
  readonly purpose: Purpose;
  readonly audience: string;
  /** It may ring; what may not is read when somebody looks. */
  readonly urgent: boolean;
  /** Everything that the case asks of this person by now. */
  readonly asks: readonly { readonly purpose: Purpose; readonly what: string; readonly answerBy?: string }[];
  readonly title: string;
  readonly text: string;
  /** How a customer's contact is reached, where the page is for one. */
  readonly contact?: { readonly number?: string; readonly email?: string };
  readonly at: number;
}

export interface Refused {
  readonly type: string | null | undefined;
  readonly message: string;
  readonly nonRetryable: boolean | null | undefined;
  readonly details: readonly {
    readonly code: string;
    readonly hint: string;
    readonly fields?: readonly { readonly field: string; readonly problem: string }[];
  }[];
}

/** `nth` counts the requests of this case to this phone from 1. */
type PhoneReply = (nth: number, request: Received) => Reply | Promise<Reply>;

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
/** The contacts' night is hours away, so that no test depends on when it runs (H4). */
const NIGHT = { from: inHours(10), to: inHours(11) };

export function policyOf(over: object = {}): CasePolicy {
  const { eDown: given }: { readonly eDown?: { readonly contactCheck?: object } } = over;
  const eDown = { ...given, contactCheck: { quiet: NIGHT, ...given?.contactCheck } };
  return policyFrom({ hotline: '+1 555 0100', warnAt: [], ...over, eDown });
}

/** org.ts with a webhook for everybody; kim and sato are on call round the clock, so that no test depends on the hour. */
export function phonebook(receiver: Receiver): Directory {
  const directory = org();
  return {
    ...directory,
    people: directory.people.map((person) => ({
      ...person,
      channels: [{ kind: 'webhook', url: receiver.url(`/${person.id}`) }],
    })),
    onCall: [
      {
        team: 'world',
        timezone: 'UTC',
        windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' }],
        people: ['kim', 'sato'],
        overrides: [],
      },
    ],
    contactChannels: [{ kind: 'webhook', url: receiver.url('/contacts') }],
  };
}

export interface CompanyOptions {
  readonly dbFile?: string;
  readonly port?: number;
  /** Started as a process of its own by the test, when `false`. */
  readonly worker?: boolean;
  readonly tuning?: TocsinWorkerOptions['tuning'];
  /** As with TOCSIN_CASE_TITLE=off. */
  readonly hidesTitles?: boolean;
}

export class Company {
  /** The people as they are looked up for the next page. */
  directory: Directory;
  private readonly policies = new Map<string, CasePolicy>();
  private readonly replies = new Map<string, PhoneReply>();
  private readonly opened = new Set<string>();
  private nextNumber = 1_000_001;
  private stopWorker: () => Promise<void> = () => Promise.resolve();

  private constructor(
    public server: TestServer,
    readonly receiver: Receiver,
    /** Of the next worker. */
    public tuning: TocsinWorkerOptions['tuning'],
    /** Of the next worker, as with TOCSIN_CASE_TITLE=off. */
    public hidesTitles: boolean,
  ) {
    this.directory = phonebook(receiver);
    for (const { id } of this.directory.people) this.plugIn(`/${id}`);
    this.plugIn('/contacts');
  }

  static async start({
    worker = true,
    tuning,
    hidesTitles = false,
    ...options
  }: CompanyOptions = {}): Promise<Company> {
    const [server, receiver] = await Promise.all([startTestServer(options), startReceiver(), workflowBundle()]);
    const company = new Company(server, receiver, tuning, hidesTitles);
    if (worker) await company.startWorker();
    return company;
  }

  get tocsin(): TocsinClient {
    return new TocsinClient(this.server.client, { deadlineMs: PATIENCE_MS });
  }

  /** Beside those that run, each with a connection of its own. */
  async startWorker(native = this.server.native): Promise<void> {
    const outside = { directory: () => this.directory, channels: new Channels({}, () => undefined) };
    const activities = {
      ...createActivities({
        ...outside,
        policy: () => this.policies.get(Context.current().info.workflowExecution?.workflowId ?? '') ?? policyOf(),
        console: () => undefined,
        hidesTitles: this.hidesTitles,
        endedBefore: endedBefore({ connection: this.server.client.connection as Connection, namespace: 'default' }),
      }),
      ...endedActivities({ ...outside, policy: () => policyOf() }),
    };
    const worker = await createTocsinWorker({
      connection: native,
      activities,
      bundle: await workflowBundle(),
      ...(this.tuning && { tuning: this.tuning }),
    });
    const running = worker.run();
    running.catch((error: unknown) => console.error('the worker has failed', error));
    const others = this.stopWorker;
    this.stopWorker = async () => {
      await others();
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    };
  }

  /** What is given while no worker runs comes in one workflow task. */
  async restartWorker(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.stopWorker();
    await meanwhile();
    await this.startWorker();
  }

  /** Gives this person other channels: paths of the receiver, or whole URLs. */
  reroute(person: string, ...targets: readonly string[]): void {
    for (const target of targets) if (target.startsWith('/')) this.plugIn(target);
    this.change(person, {
      channels: targets.map((target) => ({
        kind: 'webhook',
        url: target.startsWith('/') ? this.receiver.url(target) : target,
      })),
    });
  }

  change(person: string, changed: Partial<Person>): void {
    this.directory = {
      ...this.directory,
      people: this.directory.people.map((entry) => (entry.id === person ? { ...entry, ...changed } : entry)),
    };
  }

  hire(person: string, manager: string): void {
    this.plugIn(`/${person}`);
    const hired: Person = {
      id: person,
      name: person,
      manager,
      timezone: 'UTC',
      languages: ['en'],
      channels: [{ kind: 'webhook', url: this.receiver.url(`/${person}`) }],
      away: [],
    };
    this.directory = { ...this.directory, people: [...this.directory.people, hired] };
  }

  newNumber(): string {
    return `C${this.nextNumber++}`;
  }

  /** A number that is not opened yet, with the policy it will have. */
  prepare(policy: object = {}, number = this.newNumber()): LiveCase {
    this.policies.set(number, policyOf(policy));
    this.opened.add(number);
    return new LiveCase(this, number);
  }

  /** Opened by its own engineer, so that nobody has been paged yet. */
  async open(over: Partial<CaseOpening> = {}, policy: object = {}): Promise<LiveCase> {
    const live = this.prepare(policy, over.caseNumber);
    await this.tocsin.open(openingOf(live.number, over));
    return live;
  }

  /** How this phone answers a case. */
  answerAt(phone: string, number: string, reply: PhoneReply): void {
    this.replies.set(`${phone} ${number}`, reply);
  }

  rings(number: string): Ring[] {
    return this.receiver.requests
      .filter(isPage)
      .map(ringOf)
      .filter((ring) => caseOf(ring.pageId) === number);
  }

  /** The server ends without a word, and starts again where it was, on the same file. */
  async killServer(dbFile: string): Promise<void> {
    const { pid, ended, address } = this.server;
    process.kill(pid, 'SIGKILL');
    await ended;
    await this.server.stop();
    this.server = await startTestServer({ dbFile, port: Number(address.split(':')[1]) });
  }

  /** Ends what a test has left open: alerts of one must not ring into the next. */
  async endCases(): Promise<void> {
    const numbers = [...this.opened];
    this.opened.clear();
    await Promise.all(
      numbers.map((number) =>
        this.server.client.workflow
          .getHandle(number)
          .terminate('the test is over')
          .catch(() => undefined),
      ),
    );
  }

  async stop(): Promise<void> {
    await this.endCases();
    // First, so that the worker need not wait for phones that never answer.
    await this.receiver.close();
    await this.stopWorker().finally(() => this.server.stop());
  }

  private plugIn(path: string): void {
    const counts = new Map<string, number>();
    this.receiver.respond(path, (request) => {
      // A phone takes note of it, and nobody looks.
      if (!isPage(request)) return {};
      const key = `${path.slice(1)} ${caseOf(ringOf(request).pageId)}`;
      const nth = (counts.get(key) ?? 0) + 1;
      counts.set(key, nth);
      return this.replies.get(key)?.(nth, request) ?? {};
    });
  }
}

export class LiveCase {
  constructor(
    readonly company: Company,
    readonly number: string,
  ) {}

  get handle(): WorkflowHandle {
    return this.company.server.client.workflow.getHandle(this.number);
  }

  /** As `temporal workflow signal` does: a name and a JSON value. */
  async signal(name: CommandName, by: string, fields: Record<string, unknown> = {}): Promise<void> {
    await this.handle.signal<[unknown]>(name, { by, role: roleOf(by), ...fields });
  }

  async update(name: CommandName, by: string, fields: Record<string, unknown> = {}): Promise<Answer> {
    return this.handle.executeUpdate<Answer, [unknown]>(name, { args: [{ by, role: roleOf(by), ...fields }] });
  }

  /** An update that must be refused. */
  async refused(name: CommandName, by: string, fields: Record<string, unknown> = {}): Promise<Refused> {
    return refusalIn(this.update(name, by, fields));
  }

  async acknowledge(ring: Ring): Promise<Answer> {
    return this.update('acknowledge', ring.person, { pageId: ring.pageId });
  }

  phone(person: string, reply: PhoneReply): this {
    this.company.answerAt(person, this.number, reply);
    return this;
  }

  /** Whoever this is answers such a ring before the provider has said that it took it: no deadline can pass meanwhile. */
  picksUp(person: string, ...purposes: readonly Purpose[]): this {
    return this.phone(person, async (_nth, request) => {
      const ring = ringOf(request);
      if (ring.urgent && purposes.includes(ring.purpose)) await this.acknowledge(ring);
      return {};
    });
  }

  /** This phone takes no page until the test lets it go. */
  holds(person: string): { readonly letGo: (reply?: Reply) => void } {
    let letGo = (_reply?: Reply): void => undefined;
    const held = new Promise<Reply>((resolve) => (letGo = (reply = {}) => resolve(reply)));
    this.phone(person, (nth) => (nth === 1 ? held : {}));
    return { letGo };
  }

  /** Everything that has arrived for this case, in order. */
  get rings(): Ring[] {
    return this.company.rings(this.number);
  }

  /** `ana C1000001-2 ANSWERED by ana`: whose channels heard that a page of theirs needs no answer any more. */
  settled(): string[] {
    return this.company.receiver.requests.flatMap(({ path, body }) => {
      const { type, subject, data } = JSON.parse(body) as {
        readonly type: string;
        readonly subject: string;
        readonly data: { readonly pageId: string; readonly outcome: string; readonly by?: string };
      };
      if (type !== 'tocsin.page.settled' || subject !== this.number) return [];
      return [`${path.slice(1)} ${data.pageId} ${data.outcome}${data.by === undefined ? '' : ` by ${data.by}`}`];
    });
  }

  /** `{ 'lee SEVERITY_CHANGED': 1, 'ana ESCALATION_INFO (word)': 1 }`: what came to each phone, how, and how often. */
  rang(): Record<string, number> {
    return tally(this.rings.map((ring) => cameAs(ring.phone, ring)));
  }

  /** Whose phones rang for this purpose, in order. */
  asked(purpose: Purpose): string[] {
    return this.rings.filter((ring) => ring.purpose === purpose && ring.urgent).map(({ phone }) => phone);
  }

  /** Waits for the `nth` page of this purpose at this phone. */
  async ring(phone: string, purpose: Purpose, nth = 1, ms = PATIENCE_MS): Promise<Ring> {
    const found = (): Ring | undefined =>
      this.rings.filter((ring) => ring.phone === phone && ring.purpose === purpose)[nth - 1];
    await this.company.receiver.waitFor(() => found() !== undefined, ms);
    return found() as Ring;
  }

  async view(): Promise<CaseView> {
    return this.handle.query(queries.getCase);
  }

  /** What lists show of it: its search attributes. */
  async lists(): Promise<Record<string, unknown>> {
    const { typedSearchAttributes } = await this.handle.describe();
    return Object.fromEntries(
      typedSearchAttributes
        .getAll()
        .flatMap(({ key, value }) => (key.name in SEARCH_ATTRIBUTES ? [[key.name, value]] : [])),
    );
  }

  /** Whether a worker that has lost it comes to the same history: throws where it does not. */
  async replays(): Promise<void> {
    await Worker.runReplayHistory(
      { workflowBundle: await workflowBundle() },
      await this.handle.fetchHistory(),
      this.number,
    );
  }

  async timeline(): Promise<readonly CaseEvent[]> {
    return (await this.handle.query(queries.getTimeline, { limit: 1_000 })).events;
  }

  /** The events of these types, as data. */
  async told<T extends CaseEvent['type']>(...types: T[]): Promise<Extract<CaseEvent, { type: T }>[]> {
    return (await this.timeline()).filter((event): event is Extract<CaseEvent, { type: T }> =>
      (types as string[]).includes(event.type),
    );
  }

  /** Waits, with the history, until the timeline has it. */
  async until(isSo: (events: readonly CaseEvent[]) => boolean, ms = PATIENCE_MS): Promise<readonly CaseEvent[]> {
    let events: readonly CaseEvent[] = [];
    await this.follow(async (history) => {
      if (countOf(history, 'WORKFLOW_TASK_COMPLETED') === 0) return false;
      events = await this.timeline();
      return isSo(events);
    }, ms);
    return events;
  }

  /** Waits until every page has come to its end and the case has taken note: what has not rung by now will not. */
  async atRest(ms = PATIENCE_MS): Promise<readonly HistoryEvent[]> {
    return this.follow((history) => Promise.resolve(isAtRest(history)), ms);
  }

  /** The history so far. */
  async history(): Promise<readonly HistoryEvent[]> {
    return (await this.handle.fetchHistory()).events ?? [];
  }

  /** Follows the history by long polls until it is so. */
  async follow(
    isSo: (history: readonly HistoryEvent[]) => Promise<boolean>,
    ms = PATIENCE_MS,
  ): Promise<readonly HistoryEvent[]> {
    const { client } = this.company.server;
    const deadline = Date.now() + ms;
    const history: HistoryEvent[] = [];
    let nextPageToken: Uint8Array | undefined;
    for (;;) {
      const page = await client
        .withDeadline(deadline, () =>
          client.workflowService.getWorkflowExecutionHistory({
            namespace: client.options.namespace,
            execution: { workflowId: this.number },
            waitNewEvent: true,
            ...(nextPageToken && { nextPageToken }),
          }),
        )
        .catch((error: unknown) => {
          if (Date.now() < deadline) throw error;
          throw new Error(`Not within ${ms} ms. What rang: ${JSON.stringify(this.rang())}`, { cause: error });
        });
      const events = page.history?.events ?? [];
      // A task at work is shown before it is kept: when it is done its events come again, under the same numbers.
      if (events[0]) history.length = Math.min(history.length, Number(events[0].eventId) - 1);
      history.push(...events);
      if (history.length > 0 && (await isSo(history))) return history;
      nextPageToken = page.nextPageToken;
      if (nextPageToken.length === 0)
        throw new Error(`${this.number} has ended. What rang: ${JSON.stringify(this.rang())}`);
    }
  }
}

export const openingOf = (caseNumber: string, over: Partial<CaseOpening> = {}): CaseOpening => ({
  caseNumber,
  title: 'MES down',
  severity: 2,
  environment: 'PRODUCTION',
  engineer: 'lee',
  by: over.engineer ?? 'lee',
  role: 'ENGINEER',
  customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
  ...over,
});

/** The refusal in a promise that must fail: of an update, or of an opening. */
export async function refusalIn(promise: Promise<unknown>): Promise<Refused> {
  const error = await promise.then(
    (value) => new Error(`It was done: ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  const failure =
    error instanceof WorkflowUpdateFailedError || error instanceof WorkflowFailedError ? error.cause : error;
  if (!(failure instanceof ApplicationFailure)) throw error;
  const { type, message, nonRetryable, details } = failure;
  return { type, message, nonRetryable, details: (details ?? []) as Refused['details'] };
}

/** Of what lags behind and cannot be waited for otherwise: the visibility store. */
export async function eventually<T>(ask: () => Promise<T>, isSo: (value: T) => boolean, ms = PATIENCE_MS): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = await ask();
    if (isSo(value)) return value;
    if (Date.now() > deadline) throw new Error(`Not within ${ms} ms, but ${JSON.stringify(value)}`);
    await pause(50);
  }
}

export const tally = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

/** H3: a ring as it is, what asks without ringing as `(quietly)`, what asks for nothing as `(word)`. */
export const cameAs = (
  whose: string,
  { purpose, urgent, asks }: { purpose: string; urgent: boolean; asks: readonly unknown[] },
): string => `${whose} ${purpose}${urgent ? '' : asks.length > 0 ? ' (quietly)' : ' (word)'}`;

/** Not the news that a page of before needs no answer any more. */
const isPage = ({ body }: Received): boolean => (JSON.parse(body) as { type: string }).type === 'tocsin.page';

const caseOf = (pageId: string): string => pageId.slice(0, pageId.lastIndexOf('-'));

function ringOf({ path, body, at }: Received): Ring {
  const { id, data } = JSON.parse(body) as { id: string; data: Omit<Ring, 'id' | 'phone' | 'at'> };
  return { ...data, phone: path.slice(1), id, at };
}
