/** The live API, on this machine: in pages, behind a token, with a limit that makes everybody wait once. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { goAlert } from '../support/moving-in/goalert';
import { grafana } from '../support/moving-in/grafana';
import { opsgenie } from '../support/moving-in/opsgenie';
import { pagerDuty } from '../support/moving-in/pagerduty';
import { tocsin, type Ended } from '../support/moving-in/shell';
import { RENDERED_AS, TEAM_OF_FIVE } from '../support/moving-in/team-of-five';
import { serve, type Answering, type Served } from '../support/moving-in/vendor-server';

const AT = '2026-11-30T00:00:00Z';
const TOKEN = 's3cret';

let out: string;
let served: Served;
beforeEach(() => {
  out = mkdtempSync(path.join(tmpdir(), 'tocsin-live-'));
});
afterEach(async () => {
  rmSync(out, { recursive: true });
  await served.close();
});

type Json = Record<string, unknown>;
const list = (content: unknown, key: string): Json[] => (content as Record<string, Json[]>)[key] ?? [];

/** Two at a time, by `offset`, as PagerDuty does. */
const pagerDutyApi: Answering = ({ url }) => {
  const window = {
    from: Date.parse(url.searchParams.get('since') ?? AT),
    to: Date.parse(url.searchParams.get('until') ?? AT),
  };
  const files = pagerDuty({ ...TEAM_OF_FIVE, ...window });
  const [, name = '', id] = url.pathname.split('/');
  if (id !== undefined) return files[`schedule-${id.toLowerCase()}.json`];
  const all =
    name === 'schedules'
      ? TEAM_OF_FIVE.rotas.map((rota) => ({ id: rota.id.toUpperCase(), type: 'schedule', time_zone: rota.zone }))
      : list(files[`${name}.json`], name);
  const offset = Number(url.searchParams.get('offset'));
  // However many are asked for, a page has a hundred at most; here two, so that there are several.
  const size = offset === 0 ? 100 : 100;
  return {
    [name]: offset === 0 ? all.slice(0, 2) : all.slice(2),
    limit: size,
    offset,
    more: offset === 0 && all.length > 2,
  };
};

const opsgenieApi: Answering = ({ url, base }) => {
  const parts = url.pathname.split('/').slice(2);
  const from = Date.parse(url.searchParams.get('date') ?? AT);
  const files = opsgenie({ ...TEAM_OF_FIVE, from, to: from + 28 * 86_400_000 });
  const [name = '', id, what] = parts;
  if (name === 'users' && id !== undefined) return files[`user-${id.slice(2)}.json`];
  if (name === 'users') {
    const all = TEAM_OF_FIVE.people.map((person) => ({ id: `u-${person.id}`, username: person.email }));
    return url.searchParams.has('offset')
      ? { data: all.slice(3) }
      : { data: all.slice(0, 3), paging: { next: `${base}/v2/users?limit=100&offset=3` } };
  }
  if (what === 'timeline') return files[`timeline-${id?.slice(2) ?? ''}.json`];
  if (what === 'overrides')
    return {
      data: list(files['overrides.json'], 'data')
        .filter((one) => (one['_parent'] as Json)['id'] === id)
        .map(({ _parent: _, ...rest }) => rest),
    };
  return files[`${name}.json`];
};

const grafanaApi: Answering = ({ url }) => {
  const [, , , name = '', id] = url.pathname.split('/');
  const files = grafana(TEAM_OF_FIVE);
  const content = files[id ? `final_shifts-${id}.json` : `${name}.json`];
  const all = list(content, 'results');
  const half = Math.ceil(all.length / 2);
  // A proxy in front of it makes it name a host that nobody outside can reach.
  return url.searchParams.get('page') === '2'
    ? { count: all.length, next: null, results: all.slice(half) }
    : {
        count: all.length,
        next: `http://oncall.internal${url.pathname}${url.search === '' ? '?' : `${url.search}&`}page=2`,
        results: all.slice(0, half),
      };
};

