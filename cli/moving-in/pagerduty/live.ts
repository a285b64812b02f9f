/** PagerDuty's API, version 2: lists page by `offset` and `more`, schedules are rendered four weeks at a time. */
import { z } from 'zod';
import type { Stretch } from '../model/export';
import type { Answer } from '../model/items';
import type { Line } from '../live/http';
import { iso, pagesOf, WEEK_MS } from '../live/windows';

const PAGE = 100;
const page = z.object({ more: z.boolean().nullish() });
const schedules = z.object({ schedules: z.array(z.object({ id: z.string() })) });

export const pagerDutyHeaders = (token: string): Record<string, string> => ({
  authorization: `Token token=${token}`,
  accept: 'application/vnd.pagerduty+json;version=2',
});

async function* list(
  line: Line,
  path: string,
  query: Readonly<Record<string, string | readonly string[]>> = {},
): AsyncGenerator<Answer> {
  for (let offset = 0; ; offset += PAGE) {
    const content = await line.json({ path, query: { ...query, limit: String(PAGE), offset: String(offset) } });
    yield { name: `${path} from ${offset}`, content };
    if (page.parse(content).more !== true) return;
  }
}

export async function* askPagerDuty(line: Line, window: Stretch): AsyncGenerator<Answer> {
  yield* list(line, '/users', { 'include[]': ['contact_methods', 'notification_rules'] });
  yield* list(line, '/escalation_policies');
  for await (const { content } of list(line, '/schedules')) {
    for (const { id } of schedules.parse(content).schedules) {
      const path = `/schedules/${encodeURIComponent(id)}`;
      for (const { from, to } of pagesOf(window, 4 * WEEK_MS))
        yield {
          name: `${path} from ${iso(from)}`,
          content: await line.json({ path, query: { since: iso(from), until: iso(to) } }),
        };
    }
  }
}
