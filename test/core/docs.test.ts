import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsDoc } from '../support/commands-doc';

const ROOT = join(__dirname, '..', '..');
const FILE = join(ROOT, 'docs', 'commands.md');

test('docs/commands.md says what the table of commands says', () => {
  if (process.env['REWRITE_DOCS']) writeFileSync(FILE, commandsDoc());
  expect(readFileSync(FILE, 'utf8')).toBe(commandsDoc());
});

/** Every text that promises something: stories and tests. */
function promises(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'histories' ? '' : promises(path);
      return /\.(txt|test\.ts)$/.test(entry.name) ? readFileSync(path, 'utf8') : '';
    })
    .join('\n');
}

/** `R12-R26` names each of them. */
function named(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, letter = '', from, to] of text.matchAll(/\b([RBHD])(\d{1,2})(?:\s*-\s*[RBHD]?(\d{1,2}))?\b/g)) {
    for (let number = Number(from); number <= Number(to ?? from); number++) found.add(`${letter}${number}`);
  }
  return found;
}

test.each([
  ['R1-R52', 'R', 52],
  ['H1-H10', 'H', 10],
] as const)('every requirement %s is promised by a story or a test', (_all, letter, last) => {
  const found = named(promises(join(ROOT, 'test')));
  const missing = Array.from({ length: last }, (_, index) => `${letter}${index + 1}`).filter(
    (requirement) => !found.has(requirement),
  );
  expect(missing).toEqual([]);
});
