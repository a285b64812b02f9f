/** `tocsin deploy` on a terminal of 80 columns: a table that stays one, and sentences that are cut between words. */
import { renderMoved, renderStatus } from '../../cli/render/deployed';
import { renderRunning } from '../../cli/render/replayed';
import { cells, painter } from '../../cli/render/text';

const screen = { now: Date.parse('2026-11-24T03:00:00Z'), paint: painter(false), width: 80 };
const CURRENT = 'ebbe15f2a17941ff';
const OLDER = '079351d25cf9fe2b';
const waiting = Array.from({ length: 20 }, (_, index) => `C10000${String(index).padStart(2, '0')}`);
const unserved = [{ build: OLDER, cases: 31, waiting }];
const version = { currentSince: null, replacedAt: null, createdAt: '2026-11-20T10:00:00.000Z' };

const expectToFit = (text: string): void =>
  expect(text.split('\n').filter((line) => cells(line) > screen.width)).toEqual([]);

test('status: which is current, how many cases each has, who waits for whom', () => {
  const text = renderStatus(
    {
      deployment: 'tocsin',
      taskQueue: 'tocsin',
      current: CURRENT,
      pending: 31,
      oldestPending: { case: 'C1000001', version: OLDER, since: '2026-11-20T10:00:00.000Z' },
      versions: [
        { ...version, build: CURRENT, cases: 12345, isCurrent: true, isServed: true },
        { ...version, build: OLDER, cases: 31, isCurrent: false, isServed: false },
      ],
      unversioned: 2,
      unserved,
    },
    CURRENT,
    screen,
  );
  expectToFit(text);
  expect(text.split('\n').slice(0, 4)).toEqual([
    '         version            cases  workers     first seen',
    'current  ebbe15f2a17941ff   12345  served      2026-11-20 10:00Z  this copy',
    '         079351d25cf9fe2b      31  not served  2026-11-20 10:00Z',
    '31 to move; the longest there is C1000001, on 079351d25cf9fe2b since 2026-11-20',
  ]);
  expect(text.replaceAll('\n', ' ')).toContain('C1000019 and 11 more wait for it');
});

test('move: what is left, and why', () => {
  const text = renderMoved({ moved: 4, left: 31, current: CURRENT, seconds: 21, waiting, unserved }, screen);
  expectToFit(text);
  expect(text.replaceAll('\n', ' ')).toContain(`Nobody serves version ${OLDER}: C1000000, C1000001,`);
});

test('replay --running: each case that would go another way, and what that means', () => {
  const why = 'Event 58, page C1000003-1, message 30, by alertOnCallTeam: severity was 1 and would be 0.';
  const runId = 'e24561ad-12d6-4818-9f2b-ff0620513a6f';
  const text = renderRunning(
    9,
    [{ workflowId: 'C1000003', runId, events: 91, fits: false, why, differences: [] }],
    screen,
  );
  expectToFit(text);
  expect(text).toContain(`DOES NOT FIT  C1000003 run ${runId}, 91 events\n  Event 58, page`);
});
