/**
 * A desk as it is on a busy day: the product itself (`tocsin up`) with the people of the example, some tens of cases in mixed
 * states, and what each view has to show by what the cases say of themselves.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CaseRejected, TocsinClient, type CaseOpening, type CaseView, type CommandName } from '../../client';
import { eachOf } from '../../client/each-of';
import { PACKAGE_ROOT } from '../../worker/package-root';
import { freePort } from '../../worker/temporal-server/ports';
import { Service } from './tocsin-process';

const ACME = join(PACKAGE_ROOT, 'examples', 'acme');
const E_DOWN = JSON.parse(readFileSync(join(ACME, 'e-down.json'), 'utf8')) as Record<string, unknown>;
/** At severity 1 an answer is late after this; at every other there are hours. */
export const ANSWER_MS = 3_000;
const POLICY = `version: desk
hotline: "+1 555 0100"
severities:
  "1": { engineerAck: ${ANSWER_MS / 1_000}s, managerAck: ${ANSWER_MS / 1_000}s }
  "2": { managerAck: 4h, engineerAck: 4h }
escalation: { rounds: 1, keepTryingEvery: 2h }
`;
/** A thousand cases that are asked one after the other are a load of their own. */
const PATIENCE_MS = 60_000;
/** Nothing of an emergency moves by itself while a thousand cases are counted. */
export const STILL = `${POLICY.replace('severities:', 'severities:\n  "0": { engineerAck: 4h, managerAck: 4h, progressStall: 8h }')}
eDown: { alertEvery: 4h, contactCheck: { first: 2h, second: 3h } }
`;

interface Told {
  readonly title: string;
  readonly customer: readonly [number: string, name: string];
  readonly product?: string;
  readonly severity?: 1 | 2 | 3;
  readonly engineer?: string | null;
  readonly acts?: readonly (readonly [CommandName, string, Record<string, unknown>?])[];
}

const ACME_MOTORS = ['1001', 'Acme Motors'] as const;
const NORDWIND = ['1002', 'Nordwind Turbinen'] as const;
const HANSEN = ['1003', 'Hansen & Sons'] as const;
const SHANGHAI = ['1004', '上海精密机械'] as const;
const declared = ['changeSeverity', 'maria', { severity: 0, eDown: E_DOWN }] as const;
const escalated = ['escalate', 'maria', { reason: 'RESOLUTION_TIME' }] as const;
const twice = ['escalate', 'maria', { level: 'M2', dissatisfaction: 'Nobody has called.' }] as const;
const taken = ['acknowledge', 'eng-lee'] as const;
const spoken = [
  'recordCustomerContact',
  'eng-lee',
  { how: 'PHONE', outcome: 'REACHED', summary: 'Maria knows the plan.' },
] as const;

const lookedAt = [
  'recordProgress',
  'eng-lee',
  { summary: 'The index is read. '.repeat(55), substantive: false },
] as const;
const closed = ['closeCase', 'eng-lee', { resolution: 'Index rebuilt.', customerAgreed: true }] as const;

