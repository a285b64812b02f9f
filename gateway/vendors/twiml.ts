/** What Twilio is told to say. Made by Twilio's own builders, which escape what customers wrote. */
import MessagingResponse from 'twilio/lib/twiml/MessagingResponse';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import { twimlOf, VOICES } from '../../activities/channels/voice/twiml';
import { wantedIn, wordsFor, type PersonalWords } from '../answer-page/words';
import type { OpenedPage } from '../answering';

/** A title in full would be a minute of reading. */
const TITLE_LENGTH = 120;

/** The page as it stands now, said as the call itself said it, and the keys by which it is answered. */
export function pageSaid({ view, person, standing }: OpenedPage, keyUrl: string): string {
  const { language, core, words } = wordsFor(person);
  const { severity, level, emergency, customer, title } = view;
  const wanted = standing.is === 'ASKED' || standing.is === 'YOURS' ? standing.wanted : [];
  const text = [
    core.page({ key: 'SPOKEN_INTRO', name: person.name, severity, level, emergency }),
    `${customer.name}:`,
    ...wanted.slice(0, 1).map((one) => wantedIn(words, one)),
    [...title].slice(0, TITLE_LENGTH).join(''),
  ].join(' ');
  return twimlOf({ text, keys: core.page({ key: 'PRESS_KEYS' }), language, keyUrl });
}

/** One sentence, and the end of the call. */
export function lastWord({ language }: PersonalWords, sentence: string): string {
  const response = new VoiceResponse();
  response.say({ language: VOICES[language] }, sentence);
  response.hangup();
  return response.toString();
}

/** Another question: say it again. */
export function goOn(
  url: string,
  before?: { readonly words: Pick<PersonalWords, 'language'>; readonly sentence: string },
): string {
  const response = new VoiceResponse();
  if (before) response.say({ language: VOICES[before.words.language] }, before.sentence);
  response.redirect({ method: 'POST' }, url);
  return response.toString();
}

export function replied(sentence: string): string {
  const response = new MessagingResponse();
  response.message(sentence);
  return response.toString();
}
