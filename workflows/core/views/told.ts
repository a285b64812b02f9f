/** An event as it is shown: its facts, and beside them the sentence that the Web UI's panel and the shell have for it. */
import type { CaseEvent } from '../language/events';
import { en } from '../words/en';
import type { ToldEvent } from './view';

export const told = (event: CaseEvent): ToldEvent => ({ ...event, sentence: sentenceOf(event) });

/** What another version has written and this one has no words for is told by its name: one event never hides all others. */
function sentenceOf(event: CaseEvent): string {
  if (!Object.hasOwn(en.events, event.type)) return event.type;
  try {
    return en.event(event);
  } catch {
    return event.type;
  }
}
