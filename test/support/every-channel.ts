/** Every channel that there is, at a vendor of the test's own, and what that vendor says to a page that it takes or refuses. */
import { shippedPresets } from '../../activities/channels/presets';
import type { ChannelSettings } from '../../activities/channels/settings';
import type { Channel } from '../../activities/directory/types';

/** Stands in tokens, addresses and passwords: it may be in no result, no event, no log. */
export const SECRET = 'a-secret-value';

/** What comes of a page: taken, not now, not now because there is too much, never. */
export type Outcome = 'TAKEN' | 'DOWN' | 'BUSY' | 'NO';

export interface VendorReply {
  readonly status: number;
  readonly body: string;
}

export interface ChannelUnderTest {
  /** As it stands in keys. */
  readonly name: string;
  readonly channel: (url: string) => Channel;
  readonly settings: (url: string) => ChannelSettings;
  readonly yes: VendorReply;
  /** Whether only the text of an answer says what it is. */
  readonly isJudgedByText: boolean;
  /** It is never followed; a client may take it for no answer at all. */
  readonly redirect?: Outcome;
  /** Of a 200 with a page that is not the vendor's. */
  readonly ofPage?: Outcome;
  /** Faults of this vendor's own: what it says, and what comes of it. */
  readonly own: readonly (readonly [what: string, reply: VendorReply, outcome: Outcome, detail: string])[];
}

