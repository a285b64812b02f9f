/** Whatever an export holds, the import ends, and says what it could not read: nothing in it stops somebody from moving. */
import type { Vendor } from '../../cli/moving-in/model/export';
import { move } from '../../cli/moving-in/move';
import { WAYS_IN } from '../../cli/moving-in/vendors';
import fc, { MORE } from '../support/random';
import { NOW } from '../support/moving-in/moved';
import { RENDERED_AS, TEAM_OF_FIVE } from '../support/moving-in/team-of-five';

const WINDOW = { from: NOW, to: NOW + 8 * 7 * 86_400_000 };
const ACCOUNT = { ...TEAM_OF_FIVE, from: NOW, to: WINDOW.to };

const junk = fc.oneof(
  fc.constantFrom(
    null,
    '',
    ' ',
    'x'.repeat(5_000),
    -1,
    0,
    1e15,
    [],
    {},
    'env:HOME',
    'a\nb: "c"',
    '2026-02-30',
    '9999-12-31T23:59:59Z',
  ),
  fc.jsonValue(),
);

/** Another value at one place of the answer. */
function damaged(content: unknown, steps: readonly number[], value: unknown): unknown {
  const [step = 0, ...rest] = steps;
  if (typeof content !== 'object' || content === null || rest.length === 0) return value;
  const keys = Object.keys(content);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return value;
  const copy: Record<string, unknown> = { ...content };
  copy[key] = damaged(copy[key], rest, value);
  return Array.isArray(content) ? Object.values(copy) : copy;
}

it.each(Object.keys(RENDERED_AS))('%s', (vendor) => {
  const files = Object.values(RENDERED_AS[vendor]?.(ACCOUNT) ?? {});
  const places = fc.array(fc.nat(300), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(fc.nat(20), places, junk, (file, steps, value) => {
      const answers = files.map((content, index) => ({
        name: `answer ${index}`,
        content:
          index !== file % files.length
            ? content
            : typeof content === 'string'
              ? content.slice(0, steps[0]) + JSON.stringify(value) + content.slice(steps[1])
              : damaged(content, steps, value),
      }));
      const { lines, files: written } = move(WAYS_IN[vendor as Vendor].read(answers, WINDOW), NOW);
      expect(Object.keys(written)).toEqual(['directory.yaml', 'policy.yaml', 'report.md', 'report.json']);
      // The whole of it is one a worker takes: a mistake would be told as such.
      expect(lines.filter(({ what }) => what.endsWith('.yaml'))).toEqual([]);
    }),
    { numRuns: MORE * 40 },
  );
});
