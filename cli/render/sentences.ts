/** Events in words, safe to print: the sentence is the case's own. */
import type { CaseEvent, ToldEvent } from '../../workflows/messages';
import { clean } from '../../client/untrusted';
import { roleWord } from './labels';

export const sentenceOf = ({ sentence }: ToldEvent): string => clean(sentence);

/** Whose act it was: a person in a role, or the engine's own. */
export const actorOf = (event: CaseEvent): string =>
  event.by === undefined ? 'tocsin' : clean(event.role ? `${event.by} (${roleWord(event.role)})` : event.by);
