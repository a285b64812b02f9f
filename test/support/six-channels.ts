/** Six people on six channels, one of whom reads Chinese, and what stands for their vendors on this machine. */
import { directoryFrom } from '../../worker/config';
import { MailBox } from '../../worker/demo/mail-box/mail-box';
import { serveGateway, type Served } from './gateway';
import type { Receiver } from './receiver';

const ACCOUNT = `AC${'0'.repeat(32)}`;
export const TWILIO_REST = `/2010-04-01/Accounts/${ACCOUNT}`;
export const PHONES = { ana: '+34600000001', wei: '+8613900000001' };
const ALWAYS = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' }] as const;

/** What the vendors answer to what they are sent. */
function vendors(receiver: Receiver): void {
  const json = { 'content-type': 'application/json' };
  receiver.respond('/slack/chat.postMessage', (_, nth) => ({
    headers: json,
    body: JSON.stringify({ ok: true, channel: 'D1', ts: `1.${nth}` }),
  }));
  receiver.respond('/slack/chat.update', () => ({ headers: json, body: '{"ok":true}' }));
  for (const what of ['Calls', 'Messages'])
    receiver.respond(`${TWILIO_REST}/${what}.json`, () => ({ status: 201, headers: json, body: '{"sid":"X1"}' }));
  receiver.respond('/teams', () => ({ status: 202 }));
}

const companyAt = (receiver: Receiver) =>
  directoryFrom(
    {
      people: [
        person('eng-lee', 'Lee Min', 'mgr-ana', 'Asia/Seoul', { kind: 'email', address: 'lee@acme.example' }),
        person('eng-kim', 'Kim Su', 'mgr-ana', 'Asia/Seoul', { kind: 'slack', user: 'UKIM' }),
        {
          ...person('eng-wei', '魏明', 'mgr-ana', 'Asia/Shanghai', { kind: 'voice', number: PHONES.wei }),
          languages: ['zh-CN', 'en'],
        },
        person('mgr-ana', 'Ana Ruiz', 'vp-ops', 'Europe/Madrid', { kind: 'sms', number: PHONES.ana }),
        person('vp-ops', 'Vera Lind', undefined, 'Europe/Stockholm', {
          kind: 'http',
          preset: 'teams',
          url: receiver.url('/teams'),
        }),
        person('mgr-duty', 'Dora Nowak', undefined, 'Europe/Warsaw', { kind: 'webhook', url: receiver.url('/dora') }),
      ],
      dutyManagers: ['mgr-duty'],
      dutyExecutive: ['vp-ops'],
      onCall: [{ team: 'world', timezone: 'UTC', windows: ALWAYS, people: ['eng-kim', 'eng-wei'] }],
      contactChannels: [{ kind: 'email' }],
    },
    {},
  );

const person = (id: string, name: string, manager: string | undefined, timezone: string, channel: object) => ({
  id,
  name,
  timezone,
  channels: [channel],
  ...(manager !== undefined && { manager }),
});

export interface SixChannels {
  readonly served: Served;
  readonly box: MailBox;
  /** Resolves once nothing of the case is on its way to anybody any more: what has arrived by then is all that there is. */
  readonly quiet: (caseNumber: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function serveSixChannels(): Promise<SixChannels> {
  const box = await MailBox.open();
  const served = await serveGateway({}, (receiver) => {
    vendors(receiver);
    return {
      directory: companyAt(receiver),
      channels: {
        mail: { url: box.smtpUrl, from: 'Tocsin <pages@support.example>' },
        slack: { token: 'xoxb-test', url: receiver.url('/slack') },
        twilio: { sid: ACCOUNT, token: 'twilio-auth-token', from: '+15550100', url: receiver.url('') },
      },
    };
  });
  return {
    served,
    box,
    quiet: (caseNumber) => quiet(served, caseNumber),
    close: async () => {
      await served.close();
      await box.close();
    },
  };
}

async function quiet({ tocsin }: Served, caseNumber: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; ;) {
    const { events } = await tocsin.getTimeline(caseNumber, { limit: 1_000 });
    const count = (type: string): number => events.filter((event) => event.type === type).length;
    if (count('PageRequested') === count('PageSent') + count('PageFailed')) return;
    if (Date.now() > deadline) throw new Error(events.map(({ type, data }) => JSON.stringify([type, data])).join('\n'));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
