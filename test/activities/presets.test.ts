/** Any other channel is a file: each shipped preset meets each fault, and a file with a mistake is told at start. */
import { Channels } from '../../activities/channels';
import type { SendResult } from '../../activities/channels/channel';
import { shippedPresets } from '../../activities/channels/presets';
import { parsePreset } from '../../activities/channels/presets/preset';
import type { Channel } from '../../activities/directory/types';
import { pageOf } from '../support/outgoing';
import { startReceiver, type Receiver, type Reply } from '../support/receiver';

const never = new AbortController().signal;
const PRESETS = [...shippedPresets().byName.values()];
const NAMES = PRESETS.map(({ name }) => name);
const SECRET = 'a-secret-value';

let receiver: Receiver;
let channels: Channels;
beforeEach(async () => {
  receiver = await startReceiver();
  channels = new Channels({}, () => undefined);
});
afterEach(async () => {
  await receiver.close();
  await channels.means.close();
});

/** A channel of this preset at the receiver, whatever its fields. */
function channelOf(name: string): Channel {
  const preset = PRESETS.find((known) => known.name === name);
  const fields = Object.entries(preset?.fields ?? {}).map(([key, { is }]) => [
    key,
    is === 'url' ? receiver.url(`/${name}?key=${SECRET}`) : SECRET,
  ]);
  return { kind: 'http', preset: name, fields: Object.fromEntries(fields) as Record<string, string> };
}

const send = (name: string, page = pageOf()): Promise<SendResult> => channels.send(page, channelOf(name), never);
const answersAlways = (reply: Reply): void => {
  for (const { path } of receiver.requests) receiver.respond(path.split('?')[0] ?? '', () => reply);
};
/** Paths differ by preset: it is asked once to learn its own. */
async function sendTo(name: string, reply: Reply): Promise<SendResult> {
  await send(name);
  answersAlways(reply);
  return send(name, pageOf({ key: 'C1234567-3/2/lee/again' }));
}

const YES: Readonly<Record<string, Reply>> = {
  pagerduty: { status: 202 },
  opsgenie: { status: 202 },
  wecom: { body: '{"errcode":0,"errmsg":"ok"}' },
  dingtalk: { body: '{"errcode":0,"errmsg":"ok"}' },
  feishu: { body: '{"code":0,"msg":"success"}' },
  telegram: { body: '{"ok":true,"result":{}}' },
};
/** 200, and a no in it. */
const NO_IN_200: Readonly<Record<string, readonly [Reply, Partial<SendResult>]>> = {
  wecom: [
    { body: '{"errcode":93000,"errmsg":"invalid webhook url"}' },
    { outcome: 'rejected', detail: 'HTTP 200, errcode 93000' },
  ],
  dingtalk: [
    { body: '{"errcode":310000,"errmsg":"sign not match"}' },
    { outcome: 'rejected', detail: 'HTTP 200, errcode 310000' },
  ],
  feishu: [
    { body: '{"code":9499,"msg":"too many request"}' },
    { outcome: 'retry', detail: 'HTTP 200, code 9499', isBusy: true },
  ],
  telegram: [{ body: '{"ok":false,"error_code":400}' }, { outcome: 'rejected', detail: 'HTTP 200, error_code 400' }],
};

test('the shipped ones have no mistake, and are those of the contract', () => {
  expect(shippedPresets().problems).toEqual([]);
  expect(NAMES).toEqual(
    [
      'teams',
      'pagerduty',
      'ntfy',
      'wecom',
      'dingtalk',
      'feishu',
      'telegram',
      'mattermost',
      'google-chat',
      'opsgenie',
      'apprise',
    ].sort(),
  );
});

describe.each(NAMES)('%s', (name) => {
  test('taken', async () => {
    const result = await sendTo(name, YES[name] ?? {});
    expect(result).toMatchObject({ outcome: 'accepted' });
    for (const { body } of receiver.requests) expect(() => JSON.parse(body) as unknown).not.toThrow();
  });

  test('a page that asks for something carries its link, and word carries none', async () => {
    const { ackUrl: _, ...word } = pageOf({ asks: [] });
    await send(name);
    await send(name, word);
    const [asked, told] = receiver.requests;
    expect(asked?.body).toContain('https://desk.example.com/p/k1.C1234567-3.abcdefgh');
    expect(told?.body).not.toContain('desk.example.com');
    expect(() => JSON.parse(told?.body ?? '') as unknown).not.toThrow();
  });

  test.each<[string, Reply, Partial<SendResult>]>([
    ['429', { status: 429, headers: { 'retry-after': '2' } }, { outcome: 'retry', isBusy: true }],
    ['500', { status: 500, body: `trouble with ${SECRET}` }, { outcome: 'retry', detail: 'HTTP 500' }],
    ['404', { status: 404 }, { outcome: 'rejected', detail: 'HTTP 404' }],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }, { outcome: 'rejected', detail: 'HTTP 302' }],
    ['a line that breaks', 'HANG_UP', { outcome: 'retry' }],
  ])('%s', async (_fault, reply, expected) => {
    const result = await sendTo(name, reply);
    expect(result).toMatchObject(expected);
    expect(JSON.stringify(result)).not.toContain(SECRET);
    expect(receiver.requests.map(({ path }) => path)).not.toContain('/elsewhere');
  });

  const [noIn200, expected] = NO_IN_200[name] ?? [];
  if (noIn200)
    test('200 with an error code in it is no yes', async () => {
      expect(await sendTo(name, noIn200)).toMatchObject(expected ?? {});
    });
});

test('what a page has opened at PagerDuty or Opsgenie is closed when it is settled, under the page’s own key', async () => {
  const settled = {
    caseNumber: 'C1234567',
    pageId: 'C1234567-3',
    person: 'lee',
    receipt: 'x',
    outcome: 'OVER',
    at: 0,
  } as const;
  for (const name of ['pagerduty', 'opsgenie', 'teams'])
    await channels.settle({ ...settled, channel: name }, channelOf(name), never);
  expect(receiver.requests.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { event_action: 'resolve', dedup_key: 'C1234567-3' },
    { source: 'tocsin' },
  ]);
});

test.each<[string, string, string]>([
  ['no YAML', 'url: [', '1 '],
  ['a field that is not there', "fields: {}\nurl: '{{ channel.token }}'\nbody: '{}'", '2 url: there is no field token'],
  [
    'customer text in an address',
    "fields: {}\nurl: 'http://x/{{ page.title }}'\nbody: '{}'",
    '2 url: there is no page.title here',
  ],
  ['Liquid that does not end', "fields: {}\nurl: http://x\nbody: '{% if page.link %}'", '3 body: '],
  [
    'CEL that names nothing',
    "fields: {}\nurl: http://x\nbody: '{}'\naccepted: 'stauts == 200'",
    '4 accepted: Unknown variable: stauts',
  ],
  ['CEL that is none', "fields: {}\nurl: http://x\nbody: '{}'\nretry: 'status =='", '4 retry: '],
  ['a key that nobody knows', "fields: {}\nurl: http://x\nbody: '{}'\nheadres: {}", 'headres'],
])('a preset with a mistake is told with its line: %s', (_mistake, text, problem) => {
  const { preset, problems } = parsePreset('mine', text);
  expect(preset).toBeUndefined();
  expect(problems.map(({ line, problem: words }) => `${line} ${words}`).join('\n')).toContain(problem);
});
