/** B6: an edited policy counts for new cases without a restart; a broken or half-written one leaves the last good one in force. */
import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, fixedPolicy, policySource } from '../../worker/config';
import { policyFrom } from '../../worker/config/policy';

const SECOND = 1_000;
let folder: string;
let said: string[];
const log = { info: (message: string) => void said.push(message), error: (message: string) => void said.push(message) };
const file = () => join(folder, 'policy.yaml');

/** Written so long ago. */
function write(text: string, secondsAgo = 60, name = file()): void {
  writeFileSync(name, text);
  const at = Date.now() / SECOND - secondsAgo;
  utimesSync(name, at, at);
}
const policy = (version: string, more = ''): string => `version: "${version}"\nhotline: "+1 555 0100"\n${more}`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

test('an edit counts for the next case, and is said once, with both hashes', () => {
  write(policy('1'));
  const source = policySource(folder, log);
  const before = source.current();
  expect(before.version).toBe('1');
  write(policy('2'), 50);
  const after = source.current();
  expect(after.version).toBe('2');
  expect(source.current()).toBe(after);
  expect(said).toEqual([
    expect.stringMatching(
      /policy\.yaml has changed: new cases get policy "2" \(sha256:\w+\); running ones keep theirs/,
    ),
  ]);
  expect(said[0]).toContain(after.hash);
  expect(said[0]).toContain(before.hash);
});

test('an edit that changes no setting is no change', () => {
  write(policy('1'));
  const source = policySource(folder, log);
  write(`# a remark\n${policy('1')}`, 50);
  expect(source.current().version).toBe('1');
  expect(said).toEqual([]);
});

test('who hears of the rota counts at once, and is in no case’s policy: it keeps its hash', () => {
  write(policy('1'));
  const source = policySource(folder, log);
  const before = source.current();
  expect(source.rota()).toEqual({ tellChanges: false, tellTurnBeginsMs: null });
  write(policy('1', 'rota: { tellChanges: true, tellTurnBegins: 1h }\n'), 50);
  expect(source.rota()).toEqual({ tellChanges: true, tellTurnBeginsMs: 3_600_000 });
  expect(source.current()).toEqual(before);
  expect(said).toEqual([expect.stringMatching(/has changed: who hears of the rota/)]);
  write(policy('1', 'rota: { tellTurnBegins: soon }\n'), 40);
  expect(source.rota()).toMatchObject({ tellTurnBeginsMs: 3_600_000 });
  expect(said.at(-1)).toMatch(/rota\.tellTurnBegins: must be off, or a length of time before a turn/);
});

test('a broken edit is told once with line and path, changes nothing, and is known since when', () => {
  write(policy('1'));
  const source = policySource(folder, log);
  expect(source.brokenSince()).toBeNull();
  write(policy('2', 'reopenWindow: soon\n'), 50);
  const from = Date.now();
  expect(source.current().version).toBe('1');
  expect(source.current().version).toBe('1');
  expect(said).toEqual([
    expect.stringMatching(
      /policy\.yaml is broken; new cases still get policy "1" \(sha256:\w+\):\n.*policy\.yaml:3 reopenWindow: must be a length of time/,
    ),
  ]);
  const since = source.brokenSince();
  expect(since).toBeGreaterThanOrEqual(from);

  // Broken in another way: it is still broken since then.
  write(policy('2', 'nonsense: 1\n'), 40);
  source.current();
  expect(source.brokenSince()).toBe(since);

  write(policy('1'), 30);
  expect(source.current().version).toBe('1');
  expect(source.brokenSince()).toBeNull();
  expect(said.at(-1)).toMatch(/policy\.yaml is in order again; new cases get policy "1"/);
});

test('a file that is gone is a broken edit like any other', () => {
  write(policy('1'));
  const source = policySource(folder, log);
  rmSync(file());
  expect(source.current().version).toBe('1');
  expect(said).toEqual([]);
  // It may be on its way to another one; a second later it is not.
  expect(source.current()).toBe(source.current());
  write(policy('2'));
  expect(source.current().version).toBe('2');
});

test('what was written a moment ago may be half of it: a case that opens waits until the file is still', async () => {
  write(policy('1'));
  const source = policySource(folder, log);
  // The end is missing, and it is a valid policy all the same.
  write(policy('2'), 0);
  expect(source.current().version).toBe('1');
  const opening = source.settled();
  write(policy('2', 'reopenWindow: 3d\n'), 0);
  expect(await opening).toMatchObject({ version: '2', reopenWindowMs: 3 * 24 * 3_600_000 });
  expect(said).toHaveLength(1);
});

test('a file server whose clock is ahead does not keep an edit back for ever', () => {
  write(policy('1'));
  const source = policySource(folder, log);
  write(policy('2'), -3_600);
  expect(source.current().version).toBe('1');
  const now = Date.now;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + 2 * SECOND);
  try {
    expect(source.current().version).toBe('2');
  } finally {
    jest.restoreAllMocks();
  }
});

test('a file that is moved into place counts, even an older one of the same length', () => {
  write(policy('1'));
  const source = policySource(folder, log);
  write(policy('2'), 3_600, join(folder, 'new'));
  renameSync(join(folder, 'new'), file());
  expect(source.current().version).toBe('2');
});

test('one that is broken to begin with is no policy; one that is no file does not change', async () => {
  write('version: 1\n');
  expect(() => policySource(folder, log)).toThrow(ConfigError);
  const own = policyFrom({ version: 'demo', hotline: '+1 555 0100' });
  expect(await fixedPolicy(own).settled()).toBe(own);
});
