/** All ways to say a page to somebody, behind one interface: one try on one channel, and a plain result. */
import type { Channel } from '../directory/types';
import { threadOf, type OutgoingPage, type SendResult, type SettledPage } from './channel';
import { sendToConsole } from './console';
import { Means } from './means';
import { sendByPreset, settleByPreset } from './presets/run';
import { NEEDS, type ChannelSettings } from './settings';
import { sendSms } from './twilio/sms';
import { call } from './voice/voice';
import { sendToWebhook, settleAtWebhook } from './webhook';

export class Channels {
  readonly means: Means;

  constructor(settings: ChannelSettings, console: (line: string) => void) {
    this.means = new Means(settings, console);
  }

  /** One try. What holds for all of a worker's pages is asked first: a provider's queue, a telephone that has just rung. */
  async send(page: OutgoingPage, channel: Channel, cancelled: AbortSignal): Promise<SendResult> {
    const { pace, rings } = this.means;
    const target = targetOf(channel);
    const turn = pace.waitOf(target, page.key, Date.now());
    if (turn !== undefined) return waits('others wait for this provider too', turn);
    const line = rung(channel);
    const quiet = line === undefined ? undefined : rings.waitOf(line, threadOf(page), page.key, Date.now());
    if (quiet !== undefined) return waits('their telephone has just rung for another case', quiet);

    const result = await this.deliver(page, channel, cancelled);
    if (line !== undefined && result.outcome !== 'accepted') rings.didNotRing(line, threadOf(page));
    if (result.outcome !== 'retry' || !result.isBusy || result.afterMs === undefined) return result;
    const afterMs = pace.refused(target, page.key, result.afterMs, Date.now());
    return afterMs === undefined ? result : { ...result, afterMs, isTurn: true };
  }

  /** Tells what was opened by a page that it is over; nothing waits for it. */
  async settle(settled: SettledPage, channel: Channel, cancelled: AbortSignal): Promise<SendResult> {
    const { poster, presets, slack, texts } = this.means;
    switch (channel.kind) {
      case 'webhook':
        return settleAtWebhook(settled, channel, poster.post, cancelled);
      case 'slack':
        return slack ? slack.settle(settled, texts.settled(settled)) : { outcome: 'accepted' };
      case 'http': {
        const preset = presets.byName.get(channel.preset);
        return preset
          ? settleByPreset(preset, channel.fields, settled, poster.post, cancelled)
          : { outcome: 'accepted' };
      }
      case 'console':
      case 'email':
      case 'sms':
      case 'voice':
        return { outcome: 'accepted' };
      default:
        return channel satisfies never;
    }
  }

  private async deliver(page: OutgoingPage, channel: Channel, cancelled: AbortSignal): Promise<SendResult> {
    const { console, poster, texts, presets, mailer, slack, twilio, publicUrl } = this.means;
    switch (channel.kind) {
      case 'console':
        return sendToConsole(page, console);
      case 'webhook':
        return sendToWebhook(page, channel, poster.post, cancelled);
      case 'email':
        if (channel.address === undefined) return NO_ADDRESS;
        return mailer ? mailer.send(page, channel.address, texts) : notSetUp('email');
      case 'slack':
        return slack ? slack.send(page, channel.to, texts) : notSetUp('slack');
      case 'sms':
        if (channel.number === undefined) return NO_ADDRESS;
        return twilio ? sendSms(page, channel.number, { twilio, texts, publicUrl }, cancelled) : notSetUp('sms');
      case 'voice':
        if (channel.number === undefined) return NO_ADDRESS;
        return twilio ? call(page, channel.number, { twilio, texts, publicUrl }, cancelled) : notSetUp('voice');
      case 'http': {
        const preset = presets.byName.get(channel.preset);
        if (!preset) return { outcome: 'rejected', detail: 'there is no such preset' };
        return sendByPreset(preset, channel.fields, page, { post: poster.post, texts }, cancelled);
      }
      default:
        return channel satisfies never;
    }
  }
}

const NO_ADDRESS: SendResult = { outcome: 'rejected', detail: 'they have no address for it' };
const notSetUp = (kind: keyof typeof NEEDS): SendResult => ({
  outcome: 'rejected',
  detail: `${NEEDS[kind]} is not set`,
});

/** D13: a channel that works, and has no room just now. */
const waits = (detail: string, afterMs: number): SendResult => ({
  outcome: 'retry',
  detail,
  afterMs,
  isBusy: true,
  isTurn: true,
});

/** Whose limit it is: a receiver's, an account's. */
function targetOf(channel: Channel): string {
  switch (channel.kind) {
    case 'webhook':
      return `webhook ${channel.url}`;
    case 'slack':
      return `slack ${channel.to}`;
    case 'sms':
    case 'voice':
      return 'twilio';
    case 'http':
      return `${channel.preset} ${JSON.stringify(channel.fields)}`;
    case 'console':
    case 'email':
      return channel.kind;
    default:
      return channel satisfies never;
  }
}

/** The telephone that it rings. */
const rung = (channel: Channel): string | undefined =>
  channel.kind === 'sms' || channel.kind === 'voice' ? channel.number : undefined;
