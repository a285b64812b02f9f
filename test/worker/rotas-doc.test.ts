/** docs/rotas.md: each listing is what its YAML gives. `npm run docs:rotas` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spansOf } from '../../activities/directory/rota';
import { instantOf, parseDay } from '../../activities/directory/local-time';
import { localTime } from '../../cli/render/on-call';
import { parseDirectory } from '../../worker/config';

const DOC = join(__dirname, '..', '..', 'docs', 'rotas.md');
const PEOPLE = ['maier', 'rossi', 'smith', 'cruz', 'diaz', 'lee', 'kim', 'sato'];
const BLOCK = /```yaml\n([\s\S]*?)```\n\n<!-- from (\d{4}-\d\d-\d\d) for (\d+)d -->\n(?:\n```text\n[\s\S]*?```\n)?/g;
const DAY_MS = 24 * 3_600_000;

function listing(yaml: string, day: string, days: number): string {
  const team = yaml
    .trimEnd()
    .split('\n')
    .map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`);
  const file = [
    'people:',
    ...PEOPLE.map((id) => `  - { id: ${id}, name: ${id} }`),
    'dutyManagers: [maier]',
    'holidays: { us: { days: [2026-11-26] } }',
    'onCall:',
    ...team,
  ].join('\n');
  const [rota] = parseDirectory(file, 'docs/rotas.md', {}, Date.parse('2026-10-01T00:00Z')).onCall;
  if (!rota) throw new Error('no team');
  const from = instantOf(rota.timezone, parseDay(day), 0);
  return spansOf(rota, from, from + days * DAY_MS)
    .map((span) => `${localTime(span.from, rota.timezone)}  ${span.ladder.join(', then ') || '–'}`)
    .join('\n');
}

const made = (doc: string): string =>
  doc.replaceAll(BLOCK, (_, yaml: string, day: string, days: string) =>
    [
      `\`\`\`yaml\n${yaml}\`\`\``,
      `<!-- from ${day} for ${days}d -->`,
      `\`\`\`text\n${listing(yaml, day, Number(days))}\n\`\`\`\n`,
    ].join('\n\n'),
  );

test('every listing is what its YAML gives', () => {
  const doc = readFileSync(DOC, 'utf8');
  expect([...doc.matchAll(BLOCK)]).toHaveLength(10);
  if (process.env['REWRITE_DOCS']) writeFileSync(DOC, made(doc));
  expect(readFileSync(DOC, 'utf8')).toBe(made(doc));
});
