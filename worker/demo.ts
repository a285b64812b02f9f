/** `npm run demo`: a whole case on the embedded server, from opened to closed, with timers of seconds. */
import { Client } from '@temporalio/client';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import pino from 'pino';
import type { CommandName } from '../workflows/core/language/inputs';
import type { Purpose, Role } from '../workflows/core/language/vocabulary';
import { queries, TASK_QUEUE, updates, WORKFLOW_TYPE, type Answer, type CaseOpening } from '../workflows/messages';
import { loadConfig } from './config';
import { policyFrom } from './config/policy';
import type { OpenDoor } from './door';
import { PACKAGE_ROOT } from './package-root';
import { httpAddress, startUp, untilStopped } from './run';
import type { Stack } from './stack';
import { isFree } from './temporal-server/ports';

/** Ana will not answer her page; everybody else needs about a second. */
const ANSWER = '4s';
const PACE_MS = 900;
const QUICK = { engineerAck: '20s', managerAck: ANSWER };
const DEMO_POLICY = policyFrom({
  version: 'demo',
  hotline: '+1 555 0100',
  severities: { '0': { ...QUICK, engineerAck: ANSWER }, '1': QUICK, '2': QUICK, '3': QUICK },
  eDown: { alertEvery: '3s' },
});

const CUSTOMER = { number: '1001', name: 'Acme Motors', activeSupport: true, enterprise: true } as const;
const FIRST_NUMBER = 7_000_001;

/** A case of a demo, in what the console channel writes. */
const OF_A_DEMO = /^PAGE (C70\d{5})-/;

export async function demo(door: OpenDoor): Promise<void> {
  let playing: string | undefined;
  /** A case of an earlier demo may still ring: it would only stand between the pages of this one. */
  const ring = (line: string): void => {
    if ((OF_A_DEMO.exec(line)?.[1] ?? playing) === playing) console.log(`  ${now()}  ${line}`);
  };
  // So would what the worker has to say.
  const log = pino({ level: 'error' });
  await untilStopped(
    log,
    (stopped) => start(log, door, stopped, ring),
    async (stack, stopped) => {
      const stage = new Stage(stack, stopped, (caseNumber) => (playing = caseNumber));
      await stage.play().catch((error: unknown) => {
        if (!stopped.aborted) throw error;
      });
    },
  );
}

async function start(log: Logger, door: OpenDoor, stopped: AbortSignal, ring: (line: string) => void): Promise<Stack> {
  console.log('Starting a Temporal server and a worker on this machine …');
  const config = loadConfig(join(PACKAGE_ROOT, 'examples', 'acme'));
  return startUp(log, {
    door,
    config,
    policy: DEMO_POLICY,
    stopped,
    http: await freeHttp(),
    tell: (line) => console.log(line),
    console: ring,
  });
}

/** Nobody asks the demo for its health: that somebody else has the port is no reason to stop. */
async function freeHttp(): Promise<{ host: string; port: number }> {
  const wanted = httpAddress();
  return process.env['TOCSIN_HTTP_PORT'] || (await isFree(wanted.port)) ? wanted : { ...wanted, port: 0 };
}

const now = (): string => new Date().toISOString().slice(11, 19);

class Stage {
  private readonly client: Client;
  private caseNumber = '';

  constructor(
    private readonly stack: Stack,
    private readonly stopped: AbortSignal,
    private readonly begins: (caseNumber: string) => void,
  ) {
    this.client = new Client({ connection: stack.connection, namespace: stack.namespace });
  }