const reply = (status: number, body: object | string = ''): VendorReply => ({
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const slackSays = (error: string, outcome: Outcome) =>
  [`Slack: ${error}`, reply(200, { ok: false, error }), outcome, `Slack ${error}`] as const;
const twilioSays = (what: string, status: number, code: number, outcome: Outcome) =>
  [`Twilio ${code}: ${what}`, reply(status, { code, message: SECRET }), outcome, `Twilio ${code}`] as const;

const TWILIO_SAYS = [
  twilioSays('a number that is none', 400, 21211, 'NO'),
  twilioSays('who has said STOP', 400, 21610, 'NO'),
  twilioSays('an account that is refused', 401, 20003, 'NO'),
  twilioSays('a sender that is not ours', 400, 21606, 'NO'),
  twilioSays('its own trouble', 500, 20500, 'DOWN'),
];
const twilio = (url: string): ChannelSettings => ({
  publicUrl: 'https://desk.example.com',
  twilio: { sid: 'AC1', token: SECRET, from: '+15550100', url },
});

const NATIVE: readonly ChannelUnderTest[] = [
  {
    name: 'webhook',
    channel: (url) => ({ kind: 'webhook', url: `${url}/hook?key=${SECRET}`, secret: SECRET }),
    settings: () => ({}),
    yes: reply(202),
    isJudgedByText: false,
    own: [['a receiver that is gone', reply(410, SECRET), 'NO', 'HTTP 410']],
  },
  {
    name: 'slack',
    channel: () => ({ kind: 'slack', to: 'C1' }),
    settings: (url) => ({ slack: { token: `xoxb-${SECRET}`, url: `${url}/api` } }),
    yes: reply(200, { ok: true, channel: 'D1', ts: '1.5' }),
    isJudgedByText: true,
    redirect: 'DOWN',
    ofPage: 'DOWN',
    own: [
      slackSays('token_revoked', 'NO'),
      slackSays('account_inactive', 'NO'),
      slackSays('is_archived', 'NO'),
      slackSays('channel_not_found', 'NO'),
      slackSays('internal_error', 'DOWN'),
      slackSays('service_unavailable', 'DOWN'),
    ],
  },
  {
    name: 'sms',
    channel: () => ({ kind: 'sms', number: '+4930123456' }),
    settings: twilio,
    yes: reply(201, { sid: 'SM1' }),
    isJudgedByText: false,
    own: TWILIO_SAYS,
  },
  {
    name: 'voice',
    channel: () => ({ kind: 'voice', number: '+4930123456' }),
    settings: twilio,
    yes: reply(201, { sid: 'CA1' }),
    isJudgedByText: false,
    own: TWILIO_SAYS,
  },
];

const robotSays = (body: object, outcome: Outcome, detail: string) =>
  [`200 with ${JSON.stringify(body)}`, reply(200, body), outcome, detail] as const;

type OfPreset = Partial<Pick<ChannelUnderTest, 'yes' | 'isJudgedByText' | 'ofPage' | 'own'>>;
const PRESETS: Readonly<Record<string, OfPreset>> = {
  teams: { yes: reply(202) },
  pagerduty: {
    yes: reply(202),
    ofPage: 'NO',
    own: [['an integration key that was revoked', reply(400), 'NO', 'HTTP 400']],
  },
  opsgenie: { yes: reply(202), ofPage: 'NO', own: [['a key that was revoked', reply(403), 'NO', 'HTTP 403']] },
  wecom: {
    yes: reply(200, { errcode: 0, errmsg: 'ok' }),
    isJudgedByText: true,
    ofPage: 'NO',
    own: [
      robotSays({ errcode: 93000, errmsg: 'invalid webhook url' }, 'NO', 'HTTP 200, errcode 93000'),
      robotSays({ errcode: 45009, errmsg: 'api freq out of limit' }, 'DOWN', 'HTTP 200, errcode 45009'),
      robotSays({ errcode: -1, errmsg: 'system busy' }, 'DOWN', 'HTTP 200, errcode -1'),
    ],
  },
  dingtalk: {
    yes: reply(200, { errcode: 0, errmsg: 'ok' }),
    isJudgedByText: true,
    ofPage: 'NO',
    own: [
      robotSays({ errcode: 310000, errmsg: 'sign not match' }, 'NO', 'HTTP 200, errcode 310000'),
      robotSays({ errcode: 130101, errmsg: 'send too fast' }, 'DOWN', 'HTTP 200, errcode 130101'),
    ],
  },
  feishu: {
    yes: reply(200, { code: 0, msg: 'success' }),
    isJudgedByText: true,
    ofPage: 'NO',
    own: [
      robotSays({ code: 19021, msg: 'sign match fail' }, 'NO', 'HTTP 200, code 19021'),
      robotSays({ code: 9499, msg: 'too many request' }, 'DOWN', 'HTTP 200, code 9499'),
    ],
  },
  telegram: {
    yes: reply(200, { ok: true, result: {} }),
    isJudgedByText: true,
    ofPage: 'NO',
    own: [
      robotSays({ ok: false, error_code: 400 }, 'NO', 'HTTP 200, error_code 400'),
      ['a token that was revoked', reply(401, { ok: false, error_code: 401 }), 'NO', 'HTTP 401, error_code 401'],
      ['a bot that was blocked', reply(403, { ok: false, error_code: 403 }), 'NO', 'HTTP 403, error_code 403'],
    ],
  },
};

/** A channel of this preset, whatever its fields. */
export function channelOfPreset(name: string, url: string): Channel {
  const fields = Object.entries(shippedPresets().byName.get(name)?.fields ?? {}).map(([key, { is }]) => [
    key,
    is === 'url' ? `${url}/${name}?key=${SECRET}` : SECRET,
  ]);
  return { kind: 'http', preset: name, fields: Object.fromEntries(fields) as Record<string, string> };
}

export const EVERY_HTTP_CHANNEL: readonly ChannelUnderTest[] = [
  ...NATIVE,
  ...[...shippedPresets().byName.keys()].map((name) => ({
    name,
    channel: (url: string) => channelOfPreset(name, url),
    settings: () => ({}),
    yes: reply(200, {}),
    isJudgedByText: false,
    own: [],
    ...PRESETS[name],
  })),
];

export const mailSettings = (host: string): ChannelSettings => ({
  mail: { url: `smtp://tocsin:${SECRET}@${host}?tls=off`, from: 'Tocsin <pages@support.example>' },
});
