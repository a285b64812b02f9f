/**
 * A sentence that nothing says is a sentence that somebody still translates. The compiler names each word that the catalogue lacks
 * (words/catalogue.ts); here the other way round: each word that it has is made somewhere in the program.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { CODES } from '../../workflows/core/language/codes';
import { NEED_KINDS, NEEDS } from '../../workflows/core/paging/needs';
import { en } from '../../workflows/core/words/en';

const ROOT = join(__dirname, '..', '..');
const WORDS = 'workflows/core/words/';
const WHO_IS_TOLD = 'workflows/core/who-is-told.ts';
/** The values of a type, listed for the guards: that a value stands there does not make it. */
const LISTS = ['vocabulary', 'codes', 'reach', 'quiet'].map((name) => `workflows/core/language/${name}.ts`);

/** A text that the program makes, and the field or the function that it is made for. */
interface Made {
  readonly text: string;
  readonly into: string;
  readonly file: string;
}

const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config,
  ts.sys,
  ROOT,
);
const made: readonly Made[] = config.fileNames
  .map((path) => relative(ROOT, path))
  .filter((file) => !/^(test|bench)\//.test(file) && !file.startsWith(WORDS) && !LISTS.includes(file))
  .flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022, true);
    return literalsIn(source).flatMap((literal) => (isRead(literal) ? [] : [madeBy(literal, file)]));
  });

function literalsIn(node: ts.Node): ts.StringLiteral[] {
  const below: ts.StringLiteral[] = [];
  node.forEachChild((child) => void below.push(...literalsIn(child)));
  return ts.isStringLiteral(node) ? [node] : below;
}

/** In a type, or compared with: it may come, and nobody here has made it. */
function isRead({ parent }: ts.StringLiteral): boolean {
  if (ts.isLiteralTypeNode(parent) || ts.isCaseClause(parent)) return true;
  return ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText());
}

/** `key: isLate ? 'A' : 'B'` makes both. */
function madeBy(literal: ts.StringLiteral, file: string): Made {
  let { parent }: ts.Node = literal;
  while (ts.isConditionalExpression(parent) || ts.isAsExpression(parent) || ts.isParenthesizedExpression(parent))
    parent = parent.parent;
  const name = ts.isPropertyAssignment(parent) ? parent.name : ts.isCallExpression(parent) ? parent.expression : null;
  return { text: literal.text, into: name?.getText().split('.').at(-1) ?? '', file };
}

const madeWhere = (holds: (one: Made) => boolean): ReadonlySet<string> =>
  new Set(made.filter(holds).map(({ text }) => text));
const without = (keys: readonly string[], known: ReadonlySet<string>): string[] =>
  keys.filter((key) => !known.has(key));

/** Said with a key and its facts. `STATE` is both a page's and a view's: each is looked for where its like are said. */
const PAGES = /^activities\/(templates\/|texts\/)/;
const WORD = /^(worker|workflows)\/word\//;
const VIEWS = /^workflows\/core\/views\//;
test.each([
  ['wanted', /./],
  ['problems', /./],
  ['details', /./],
  ['notes', /./],
  ['dues', /./],
  ['pages', PAGES],
  ['word', WORD],
  ['views', VIEWS],
] as const)('each of the %s is said somewhere', (table, where) => {
  const said = madeWhere(({ into, file }) => into === 'key' && where.test(file));
  expect(without(Object.keys(en[table]), said)).toEqual([]);
});

test('each code refuses something', () => {
  expect(
    without(
      CODES,
      madeWhere(() => true),
    ),
  ).toEqual([]);
});

test('each event is emitted somewhere', () => {
  const emitted = madeWhere(({ into }) => ['emit', 'follow', 'type'].includes(into));
  expect(without(Object.keys(en.events), emitted)).toEqual([]);
});

test('each need is asked for by a line of who-is-told.ts: where it lacks, no compiler says so', () => {
  const asked = madeWhere(({ into, file }) => into === 'kind' && file === WHO_IS_TOLD);
  expect(without(NEED_KINDS, asked)).toEqual([]);
});

test('each purpose is what a need is asked as, or what word is sent as', () => {
  const ofNeeds = NEED_KINDS.map((kind): string => NEEDS[kind].purpose);
  const told = madeWhere(({ file }) => file === WHO_IS_TOLD || file === 'workflows/core/paging/order.ts');
  expect(without(Object.keys(en.purposes), new Set([...ofNeeds, ...told]))).toEqual([]);
});

/** What people send (severities, categories, questions) is theirs to make, and not the program's. */
const CORE = /^workflows\/core\//;
const OUTSIDE = /^(activities|workflows\/shell)\//;
test.each([
  ['ends', CORE],
  ['levels', CORE],
  ['emergencies', CORE],
  ['audiences', CORE],
  ['clocks', CORE],
  ['notWaitedFor', CORE],
  ['unreached', /paging\/ladder\.ts$/],
  ['routes', OUTSIDE],
  ['passedOver', OUTSIDE],
  ['failures', OUTSIDE],
] as const)('each of the %s comes about somewhere', (table, where) => {
  const known = madeWhere(({ file }) => where.test(file));
  // Of a page that failed the failure itself is why a manager did not come.
  const keys = Object.keys(en[table]).filter((key) => table !== 'unreached' || !(key in en.failures));
  expect(without(keys, known)).toEqual([]);
});
