/**
 * Contract, section 2: a request id stays good when the case has continued as new. The same words get the first answer,
 * and nothing is done twice; other words under it are a conflict.
 */
import { TocsinClient } from '../../client';
import { historiesOf } from '../../client/histories';
import { replay } from '../../worker/replay';
import { HOUR, policy } from '../support/cases';
import { QUIET, SkippingCompany } from '../support/skipping';

let company: SkippingCompany;
beforeAll(async () => {
  company = await SkippingCompany.start();
  company.policy = policy(QUIET);
  company.alwaysOnCall('kim');
}, 60_000);
afterEach(() => company.endCases());
afterAll(() => company.stop());

test('R8 the same request after a day of emergency and a new run gets its first answer, and is done once', async () => {
  // Given requests of the first run: one that is done, and one whose refusal is on record (R28)
  const live = await company.open();
  await live.declareEDown();
  await live.answers('kim');
  await live.answers('lee');
  const request = { summary: 'The log is read.', substantive: true, requestId: 'desk-1' };
  const first = await live.update('recordProgress', 'lee', request);
  const claim = { summary: 'It runs.', requestId: 'desk-2' };
  const refused = await live.refused('confirmWorkableSystem', 'lee', claim);
  expect(refused.type).toBe('CUSTOMER_CONFIRMATION_REQUIRED');

  // When a day goes by, and the case is in another run
  await company.env.sleep(24 * HOUR);
  expect((await live.histories()).length).toBeGreaterThan(1);
  const { seq } = (await live.timeline()).at(-1) ?? { seq: 0 };
  const rang = live.rings.length;

  // Then the same again gets the first answer, whichever way it comes
  expect(await live.update('recordProgress', 'lee', request)).toEqual(first);
  expect(await live.refused('confirmWorkableSystem', 'lee', claim)).toEqual(refused);
  await live.signal('recordProgress', 'lee', request);

  // And other words are a conflict, which changes nothing
  expect(await live.refused('recordProgress', 'lee', { ...request, summary: 'Another.' })).toMatchObject({
    type: 'IDEMPOTENCY_CONFLICT',
  });
  expect(await live.refused('escalate', 'maria', { requestId: 'desk-1' })).toMatchObject({
    type: 'IDEMPOTENCY_CONFLICT',
  });

  // And every run of it fits the workflow code as it is (`tocsin replay`)
  const histories = await historiesOf(new TocsinClient(company.env.client), live.number);
  expect(histories.map(({ runId }) => runId)).toHaveLength((await live.histories()).length);
  expect((await replay(histories)).map(({ fits }) => fits)).toEqual(histories.map(() => true));

  // And nothing was done
  await live.atRest();
  expect(await live.timeline(seq)).toEqual([]);
  expect(live.rings).toHaveLength(rang);
});
