/** What channels need besides the directory: accounts, servers, where we can be reached. From the environment, once. */
import type { MailSettings } from './email/email';
import type { SlackSettings } from './slack/slack';
import type { TwilioSettings } from './twilio/rest';

export interface ChannelSettings {
  /** Where links and callbacks lead; without a slash at its end. */
  readonly publicUrl?: string;
  readonly mail?: MailSettings;
  readonly slack?: SlackSettings;
  readonly twilio?: TwilioSettings;
  /** Inner networks that pages may go to. */
  readonly allowedNetworks?: readonly string[];
  /** An operator's own presets and layouts. */
  readonly folder?: string;
}

/** The variable that has to be set before anybody can be reached by such a channel. */
export const NEEDS = {
  email: 'TOCSIN_SMTP_URL',
  slack: 'TOCSIN_SLACK_TOKEN',
  sms: 'TOCSIN_TWILIO_SID',
  voice: 'TOCSIN_TWILIO_SID',
} as const;
