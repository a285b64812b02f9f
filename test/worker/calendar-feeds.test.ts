/**
 * A calendar as a source is a stranger's server: whatever it sends, the last good copy is used, one warning is said, and nobody
 * who looks waits for it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { ladderAt } from '../../activities/directory/rota';
import type { Directory } from '../../activities/directory/types';
import { Copies, hasCalendar } from '../../worker/calendars';
import { Feeds } from '../../worker/calendars/feeds';
import { directoryFrom } from '../../worker/config';

const NOW = Date.parse('2026-10-19T12:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let folder: string;
let server: Server;
let answer: { status: number; body: string; headers?: Record<string, string> } | 'HALF';
let asked: (string | undefined)[];
let said: string[];
let stale: string[];
let now: number;
const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-feeds-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-subj', '/CN=localhost'],
    { stdio: 'ignore' },
  );
  server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    asked.push(request.headers['if-none-match']);
    if (answer === 'HALF') return void response.writeHead(200).write(GOOD.slice(0, 30));
    response.writeHead(answer.status, { 'content-type': 'text/calendar', ...answer.headers }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await dispatcher.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const event = (person: string, from: string, to: string): string =>
  ['BEGIN:VEVENT', `UID:${from}`, `SUMMARY:${person}`, `DTSTART:${from}`, `DTEND:${to}`, 'END:VEVENT'].join('\r\n');
const calendar = (...events: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n');
const LATER_OLD = `${event('Old', '20261026T000000Z', '20261102T000000Z')}\r\nEND:VCALENDAR`;
const GOOD = calendar(
  event('diaz', '20261019T000000Z', '20261026T000000Z'),
  event('cruz', '20261026T000000Z', '20261102T000000Z'),
);

function start(copies = new Copies(mkdtempSync(join(folder, 'copies-')))) {
  asked = [];
  said = [];
  stale = [];
  now = NOW;
  const directory: Directory = directoryFrom({
    people: ['diaz', 'cruz', 'lee'].map((id) => ({ id, name: id })),
    dutyManagers: ['lee'],
    onCall: [
      {
        team: 'amer',
        timezone: 'America/Los_Angeles',
        people: ['lee'],
        calendar: { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/rota.ics` },
      },
    ],
  });
  const log = { info: () => undefined, warn: (line: string) => void said.push(line) };
  const feeds = new Feeds({
    base: folder,
    copies,
    log,
    clock: () => now,
    dispatcher,
    onStale: (team) => void stale.push(team),
  });
  const at = (time: number): readonly string[] => {
    const [team] = feeds.apply(directory).onCall;
    return team ? ladderAt(team, time) : [];
  };
  const look = async (): Promise<void> => {
    now += 15 * MINUTE;
    await feeds.refresh(directory);
  };
  return { directory, feeds, copies, at, look };
}

test('before anything was read the people of the team are asked round the clock', () => {
  expect(start().at(NOW)).toEqual(['lee']);
});

test('an event is a window and a turn; its person first, then the people of the team', async () => {
  answer = { status: 200, body: GOOD };
  const { at, look } = start();
  await look();
  expect([at(NOW), at(NOW + 8 * DAY)]).toEqual([
    ['diaz', 'lee'],
    ['cruz', 'lee'],
  ]);
  // Before the first event nobody; after the last one the calendar says nothing, and somebody has to come.
  expect([at(NOW - DAY), at(NOW + 30 * DAY)]).toEqual([[], ['lee']]);
});

describe.each<[string, { status: number; body: string }, RegExp]>([
  ['HTML instead of a calendar', { status: 200, body: '<!doctype html>' }, /no calendar/],
  ['one that is cut off', { status: 200, body: GOOD.slice(0, 150) }, /cut off/],
  ['an error for a day', { status: 500, body: '' }, /the answer was 500/],
  [
    'an unknown zone',
    {
      status: 200,
      body: calendar(
        event('diaz', '20261019T090000', '20261019T100000').replace('DTSTART:', 'DTSTART;TZID=Mars/Base:'),
      ),
    },
    /unknown time zone/,
  ],
  ['one that was emptied', { status: 200, body: calendar() }, /no event in the next 28 days.*directory accept amer/],
])('%s', (_name, bad, why) => {
  test('the last good copy is used, one warning is said, and a restart keeps it', async () => {
    answer = { status: 200, body: GOOD };
    const { at, look, copies } = start();
    await look();
    answer = bad;
    for (let quarter = 0; quarter < 5; quarter++) await look();
    expect(at(NOW)).toEqual(['diaz', 'lee']);
    expect(said).toEqual([expect.stringMatching(why)]);
    expect(start(copies).at(NOW)).toEqual(['diaz', 'lee']);
  });
});

test('what is older than it may be is told once, and stays in use', async () => {
  answer = { status: 200, body: GOOD };
  const { at, look } = start();
  await look();
  answer = { status: 500, body: '' };
  for (let quarter = 0; quarter < 5 * 96; quarter += 48) {
    now += 12 * 60 * MINUTE;
    await look();
  }
  expect([stale, at(NOW)]).toEqual([['amer'], ['diaz', 'lee']]);
});

test('that it was emptied may be meant', async () => {
  answer = { status: 200, body: GOOD };
  const { at, look, copies, directory } = start();
  await look();
  answer = { status: 200, body: calendar() };
  await look();
  const team = directory.onCall.find(hasCalendar);
  expect(team && copies.accept(team, now + 1)).toBe(true);
  await look();
  await look();
  expect(at(NOW)).toEqual(['lee']);
});

test('what has not changed is not sent again, and counts as read', async () => {
  answer = { status: 200, body: GOOD, headers: { etag: '"one"' } };
  const { look, feeds, directory } = start();
  await look();
  answer = { status: 304, body: '' };
  await look();
  expect(asked).toEqual([undefined, '"one"']);
  expect(feeds.states(directory)).toEqual([expect.objectContaining({ readAt: now, isStale: false, refused: null })]);
});

test('it does not follow to an address without https', async () => {
  answer = { status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } };
  const { look } = start();
  await look();
  expect(said).toEqual([expect.stringMatching(/without https; its people are asked round the clock/)]);
});

test('a name that nobody knows is told once, with its time; the people of the team are asked', async () => {
  answer = { status: 200, body: calendar(event('Rafael', '20261020T000000Z', '20261021T000000Z')) };
  const { at, look } = start();
  await look();
  await look();
  expect(said).toEqual([
    'calendar of amer: nobody is known as "Rafael" (2026-10-20 00:00Z); the people of the team are asked',
  ]);
  expect(at(NOW + DAY)).toEqual(['lee']);
});

test('a name that nobody knows in the event that is on now is told as well; in one that is over it is not', async () => {
  // Given a calendar whose event of this week names somebody whom nobody knows, and so did last week's
  answer = {
    status: 200,
    body: calendar(
      event('Old', '20261012T000000Z', '20261019T000000Z'),
      event('Rafael', '20261019T000000Z', '20261026T000000Z'),
    ),
  };
  const { look, feeds, directory } = start();

  // When it is read, then the one that is on is told, on the log and to whoever checks
  await look();
  expect(said).toEqual([expect.stringMatching(/nobody is known as "Rafael" \(2026-10-19 00:00Z\)/)]);
  expect(feeds.states(directory)[0]?.unknown.map(({ title }) => title)).toEqual(['Rafael']);

  // And one of last week who stands in it again is told as well
  answer = { status: 200, body: answer.body.replace('END:VCALENDAR', LATER_OLD) };
  await look();
  expect(said).toHaveLength(2);
});

test('a disk that keeps no copy ends nothing: what was read is in use, and it is said once', async () => {
  // Given a place for copies that is none
  const place = join(folder, 'no-folder');
  writeFileSync(place, '');
  answer = { status: 200, body: GOOD };
  const { at, look } = start(new Copies(place));

  // When it is read, twice, then it is in use
  await look();
  await look();
  expect(at(NOW)).toEqual(['diaz', 'lee']);
  expect(said).toEqual([expect.stringMatching(/no copy can be kept \(E[A-Z]+\)/)]);

  // And one that is emptied is refused all the same
  answer = { status: 200, body: calendar() };
  await look();
  expect(at(NOW)).toEqual(['diaz', 'lee']);
});

test('a copy that somebody has deleted is fetched anew, and nothing ends', async () => {
  // Given a calendar that says when nothing has changed, and whose copy is gone
  answer = { status: 200, body: GOOD, headers: { etag: '"1"' } };
  const place = mkdtempSync(join(folder, 'copies-'));
  const { at, look } = start(new Copies(place));
  await look();
  rmSync(place, { recursive: true });

  // When it is looked at again, then all of it is asked for, and kept
  await look();
  expect(asked).toEqual([undefined, undefined]);
  expect(readdirSync(place)).toHaveLength(1);
  expect(at(NOW)).toEqual(['diaz', 'lee']);
  expect(said).toEqual([]);
});

test('an event without an end is told once, however often the calendar is read', async () => {
  const lone = ['BEGIN:VEVENT', 'UID:lone', 'SUMMARY:cruz', 'DTSTART:20261021T000000Z', 'END:VEVENT'].join('\r\n');
  answer = { status: 200, body: calendar(event('diaz', '20261019T000000Z', '20261026T000000Z'), lone) };
  const { at, look } = start();
  for (let quarter = 0; quarter < 3; quarter++) await look();
  expect(said).toEqual(['calendar of amer: "cruz" cannot be read and is left out']);
  expect(at(NOW + 2 * DAY)).toEqual(['diaz', 'lee']);
});

test('a file that was edited since it was read last is read by whoever looks now; not where it is refused', async () => {
  const base = mkdtempSync(join(folder, 'file-'));
  const copies = new Copies(mkdtempSync(join(folder, 'copies-')));
  const file = join(base, 'rota.ics');
  const directory = directoryFrom({
    people: ['diaz', 'cruz', 'lee'].map((id) => ({ id, name: id })),
    dutyManagers: ['lee'],
    onCall: [{ team: 'amer', timezone: 'UTC', people: ['lee'], calendar: { file: 'rota.ics' } }],
  });
  const write = (text: string, at: number): void => {
    writeFileSync(file, text);
    utimesSync(file, at / 1000, at / 1000);
  };
  const log = { info: () => undefined, warn: () => undefined };
  const feeds = (): Feeds => new Feeds({ base, copies, log, clock: () => NOW });
  const first = (): readonly string[] =>
    feeds()
      .apply(directory)
      .onCall.flatMap((team) => ladderAt(team, NOW)[0] ?? []);
  write(GOOD, NOW - DAY);
  await feeds().refresh(directory);
  expect(first()).toEqual(['diaz']);
  write(calendar(event('cruz', '20261019T000000Z', '20261026T000000Z')), NOW + MINUTE);
  expect(first()).toEqual(['cruz']);
  for (const bad of ['<!doctype html>', GOOD.slice(0, 150), calendar()]) {
    write(bad, NOW + 2 * MINUTE);
    expect(first()).toEqual(['diaz']);
  }
});

test('of two events at once the lower level is asked first, then the one that began before; the rest stand behind', async () => {
  answer = {
    status: 200,
    body: calendar(
      event('diaz [L2]', '20261018T000000Z', '20261026T000000Z'),
      event('cruz [L1]', '20261019T000000Z', '20261026T000000Z'),
      event('lee', '20261027T000000Z', '20261030T000000Z'),
      event('cruz', '20261028T000000Z', '20261030T000000Z'),
    ),
  };
  const { at, look } = start();
  await look();
  expect(at(NOW)).toEqual(['cruz', 'diaz', 'lee']);
  expect(at(Date.parse('2026-10-29T00:00:00Z'))).toEqual(['lee', 'cruz']);
});

test('10,000 events and a source whose answer never ends: whoever asks waits for neither, and has the last good copy', async () => {
  const hour = 3_600_000;
  const basic = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '') + 'Z';
  const many = Array.from({ length: 10_000 }, (_, index) => {
    const from = NOW - 24 * hour + index * hour;
    return event(index % 2 === 0 ? 'diaz' : 'cruz', basic(from), basic(from + hour));
  });
  answer = { status: 200, body: calendar(...many) };
  const { at, look, feeds, directory } = start();
  await look();
  expect(at(NOW)).toEqual(['diaz', 'lee']);

  // The source begins an answer and never ends it.
  answer = 'HALF';
  now += 15 * MINUTE;
  const looking = feeds.refresh(directory);
  const begun = performance.now();
  const asking = Array.from({ length: 100 }, (_, index) => at(NOW + index * hour)[0]);
  const took = performance.now() - begun;
  expect(asking).toEqual(Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 'diaz' : 'cruz')));
  // A hundred looks, each of which may take 50 ms.
  expect(took).toBeLessThan(100 * 50);
  await looking;
  expect(said).toEqual([expect.stringMatching(/calendar of amer: .*the copy of .* stays in use/)]);
  expect(at(NOW)).toEqual(['diaz', 'lee']);
}, 60_000);
