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

const options = { ...config.options, noEmit: true };
const host = ts.createCompilerHost(options);
const parse = host.getSourceFile.bind(host);
/** As they are on the disk: libraries take longer to be parsed than our own files to be checked. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** The files that do not compile when these are so. */
function broken(changed: ReadonlyMap<string, string>): string[] {
  host.getSourceFile = (path, version, ...rest) => {
    const text = changed.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, version, true);
    if (!parsed.has(path)) parsed.set(path, parse(path, version, ...rest));
    return parsed.get(path);
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

/** One that is said in the words of another, and one with sentences of its own. */
const rows = withLine(
  NEEDS,
  '  TEAM_ENGINEER: {',
  ['LICENCE_ENDED', 'LICENCE_ENDS']
    .map(
      (kind, index) => `  ${kind}: {
    audience: 'MANAGER',
    purpose: 'ESCALATION_INFO',
    urgency: 'NEVER',
    barred: [],
    endsBy: 'ANSWER',
    endsWith: ['CLOSING'],
    overtakenBy: [],${index === 0 ? " words: 'STAFFING'," : ''}
  },`,
    )
    .join('\n'),
);

test('a new need is its row alone, but for sentences of its own: the compiler names what the languages lack, and no other file', () => {
  expect(broken(new Map([rows]))).toEqual(WORDS);
});

test('a new need with its words compiles', () => {
  const words = WORDS.map((path) =>
    withLine(
      join(ROOT, path),
      '  TEAM_ENGINEER: {',
      "  LICENCE_ENDS: { name: 'the licence', want: () => 'Please renew the licence.' },",
    ),
  );
  expect(broken(new Map([rows, ...words]))).toEqual([]);
});
