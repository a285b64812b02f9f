/** `tocsin desk`: links that lead to the right list of the right Web UI, without asking any server. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { DESK_COLUMNS, DESK_VIEWS } from '../../workflows/desk';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages';
import { cells } from '../../cli/render/text';
import { removeFolder, temporaryFolder } from '../support/processes';
import { tocsin } from '../support/tocsin-process';
import { typed } from '../support/typed';

interface Desk {
  readonly url: string;
  readonly namespace: string;
  readonly views: readonly { readonly name: string; readonly url: string; readonly query: string }[];
  readonly columnsBookmark: string;
}

const VARIABLES = ['TOCSIN_UI_URL', 'TOCSIN_UI_PORT', 'TOCSIN_BY', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'];
const kept = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));
beforeEach(() => {
  for (const name of VARIABLES) delete process.env[name];
});
afterAll(() => {
  for (const [name, value] of Object.entries(kept)) if (value !== undefined) process.env[name] = value;
});

async function desk(...words: string[]): Promise<Desk> {
  const { exitCode, out } = await typed(['desk', '--json', ...words]);
  expect(exitCode).toBe(0);
  return JSON.parse(out) as Desk;
}

test('a link for each view, each of the words that the server reads', async () => {
  const { views } = await desk();
  expect(views.map(({ name }) => name)).toEqual(['now', 'e-down', 'escalated', 'no-engineer', 'ended']);
  for (const { url, query } of views) {
    const { pathname, searchParams } = new URL(url);
    expect(pathname).toBe('/namespaces/default/workflows');
    expect(searchParams.get('query')).toBe(query);
    // A view that had dead parts of cases in it would show what was so long ago.
    expect(query).toContain('ExecutionStatus');
    const named = query.match(/\bCase\w+/g) ?? [];
    expect(named.filter((name) => !(name in SEARCH_ATTRIBUTES))).toEqual([]);
  }
});

test('what was ended from outside stays in its view as long as in the list, so that it can become empty', async () => {
  const [{ query = '' } = {}] = (await desk('ended')).views;
  const [, since = ''] = /CloseTime > '([^']+)'$/.exec(query) ?? [];
  const days = (Date.now() - Date.parse(since)) / 86_400_000;
  expect(days).toBeCloseTo(7, 2);
});

test('mine and the uses of a customer come with who that is, and what they are called cannot become a question', async () => {
  const { views } = await desk('--by', 'mgr-ana', '--customer', "x' OR '1'='1");
  expect(views.map(({ name }) => name).slice(-2)).toEqual(['mine', 'uses']);
  expect(views.at(-2)?.query).toContain("CaseAsked = 'mgr-ana'");
  expect(views.at(-1)?.query).toContain("CaseCustomer = 'x\\' OR \\'1\\'=\\'1'");
  process.env['TOCSIN_BY'] = 'eng-lee';
  expect((await desk('mine')).views).toMatchObject([
    { name: 'mine', query: expect.stringContaining("'eng-lee'") as string },
  ]);
});

test.each([
  [[], {}, 'http://127.0.0.1:8233', 'default'],
  [[], { TOCSIN_UI_PORT: '9000' }, 'http://127.0.0.1:9000', 'default'],
  [['--namespace', 'desk'], { TOCSIN_UI_URL: 'https://ui.example.com/' }, 'https://ui.example.com', 'desk'],
  [
    ['--address', 'acme.a1b2c.tmprl.cloud:7233', '--namespace', 'acme.a1b2c'],
    {},
    'https://cloud.temporal.io',
    'acme.a1b2c',
  ],
])('the Web UI of %j with %j is %s', async (words, environment, url, namespace) => {
  Object.assign(process.env, environment);
  const found = await desk(...words);
  expect(found).toMatchObject({ url, namespace });
  for (const view of found.views) expect(view.url.startsWith(`${url}/namespaces/${namespace}/workflows?`)).toBe(true);
});

test.each([
  [['desk', '--address', 'temporal.example.com:7233'], {}, /TOCSIN_UI_URL/],
  [['desk'], { TOCSIN_UI_URL: 'ui' }, /TOCSIN_UI_URL must be an http or https URL/],
  [['desk', 'mine'], {}, /--by, or TOCSIN_BY/],
  [['desk', 'uses'], {}, /--customer/],
  [['desk', 'later'], {}, /Allowed choices/],
])('%j with %j says what is missing, and ends with 2', async (words, environment, sentence) => {
  Object.assign(process.env, environment);
  const { exitCode, err } = await typed(words);
  expect([exitCode, err]).toEqual([2, expect.stringMatching(sentence)]);
});

describe('--open', () => {
  // What each system opens an address with, here a script that writes down what it was given.
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => removeFolder(folder));
  const browser = (lines: string): void =>
    writeFileSync(join(folder, opener), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  const opened = (...words: string[]): ReturnType<typeof tocsin> =>
    tocsin(folder, ['desk', '--open', ...words], { PATH: folder });

  test.each<[string, string[], string[]]>([
    ['look now', [], ['now']],
    ['the view that is named', ['mine', '--by', 'mgr-ana'], ['mine', '--by', 'mgr-ana']],
  ])('opens %s and no other, and saves nothing', async (_what, words, same) => {
    browser(`printf '%s\\n' "$@" > '${join(folder, 'given')}'`);
    expect(await opened(...words)).toMatchObject({ code: 0, err: '' });
    const [view] = (await desk(...same)).views;
    const given = readFileSync(join(folder, 'given'), 'utf8').trim().split('\n');
    expect(given).toHaveLength(1);
    const { pathname, searchParams } = new URL(given[0] ?? '');
    expect(pathname).toBe('/namespaces/default/workflows');
    expect([...searchParams]).toEqual([['query', view?.query]]);
  });

  test.each([
    ['a browser that fails', (): void => browser('exit 3')],
    ['no browser at all', (): void => undefined],
  ])('%s is told, with the link to open by hand', async (_what, prepare) => {
    prepare();
    const { code, out, err } = await opened();
    expect([code, err]).toEqual([1, expect.stringMatching(/no browser to be opened here.*Open the link yourself/)]);
    expect(out).toContain('/namespaces/default/workflows?');
  });
});

test('columns are attributes that cases have, and the bookmark sets them for this namespace', async () => {
  const { columnsBookmark } = await desk('--namespace', 'desk');
  expect(DESK_COLUMNS.filter((name) => name !== 'Workflow ID' && !(name in SEARCH_ATTRIBUTES))).toEqual([]);
  // Run as a browser runs it.
  const store: Record<string, string> = {};
  runInNewContext(columnsBookmark.replace(/^javascript:/, ''), {
    localStorage: store,
    location: { reload: () => undefined },
  });
  expect(JSON.parse(store['namespace-workflow-table-columns'] ?? '')).toEqual({
    desk: DESK_COLUMNS.map((label) => ({ label })),
  });
});

test('it fits 80 columns, but for what is clicked or copied', async () => {
  const { out } = await typed(['desk', '--by', 'mgr-ana', '--customer', '1001'], { width: 80 });
  const lines = out.split('\n');
  for (const { title } of DESK_VIEWS) expect(lines.some((line) => line.startsWith(title))).toBe(true);
  for (const line of lines.filter((one) => !/^ {2}(http|javascript:)/.test(one)))
    expect(cells(line)).toBeLessThanOrEqual(80);
});
