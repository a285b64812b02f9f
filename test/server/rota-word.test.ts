/**
 * Word of the rota by real workers: whose turn moved, in the file or in a calendar, whose turn begins, and that a calendar is stale.
 * However many workers notice, each person is told once, without a ring; and nobody else is told.
 */
import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Directory } from '../../activities/directory/types';
import { directoryFrom } from '../../worker/config';
import { LastSeen } from '../../worker/word/last-seen';
import { RotaWord } from '../../worker/word/rota-word';
import { startLocalServer, type LocalServer } from '../../worker/temporal-server/local-server';
import { removeFolder, temporaryFolder } from '../support/processes';
import { startReceiver, type Receiver } from '../support/receiver';
import { Service } from '../support/tocsin-process';

const folder = temporaryFolder();
const config = join(folder, 'config');
/** The same files on another machine: a cluster hands them out node by node. */
const elsewhere = join(folder, 'elsewhere');
let server: LocalServer;
let connection: Connection;
let receiver: Receiver;
const services: Service[] = [];

/** Where it is about noon: nobody's night holds anything back. */
const noon = (): string => {
  const offset = 12 - new Date().getUTCHours();
  return offset === 0 ? 'UTC' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
};
const zone = noon();
const PEOPLE = ['lee', 'kim', 'sato', 'ana'];
const BEGAN = Date.now();
const inMinutes = (minutes: number): string => new Date(BEGAN + minutes * 60_000).toISOString();

/** In place at once, as an editor does it. */
function write(name: string, content: object): void {
  writeFileSync(join(config, `${name}.new`), JSON.stringify(content));
  renameSync(join(config, `${name}.new`), join(config, name));
}
/** Lee is on call; then these, at so many minutes from now. */
const rota = (...turns: readonly (readonly [string, number])[]): void =>
  write('directory.yaml', {
    people: PEOPLE.map((id) => ({
      id,
      name: id,
      timezone: zone,
      languages: ['en'],
      channels: [{ kind: 'webhook', url: receiver.url(`/${id}`) }],
    })),
    dutyManagers: ['ana'],
    onCall: [
      {
        team: 'emea',
        timezone: 'UTC',
        windows: 'always',
        people: ['lee', 'kim', 'sato'],
        turns: [
          { from: inMinutes(-60), person: 'lee' },
          ...turns.map(([person, minutes]) => ({ from: inMinutes(minutes), person })),
          { from: inMinutes(60 * 24 * 50), nobody: true },
        ],
      },
      { team: 'apac', timezone: 'UTC', people: [], calendar: { file: 'not-there.ics', person: 'title' } },
    ],
  });
const policy = (over: object): void => write('policy.yaml', { hotline: '+1 555 0100', ...over });

interface Told {
  readonly id: string;
  readonly subject?: string;
  readonly data: { readonly person: string; readonly purpose: string; readonly urgent: boolean; readonly text: string };
}
const told = (): Told[] => receiver.requests.map(({ body }) => JSON.parse(body) as Told);
const toldOf = (purpose: string): string[] =>
  told()
    .filter(({ data }) => data.purpose === purpose)
    .map(({ data }) => data.person)
    .sort();