  async play(): Promise<void> {
    const before = await this.casesBefore();
    for (const number of before.slice(0, 5))
      console.log(`Found again: ${number}, ${await this.standing(number)} — ${this.link(number)}`);
    if (before.length > 0) console.log('What still rings of an earlier demo is on its timeline, not here.');
    this.caseNumber = `C${FIRST_NUMBER + before.length}`;
    this.begins(this.caseNumber);
    console.log(
      `\nThe case: ${this.caseNumber}. Watch it live: ${this.link(this.caseNumber)}\nEach PAGE line is somebody's phone; times are UTC.`,
    );

    await this.tell('Maria logs the case; it goes to Lee, who answers his page.');
    await this.open();
    await this.answer('ASSIGNED', 'ENGINEER');

    await this.tell('The business needs change: Maria raises it to severity 1. Lee is told, once.');
    await this.give('changeSeverity', 'maria', 'CUSTOMER', { severity: 1, channel: 'CASE_TRACKER' });
    await this.answer('SEVERITY_CHANGED', 'ENGINEER');

    await this.tell(`Maria escalates (M1). Ana is paged and does not answer; after ${ANSWER} the next manager up is.`);
    await this.give('escalate', 'maria', 'CUSTOMER', { reason: 'RESOLUTION_TIME', channel: 'CASE_TRACKER' });
    await this.answer('ESCALATED_M1', 'MANAGER', (person) => person !== 'mgr-ana');
    await this.give('recordCustomerContact', 'mgr-ben', 'MANAGER', {
      how: 'PHONE',
      outcome: 'REACHED',
      summary: 'Ben called Maria: two engineers from now on.',
    });
    await this.give('confirmStaffing', 'mgr-ben', 'MANAGER', { staff: ['eng-lee', 'eng-kim'] });

    await this.tell('Maria is not satisfied and escalates again (M2): always another person than at M1.');
    await this.give('escalate', 'maria', 'CUSTOMER', {
      level: 'M2',
      dissatisfaction: 'Still no plan after the call.',
      channel: 'PHONE',
    });
    await this.answer('ESCALATED_M2', 'MANAGER');
    await this.answer('ESCALATION_INFO', 'ENGINEER', (person) => person === 'eng-lee');
    await this.give('confirmResources', 'vp-ops', 'MANAGER', {
      plan: [
        ['eng-lee', 'fix'],
        ['mgr-ben', 'staff'],
        ['vp-ops', 'lead'],
      ].map(([who, task]) => ({ who, task })),
    });

    await this.tell('All production stops. Maria declares E-Down: whoever is on call is alerted, again and again.');
    await this.give('changeSeverity', 'maria', 'CUSTOMER', { severity: 0, channel: 'CASE_TRACKER', eDown: ANSWERS });
    await this.alerts(3);
    // Whoever is on call at this hour; whoever has the alerts has the case with them, so nobody else has to come.
    const onCall = await this.answer('E_DOWN_ALERT', 'ENGINEER', (person) => person.startsWith('eng-'));
    const next = onCall === 'eng-maier' ? 'eng-smith' : 'eng-maier';
    await this.give('recordProgress', onCall, 'ENGINEER', {
      summary: 'The file vault has lost its index; a rebuild runs.',
      substantive: true,
    });

    await this.tell(`${onCall} hands over in writing, and has the case until it is accepted by name.`);
    await this.give('handOver', onCall, 'ENGINEER', {
      to: next,
      state: 'Index rebuild at 40%.',
      tried: 'Restart; restore of the index.',
      nextStep: 'Start the vault when it is done.',
      promise: 'News to Maria at the full hour.',
    });
    await this.give('acceptHandOver', next, 'ENGINEER', {});

    await this.tell(`${next} says that it runs. Only the contact can confirm that, so the contact is asked.`);
    await this.give('confirmWorkableSystem', next, 'ENGINEER', { summary: 'The vault is up.' });
    await this.give('confirmWorkableSystem', 'pat', 'CONTACT', { summary: 'Users can work again.' });

    await this.tell(
      'The emergency is over; everybody who was woken was told. The case is lowered, and closed with the customer.',
    );
    await this.give('changeSeverity', next, 'ENGINEER', {
      severity: 2,
      reason: 'A workable system runs.',
      customerAgreed: true,
    });
    await this.give('closeCase', next, 'ENGINEER', {
      resolution: 'Index rebuilt; cause fixed in patch 12.4.',
      customerAgreed: true,
    });

    const { counters } = await this.view();
    console.log(
      `\nThat was a whole case: ${counters.events} events, ${counters.pages} pages. Its record: ${this.link(this.caseNumber)}`,
    );
    console.log(
      `The server and the worker stay up to look around; in another shell:\n  TEMPORAL_ADDRESS=${this.stack.address} npx tocsin case timeline ${this.caseNumber}\nCtrl-C stops everything; the next start finds the case again.\n`,
    );
    await new Promise((resolve) => this.stopped.addEventListener('abort', resolve, { once: true }));
  }

