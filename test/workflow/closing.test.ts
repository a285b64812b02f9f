/** Contract, section 3: a closed case stays reachable for its reopen window, then its workflow completes with a summary. */
import { defaultPayloadConverter } from '@temporalio/common';
import { HOUR, policy } from '../support/cases';
import { SkippingCompany, type SkippedCase } from '../support/skipping';

const DAY = 24 * HOUR;

let company: SkippingCompany;
beforeAll(async () => {
  company = await SkippingCompany.start();
  company.policy = policy({ reopenWindow: '14d' });
}, 60_000);
afterEach(() => company.endCases());
afterAll(() => company.stop());

async function closed(): Promise<SkippedCase> {
  const live = await company.open();
  await live.update('closeCase', 'lee', { resolution: 'The disk is replaced.', customerAgreed: true });
  return live;
}

/** How many hours after its closing the workflow has completed. */
const completedAfter = async (live: SkippedCase, closedAt: string | null): Promise<number> =>
  Math.round((((await live.handle.describe()).closeTime?.getTime() ?? 0) - Date.parse(closedAt ?? '')) / HOUR);

const status = async (live: SkippedCase): Promise<string> => (await live.handle.describe()).status.name;

test('what is still running in the Web UI once a case is closed is the time to reopen it, and no promise of before', async () => {
  const live = await closed();
  const { events } = await live.handle.fetchHistory();
  const timers = new Map<string, string>();
  for (const {
    timerStartedEventAttributes: started,
    timerCanceledEventAttributes: cancelled,
    userMetadata,
  } of events ?? []) {
    if (started)
      timers.set(started.timerId ?? '', String(defaultPayloadConverter.fromPayload(userMetadata?.summary ?? {})));
    if (cancelled) timers.delete(cancelled.timerId ?? '');
  }
  expect([...timers.values()]).toEqual(['The reopen window ends']);
});

test('R50 a closed case completes after the reopen window, with its summary as the result, and pages nobody meanwhile', async () => {
  const live = await closed();
  const { closedAt, openedAt } = await live.view();
  await company.until(Date.parse(closedAt ?? '') + 14 * DAY - HOUR);
  expect(await status(live)).toBe('RUNNING');
  expect(await live.handle.result()).toEqual({
    caseNumber: live.number,
    severity: 2,
    resolution: 'The disk is replaced.',
    openedAt,
    closedAt,
    events: 2,
    eDownEpisodes: 0,
  });
  expect(await completedAfter(live, closedAt)).toBe(14 * 24);
  expect(live.rings).toEqual([]);
});

test('a case that is reopened on the thirteenth day goes on, and its window begins anew when it is closed again', async () => {
  // Given
  const live = await closed();
  await company.env.sleep(13 * DAY);

  // When
  await live.update('reopenCase', 'maria', { reason: 'It is down again.' });
  await live.answers('lee');
  await live.update('recordCustomerContact', 'lee', { how: 'PHONE', outcome: 'REACHED', summary: 'We look at it.' });
  await company.env.sleep(13 * HOUR);
  expect(live.rang()).toEqual({ 'lee ASSIGNED (quietly)': 1 });
  await company.env.sleep(2 * DAY);

  // Then
  expect(await status(live)).toBe('RUNNING');
  expect((await live.view()).status).toBe('OPEN');
  await live.update('closeCase', 'lee', { resolution: 'The other disk too.', customerAgreed: true });
  const { closedAt } = await live.view();
  expect(await live.handle.result()).toMatchObject({ resolution: 'The other disk too.', closedAt });
  expect(await completedAfter(live, closedAt)).toBe(14 * 24);
});

test('R50 a closed case still finds a manager, and does not complete while somebody is being looked for', async () => {
  // Given a manager who is asked for a quarter of an hour before the window ends
  const live = await closed();
  await company.env.sleep(14 * DAY - HOUR / 4);
  await live.update('requestManagerContact', 'maria', { callback: '+1 555 0123' });

  // When the window ends and nobody has answered
  await company.env.sleep(HOUR / 3);
  expect(await status(live)).toBe('RUNNING');
  await live.answers('ana');

  // Then the case ends when somebody has acted
  await live.update('recordCustomerContact', 'ana', { how: 'PHONE', outcome: 'REACHED', summary: 'Talked it over.' });
  expect(await live.handle.result()).toMatchObject({ resolution: 'The disk is replaced.' });
});
