/** Events in words, safe to print: the sentence is the core's, which also the Web UI and the alerts use. */
import { en } from '../../workflows/core/words/en';
import type { CaseEvent } from '../../workflows/messages';
import { clean } from '../../client/untrusted';

/** The event as a sentence; one that a newer service has and this client does not know is told by its name. */
export function sentenceOf(event: CaseEvent): string {
  return clean(Object.hasOwn(en.events, event.type) ? en.event(event) : event.type);
}

/** Whose act it was: a person in a role, or the engine's own. */
export const actorOf = (event: CaseEvent): string =>
  event.by === undefined ? 'tocsin' : clean(event.role ? `${event.by} (${event.role.toLowerCase()})` : event.by);
