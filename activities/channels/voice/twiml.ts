/**
 * What a telephone says: pure, so that the gateway can answer with it as well. 4 is "I have it", 6 "I cannot", * says it again;
 * whoever presses nothing has not answered.
 */
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { Language } from '../../templates/reading';

export interface Spoken {
  /** What is said before anybody may press a key. */
  readonly text: string;
  /** `To take it, press 4. …`; nothing where nothing is asked. */
  readonly keys?: string;
  /** Of the person. */
  readonly language: Language;
  /** Where a key goes. */
  readonly keyUrl?: string;
}

/** As Twilio names its voices. */
export const VOICES: Readonly<Record<Language, 'en-US' | 'zh-CN'>> = { en: 'en-US', 'zh-CN': 'zh-CN' };

/** Twilio refuses more than 4,000 characters of TwiML. */
export const MOST_TWIML = 4_000;
const TIMES = 2;
const KEY_TIMEOUT_S = 6;

/** What XML cannot hold is no text for a voice either. */
const sayable = (text: string): string => text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ');

export function twimlOf(spoken: Spoken): string {
  const { text, keys } = spoken;
  // Escaped, a character may take six.
  for (let length = text.length; ; length = Math.floor(length * 0.8)) {
    const twiml = build({ ...spoken, text: shorten(sayable(text), length) }, sayable(keys ?? ''));
    if (twiml.length <= MOST_TWIML || length < 50) return twiml;
  }
}

function build({ text, language, keyUrl }: Spoken, keys: string): string {
  const response = new VoiceResponse();
  const voice = { language: VOICES[language] };
  if (keyUrl === undefined) {
    response.say({ ...voice, loop: TIMES }, text);
    return response.toString();
  }
  for (let time = 0; time < TIMES; time += 1) {
    const gather = response.gather({ numDigits: 1, action: keyUrl, method: 'POST', timeout: KEY_TIMEOUT_S });
    gather.say(voice, `${text} ${keys}`);
  }
  return response.toString();
}

const shorten = (text: string, length: number): string => [...text].slice(0, length).join('');