const CASES: readonly Told[] = [
  {
    title: 'MES cannot reach the file vault',
    customer: ACME_MOTORS,
    product: 'Vault 12',
    acts: [taken, declared, escalated],
  },
  { title: 'Check-in hangs for all plants', customer: NORDWIND, product: 'Vault 12', acts: [taken, declared] },
  {
    title: 'Server restarts every ten minutes',
    customer: HANSEN,
    product: 'Server 9',
    acts: [taken, declared, ['acknowledge', 'mgr-ana'], spoken],
  },
  { title: 'Suppliers see an empty portal', customer: ACME_MOTORS, severity: 1, acts: [taken, escalated] },
  { title: 'Nightly export is empty', customer: NORDWIND, acts: [taken, escalated] },
  { title: 'Drawings open without fonts', customer: HANSEN, acts: [taken, escalated, ['acceptEscalation', 'mgr-ana']] },
  { title: '许可证服务器无法启动', customer: SHANGHAI, product: 'Licence 4', severity: 1, acts: [taken] },
  { title: 'Licence is not accepted after the move', customer: SHANGHAI, engineer: null },
  { title: 'How do I archive a project?', customer: HANSEN, severity: 3, acts: [taken] },
  {
    title: 'Production may be down',
    customer: NORDWIND,
    acts: [taken, ['requestEDown', 'maria', { requestId: 'call' }]],
  },
  {
    title: 'Index is rebuilt',
    customer: ACME_MOTORS,
    severity: 3,
    acts: [taken, closed],
  },
  {
    title: 'Vault was down on Monday',
    customer: ACME_MOTORS,
    acts: [
      taken,
      declared,
      ['confirmWorkableSystem', 'pat'],
      ['changeSeverity', 'maria', { severity: 2, customerAgreed: true, reason: 'It runs.' }],
    ],
  },
  {
    title: 'Two days and no plan',
    customer: NORDWIND,
    acts: [taken, escalated, ['acceptEscalation', 'mgr-ana'], twice],
  },
  {
    title: 'A plan on the third day',
    customer: HANSEN,
    acts: [taken, escalated, ['acceptEscalation', 'mgr-ana'], twice, ['acceptEscalation', 'mgr-ben']],
  },
  { title: 'Ana is not the one', customer: SHANGHAI, acts: [taken, escalated, ['decline', 'mgr-ana']] },
  {
    title: 'It was not the index',
    customer: ACME_MOTORS,
    severity: 3,
    acts: [taken, closed, ['requestManagerContact', 'maria']],
  },
  {
    title: 'It came back',
    customer: HANSEN,
    severity: 3,
    acts: [taken, closed, ['reopenCase', 'maria', { reason: 'Empty again.' }]],
  },
  {
    title: 'Work goes on by day',
    customer: NORDWIND,
    acts: [
      taken,
      declared,
      ['recordProgress', 'eng-lee', { summary: 'It runs by hand.', substantive: true }],
      ['stepDown', 'eng-lee', { reason: 'It runs by hand.', customerAgreed: true }],
    ],
  },
  { title: 'Nobody knows this engineer', customer: ACME_MOTORS, engineer: 'eng-gone' },
  {
    title: 'A long story',
    customer: SHANGHAI,
    severity: 3,
    acts: [taken, ...Array.from({ length: 40 }, () => lookedAt), escalated],
  },
];

const ROLES: Readonly<Record<string, string>> = { maria: 'CUSTOMER', pat: 'CONTACT' };
const roleOf = (by: string): string => ROLES[by] ?? (by.startsWith('mgr-') ? 'MANAGER' : 'ENGINEER');

export interface Desk {
  readonly uiUrl: string;
  readonly address: string;
  readonly folder: string;
  readonly tocsin: TocsinClient;
  readonly service: Service;
  readonly numbers: readonly string[];
  /** Terminated while it was open. */
  readonly ended: string;
  readonly close: () => Promise<void>;
}

