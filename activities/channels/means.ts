/** Connections and memories that all pages of a worker share: one mail pool, one queue at a provider, one line to a telephone. */
import { join } from 'node:path';
import { Texts } from '../texts/texts';
import { Layouts } from '../texts/layouts';
import { Mailer } from './email/email';
import { Poster } from './http/post';
import { Pace } from './pace';
import { presetsWith, type Presets } from './presets';
import { Rings } from './rings';
import type { ChannelSettings } from './settings';
import { Slack } from './slack/slack';
import { Twilio } from './twilio/rest';

export class Means {
  readonly poster: Poster;
  readonly texts: Texts;
  readonly presets: Presets;
  readonly pace = new Pace();
  readonly rings = new Rings();
  readonly mailer: Mailer | undefined;
  readonly slack: Slack | undefined;
  readonly twilio: Twilio | undefined;
  readonly publicUrl: string | undefined;

  constructor(
    { publicUrl, mail, slack, twilio, allowedNetworks = [], folder }: ChannelSettings,
    readonly console: (line: string) => void,
  ) {
    this.publicUrl = publicUrl;
    this.poster = new Poster({ networks: allowedNetworks });
    this.texts = new Texts(new Layouts(folder === undefined ? undefined : join(folder, 'texts')));
    this.presets = presetsWith(folder === undefined ? undefined : join(folder, 'channels'));
    this.mailer = mail && new Mailer(mail);
    this.slack = slack && new Slack(slack);
    // An account's own server is set by whoever runs the worker, and may stand in any network.
    this.twilio = twilio && new Twilio(twilio, new Poster({ networks: ['0.0.0.0/0', '::/0'] }).post);
  }

  async close(): Promise<void> {
    this.mailer?.close();
    await this.poster.close();
  }
}
