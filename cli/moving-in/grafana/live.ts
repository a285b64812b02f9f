/** Grafana OnCall's public API: lists page by `next`, final shifts are rendered for at most a year. */
import { z } from 'zod';
import type { Stretch } from '../model/export';
import type { Answer } from '../model/items';
import type { Line } from '../live/http';
import { pagesOf, WEEK_MS } from '../live/windows';

const paged = z.object({ next: z.string().nullish() });
const schedules = z.object({ results: z.array(z.object({ id: z.string(), type: z.string() })) });

export const grafanaHeaders = (token: string): Record<string, string> => ({ authorization: token });

async function* list(line: Line, first: string): AsyncGenerator<Answer> {
  for (let path: string | undefined = first; path !== undefined;) {
    const content = await line.json({ path });
    yield { name: path, content };
    path = paged.parse(content).next ?? undefined;
  }
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

export async function* askGrafana(line: Line, window: Stretch): AsyncGenerator<Answer> {
  for (const path of ['users', 'on_call_shifts', 'escalation_chains', 'escalation_policies', 'shift_swaps'])
    yield* list(line, `/api/v1/${path}/`);
  for await (const answer of list(line, '/api/v1/schedules/')) {
    yield answer;
    for (const { id } of schedules.parse(answer.content).results.filter(({ type }) => type !== 'ical'))
      for (const { from, to } of pagesOf(window, 52 * WEEK_MS)) {
        const path = `/api/v1/schedules/${encodeURIComponent(id)}/final_shifts`;
        // The name says whose they are; the answer does not.
        for await (const { content } of list(line, `${path}?start_date=${day(from)}&end_date=${day(to)}`))
          yield { name: `${path} of ${id}`, content };
      }
  }
}
