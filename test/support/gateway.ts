/**
 * The real gateway over a real Temporal server, the real workflow and a small company, called over HTTP as others would. Pages go
 * to a receiver, which keeps the links that people were sent.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import pino from 'pino';
import { createActivities } from '../../activities';
import { answerUrl, parseLinkKeys } from '../../activities/answer-links';
import { Channels } from '../../activities/channels';
import type { ChannelSettings } from '../../activities/channels/settings';
import type { Channel, Directory, Person } from '../../activities/directory/types';
import { TocsinClient, type CaseOpening } from '../../client';
import { openGateway, type Behind, type Gateway } from '../../gateway';
import { newKey, type KeyWanted } from '../../gateway/auth/api-key';
import { keysSource, readKeys, writeKeys } from '../../gateway/auth/keys-file';
import { directoryFrom, policyFrom } from '../../worker/config';
import { createTocsinWorker } from '../../worker/worker';
import { startReceiver, type Receiver } from './receiver';
import { workflowBundle } from './bundle';
import { startTestServer } from './server';

export const LINK_KEYS = parseLinkKeys(`k1:${'a'.repeat(40)}`);
export const SLACK_SECRET = 'slack-signing-secret';
export const TWILIO_TOKEN = 'twilio-auth-token';
const policy = policyFrom({ hotline: '+1 555 0100', warnAt: [] });

/** What a problem document or an answer holds; tests look at what they promise. */
export type Body = Readonly<Record<string, unknown>>;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Served {
  readonly url: string;
  readonly gateway: Gateway;
  readonly tocsin: TocsinClient;
  readonly receiver: Receiver;
  /** A new key, as `tocsin key add` makes it. */
  readonly key: (wanted: KeyWanted) => string;
  readonly revoke: (key: string) => void;
  readonly open: (caseNumber: string, more?: Partial<CaseOpening>) => Promise<void>;
  /** Waits for the page of this person on this case, and gives the link in it. */
  readonly linkTo: (person: string, caseNumber: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export const opening = (caseNumber: string, more: Partial<CaseOpening> = {}): CaseOpening => ({
  by: 'maria',
  role: 'CUSTOMER',
  channel: 'CASE_LOGGER',
  caseNumber,
  title: 'Everything is slow',
  severity: 1,
  customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
  environment: 'PRODUCTION',
  engineer: 'eng-lee',
  ...more,
});

/** One request, its answer as JSON. */
export async function call(
  url: string,
  path: string,
  init: RequestInit & { key?: string; json?: unknown } = {},
): Promise<Answered> {
  const { key, json, ...rest } = init;
  const response = await fetch(`${url}${path}`, {
    ...rest,
    ...(json !== undefined && { body: JSON.stringify(json), method: rest.method ?? 'POST' }),
    headers: {
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(rest.headers as Record<string, string>),
    },
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : { text }) as Body };
}

/** A company of the test's own, and the counterparts that its pages go to. */
export interface Paged {
  readonly directory: Directory;
  readonly channels: ChannelSettings;
}

export async function serveGateway(
  more: Partial<Behind> = {},
  pagedOf?: (receiver: Receiver) => Paged,
): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-gateway-'));
  const keysFile = join(folder, 'keys.yaml');
  const receiver = await startReceiver();
  const paged = pagedOf?.(receiver);
  const company = paged?.directory ?? companyPaging(receiver);
  // Only to know whose number or account an answer comes from: nobody is paged by it.
  const directory: Directory = paged?.directory ?? { ...company, people: company.people.map(withMeans) };
  const { native, client, stop: stopServer } = await startTestServer();
  const tocsin = new TocsinClient(new Client({ connection: client.connection }));
  const log = pino({ level: process.env['GATEWAY_LOG'] ?? 'silent' });
  const gateway = await openGateway(
    {
      log,
      health: {
        workers: () => ({ cases: 'RUNNING' }),
        temporal: () => client.workflowService.getSystemInfo({}),
        metrics: () => Promise.resolve(''),
      },
      client: () => tocsin,
      doormen: { keys: keysSource(keysFile, log) },
      directory: () => directory,
      hotline: policy.hotline,
      linkKeys: LINK_KEYS,
      vendors: { slackSigningSecret: SLACK_SECRET, twilioToken: TWILIO_TOKEN },
      limits: { perMinute: 100_000 },
      ...more,
    },
    { host: '127.0.0.1', port: 0 },
  );
  const channels = new Channels({ ...paged?.channels, publicUrl: gateway.url }, () => undefined);
  const worker = await createTocsinWorker({
    connection: native,
    activities: createActivities({
      directory: () => company,
      policy: () => policy,
      console: () => undefined,
      channels,
      ackUrl: (page) => answerUrl(gateway.url, LINK_KEYS, page),
    }),
    bundle: await workflowBundle(),
  });
  const running = worker.run();
  return {
    url: gateway.url,
    gateway,
    tocsin,
    receiver,
    key: (wanted) => {
      const { text, record } = newKey(wanted, Date.now());
      writeKeys(keysFile, [...readKeys(keysFile), record]);
      return text;
    },
    revoke: (key) => {
      const revokedAt = new Date().toISOString();
      writeKeys(
        keysFile,
        readKeys(keysFile).map((record) => (key.includes(record.id) ? { ...record, revokedAt } : record)),
      );
    },
    open: async (caseNumber, changed) => void (await tocsin.open(opening(caseNumber, changed))),
    linkTo: (person, caseNumber) => linkIn(receiver, person, caseNumber),
    close: async () => {
      await gateway.close();
      worker.shutdown();
      await running;
      await channels.means.close();
      await stopServer();
      await receiver.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Lee has a mobile telephone too, from which replies come; Ana and Ben share that of whoever is on duty; Kim and Wei have Slack. */
const ANSWERS_FROM: Readonly<Record<string, Channel>> = {
  'eng-lee': { kind: 'sms', number: '+82105550177' },
  'mgr-ana': { kind: 'sms', number: '+34910000000' },
  'mgr-ben': { kind: 'sms', number: '+34910000000' },
  'eng-kim': { kind: 'slack', to: 'U0KIM' },
  'eng-wei': { kind: 'slack', to: 'U0WEI' },
};
const withMeans = (person: Person): Person => {
  const channel = ANSWERS_FROM[person.id];
  return channel ? { ...person, channels: [...person.channels, channel] } : person;
};

function companyPaging(receiver: Receiver): Directory {
  const person = (id: string, name: string, more: object = {}) => ({
    id,
    name,
    channels: [{ kind: 'webhook', url: receiver.url(`/${id}`) }],
    ...more,
  });
  return directoryFrom(
    {
      people: [
        person('eng-lee', 'Lee Min', { manager: 'mgr-ana', timezone: 'Asia/Seoul' }),
        person('eng-kim', 'Kim Su', { manager: 'mgr-ana' }),
        person('eng-wei', '魏明', { manager: 'mgr-ana', timezone: 'Asia/Shanghai', languages: ['zh-CN', 'en'] }),
        person('mgr-ana', 'Ana Ruiz', { manager: 'mgr-ben', timezone: 'Europe/Madrid' }),
        person('mgr-ben', 'Ben Okafor'),
      ],
      dutyManagers: ['mgr-ben'],
      onCall: [
        {
          team: 'world',
          timezone: 'UTC',
          windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' }],
          people: ['eng-kim'],
        },
      ],
    },
    {},
  );
}

async function linkIn(receiver: Receiver, person: string, caseNumber: string): Promise<string> {
  const linkOf = (body: string): string | undefined => (JSON.parse(body) as { data: { ackUrl?: string } }).data.ackUrl;
  const isIt = ({ path, body }: { path: string; body: string }): boolean =>
    path === `/${person}` && body.includes(`"${caseNumber}"`) && linkOf(body) !== undefined;
  const arrived = await receiver.waitFor((requests) => requests.some(isIt), 60_000);
  return linkOf(arrived.findLast(isIt)?.body ?? '{}') ?? '';
}
