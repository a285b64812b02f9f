import { keyInPath } from '../callback-key';
import { tokenOf, type OutgoingPage, type SendResult } from '../channel';
import type { Texts } from '../../texts/texts';
import type { Twilio } from '../twilio/rest';
import { twimlOf, type Spoken } from './twiml';

/** Twilio rings for a minute by default; a mailbox answers before that, and a mailbox is nobody. */
const RING_S = '25';
/** A call that nobody hangs up costs money, and keeps the next one out. */
const LONGEST_S = '180';

export interface VoiceMeans {
  readonly twilio: Twilio;
  readonly texts: Texts;
  readonly publicUrl: string | undefined;
}

export function call(
  page: OutgoingPage,
  number: string,
  means: VoiceMeans,
  cancelled: AbortSignal,
): Promise<SendResult> {
  const { twilio, texts, publicUrl } = means;
  const form = {
    To: number,
    From: twilio.from,
    Twiml: twimlOf(spokenOf(page, texts, publicUrl)),
    Timeout: RING_S,
    TimeLimit: LONGEST_S,
    ...(publicUrl !== undefined && {
      // Told once, when the call is over.
      StatusCallback: `${publicUrl}/in/twilio/status/${keyInPath(page.key)}`,
    }),
  };
  return twilio.create('Calls', form, cancelled);
}

export function spokenOf(page: OutgoingPage, texts: Texts, publicUrl: string | undefined): Spoken {
  const token = tokenOf(page);
  const asks = token !== undefined && publicUrl !== undefined;
  return {
    text: texts.spoken(page),
    language: page.language,
    ...(asks && {
      keys: texts.label(page, 'PRESS_KEYS'),
      keyUrl: `${publicUrl}/in/twilio/voice/${encodeURIComponent(token)}`,
    }),
  };
}
