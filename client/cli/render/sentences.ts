/** Events in words, safe to print: the sentence is the core's, which also the Web UI and the alerts use. */
import { describe } from '../../../workflows/case/describe';
import type { CaseEvent } from '../../../workflows/messages';
import { clean } from '../../untrusted';

/** The event as a sentence; one that a newer service has and this client does not know is told by its name. */
export function sentenceOf(event: CaseEvent): string {
  const sentence: unknown = describe(event);
  return clean(typeof sentence === 'string' ? sentence : event.type);
}

/** Whose act it was: a person in a role, or the engine's own. */
export const actorOf = (event: CaseEvent): string =>
  event.by === undefined ? 'tocsin' : clean(event.role ? `${event.by} (${event.role.toLowerCase()})` : event.by);