const goAlertApi: Answering = ({ body }) => {
  const { query, variables } = body as {
    query: string;
    variables: { id?: string; start?: string; end?: string; after?: string };
  };
  if (variables.id !== undefined) {
    const [from, to] = [Date.parse(variables.start ?? ''), Date.parse(variables.end ?? '')];
    if (to - from > 50 * 86_400_000) return { errors: [{ message: 'cannot query more than 50 days' }], data: null };
    return goAlert({ ...TEAM_OF_FIVE, from, to })[`${variables.id}.json`];
  }
  const name = /\{ (\w+)\(/.exec(query)?.[1] ?? '';
  const files = goAlert({ ...TEAM_OF_FIVE, from: Date.parse(AT) });
  const nodes =
    name === 'schedules'
      ? TEAM_OF_FIVE.rotas.map(({ id }) => ({ id: `schedule-${id}` }))
      : Object.values(files).flatMap(
          (file) => (file as { data: Record<string, { nodes?: Json[] }> }).data[name]?.nodes ?? [],
        );
  const half = Math.ceil(nodes.length / 2);
  const first = variables.after === '';
  return {
    data: {
      [name]: {
        nodes: first ? nodes.slice(0, half) : nodes.slice(half),
        pageInfo: { hasNextPage: first, endCursor: first ? 'cursor' : null },
      },
    },
  };
};

const VENDORS: readonly (readonly [string, string, Answering])[] = [
  ['pagerduty', `Token token=${TOKEN}`, pagerDutyApi],
  ['opsgenie', `GenieKey ${TOKEN}`, opsgenieApi],
  ['grafana', TOKEN, grafanaApi],
  ['goalert', `Bearer ${TOKEN}`, goAlertApi],
];

const importing = (vendor: string, url: string, token = TOKEN): Promise<Ended> =>
  tocsin(['directory', 'import', vendor, '--token', 'env:VENDOR_TOKEN', '--url', url, '--out', out, '--at', AT], {
    env: { VENDOR_TOKEN: token },
  });

describe.each(VENDORS)('%s', (vendor, authorization, answering) => {
  it('is read in pages, waits when it is told to, and says the same as its saved answers', async () => {
    served = await serve(authorization, answering);
    const moved = await importing(vendor, served.url);
    expect(moved).toMatchObject({ exitCode: 0, err: 'The API asks to wait 0 s.' });
    expect(served.limited()).toBe(1);
    expect(moved.out).toMatch(/^5 people and 2 teams/);

    const compared = await tocsin(
      [
        'directory',
        'compare',
        '--against',
        vendor,
        '--token',
        'env:VENDOR_TOKEN',
        '--url',
        served.url,
        '--at',
        AT,
        '--json',
      ],
      { config: out, env: { VENDOR_TOKEN: TOKEN } },
    );
    expect(compared.exitCode).toBe(0);
    expect(JSON.parse(compared.out)).toMatchObject({ differences: [], notRendered: [] });

    const saved = mkdtempSync(path.join(tmpdir(), 'tocsin-saved-'));
    await tocsin([
      'directory',
      'import',
      vendor,
      '--from-json',
      path.resolve('examples/moving-in', vendor),
      '--out',
      saved,
      '--at',
      AT,
    ]);
    const directoryIn = (folder: string): string => readFileSync(path.join(folder, 'directory.yaml'), 'utf8');
    expect(directoryIn(out)).toBe(directoryIn(saved));
    rmSync(saved, { recursive: true });
  });

  it('is refused with another token, and nothing is written', async () => {
    served = await serve(authorization, answering);
    const refused = await importing(vendor, served.url, 'wrong');
    expect(refused).toMatchObject({ exitCode: 1, out: '' });
    expect(refused.err).toContain('refuses the token');
    expect(refused.err).not.toContain('wrong');
    expect(existsSync(path.join(out, 'directory.yaml'))).toBe(false);
  });
});

it('asks a calendar by its address alone', async () => {
  served = await serve('Bearer feed', () => Object.values(RENDERED_AS['ical']?.(TEAM_OF_FIVE) ?? {})[0]);
  const moved = await tocsin(
    ['directory', 'import', 'ical', '--token', 'env:FEED', '--url', `${served.url}/rota.ics`, '--out', out, '--at', AT],
    { env: { FEED: 'feed' } },
  );
  expect(moved.exitCode).toBe(0);
  expect(served.asked).toEqual(['GET /rota.ics']);
});

it('sends no token over plain http to another machine', async () => {
  served = await serve('', () => ({}));
  const refused = await importing('pagerduty', 'http://pagerduty.example');
  expect(refused).toMatchObject({ exitCode: 2 });
  expect(refused.err).toContain('https');
});

it('ends with 3 when nobody answers', async () => {
  served = await serve('', () => ({}));
  await served.close();
  const away = await tocsin(['directory', 'import', 'ical', '--url', `${served.url}/rota.ics`, '--out', out]);
  served = await serve('', () => ({}));
  expect(away.exitCode).toBe(3);
});
