/**
 * B2, D18: what a case takes from run to run stays far below the 2 MB that Temporal carries; a case that outgrew them would
 * end. However much is said to it, by however many people, on whatever lines.
 */
import { COMMANDS } from '../../workflows/core/language/inputs';
import { caseAt } from '../support/cases';
import { carried, lifeOf, longest } from '../support/longest';

const MOST_CARRIED = 256_000;
const ORDINARY = 8_000;

// What there is at most is there after a few hundred; `npm run bench:tick` plays 10,000.
test.each([1, 2, 3, 4, 5])(
  'D18 however much is said to it, a case carries 256 kB at most: 400 of the longest commands, seed %i',
  (seed) => {
    const { most, where, done } = lifeOf(seed, 400);
    expect(done.size).toBeGreaterThan(15);
    expect(most <= MOST_CARRIED ? '' : `${most} bytes at ${where}`).toBe('');
  },
);

test("every command is in it, but the one whose size is the policy's", () => {
  expect(COMMANDS.filter((name) => longest[name] === undefined)).toEqual(['adoptPolicy']);
});

test('D18 an ordinary case carries 8 kB at most', () => {
  const c = caseAt({ severity: 1, level: 'M1', accepted: true });
  c.do('recordProgress', 'lee', { summary: 'The index is being rebuilt.', substantive: true });
  c.do('recordCustomerContact', 'ana', { how: 'PHONE', outcome: 'REACHED', summary: 'Told them of the rebuild.' });
  expect(carried(c)).toBeLessThan(ORDINARY);
});
