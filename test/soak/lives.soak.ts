/**
 * `npm run soak`: random lives on a real server. People act at once, providers fail, and workers that keep two cases in memory
 * come and go. Whatever happens, each history replays, no task fails, lists are written once a task at most, and end as the
 * case is. The same lives again: `SOAK_SEED=7 npm run soak`; what falls into one task is still up to the machine.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import fc from '../support/random';
import type { CaseView, CommandName } from '../../client';
import { Company, eventually, type LiveCase } from '../support/company';
import { countOf, tasksOf, type HistoryEvent } from '../support/history';
import { commandOf, type Act } from '../support/life';
import type { Reply } from '../support/receiver';

const SEED = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000);
const CASES = 8;
const BURSTS = 350;
const BURSTS_A_WORKER = 40;

const soon = { engineerAck: '3s', managerAck: '4s' };
const policy = {
  severities: { '0': soon, '1': soon, '2': soon, '3': soon },
  eDown: { alertEvery: '2s' },
  escalation: { retryFor: '2s', nextChannelAfter: '1s', keepTryingEvery: '3s' },
};

type Given = Extract<Act, { kind: 'command' }> & { readonly how: 'signal' | 'update' };
interface Burst {
  readonly at: number;
  readonly given: readonly Given[];
  readonly pauseMs: number;
}

const NAMES: readonly CommandName[] = [
  'changeSeverity',
  'escalate',
  'acceptEscalation',
  'acknowledge',
  'acknowledge',
  'recordProgress',
  'confirmWorkableSystem',
  'deEscalate',
  'assignEngineer',
  'closeCase',
  'reopenCase',
  'handOver',
  'acceptHandOver',
  'reviewEDown',
  'requestEDown',
  'requestManagerContact',
];
const given = fc
  .tuple(commandOf(NAMES), fc.constantFrom('signal' as const, 'update' as const))
  .map(([act, how]): Given => ({ ...act, how }));
const bursts = fc.record<Burst>({
  at: fc.nat(CASES - 1),
  given: fc.array(given, { minLength: 1, maxLength: 3 }),
  pauseMs: fc.nat(250),
});
const replies = fc.constantFrom<Reply>(
  'SILENCE',
  'HANG_UP',
  { status: 500 },
  { status: 429, headers: { 'retry-after': '1' } },
  { status: 404 },
  {},
  {},
  {},
);

const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] =>
  fc.sample(arbitrary, { seed: SEED, numRuns: count });

let company: Company;
beforeAll(async () => {
  company = await Company.start({
    tuning: { maxCachedWorkflows: 2, shutdownGraceTime: '1s', shutdownForceTime: '30s' },
  });
});
afterAll(() => company.stop());

async function give(live: LiveCase, { name, input, page, how }: Given): Promise<void> {
  const { by, role, ...rest } = input as { by: string; role: string };
  const rings = live.rings.slice(-6);
  const fields =
    name === 'acknowledge' ? { ...rest, pageId: rings[page % Math.max(1, rings.length)]?.pageId ?? 'none' } : rest;
  const message = { by, role, ...fields };
  if (how === 'signal') await live.handle.signal<[unknown]>(name, message);
  // Refused or answered: what is looked at is what it leaves.
  else await live.handle.executeUpdate(name, { args: [message] }).catch(() => undefined);
}

/** The tasks that have told lists more than once. */
const wordy = (history: readonly HistoryEvent[]): string[] =>
  [...tasksOf(history)]
    .filter(([, left]) => left.filter((type) => type.startsWith('UPSERT')).length > 1)
    .map(([task, left]) => `task ${task}: ${left.join(' ')}`);

/** What lists have to show of a case that is so. */
const shownOf = ({ severity, level, status, emergency, attention, owners, nextDue }: CaseView): object => ({
  CaseSeverity: severity,
  CaseLevel: level,
  CaseStatus: status,
  CaseEmergency: emergency,
  ...(attention.length > 0 && { CaseAttention: attention }),
  ...(owners.engineer !== null && { CaseEngineer: owners.engineer }),
  ...(nextDue && { CaseNextDue: new Date(nextDue.at) }),
});

test(`random lives, seed ${SEED}`, async () => {
  const answers = sample(replies, 5_000);
  let answered = 0;
  const lives = await Promise.all(Array.from({ length: CASES }, () => company.open({}, policy)));
  for (const live of lives)
    for (const { id } of company.directory.people) live.phone(id, () => answers[answered++ % answers.length] ?? {});
  const on: Promise<void>[] = [];
  for (const [index, { at, given: commands, pauseMs }] of sample(bursts, BURSTS).entries()) {
    const live = lives[at] as LiveCase;
    const giveAll = (): void => void on.push(...commands.map((one) => give(live, one)));
    if (index % BURSTS_A_WORKER === BURSTS_A_WORKER - 1) await company.restartWorker(() => Promise.resolve(giveAll()));
    else giveAll();
    await pause(pauseMs);
  }
  await Promise.all(on);
  for (const live of lives) for (const { id } of company.directory.people) live.phone(id, () => ({}));
  // With room for all of them: a query that has to replay first takes longer than an alert stays due.
  company.tuning = undefined;
  await company.restartWorker();

  for (const live of lives) {
    await eventually(
      async () => ({ lists: await live.lists(), shown: shownOf(await live.view()) }),
      ({ lists, shown }) => Object.entries(shown).every(([name, value]) => isDeepStrictEqual(lists[name], value)),
    );
    expect(live.rings.filter(({ phone, person, contact }) => phone !== (contact ? 'contacts' : person))).toEqual([]);
    const history = await live.history();
    expect(countOf(history, 'WORKFLOW_TASK_FAILED')).toBe(0);
    await expect(live.replays()).resolves.toBeUndefined();
    expect(wordy(history)).toEqual([]);
  }
}, 300_000);
