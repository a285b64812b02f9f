/**
 * Cases in mixed states, as a deploy meets them: one at rest, one escalated, an E-Down that alerts every few seconds, one whose page is
 * on its way to a provider that is down, one that asks its engineer. What is looked at is what rang where, and under which key.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseOpening, TocsinClient } from '../../client';
import { eventually } from './company';
import { failedTasksOf } from './history';
import type { Receiver } from './receiver';
import { completeAnswers } from './story';

export const ALERT_MS = 3_000;
const QUIET = 'C1000001';
const M1 = 'C1000002';
const E_DOWN = 'C1000003';
const ON_ITS_WAY = 'C1000004';
const ASKED = 'C1000005';
export const MIXED = [QUIET, M1, E_DOWN, ON_ITS_WAY, ASKED] as const;

interface Ring {
  readonly id: string;
  readonly who: string;
  readonly purpose: string;
  readonly caseNumber: string;
  readonly at: number;
}

/** A small company with a phone for everybody, and timers of seconds, in this folder. */
export function writeCompany(folder: string, receiver: Receiver): void {
  const person = (id: string, more: object = {}) => ({
    id,
    name: id,
    channels: [{ kind: 'webhook', url: receiver.url(`/${id}`) }],
    ...more,
  });
  const everyDay = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' }];
  const directory = {
    people: [
      person('lee', { manager: 'ana' }),
      person('kim', { manager: 'ana' }),
      person('ana', { manager: 'ben' }),
      person('ben'),
    ],
    dutyManagers: ['ben'],
    onCall: [{ team: 'world', timezone: 'UTC', windows: everyDay, people: ['kim'] }],
  };
  const policy = {
    version: 'as-opened',
    hotline: '+1 555 0100',
    eDown: { alertEvery: `${ALERT_MS / 1_000}s` },
    escalation: { nextPersonAfter: '10m', retryFor: '10m' },
  };
  writeFileSync(join(folder, 'directory.yaml'), JSON.stringify(directory));
  writeFileSync(join(folder, 'policy.yaml'), JSON.stringify(policy));
}

export const openingOf = (caseNumber: string, more: Partial<CaseOpening> = {}): CaseOpening => ({
  caseNumber,
  title: 'MES down',
  severity: 2,
  environment: 'PRODUCTION',
  engineer: 'lee',
  by: 'lee',
  role: 'ENGINEER',
  customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
  ...more,
});

export class MixedCases {
  private askedBefore: readonly Ring[] = [];

  /** `client`: of the connection that there is at the moment. */
  constructor(
    private readonly receiver: Receiver,
    private readonly client: () => TocsinClient,
  ) {}

  async open(): Promise<void> {
    const client = this.client();
    this.receiver.respond('/ana', ({ body }) => (body.includes(ON_ITS_WAY) ? { status: 503 } : {}));
    for (const caseNumber of [QUIET, M1, ON_ITS_WAY]) await client.open(openingOf(caseNumber));
    await client.open(openingOf(ASKED, { by: 'maria', role: 'CUSTOMER' }));
    await client.open(openingOf(E_DOWN, { severity: 0, eDown: completeAnswers() }));
    for (const caseNumber of [M1, ON_ITS_WAY])
      await client.signal(caseNumber, 'escalate', { by: 'maria', role: 'CUSTOMER' });
    const alerts = (): number =>
      this.rings().filter(({ caseNumber, purpose }) => caseNumber === E_DOWN && purpose === 'E_DOWN_ALERT').length;
    await this.receiver.waitFor(
      () => alerts() >= 2 && this.rings().some((ring) => ring.caseNumber === ON_ITS_WAY),
      60_000,
    );
    this.askedBefore = this.rings();
  }

  async versionOf(caseNumber: string): Promise<string | undefined> {
    const { raw } = await this.client().temporal.workflow.getHandle(caseNumber).describe();
    return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined;
  }

  /** Of all runs. */
  async failedTasks(caseNumber: string): Promise<number> {
    const { workflow } = this.client().temporal;
    let failed = 0;
    for await (const { runId } of workflow.list({ query: `WorkflowId = '${caseNumber}'` })) {
      const { events } = await workflow.getHandle(caseNumber, runId).fetchHistory();
      failed += failedTasksOf(events ?? []);
    }
    return failed;
  }

  /** Each of them answers a command, within the time that a client waits by itself. */
  async allAnswer(): Promise<void> {
    const progress = { by: 'lee', role: 'ENGINEER', summary: 'Still at it.', substantive: true } as const;
    await Promise.all(MIXED.map((caseNumber) => this.client().update(caseNumber, 'recordProgress', progress)));
  }

  /** How long between two alerts from now on, by the case's own clock. */
  async cadence(nth: number): Promise<number> {
    const client = this.client();
    const from = (await client.getTimeline(E_DOWN, { limit: 1_000 })).seq;
    const seen = await eventually(
      async () =>
        (await client.getTimeline(E_DOWN, { after: from, limit: 1_000 })).events.filter(
          ({ type }) => type === 'EmergencyAlerted',
        ),
      (events) => events.length >= nth,
      60_000,
    );
    const at = seen.slice(-2).map((event) => Date.parse(event.at));
    return (at[1] ?? 0) - (at[0] ?? 0);
  }

  /** No failed task; whoever was asked before is not asked for the same under another number, and who could not be reached is. */
  async expectNothingLost(): Promise<void> {
    for (const caseNumber of MIXED) expect([caseNumber, await this.failedTasks(caseNumber)]).toEqual([caseNumber, 0]);
    for (const caseNumber of [M1, ON_ITS_WAY, ASKED]) {
      const keys = (of: readonly Ring[]) =>
        new Set(
          of.filter((ring) => ring.caseNumber === caseNumber && ring.purpose !== 'ESCALATION_INFO').map(({ id }) => id),
        );
      expect([...keys(this.rings())].sort()).toEqual([...keys(this.askedBefore)].sort());
    }
    this.receiver.respond('/ana', () => ({}));
    await eventually(
      () => this.client().getCase(ON_ITS_WAY),
      ({ pages }) => pages.some(({ status }) => status === 'SENT'),
      60_000,
    );
    for (const caseNumber of [M1, ON_ITS_WAY])
      expect(await this.client().update(caseNumber, 'acknowledge', { by: 'ana', role: 'MANAGER' })).toMatchObject({
        level: 'M1',
      });
    expect((await this.client().getCase(M1)).owners.manager).toBe('ana');
  }

  private rings(): Ring[] {
    return this.receiver.requests.map(({ path, body, at }) => {
      const { id, data } = JSON.parse(body) as { id: string; data: { purpose: string; caseNumber: string } };
      return { id, who: path.slice(1), purpose: data.purpose, caseNumber: data.caseNumber, at };
    });
  }
}