  private link = (caseNumber: string): string =>
    `${this.stack.uiUrl ?? `http://${this.stack.address}`}/namespaces/${this.stack.namespace}/workflows/${caseNumber}`;

  private async tell(sentence: string): Promise<void> {
    await this.pause(PACE_MS);
    console.log(`\n▶ ${sentence}`);
  }

  private pause = (ms: number): Promise<void> => delay(ms, undefined, { signal: this.stopped });

  private view = () => this.client.workflow.getHandle(this.caseNumber).query(queries.getCase);

  private async open(): Promise<void> {
    const opening: CaseOpening = {
      caseNumber: this.caseNumber,
      title: 'MES cannot reach the file vault',
      severity: 2,
      customer: CUSTOMER,
      environment: 'PRODUCTION',
      engineer: 'eng-lee',
      contacts: [ANSWERS.technicalContact],
      by: 'maria',
      role: 'CUSTOMER',
      channel: 'CASE_LOGGER',
    };
    await this.client.workflow.start(WORKFLOW_TYPE, {
      workflowId: this.caseNumber,
      taskQueue: TASK_QUEUE,
      args: [opening],
      staticSummary: `${this.caseNumber} · ${CUSTOMER.name} · ${opening.title}`,
    });
  }

  /** Gives a command and says what came of it. */
  private async give(
    name: CommandName,
    by: string,
    role: Role,
    fields: Record<string, unknown>,
  ): Promise<Answer | undefined> {
    await this.pause(PACE_MS);
    try {
      const answer = await this.client.workflow
        .getHandle(this.caseNumber)
        .executeUpdate<Answer, [unknown]>(updates[name].name, { args: [{ by, role, ...fields }] });
      console.log(
        `  ${now()}  ${name} by ${by} → severity ${answer.severity}, ${answer.level}${answer.emergency === 'NONE' ? '' : `, emergency ${answer.emergency}`}`,
      );
      return answer;
    } catch (error) {
      const { type, message } = (error as { cause?: { type?: string; message?: string } }).cause ?? {};
      if (type === undefined) throw error;
      console.log(`  ${now()}  ${name} by ${by} → refused, ${type}: ${message ?? ''}`);
      return undefined;
    }
  }

  /** Whoever is paged for this purpose acknowledges, as soon as it is somebody who answers. */
  private async answer(
    purpose: Purpose,
    role: Role,
    answers: (person: string) => boolean = () => true,
  ): Promise<string> {
    for (;;) {
      await this.pause(PACE_MS / 3);
      const page = (await this.view()).pages.find(
        (open) => open.purpose === purpose && open.status === 'SENT' && open.person !== null && answers(open.person),
      );
      if (!page?.person) continue;
      await this.give('acknowledge', page.person, role, { pageId: page.pageId });
      return page.person;
    }
  }

  /** Waits until so many alerts have gone out. */
  private async alerts(count: number): Promise<void> {
    while (((await this.view()).eDown?.alerts ?? 0) < count) await this.pause(PACE_MS / 3);
  }

  private async casesBefore(): Promise<string[]> {
    const found: string[] = [];
    for await (const { workflowId } of this.client.workflow.list({
      query: `CaseCustomer = '${CUSTOMER.number}' AND WorkflowId STARTS_WITH 'C7'`,
    })) {
      if (!found.includes(workflowId)) found.push(workflowId);
    }
    return found.sort();
  }

  private async standing(caseNumber: string): Promise<string> {
    const { status, severity, counters } = await this.client.workflow.getHandle(caseNumber).query(queries.getCase);
    return `${status}, severity ${severity}, ${counters.events} events`;
  }
}

const ANSWERS = {
  category: 'MOST_USERS_NO_ACCESS',
  totalUsers: 400,
  affectedUsers: 380,
  actionsTaken: 'Restarted the vault twice.',
  contactChanges: 'none',
  downForMinutes: 20,
  allProductionStopped: true,
  confirmGenuine: true,
  technicalContact: {
    name: 'pat',
    reach: 'PAGER',
    number: '+1 555 0199',
    english: true,
    knowsSoftware: true,
    knowsEnvironment: true,
  },
} as const;
