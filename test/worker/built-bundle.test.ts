/** What production runs is what was built here, whole, from the sources that lie beside it; anything else is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BundleUnusable, hashOfSources, readBundle, sealed } from '../../worker/built-bundle';
import { workflowBundle } from '../support/bundle';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-bundle-'));
  path = join(folder, 'workflow-bundle.js');
});
afterEach(() => rmSync(folder, { recursive: true }));

const CODE = 'var __TEMPORAL__;\nrun();';

test('what was sealed is read as it was', () => {
  writeFileSync(path, sealed(CODE));
  expect(readBundle(path)).toEqual({ id: hashOfSources(), code: CODE });
});

test('where nothing was built there is nothing', () => expect(readBundle(path)).toBeUndefined());

test.each<[string, string, RegExp]>([
  ['half of it', sealed(CODE).slice(0, -3), /damaged.*npm run build/s],
  ['another file', 'broken(', /damaged.*npm run build/s],
  ['nothing', '', /damaged.*npm run build/s],
  ['the bundle of other sources', sealed(CODE, 'abc'), /other sources.*npm run build/s],
])('%s is refused, and it is said what to do', (_what, text, words) => {
  writeFileSync(path, text);
  expect(() => readBundle(path)).toThrow(BundleUnusable);
  expect(() => readBundle(path)).toThrow(words);
});

test('where only the built code was shipped, its own seal is enough', () => {
  writeFileSync(path, sealed(CODE, 'abc'));
  expect(readBundle(path, null)).toEqual({ id: 'abc', code: CODE });
});

test('one letter of the workflow makes other sources', () => {
  const sources = join(folder, 'workflows');
  writeFileSync(path, '');
  const before = hashOfSources(folder);
  writeFileSync(`${sources}.ts`, 'a');
  const changed = hashOfSources(folder);
  writeFileSync(`${sources}.ts`, 'b');
  expect(new Set([before, changed, hashOfSources(folder)]).size).toBe(3);
});

test("a case runs this Node's own JavaScript, not calls that imitate it: every page would wait for them", async () => {
  const { code } = await workflowBundle();
  expect(code).toMatch(/\{\s*\.\.\.state/);
  expect(code).not.toMatch(/_object_spread|_define_property/);
}, 60_000);

test('a case carries one language: what pages say besides is for activities, and every cached case would hold it', async () => {
  const { code } = await workflowBundle();
  expect(code).toContain('core/words/en');
  expect(code.replace(/\n\/\/# sourceMappingURL=.*$/s, '')).not.toMatch(/core\/words\/zh|案例/);
}, 60_000);
