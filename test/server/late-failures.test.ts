/** H7 on a real server: what a provider tells later of a page that it had taken, and what hears of the end of a page. */
import { pageNews, type PageNews } from '../../workflows/messages';
import { Company, type LiveCase } from '../support/company';

let company: Company;
beforeAll(async () => (company = await Company.start()));
afterAll(() => company.stop());
afterEach(() => company.endCases());

const tell = (live: LiveCase, news: Partial<PageNews> & Pick<PageNews, 'pageId'>): Promise<void> =>
  live.handle.signal(pageNews, { attempt: 1, person: 'ana', channel: 'webhook', news: 'FAILED', ...news });

/** ana's telephone has been rung for M1. */
async function rung(): Promise<{ live: LiveCase; pageId: string }> {
  company.reroute('ana', '/ana', '/ana-2');
  const live = await company.open({ severity: 1 });
  await live.signal('escalate', 'maria');
  const { pageId } = await live.ring('ana', 'ESCALATED_M1');
  await live.atRest();
  return { live, pageId };
}

test('busy: the next channel at once, and the next person when that one has failed too', async () => {
  const { live, pageId } = await rung();
  await tell(live, { pageId, reason: 'busy' });
  await live.ring('ana-2', 'ESCALATED_M1');
  await live.atRest();
  expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1, 'ana-2 ESCALATED_M1': 1 });
  await tell(live, { pageId, attempt: 2, channel: 'webhook#2', news: 'UNANSWERED' });
  await live.ring('ben', 'ESCALATED_M1');
  expect(await live.told('PageUndelivered')).toMatchObject([
    { data: { channel: 'webhook', why: 'FAILED', reason: 'busy' } },
    { data: { channel: 'webhook#2', why: 'UNANSWERED' } },
  ]);
  await live.replays();
});

test('delivered is on the timeline once, and is nobody’s answer', async () => {
  const { live, pageId } = await rung();
  for (let time = 0; time < 2; time += 1) await tell(live, { pageId, news: 'DELIVERED' });
  await live.until((events) => events.some(({ type }) => type === 'PageDelivered'));
  expect(await live.told('PageDelivered')).toHaveLength(1);
  expect((await live.view()).attention).toContain('UNACKNOWLEDGED');
});

test('what is no news, or of another’s page, changes nothing', async () => {
  const { live, pageId } = await rung();
  const before = (await live.timeline()).length;
  await tell(live, { pageId, person: 'mallory' });
  await tell(live, { pageId: 'C9999999-1' });
  for (const junk of [
    undefined,
    null,
    'x',
    { pageId },
    { pageId, attempt: 1, person: 'ana', channel: 'webhook', news: 'READ' },
  ])
    await live.handle.signal<[unknown]>('pageNews', junk);
  await live.update('recordProgress', 'lee', { summary: 'Looking.', substantive: true });
  expect((await live.timeline()).slice(before).map(({ type }) => type)).toEqual(['ProgressRecorded']);
});

test('whatever took a page hears once how it ended: answered by its person, or by somebody else', async () => {
  const { live, pageId } = await rung();
  await tell(live, { pageId, news: 'UNANSWERED' });
  await live.ring('ana-2', 'ESCALATED_M1');
  await live.update('acceptEscalation', 'ana');
  await company.receiver.waitFor(() => live.settled().length > 0);
  await live.atRest();
  // Of a call that was told to have failed nothing is open any more.
  expect(live.settled()).toEqual([`ana-2 ${pageId} ANSWERED by ana`]);
});

test('a page that somebody else has answered was overtaken', async () => {
  const live = await company.open({ severity: 1 }, { severities: { '1': { managerAck: '1s' } } });
  await live.signal('escalate', 'maria');
  const { pageId } = await live.ring('ana', 'ESCALATED_M1');
  await live.ring('ben', 'ESCALATED_M1');
  await live.update('acceptEscalation', 'ben');
  await company.receiver.waitFor(() => live.settled().length >= 2);
  expect(live.settled()).toContain(`ana ${pageId} OVERTAKEN by ben`);
  expect(live.settled()).toContainEqual(expect.stringMatching(/^ben .* ANSWERED by ben$/));
});

test('a receiver that is down when a page is settled delays and fails nothing', async () => {
  const { live } = await rung();
  company.receiver.respond('/ana', () => ({ status: live.settled().length === 1 ? 503 : 200 }));
  await live.update('acceptEscalation', 'ana');
  await company.receiver.waitFor(() => live.settled().length === 2);
  const [first, second] = live.settled();
  expect(first).toBe(second);
  expect((await live.view()).level).toBe('M1');
});
