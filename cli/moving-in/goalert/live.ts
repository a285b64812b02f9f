/** GoAlert's GraphQL: connections page by `endCursor`, shifts are rendered for at most 50 days. */
import { z } from 'zod';
import type { Stretch } from '../model/export';
import type { Answer } from '../model/items';
import { VendorFailed, type Line } from '../live/http';
import { iso, pagesOf, WEEK_MS } from '../live/windows';

const PAGE = 50;
const connection = z.object({
  nodes: z.array(z.looseObject({ id: z.string() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
});
const failed = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

const FIELDS = {
  users: 'id name email contactMethods { id type value disabled } notificationRules { id }',
  rotations: 'id name type start timeZone shiftLength activeUserIndex userIDs nextHandoffTimes(num: 2)',
  escalationPolicies: 'id name repeat steps { delayMinutes targets { id type name } }',
  userOverrides: 'id start end addUserID removeUserID target { id type name }',
} as const;

const SCHEDULE = `id name timeZone
  targets { target { id type name } rules { start end weekdayFilter } }
  onCallNotificationRules { id }
  temporarySchedules { start end shifts { userID start end truncated } }
  shifts(start: $start, end: $end) { userID start end truncated }`;

export const goAlertHeaders = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

async function graphql(line: Line, query: string, variables: object): Promise<unknown> {
  const content = await line.json({ path: '/api/graphql', body: { query, variables } });
  const errors = failed.safeParse(content);
  if (errors.success)
    throw new VendorFailed('REFUSED', `GoAlert refuses the query: ${errors.data.errors[0]?.message ?? ''}`);
  return content;
}

async function* list(line: Line, name: string, fields: string): AsyncGenerator<Answer & { ids: readonly string[] }> {
  const found = `nodes { ${fields} } pageInfo { hasNextPage endCursor }`;
  const query = `query Export($first: Int!, $after: String!) { ${name}(input: { first: $first, after: $after }) { ${found} } }`;
  for (let after = ''; ;) {
    const content = await graphql(line, query, { first: PAGE, after });
    const { nodes, pageInfo } = z.object({ data: z.record(z.string(), connection) }).parse(content).data[name] ?? {
      nodes: [],
      pageInfo: { hasNextPage: false },
    };
    yield { name: `${name} after ${after || 'the begin'}`, content, ids: nodes.map(({ id }) => id) };
    if (!pageInfo.hasNextPage || !pageInfo.endCursor) return;
    after = pageInfo.endCursor;
  }
}

export async function* askGoAlert(line: Line, window: Stretch): AsyncGenerator<Answer> {
  for (const [name, fields] of Object.entries(FIELDS)) yield* list(line, name, fields);
  for await (const { ids } of list(line, 'schedules', 'id'))
    for (const id of ids)
      for (const { from, to } of pagesOf(window, 7 * WEEK_MS))
        yield {
          name: `schedule ${id} from ${iso(from)}`,
          content: await graphql(
            line,
            `query Shifts($id: ID!, $start: ISOTimestamp!, $end: ISOTimestamp!) { schedule(id: $id) { ${SCHEDULE} } }`,
            { id, start: iso(from), end: iso(to) },
          ),
        };
}
