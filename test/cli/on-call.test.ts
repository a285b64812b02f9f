/** `tocsin directory oncall` and `directory ical`: what a shell prints, whatever the clock of its machine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ICAL } from '../../activities/directory/ical/library';
import { tocsinIn } from '../support/shell';
import { WORKED, workedDirectory } from '../support/worked-examples';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tocsin-oncall-'));
  writeFileSync(path.join(folder, 'directory.yaml'), workedDirectory());
  writeFileSync(path.join(folder, 'policy.yaml'), 'hotline: "+1 555 0100"\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Span {
  readonly team: string;
  readonly from: string;
  readonly to: string;
  readonly ladder: readonly string[];
}

const tocsin = (argv: readonly string[], TZ = 'UTC') => tocsinIn(folder, argv, { TZ });

describe.each(['Europe/Berlin', 'America/New_York', 'Asia/Kolkata'])('on a machine in %s', (zone) => {
  test('every worked example has its person at every instant, and spans without a gap', async () => {
    const { out, err } = await tocsin(
      ['directory', 'oncall', '--at', '2026-04-20T00:00Z', '--for', '104w', '--json'],
      zone,
    );
    expect(err).toBe('');
    const spans = JSON.parse(out) as Span[];
    for (const [index, { name, at }] of WORKED.entries()) {
      const own = spans.filter(({ team }) => team === `t${index}`);
      for (const [instant, expected] of Object.entries(at)) {
        const when = Date.parse(instant);
        const { ladder = [] } = own.find(({ from, to }) => Date.parse(from) <= when && when < Date.parse(to)) ?? {};
        const wanted = expected === '-' ? [] : expected.split(', ');
        expect([name, instant, expected === '-' ? ladder : ladder.slice(0, wanted.length)]).toEqual([
          name,
          instant,
          wanted,
        ]);
      }
      expect(own.slice(1).every((span, place) => span.from === own[place]?.to)).toBe(true);
    }
  });
});

test('--at answers with the one span that holds it', async () => {
  const { out } = await tocsin(['directory', 'oncall', '--team', 't0', '--at', '2026-10-25T00:30:00Z', '--json']);
  expect(JSON.parse(out)).toEqual([
    { team: 't0', from: '2026-10-19T07:00:00.000Z', to: '2026-10-26T08:00:00.000Z', ladder: ['maier', 'rossi'] },
  ]);
});

test('for people: both clocks, on 80 columns', async () => {
  const { out } = await tocsin(['directory', 'oncall', '--at', '2026-10-20T00:00Z', '--for', '2w'], 'America/New_York');
  expect(out).toMatch(/^Your clock: America\/New_York\n/);
  expect(out).toMatch(/t0 +Mon 26 Oct 04:00 {2}Mon 26 Oct 09:00 {2,}rossi, maier/);
  expect(out.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
});

test('a team that there is not is bad input', async () => {
  expect(await tocsin(['directory', 'oncall', '--team', 'night'])).toMatchObject({
    exitCode: 2,
    err: expect.stringMatching(/^There is no team night: t0, t1/) as string,
  });
});

test('a calendar of final shifts: in UTC, known by their beginning, nobody busy', async () => {
  const team = `t${WORKED.findIndex(({ name }) => name.startsWith('10 layers'))}`;
  const { out } = await tocsin(['directory', 'ical', '--team', team, '--for', '4w']);
  expect(out.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(out.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  const events = new ICAL.Component(ICAL.parse(out) as unknown[]).getAllSubcomponents('vevent');
  expect(events.length).toBeGreaterThan(6);
  for (const event of events) {
    expect(event.getFirstPropertyValue('summary')).toMatch(new RegExp(`^${team} (primary|secondary): \\w+$`));
    expect(event.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
    expect(String(event.getFirstPropertyValue('uid'))).toMatch(
      new RegExp(`^${team}/(primary|secondary)/\\d{8}T\\d{6}Z@tocsin$`),
    );
  }
});
