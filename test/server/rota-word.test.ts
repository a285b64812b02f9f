/**
 * Word of the rota by real workers: whose turn moved, whose turn begins, and that a calendar is stale. However many workers notice,
 * each person is told once, without a ring; and nobody else is told.
 */
import { copyFileSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
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
/** What the word of the last edit is called: by when the file was written. */
const editOf = (): string =>
  `rota-emea-${new Date(Math.floor(statSync(join(config, 'directory.yaml')).mtimeMs)).toISOString()}`;
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
  await Promise.all(both.map(saysOf(new RegExp(`word ${editOf()}: `))));
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
  await here.until(() => new RegExp(`word ${editOf()}: told from here`).test(here.log));
  copied();
  await there.until(() => /word rota-emea-\S+: somebody has told it already/.test(there.log));
  await receiver.waitFor(() => told().length >= before + 2);
  expect(toldOf('ROTA_CHANGED')).toEqual(['kim', 'kim', 'kim', 'sato', 'sato', 'sato']);
  expect(told()).toHaveLength(before + 2);
}, 120_000);
