import type { OutgoingPage, SendResult } from '../channel';
import { keyInPath } from '../callback-key';
import type { Texts } from '../../texts/texts';
import type { Twilio } from './rest';

/** By default a message waits ten hours for a telephone that is off: this one would then ring for what is long over. */
const VALID_FOR_S = '300';
/** Networks that drop a message with a link in it (twilio.com/guidelines): there the page is answered on another channel. */
const NO_LINKS = ['+86'];

export const mayCarryLink = (number: string): boolean =>
  !NO_LINKS.some((prefix) => number.replace(/[^\d+]/g, '').startsWith(prefix));

export function sendSms(
  page: OutgoingPage,
  number: string,
  {
    twilio,
    texts,
    publicUrl,
  }: { readonly twilio: Twilio; readonly texts: Texts; readonly publicUrl: string | undefined },
  cancelled: AbortSignal,
): Promise<SendResult> {
  const sender = twilio.from.startsWith('MG') ? { MessagingServiceSid: twilio.from } : { From: twilio.from };
  const form = {
    To: number,
    ...sender,
    Body: texts.short(page, { withLink: mayCarryLink(number) }),
    ValidityPeriod: VALID_FOR_S,
    ...(publicUrl !== undefined && { StatusCallback: `${publicUrl}/in/twilio/status/${keyInPath(page.key)}` }),
  };
  return twilio.create('Messages', form, cancelled);
}
