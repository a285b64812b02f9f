/** The proof has to fail where there is something to find, by the reason that there is. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tocsin, type Ended } from '../support/moving-in/shell';

const AT = '2026-11-30T00:00:00Z';
const EXPORT = path.resolve('examples/moving-in/pagerduty');

let folder: string;
const file = (): string => path.join(folder, 'directory.yaml');
const importing = (out = folder): Promise<Ended> =>
  tocsin(['directory', 'import', 'pagerduty', '--from-json', EXPORT, '--out', out, '--at', AT]);
const comparing = (...more: string[]): Promise<Ended> =>
  tocsin(['directory', 'compare', '--against', 'pagerduty', '--from-json', EXPORT, '--at', AT, ...more], {
    config: folder,
  });
const edit = (change: (text: string) => string): void => writeFileSync(file(), change(readFileSync(file(), 'utf8')));

interface Found {
  readonly spans: number;
  readonly differences: readonly {
    team: string;
    from: string;
    to: string;
    theirs: string | null;
    ours: string | null;
    reason: string;
  }[];
}
const found = (ended: Ended): Found => JSON.parse(ended.out) as Found;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tocsin-compare-'));
  await importing();
});
afterEach(() => rmSync(folder, { recursive: true }));

it('ends with 1 as long as a difference has no reason: a hand-off that is 58 minutes late is found 52 times', async () => {
  edit((text) => text.replace('at: "mon 09:00"', 'at: "mon 09:58"'));
  const ended = await comparing('--json');
  expect(ended.exitCode).toBe(1);
  const { differences } = found(ended);
  expect(differences.filter(({ reason }) => reason === 'UNKNOWN').length).toBeGreaterThan(50);
  expect(differences[0]).toEqual({
    team: 'platform-primary',
    from: '2026-11-30T08:00:00.000Z',
    to: '2026-11-30T08:58:00.000Z',
    theirs: 'rafael.cruz',
    ours: 'dana.smith',
    reason: 'UNKNOWN',
  });
});

it('knows a rota in the wrong zone by 31 weeks that begin an hour early, from the change of the clocks on', async () => {
  edit((text) =>
    text
      .replace('timezone: Europe/Berlin\n    windows: always', 'timezone: UTC\n    windows: always')
      .replace('"mon 09:00"', '"mon 08:00"')
      .replace(/ {4}overrides:\n.*\n/, ''),
  );
  const { differences } = found(await comparing('--json'));
  const late = differences.filter(({ reason }) => reason !== 'OVERRIDE');
  expect(late).toHaveLength(31);
  expect(late[0]).toMatchObject({ from: '2027-03-29T07:00:00.000Z', to: '2027-03-29T08:00:00.000Z' });
});

it('gives an override that stands on one side only as the reason, and ends with 0', async () => {
  edit((text) => text.replace(/ {4}overrides:\n.*\n/, ''));
  const ended = await comparing();
  expect(ended.exitCode).toBe(0);
  expect(ended.out).toContain('1 differ, 0 without a known reason');
  expect(ended.out).toMatch(/vera.lind\s+piero.rossi\s+OVERRIDE/);
});

it('says that whoever is on call there is not in the directory here', async () => {
  edit((text) => text.replaceAll('vera.lind', 'vera'));
  const { differences } = found(await comparing('--json'));
  expect(new Set(differences.map(({ reason }) => reason))).toEqual(new Set(['INACTIVE_USER', 'OVERRIDE']));
});

it('knows a person by their e-mail, whatever their id is here', async () => {
  edit((text) => text.replaceAll(/vera\.lind(?!@)/g, 'vl'));
  expect(found(await comparing('--json')).differences).toEqual([]);
});

it('finds a team that is not there at all', async () => {
  edit((text) => text.replace('team: platform-primary', 'team: renamed'));
  const ended = await comparing('--json');
  expect(ended.exitCode).toBe(1);
  expect(found(ended).differences.some(({ ours, reason }) => ours === null && reason === 'UNKNOWN')).toBe(true);
});

it('says when the time asked for does not hold both changes of the clocks', async () => {
  expect((await comparing('--for', '20w')).out).toContain('does not hold both changes');
  expect((await comparing()).out).not.toContain('does not hold both changes');
});

it('does not write over what somebody has filled in, and goes on writing over what nobody touched', async () => {
  expect((await importing()).exitCode).toBe(0);
  edit((text) => text.replace('name-the-duty-manager', 'dora'));
  const refused = await importing();
  expect(refused).toMatchObject({ exitCode: 2 });
  expect(refused.err).toContain('changed since an import wrote it');
  expect(readFileSync(file(), 'utf8')).toContain('dora');
});

it.each([
  [['--from-json', '/nowhere'], 'cannot be read as a folder'],
  [[], 'Name a folder of saved answers'],
  [['--token', 'abc'], 'env:NAME'],
  [['--token', 'env:NOT_SET_ANYWHERE'], 'NOT_SET_ANYWHERE is not set'],
  [['--from-json', EXPORT, '--token', 'env:X'], 'not both'],
])('ends with 2 for %p', async (flags, words) => {
  const ended = await tocsin(['directory', 'import', 'pagerduty', ...flags, '--out', path.join(folder, 'other')]);
  expect(ended.exitCode).toBe(2);
  expect(ended.err).toContain(words);
});

it('writes report.json as the contract says', () => {
  const lines = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as object[];
  for (const line of lines) expect(Object.keys(line)).toEqual(['what', 'id', 'outcome', 'why']);
});

it('goes on agreeing for weeks where turns are written out by dates', async () => {
  const feeds = path.resolve('examples/moving-in/ical');
  const out = path.join(folder, 'feeds');
  await tocsin(['directory', 'import', 'ical', '--from-json', feeds, '--out', out, '--at', AT]);
  const later = ['--at', '2026-12-10T12:34:00Z', '--for', '50w'];
  const ended = await tocsin(['directory', 'compare', '--against', 'ical', '--from-json', feeds, ...later, '--json'], {
    config: out,
  });
  expect(found(ended).differences).toEqual([]);
});