const worker = async (folderOf = config): Promise<Service> => {
  const service = await Service.start(folder, 'worker', {
    TEMPORAL_ADDRESS: server.address,
    TOCSIN_CONFIG: folderOf,
    TOCSIN_DATA: join(folderOf, 'tocsin.db'),
  });
  services.push(service);
  return service;
};
/** Every change of the rota that a worker has handed to the server: told from here, or by another one before. */
const changesOf = ({ log }: Service): readonly string[] =>
  [...log.matchAll(/word (rota-(?:emea|amer)-\S+\.(?!000Z)\d+Z: (?:told|somebody).*?)"/g)].map(
    ([, words = '']) => words,
  );
const changes = (count: number) => (service: Service) => service.until(() => changesOf(service).length >= count);
const saysOf = (pageId: RegExp) => (service: Service) => service.until(() => pageId.test(service.log));

beforeAll(async () => {
  for (const made of [config, elsewhere]) mkdirSync(made);
  [server, receiver] = await Promise.all([startLocalServer(), startReceiver()]);
  connection = await Connection.connect({ address: server.address });
}, 60_000);
afterAll(async () => {
  for (const service of services) await service.stop();
  await connection?.close();
  await receiver?.close();
  await server?.stop();
  removeFolder(folder);
});

test('a turn that begins, an edit that moves turns and a stale calendar are each told once, by two workers', async () => {
  policy({ rota: { tellChanges: true, tellTurnBegins: '30m' } });
  rota(['kim', 20], ['sato', 600]);
  const both = [await worker(), await worker()];
  // Kim's turn is less than half an hour away, and apac's calendar is not there.
  await Promise.all(both.map(saysOf(new RegExp(`word rota-emea-${inMinutes(20)}: `))));
  await Promise.all(both.map(saysOf(/word rota-apac-\S+: /)));
  await receiver.waitFor(() => told().length >= 2);

  // Sato and kim change places; lee's turn has begun and does not move.
  rota(['sato', 50], ['kim', 600]);
  await Promise.all(both.map(changes(1)));
  await receiver.waitFor(() => toldOf('ROTA_CHANGED').length >= 2);

  expect(toldOf('TURN_BEGINS')).toEqual(['kim']);
  expect(toldOf('CALENDAR_STALE')).toEqual(['ana']);
  expect(toldOf('ROTA_CHANGED')).toEqual(['kim', 'sato']);
  expect(told()).toHaveLength(4);
  for (const { id, subject, data } of told()) {
    expect(subject).toBeUndefined();
    expect(data.urgent).toBe(false);
    expect(id).toMatch(new RegExp(`^rota-(emea|apac)-\\S+/1/${data.person}/webhook$`));
  }
  const [kims] = told().filter(({ data }) => data.purpose === 'ROTA_CHANGED' && data.person === 'kim');
  expect(kims?.data.text).toMatch(/^emea: your next turn begins .* \(it was .*\)\.\nFor your information/);
  // One workflow for each, by the id of its page.
  const client = new Client({ connection });
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query: "WorkflowType = 'tellOnce'" })) ids.push(workflowId);
  expect(new Set(told().map(({ id }) => id.slice(0, id.indexOf('/1/'))))).toEqual(new Set(ids));
  for (const service of both) await service.stop();
}, 120_000);

test('what was edited while no worker ran is told by the first that comes; a start without an edit tells nothing', async () => {
  const before = told().length;
  rota(['sato', 50], ['kim', 700]);
  const one = await worker();
  await receiver.waitFor(() => told().length > before, 20_000);
  expect(toldOf('ROTA_CHANGED')).toEqual(['kim', 'kim', 'sato']);
  await one.stop();

  // Off: the log says it as ever, and nobody is told.
  policy({});
  const two = await worker();
  rota(['sato', 50], ['kim', 800]);
  await two.until(() => /emea, kim: next turn/.test(two.log));
  policy({ rota: { tellChanges: true } });
  await two.until(() => /who hears of the rota/.test(two.log));
  rota(['sato', 55], ['kim', 800]);
  await receiver.waitFor(() => toldOf('ROTA_CHANGED').length > 3, 20_000);
  expect(toldOf('ROTA_CHANGED')).toEqual(['kim', 'kim', 'sato', 'sato']);
  expect(toldOf('TURN_BEGINS')).toEqual(['kim']);
  expect(told()).toHaveLength(before + 2);
  await two.stop();
}, 120_000);

test('an edit that reaches the second worker later is the same edit', async () => {
  const before = told().length;
  const copied = (): void => {
    for (const name of ['directory.yaml', 'policy.yaml']) {
      copyFileSync(join(config, name), join(elsewhere, `${name}.new`));
      renameSync(join(elsewhere, `${name}.new`), join(elsewhere, name));
    }
  };
  copied();
  const [here, there] = [await worker(), await worker(elsewhere)];
  rota(['sato', 65], ['kim', 900]);
  await changes(1)(here);
  copied();
  await changes(1)(there);
  await receiver.waitFor(() => told().length >= before + 2);
  expect(toldOf('ROTA_CHANGED')).toEqual(['kim', 'kim', 'kim', 'sato', 'sato', 'sato']);
  expect(told()).toHaveLength(before + 2);

  // Back, and the same once more: another edit, that is told as the first one was.
  for (const [time, minutes] of [60, 900, 60].entries()) {
    rota(['sato', 65], ['kim', minutes + 10]);
    copied();
    await Promise.all([here, there].map(changes(time + 2)));
  }
  await receiver.waitFor(() => told().length >= before + 5);
  expect(
    told()
      .slice(before + 2)
      .map(({ data }) => data.person),
  ).toEqual(['kim', 'kim', 'kim']);
  const pages = [here, there].map((one) => changesOf(one).map((line) => line.split(': ')[0]));
  expect(pages[0]).toEqual(pages[1]);
  expect(new Set(pages[0]).size).toBe(4);
  for (const [index, line] of changesOf(here).entries())
    expect([line, changesOf(there)[index]].filter((said) => said?.endsWith('told from here'))).toHaveLength(1);
  for (const service of [here, there]) await service.stop();
}, 120_000);

