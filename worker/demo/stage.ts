/** What is played: Maria's case, from opened to closed. Whoever is paged can be answered for in the mail box, and it goes on by that. */
import { Client } from '@temporalio/client';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandName } from '../../workflows/core/language/inputs';
import type { Purpose, Role } from '../../workflows/core/language/vocabulary';
import { queries, TASK_QUEUE, updates, WORKFLOW_TYPE, type Answer, type CaseOpening } from '../../workflows/messages';
import { webUiOf } from '../../connection/web-ui';
import type { Stack } from '../stack';
import { ANSWERS, CUSTOMER, FIRST_NUMBER, now } from './scene';

/** Everybody but Ana needs about a second. */
const PACE_MS = 900;

export interface Playing {
  readonly stack: Stack;
  readonly mailBox: string;
  /** How long Ana has, who does not answer by herself. */
  readonly anaHas: string;
  readonly stopped: AbortSignal;
  /** Told of the case before anybody is paged for it. */
  readonly begins: (caseNumber: string) => void;
}

export class Stage {
  private readonly client: Client;
  private caseNumber = '';

  constructor(private readonly playing: Playing) {
    const { connection, namespace } = playing.stack;
    this.client = new Client({ connection, namespace });
  }

  async play(): Promise<void> {
    const before = await this.casesBefore();
    for (const number of before.slice(0, 5))
      console.log(`Found again: ${number}, ${await this.standing(number)} — ${this.link(number)}`);
    if (before.length > 0) console.log('What still rings of an earlier demo is on its timeline, not here.');
    this.caseNumber = `C${FIRST_NUMBER + before.length}`;
    this.playing.begins(this.caseNumber);
    console.log(
      [
        `\nThe case: ${this.caseNumber}. Watch it live: ${this.link(this.caseNumber)}`,
        `Everybody’s mail box: ${this.playing.mailBox}`,
        'Each PAGE line is a mail that has arrived there; whoever is asked can be answered for by its link. Times are UTC.',
      ].join('\n'),
    );

    await this.tell('Maria logs the case; it goes to Lee, who answers his page.');
    await this.open();
    await this.answer('ASSIGNED');

    await this.tell('The business needs change: Maria raises it to severity 1. Lee is told, once.');
    await this.give('changeSeverity', 'maria', 'CUSTOMER', { severity: 1, channel: 'CASE_TRACKER' });
    await this.answer('SEVERITY_CHANGED');

    const { anaHas, mailBox } = this.playing;
    await this.tell(
      `Maria escalates (M1). Ana is paged and does not answer, unless you do: ${mailBox}. After ${anaHas} the next manager up is.`,
    );
    await this.give('escalate', 'maria', 'CUSTOMER', { reason: 'RESOLUTION_TIME', channel: 'CASE_TRACKER' });
    const manager = await this.answer('ESCALATED_M1', (person) => person !== 'mgr-ana');
    await this.give('recordCustomerContact', manager, 'MANAGER', {
      how: 'PHONE',
      outcome: 'REACHED',
      summary: 'Maria was called: two engineers from now on.',
    });
    await this.give('confirmStaffing', manager, 'MANAGER', { staff: ['eng-lee', 'eng-kim'] });

    await this.tell('Maria is not satisfied and escalates again (M2): always another person than at M1.');
    await this.give('escalate', 'maria', 'CUSTOMER', {
      level: 'M2',
      dissatisfaction: 'Still no plan after the call.',
      channel: 'PHONE',
    });
    const second = await this.answer('ESCALATED_M2');
    await this.answer('ESCALATION_INFO', (person) => person === 'eng-lee');
    await this.give('confirmResources', second, 'MANAGER', {
      plan: [
        ['eng-lee', 'fix'],
        [manager, 'staff'],
        [second, 'lead'],
      ].map(([who, task]) => ({ who, task })),
    });

    await this.tell('All production stops. Maria declares E-Down: whoever is on call is alerted, again and again.');
    await this.give('changeSeverity', 'maria', 'CUSTOMER', { severity: 0, channel: 'CASE_TRACKER', eDown: ANSWERS });
    await this.alerts(3);
    // Whoever is on call at this hour; whoever has the alerts has the case with them, so nobody else has to come.
    const onCall = await this.answer('E_DOWN_ALERT', (person) => person.startsWith('eng-'));
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
      [
        `The server, the worker and the mail box (${mailBox}) stay up to look around; in another shell:`,
        `  TEMPORAL_ADDRESS=${this.playing.stack.address} npx tocsin case timeline ${this.caseNumber}`,
        'Ctrl-C stops everything; the next start finds the case again.\n',
      ].join('\n'),
    );
    await new Promise((resolve) => this.playing.stopped.addEventListener('abort', resolve, { once: true }));
  }

  private link(caseNumber: string): string {
    const { address, uiUrl, namespace } = this.playing.stack;
    const ui = webUiOf(address, uiUrl);
    return ui === undefined
      ? '(its Web UI is not known: TOCSIN_UI_URL)'
      : `${ui}/namespaces/${namespace}/workflows/${caseNumber}`;
  }

  private async tell(sentence: string): Promise<void> {
    await this.pause(PACE_MS);
    console.log(`\n▶ ${sentence}`);
  }

  private pause = (ms: number): Promise<void> => delay(ms, undefined, { signal: this.playing.stopped });

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
    role: Role | undefined,
    fields: Record<string, unknown>,
  ): Promise<Answer | undefined> {
    await this.pause(PACE_MS);
    try {
      const answer = await this.client.workflow
        .getHandle(this.caseNumber)
        .executeUpdate<Answer, [unknown]>(updates[name].name, { args: [{ by, ...(role && { role }), ...fields }] });
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

  /** Whoever is paged for this purpose acknowledges, as soon as it is somebody who answers; or has, in the mail box. */
  private async answer(purpose: Purpose, answers: (person: string) => boolean = () => true): Promise<string> {
    for (;;) {
      await this.pause(PACE_MS / 3);
      const answered = await this.answered(purpose);
      if (answered !== undefined) return answered;
      const page = (await this.view()).pages.find(
        (open) => open.purpose === purpose && open.status === 'SENT' && open.person !== null && answers(open.person),
      );
      if (page?.person) await this.give('acknowledge', page.person, undefined, { pageId: page.pageId });
    }
  }

  /** Who has acknowledged a page that asked for this. A case of the demo asks for each once. */
  private async answered(purpose: Purpose): Promise<string | undefined> {
    const { events } = await this.client.workflow
      .getHandle(this.caseNumber)
      .query(queries.getTimeline, { limit: 1_000 });
    const pages = new Set<string>();
    for (const { type, data } of events) {
      if (type === 'PageRequested' && data.purpose === purpose && data.asks.length > 0) pages.add(data.pageId);
      if (type === 'PageAcknowledged' && data.pageId !== undefined && pages.has(data.pageId)) return data.person;
    }
    return undefined;
  }

  /** Waits until so many alerts have gone out, or somebody has one. */
  private async alerts(count: number): Promise<void> {
    for (;;) {
      const { eDown, needs } = await this.view();
      const isHeld = needs.some(({ purpose, status }) => purpose === 'E_DOWN_ALERT' && status === 'HELD');
      if (isHeld || (eDown?.alerts ?? 0) >= count) return;
      await this.pause(PACE_MS / 3);
    }
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
