/** Another gateway may have opened a number anew, for another customer: whose case it is is remembered for a moment only. */
import type { TocsinClient } from '../../client/tocsin-client';
import { CaseAccess } from '../../gateway/cases/access';
import type { Credential } from '../../gateway/auth/credential';

afterEach(() => void jest.useRealTimers());

test('a case that is another customer’s by now is so within five seconds', async () => {
  jest.useFakeTimers();
  let number = '1001';
  let asked = 0;
  const client = {
    getCase: () => {
      asked += 1;
      return Promise.resolve({ customer: { number } });
    },
  } as unknown as TocsinClient;
  const maria: Credential = {
    id: 'key:1',
    by: 'maria',
    role: 'CUSTOMER',
    channel: 'API',
    customer: '1001',
    onBehalf: false,
  };
  const access = new CaseAccess();
  for (let n = 0; n < 3; n++) await access.check(client, 'C1', maria);
  expect(asked).toBe(1);
  number = '2002';
  jest.advanceTimersByTime(5_000);
  await expect(access.check(client, 'C1', maria)).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' });
});