test('a turn that is moved inside a calendar is told as an edit is, by one of two workers; so is one that moved while none ran', async () => {
  const before = told().length;
  const file = join(folder, 'amer.ics');
  const basic = (minutes: number): string => inMinutes(minutes).replaceAll(/[-:]|\.\d+/g, '');
  const feed = (...shifts: readonly (readonly [string, number])[]): void => {
    const events = shifts.map(([person, from], index) =>
      [
        'BEGIN:VEVENT',
        `UID:${index}`,
        `SUMMARY:${person}`,
        `DTSTART:${basic(from)}`,
        'DURATION:PT4H',
        'END:VEVENT',
      ].join('\r\n'),
    );
    writeFileSync(`${file}.new`, ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n'));
    renameSync(`${file}.new`, file);
  };
  const people = ['lee', 'kim', 'sato', 'ana'].map((id) => ({
    id,
    name: id,
    timezone: zone,
    languages: ['en'],
    channels: [{ kind: 'webhook', url: receiver.url(`/${id}`) }],
  }));
  const calendar = { file, person: 'title', refresh: '1s' };
  const directory = {
    people,
    dutyManagers: ['ana'],
    onCall: [{ team: 'amer', timezone: 'UTC', people: ['lee'], calendar }],
  };
  feed(['kim', 200], ['sato', 500]);
  write('directory.yaml', directory);
  copyFileSync(join(config, 'directory.yaml'), join(elsewhere, 'directory.yaml'));
  const both = [await worker(), await worker(elsewhere)];
  // What the edit itself has moved is not what this is about: emea is gone, and amer is new.
  await Promise.all(both.map(changes(1)));
  await receiver.waitFor(() => told().length > before);
  const settled = told().length;

  feed(['kim', 500], ['sato', 200]);
  await Promise.all(
    both.map((service) => service.until(() => /calendar of amer: amer, kim: next turn/.test(service.log))),
  );
  await receiver.waitFor(() => told().length >= settled + 2);
  const moved = (): Told[] => told().slice(settled);
  expect(
    moved()
      .map(({ data }) => data.person)
      .sort(),
  ).toEqual(['kim', 'sato']);
  expect(moved()[0]?.data.text).toMatch(/^amer: your next turn begins .* \(it was .*\)\./);
  await Promise.all(
    both.map((service) => service.until(() => changesOf(service).some((line) => line.includes('rota-amer')))),
  );
  for (const service of both) await service.stop();
  expect(moved()).toHaveLength(2);

  feed(['kim', 300], ['sato', 200]);
  const later = await worker();
  await receiver.waitFor(() => told().length >= settled + 3, 20_000);
  expect(moved()[2]?.data.person).toBe('kim');
  await later.stop();
  expect(moved()).toHaveLength(3);
}, 180_000);

/** Words of one team, as one worker after the other notices and tells them. */
function telling(name: string) {
  const team = (...people: string[]) =>
    directoryFrom({
      people: PEOPLE.map((id) => ({
        id,
        name: id,
        timezone: zone,
        languages: ['en'],
        channels: [{ kind: 'console' }],
      })),
      dutyManagers: ['ana'],
      onCall: [
        { team: name, timezone: 'UTC', windows: 'always', people, rotation: { every: 'week', from: '2026-01-05' } },
      ],
    });
  const lines: string[] = [];
  const word = (directory: Directory): RotaWord => {
    const log = {
      info: (line: string) => void lines.push(line),
      warn: (line: unknown) => void lines.push(String(line)),
    };
    const made = new RotaWord({
      directory: () => directory,
      policy: () => ({ tellChanges: true, tellTurnBeginsMs: null }),
      lastSeen: new LastSeen(join(folder, `${name}.json`), log),
      log: log as unknown as Logger,
    });
    made.started(directory);
    return made;
  };
  const begin = (one: RotaWord) => one.begin({ client: new Client({ connection }), taskQueue: 'nobody-takes-it' });
  const lookOnce = (directory: Directory): Promise<void> => begin(word(directory))();
  return { before: team('lee', 'kim'), after: team('lee', 'sato', 'kim'), lines, word, begin, lookOnce };
}

test('an edit that a worker noticed and did not live to tell is told by the next one, once', async () => {
  const { before, after, lines, word, lookOnce } = telling('late');
  await lookOnce(before);
  // Noticed; no server, and then the end.
  word(after);
  await lookOnce(after);
  await lookOnce(after);
  expect(lines).toEqual([expect.stringMatching(/^word rota-late-\S+: told from here$/)]);
}, 60_000);

test('an edit that a worker notices as it stops in order is told by it, and by nobody again', async () => {
  const { before, after, lines, word, begin, lookOnce } = telling('leaving');
  await lookOnce(before);
  const leaving = word(before);
  const stop = begin(leaving);
  leaving.changed(after);
  await stop();
  expect(lines).toEqual([expect.stringMatching(/^word rota-leaving-\S+: told from here$/)]);
  await lookOnce(after);
  expect(lines).toHaveLength(1);
}, 60_000);
