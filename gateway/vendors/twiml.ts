/** What Twilio is told to say. Made by Twilio's own builders, which escape what customers wrote. */
import MessagingResponse from 'twilio/lib/twiml/MessagingResponse';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import { wantedIn, wordsFor, type AnswerPageWords } from '../answer-page/words';
import type { OpenedPage } from '../answering';

/** How long Twilio waits for a key. */
const KEY_TIMEOUT_S = 8;
/** A title in full would be a minute of reading. */
const TITLE_LENGTH = 120;

type Say = Parameters<VoiceResponse['say']>[0];
const voice = ({ spoken }: AnswerPageWords): Say => ({ language: spoken.voice as NonNullable<Say['language']> });

/** The page, said, and the keys by which it is answered. Whoever presses none has not answered. */
export function pageSaid({ view, caseNumber, person, standing }: OpenedPage, actionUrl: string): string {
  const words = wordsFor(person.languages);
  const response = new VoiceResponse();
  const gather = response.gather({ numDigits: 1, timeout: KEY_TIMEOUT_S, action: actionUrl, method: 'POST' });
  const wanted = standing.is === 'ASKED' || standing.is === 'YOURS' ? standing.wanted : [];
  const sentences = [
    words.spoken.greeting(caseNumber.split('').join(' '), view.customer.name),
    ...wanted.slice(0, 1).map((one) => wantedIn(words, one)),
    view.title.slice(0, TITLE_LENGTH),
    words.spoken.keys,
  ];
  for (const sentence of sentences) gather.say(voice(words), sentence);
  response.say(voice(words), words.spoken.goodbye);
  response.hangup();
  return response.toString();
}

/** One sentence, and the end of the call. */
export function lastWord(words: AnswerPageWords, sentence: string): string {
  const response = new VoiceResponse();
  response.say(voice(words), sentence);
  response.hangup();
  return response.toString();
}

/** Another question: say it again. */
export function goOn(url: string, before?: { readonly words: AnswerPageWords; readonly sentence: string }): string {
  const response = new VoiceResponse();
  if (before) response.say(voice(before.words), before.sentence);
  response.redirect({ method: 'POST' }, url);
  return response.toString();
}

export function replied(sentence: string): string {
  const response = new MessagingResponse();
  response.message(sentence);
  return response.toString();
}
