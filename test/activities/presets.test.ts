/** Any other channel is a file: what each shipped preset sends, and a file with a mistake is told at start. Faults: every-fault.test.ts. */
import { Channels } from '../../activities/channels';
import type { SendResult } from '../../activities/channels/channel';
import { shippedPresets } from '../../activities/channels/presets';
import { parsePreset } from '../../activities/channels/presets/preset';
import { channelOfPreset } from '../support/every-channel';
import { pageOf } from '../support/outgoing';
import { startReceiver, type Receiver } from '../support/receiver';

const never = new AbortController().signal;
const PRESETS = [...shippedPresets().byName.values()];
const NAMES = PRESETS.map(({ name }) => name);

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

const send = (name: string, page = pageOf()): Promise<SendResult> =>
  channels.send(page, channelOfPreset(name, receiver.url('')), never);
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
  test('a page that asks for something carries its link, and word carries none', async () => {
    const { ackUrl: _, ...word } = pageOf({ asks: [] });
    await send(name);
    await send(name, word);
    const [asked, told] = receiver.requests;
    expect(asked?.body).toContain('https://desk.example.com/p/k1.C1234567-3.abcdefgh');
    expect(told?.body).not.toContain('desk.example.com');
    for (const request of [asked, told]) expect(() => JSON.parse(request?.body ?? '') as unknown).not.toThrow();
  });
});

test('what a page has opened at PagerDuty or Opsgenie is closed when it is settled, under the page’s own key', async () => {
  const settled = {
    caseNumber: 'C1234567',
    pageId: 'C1234567-3',
    person: 'lee',
    language: 'en',
    receipt: 'x',
    outcome: 'OVER',
    at: 0,
  } as const;
  for (const name of ['pagerduty', 'opsgenie', 'teams'])
    await channels.settle({ ...settled, channel: name }, channelOfPreset(name, receiver.url('')), never);
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
