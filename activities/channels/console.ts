import { oneLine } from '../templates/one-line';
import type { OutgoingPage, SendResult } from './channel';

/** One line on the worker's log: the embedded default, and what the demo shows. */
export function sendToConsole(page: OutgoingPage, write: (line: string) => void): SendResult {
  const { pageId, attempt, name, person, audience, purpose, title, ackUrl } = page;
  const again = attempt > 1 ? `/${attempt}` : '';
  const answer = ackUrl === undefined ? '' : ` (answer: ${ackUrl})`;
  // A contact's name is what a customer wrote.
  write(oneLine(`PAGE ${pageId}${again} → ${name} (${person}) [${audience} ${purpose}] ${title}${answer}`));
  return { outcome: 'accepted' };
}
