/**
 * A team of five moved by a newcomer: the exports under examples/moving-in, imported, checked, compared and asked who is on
 * call, by the shell alone.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tocsin } from '../support/moving-in/shell';
import { RENDERED_AS, TEAM_OF_FIVE, textOf } from '../support/moving-in/team-of-five';

const AT = '2026-11-30T00:00:00Z';
const examples = (vendor: string): string => path.resolve('examples/moving-in', vendor);

let out: string;
beforeEach(() => {
  out = mkdtempSync(path.join(tmpdir(), 'tocsin-moving-in-'));
});
afterEach(() => rmSync(out, { recursive: true }));

/** In place of the one line that the import has left for it. */
const DUTY = `dutyManagers: [ noor, vera.lind, jana.maier ]
dutyExecutive: [ noor ]
contactChannels: [ { kind: email } ]`;

interface Line {
  readonly what: string;
  readonly id: string;
  readonly outcome: string;
  readonly why: string;
}
const reportIn = (folder: string): Line[] =>
  JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as Line[];

describe.each(Object.keys(RENDERED_AS))('%s', (vendor) => {
  const files = Object.entries(RENDERED_AS[vendor]?.(TEAM_OF_FIVE) ?? {});

  it('has its example as the vendor would answer', () => {
    const folder = examples(vendor);
    if (process.env['REWRITE_EXAMPLES']) {
      mkdirSync(folder, { recursive: true });
      for (const [name, content] of files) writeFileSync(path.join(folder, name), textOf(content));
    }
    expect(existsSync(folder) ? readdirSync(folder).sort() : []).toEqual(files.map(([name]) => name).sort());
    for (const [name, content] of files) expect(readFileSync(path.join(folder, name), 'utf8')).toBe(textOf(content));
  });

  it('comes over in one command, and nothing differs for 52 weeks, both changes of the clocks among them', async () => {
    const moved = await tocsin([
      'directory',
      'import',
      vendor,
      '--from-json',
      examples(vendor),
      '--out',
      out,
      '--at',
      AT,
    ]);
    expect(moved).toMatchObject({ exitCode: 0, err: '' });
    expect(moved.out).toMatch(/^5 people and 2 teams/);

    const compared = await tocsin(
      ['directory', 'compare', '--against', vendor, '--from-json', examples(vendor), '--at', AT, '--json'],
      { config: out },
    );
    expect(compared.err).toBe('');
    const found = JSON.parse(compared.out) as {
      from: string;
      to: string;
      spans: number;
      differences: object[];
      withoutBothChanges: string[];
    };
    expect(found.differences).toEqual([]);
    expect(found).toMatchObject({
      from: '2026-11-30T00:00:00.000Z',
      to: '2027-11-29T00:00:00.000Z',
      withoutBothChanges: [],
    });
    expect(found.spans).toBeGreaterThan(100);
    expect(compared.exitCode).toBe(0);
  });

  it('says who is on call as the vendor does', async () => {
    await tocsin(['directory', 'import', vendor, '--from-json', examples(vendor), '--out', out, '--at', AT]);
    const on = async (team: string, at: string): Promise<string | undefined> => {
      const answer = await tocsin(['directory', 'oncall', '--team', team, '--at', at, '--json'], { config: out });
      return (JSON.parse(answer.out) as { ladder: string[] }[])[0]?.ladder[0];
    };
    expect(await on('platform-primary', '2027-03-29T06:59:59Z')).toBe('vera.lind');
    expect(await on('platform-primary', '2027-03-29T07:00:00Z')).toBe('jana.maier');
    expect(await on('platform-office-hours', '2027-03-29T06:59:59Z')).toBeUndefined();
    expect(await on('platform-office-hours', '2027-03-29T07:00:00Z')).toBe('jana.maier');
  });

  it('says what is missing, and lets nothing of it be green', async () => {
    await tocsin(['directory', 'import', vendor, '--from-json', examples(vendor), '--out', out, '--at', AT]);
    const missing = reportIn(out).filter(({ outcome }) => outcome === 'MISSING');
    expect([...new Set(missing.map(({ what }) => what))]).toEqual(
      expect.arrayContaining(['manager', 'languages', 'dutyManagers', 'dutyExecutive', 'hotline']),
    );
    expect(
      missing
        .filter(({ what }) => what === 'manager')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['dana.smith', 'jana.maier', 'piero.rossi', 'rafael.cruz', 'vera.lind']);
    const checked = await tocsin(['directory', 'check', '--at', AT], { config: out });
    expect(checked.exitCode).toBe(1);
    expect(checked.out).toMatch(/the hotline is no number yet/);

    // Filled in as docs/moving-in.md has it, but for the hotline.
    const file = path.join(out, 'directory.yaml');
    const filledIn = readFileSync(file, 'utf8')
      .replaceAll(/id: (jana|piero|rafael|dana)\.(\w+), /g, 'id: $1.$2, manager: vera.lind, ')
      .replace('id: vera.lind, ', 'id: vera.lind, manager: noor, ')
      .replaceAll(/channels: \[.*\] \}/g, 'channels: [{ kind: webhook, url: "http://127.0.0.1:9/x" }] }')
      .replace('id: name-the-duty-manager', 'id: noor')
      .replace('dutyManagers: [ name-the-duty-manager ]', DUTY);
    writeFileSync(file, filledIn);
    const red = await tocsin(['directory', 'check', '--no-probe', '--at', AT], { config: out });
    expect([red.exitCode, red.out.match(/UNREACHABLE|the hotline/g)]).toEqual([1, ['the hotline']]);
    const policy = path.join(out, 'policy.yaml');
    writeFileSync(policy, readFileSync(policy, 'utf8').replace(/^hotline: .*$/m, 'hotline: "+49 30 5550100"'));
    expect(await tocsin(['directory', 'check', '--no-probe', '--at', AT], { config: out })).toMatchObject({
      exitCode: 0,
      err: '',
    });
  });
});
