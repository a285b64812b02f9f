/**
 * docs/architecture.md, "A new thing": a new need is one row of `paging/needs.ts`, which names its words, and one line of
 * `who-is-told.ts` (who is asked for it, of which event). Sentences of its own that are missing the compiler names; nothing else of the
 * program has to know of it.
 */
import { join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..');
const NEEDS = join(ROOT, 'workflows/core/paging/needs.ts');
const WORDS = ['en', 'zh'].map((language) => `workflows/core/words/${language}/needs.ts`);

const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config,
  ts.sys,
  ROOT,
);
/** The program, without its tests: they look at every need, and have to look at the new one as well. */
const sources = config.fileNames.filter((file) => !/\/(test|bench)\//.test(file));

/** The files that do not compile when these are so. */
function broken(changed: ReadonlyMap<string, string>): string[] {
  const options = { ...config.options, noEmit: true };
  const host = ts.createCompilerHost(options);
  const asItIs = host.getSourceFile.bind(host);
  host.getSourceFile = (path, version, ...rest) => {
    const text = changed.get(path);
    return text === undefined ? asItIs(path, version, ...rest) : ts.createSourceFile(path, text, version, true);
  };
  const program = ts.createProgram({ rootNames: sources, options, host });
  const files = ts
    .getPreEmitDiagnostics(program)
    .map(({ file }) => (file ? relative(ROOT, file.fileName) : 'elsewhere'));
  return [...new Set(files)].sort();
}

/** The file with a line of its own before the one that begins so. */
function withLine(path: string, before: string, line: string): [string, string] {
  const text = ts.sys.readFile(path) ?? '';
  expect(text.split(before)).toHaveLength(2);
  return [path, text.replace(before, `${line}\n${before}`)];
}

const rowWith = (words: string): [string, string] =>
  withLine(
    NEEDS,
    '  TEAM_ENGINEER: {',
    `  LICENCE_ENDS: {
    audience: 'MANAGER',
    purpose: 'ESCALATION_INFO',
    urgency: 'NEVER',
    barred: [],
    endsBy: 'ANSWER',
    endsWith: ['CLOSING'],
    overtakenBy: [],${words}
  },`,
  );
const row = rowWith('');

test('a new need that is said in the words of another compiles with its row alone', () => {
  expect(broken(new Map([rowWith(" words: 'STAFFING',")]))).toEqual([]);
}, 60_000);

test('a new need with sentences of its own: the compiler names what the languages lack, and no other file', () => {
  expect(broken(new Map([row]))).toEqual(WORDS);
}, 60_000);

test('a new need with its words compiles', () => {
  const words = WORDS.map((path) =>
    withLine(
      join(ROOT, path),
      '  TEAM_ENGINEER: {',
      "  LICENCE_ENDS: { name: 'the licence', want: () => 'Please renew the licence.' },",
    ),
  );
  expect(broken(new Map([row, ...words]))).toEqual([]);
}, 60_000);
