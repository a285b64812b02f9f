/** Opsgenie's API, version 2: lists page by `paging.next`, timelines are rendered four weeks at a time. */
import { z } from 'zod';
import type { Stretch } from '../model/export';
import type { Answer } from '../model/items';
import type { Line } from '../live/http';
import { iso, pagesOf, WEEK_MS } from '../live/windows';

const ids = z.object({
  data: z.array(z.object({ id: z.string() })),
  paging: z.object({ next: z.string().nullish() }).nullish(),
});
const paged = z.object({ paging: z.object({ next: z.string().nullish() }).nullish() });

export const opsgenieHeaders = (token: string): Record<string, string> => ({ authorization: `GenieKey ${token}` });

async function* list(line: Line, first: string): AsyncGenerator<Answer> {
  for (let path: string | undefined = first; path !== undefined;) {
    const content = await line.json({ path });
    yield { name: path, content };
    path = paged.parse(content).paging?.next ?? undefined;
  }
}

export async function* askOpsgenie(line: Line, window: Stretch): AsyncGenerator<Answer> {
  // A list of users has no contacts: each is asked for by itself.
  for await (const { content } of list(line, '/v2/users?limit=100'))
    for (const { id } of ids.parse(content).data) {
      const path = `/v2/users/${encodeURIComponent(id)}`;
      yield { name: path, content: await line.json({ path, query: { expand: 'contact' } }) };
    }
  yield* list(line, '/v2/escalations');
  for await (const answer of list(line, '/v2/schedules?expand=rotation')) {
    yield answer;
    for (const { id } of ids.parse(answer.content).data) {
      const path = `/v2/schedules/${encodeURIComponent(id)}`;
      for await (const { name, content } of list(line, `${path}/overrides`))
        yield { name, content: withSchedule(content, id) };
      for (const { from } of pagesOf(window, 4 * WEEK_MS))
        yield {
          name: `${path}/timeline from ${iso(from)}`,
          content: await line.json({
            path: `${path}/timeline`,
            query: { date: iso(from), interval: '4', intervalUnit: 'weeks', expand: 'base,forwarding,override' },
          }),
        };
    }
  }
}

const overrides = z.looseObject({ data: z.array(z.looseObject({})) });

/** The list does not always say whose overrides they are; whoever asked knows. */
const withSchedule = (content: unknown, id: string): object => ({
  data: overrides.parse(content).data.map((override) => ({ ...override, _parent: { id } })),
});
