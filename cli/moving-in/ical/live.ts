/** A calendar's feed: one address, one answer. Google sends a page instead of it to whoever names no program. */
import type { Stretch } from '../model/export';
import type { Answer } from '../model/items';
import type { Line } from '../live/http';

export const calendarHeaders = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

export async function* askCalendar(line: Line, _window: Stretch): AsyncGenerator<Answer> {
  yield { name: 'feed', content: await line.text({ path: '' }) };
}