/** `times` as many cases as there are kinds. */
export async function openDesk(times = 3, policy = POLICY): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-desk-'));
  cpSync(join(ACME, 'directory.yaml'), join(folder, 'directory.yaml'));
  writeFileSync(join(folder, 'policy.yaml'), policy);
  const [port, uiPort] = [await freePort(), await freePort()];
  const service = await Service.start(folder, 'up', {
    TOCSIN_CONFIG: folder,
    TOCSIN_DATA: join(folder, 'desk.db'),
    TOCSIN_TEMPORAL_PORT: `${port}`,
    TOCSIN_UI_PORT: `${uiPort}`,
  });
  const address = `127.0.0.1:${port}`;
  const tocsin = await TocsinClient.connect({ address, namespace: 'default', deadlineMs: PATIENCE_MS });
  const close = async (): Promise<void> => {
    await tocsin.close();
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const numbers = await openAll(tocsin, times);
    const ended = await endOne(tocsin);
    return { uiUrl: `http://127.0.0.1:${uiPort}`, address, folder, tocsin, service, numbers, ended, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Somebody ends it with a click, in the middle of an emergency. */
async function endOne(tocsin: TocsinClient): Promise<string> {
  const ended = await openOne(tocsin, 'C2000999', {
    title: 'Nobody hears of this',
    customer: HANSEN,
    acts: [taken, declared],
  });
  await tocsin.temporal.workflow.getHandle(ended).terminate('a click too many');
  return ended;
}

/** So many people act at once. */
export const AT_ONCE = 6;

async function openAll(tocsin: TocsinClient, times: number): Promise<string[]> {
  const wanted = Array.from({ length: times }, (_, round) =>
    CASES.map((told, index) => [`C${2_001_001 + round * 100 + index}`, inPlant(told, round)] as const),
  ).flat();
  await eachOf(AT_ONCE, wanted, ([number, told]) => openOne(tocsin, number, told));
  return wanted.map(([number]) => number);
}

/** No two of a kind are called the same. */
const inPlant = (told: Told, round: number): Told =>
  round === 0 ? told : { ...told, title: `${told.title} (plant ${round + 1})` };

export async function openOne(
  tocsin: TocsinClient,
  caseNumber: string,
  { title, customer: [number, name], product, severity = 2, engineer = 'eng-lee', acts = [] }: Told,
): Promise<string> {
  const opening: CaseOpening = {
    by: 'maria',
    role: 'CUSTOMER',
    caseNumber,
    title,
    severity,
    environment: 'PRODUCTION',
    customer: { number, name, activeSupport: true, enterprise: true },
    ...(product !== undefined && { product }),
    ...(engineer !== null && { engineer }),
    contacts: [
      {
        name: 'pat',
        reach: 'PAGER',
        number: '+1 555 0199',
        english: true,
        knowsSoftware: true,
        knowsEnvironment: true,
      },
    ],
  };
  await tocsin.open(opening);
  for (const [command, by, fields = {}] of acts)
    await onceAsked(() => tocsin.update(caseNumber, command, { by, role: roleOf(by), ...fields } as never));
  return caseNumber;
}

/** Somebody who answers the page before it: it is on its way still. */
async function onceAsked(act: () => Promise<unknown>): Promise<void> {
  for (let left = 50; ; left -= 1) {
    try {
      await act();
      return;
    } catch (error) {
      if (left === 0 || !(error instanceof CaseRejected) || error.code !== 'NOTHING_ASKED') throw error;
      await pause(100);
    }
  }
}

/** What each view has to show, by what the cases say of themselves. */
export const SHOWN: Readonly<Record<string, (view: CaseView) => boolean>> = {
  now: (view) =>
    view.attention.some((flag) => flag !== 'UNACKNOWLEDGED') ||
    (view.emergency === 'ACTIVE' &&
      view.needs.some(({ need, status }) => need === 'E_DOWN_ALERT' && status !== 'HELD')) ||
    view.needs.some(
      ({ status, since, asked }) => status !== 'HELD' && asked.length > 1 && Date.now() - Date.parse(since) > ANSWER_MS,
    ),
  'e-down': ({ emergency }) => emergency === 'ACTIVE',
  escalated: ({ escalation }) => escalation.status === 'PENDING',
  'no-engineer': ({ owners, status }) => owners.engineer === null && status === 'OPEN',
};

/** Whose engineer or manager this person is, and what they are asked, or were and may still take. */
export const isMine =
  (person: string) =>
  ({ owners, status, needs }: CaseView): boolean =>
    (status === 'OPEN' && [owners.engineer, owners.secondLevelManager ?? owners.manager].includes(person)) ||
    needs.some(({ asked }) => asked.includes(person));

export const isUseOf =
  (customerNumber: string) =>
  ({ customer, counters }: CaseView): boolean =>
    customer.number === customerNumber && counters.eDowns > 0;

/** Until nothing moves any more: what is late has become late, and lists have heard of it. */
export async function settled({ tocsin, numbers }: Desk): Promise<CaseView[]> {
  const standing = async (): Promise<string> =>
    JSON.stringify(
      (await tocsin.list({}, { limit: 10_000 }))
        .map(({ runId: _, ...row }) => row)
        .sort((a, b) => a.caseNumber.localeCompare(b.caseNumber)),
    );
  for (let before = ''; ;) {
    const now = await standing();
    if (now === before) break;
    before = now;
    await pause(2 * ANSWER_MS);
  }
  return eachOf(AT_ONCE, numbers, (number) => tocsin.getCase(number));
}
