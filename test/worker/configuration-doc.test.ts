/** docs/configuration.md says what the files may say: every key, with the default that is really used. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { policyFrom } from '../../worker/config';
import { directoryYaml } from '../../worker/config/directory-yaml';
import { settingsOf } from '../../cli/configuration';

const DOC = readFileSync(join(__dirname, '..', '..', 'docs', 'configuration.md'), 'utf8');
/** Key → the cells behind it. */
const rows = new Map(
  DOC.split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
    )
    .map(([key = '', ...cells]) => [key, cells]),
);
const SEVERITY = /^severities\.([0-3])\.(.*)$/;

test('every key of policy.yaml, with its default', () => {
  const settings = settingsOf(policyFrom({ hotline: 'none: must be there' }));
  settings.delete('hash');
  const wrong = [...settings].filter(([path, value]) => {
    const [, severity, key] = SEVERITY.exec(path) ?? [];
    return key === undefined
      ? rows.get(path.replace(/^(eDown|escalation)\./, ''))?.at(-1) !== value
      : rows.get(key)?.[Number(severity) + 1] !== value;
  });
  expect(wrong).toEqual([]);
});

test('every key of directory.yaml', () => {
  const { properties } = z.toJSONSchema(directoryYaml({}), { io: 'input', unrepresentable: 'any' }) as {
    properties: Record<string, { items?: { properties?: Record<string, unknown> } }>;
  };
  const keys = Object.entries(properties).flatMap(([key, { items }]) =>
    items?.properties && (key === 'people' || key === 'onCall')
      ? Object.keys(items.properties).map((inner) => `${key}[].${inner}`)
      : [key],
  );
  expect(keys.length).toBeGreaterThan(15);
  expect(keys.filter((key) => !rows.has(key))).toEqual([]);
});

test('nothing that is not there', () => {
  const known = [...settingsOf(policyFrom({ hotline: '1' })).keys()].map((path) =>
    path.replace(/^(eDown|escalation)\.|^severities\.\d\./, ''),
  );
  expect(
    [...rows.keys()].filter(
      (key) =>
        !/^(people|onCall|holidays|rota|dutyManagers|dutyExecutive|rnd|contactChannels)/.test(key) &&
        !known.includes(key),
    ),
  ).toEqual([]);
});
