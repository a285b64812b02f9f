/** What is alerted on, drawn and documented is what a worker really tells: a number that was renamed would never wake anybody. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { caseMetrics } from '../../../worker/metrics/cases';
import { configurationMetrics } from '../../../worker/metrics/configuration';
import { versionMetrics } from '../../../worker/metrics/versions';
import { watchMetrics } from '../../../worker/metrics/watch';
import { PACKAGE_ROOT } from '../../../worker/package-root';
import { Telemetry } from '../../../worker/telemetry';
import { org } from '../../support/org';
import { policyOf } from '../../support/company';

const file = (...path: string[]): string => readFileSync(join(PACKAGE_ROOT, ...path), 'utf8');
/** A histogram is told as three series. */
const namesIn = (text: string): string[] =>
  [
    ...new Set([...text.matchAll(/\btocsin_[a-z_]+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ''))),
  ].sort();

/** Of every metric that the sources register: by its name in them, for no test knows all who tell one. */
const told = (): string[] =>
  [
    ...new Set(
      readdirSync(join(PACKAGE_ROOT, 'worker'), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => namesIn(file('worker', name))),
    ),
  ].sort();

/** A name in the sources that is none, or is never told, would make the comparison worth nothing. */
test('the names in the sources are those that a worker tells', () => {
  const telemetry = new Telemetry();
  const policy = policyOf();
  telemetry.watchReadiness(org, () => policy);
  configurationMetrics(telemetry.registry, { policy: () => policy, brokenSince: () => ({}), present: () => [] });
  caseMetrics(telemetry.registry, () => undefined);
  versionMetrics(telemetry.registry, () => undefined, 'tocsin');
  watchMetrics(telemetry.registry);
  const registered = telemetry.registry.getMetricsAsArray().map(({ name }) => name);
  expect(told()).toEqual(expect.arrayContaining(registered.filter((name) => name.startsWith('tocsin_'))));
});

test('every metric stands in docs/operations.md, and no other', () => {
  expect(namesIn(file('docs', 'operations.md'))).toEqual(told());
});

test.each([
  ['rules', file('deploy', 'prometheus', 'tocsin.rules.yml')],
  ['dashboard', file('deploy', 'grafana', 'dashboards', 'tocsin.json')],
])('the %s ask for no metric that is not there', (_what, text) => {
  expect(namesIn(text).filter((name) => !told().includes(name))).toEqual([]);
});

test('every alert stands in docs/operations.md, says what to do, and whether it wakes somebody', () => {
  interface Rule {
    readonly alert: string;
    readonly labels: { readonly severity: string };
    readonly annotations: Readonly<Record<string, string>>;
  }
  const { groups } = parse(file('deploy', 'prometheus', 'tocsin.rules.yml')) as {
    readonly groups: readonly { readonly rules: readonly Rule[] }[];
  };
  const rules = groups.flatMap(({ rules: all }) => all);
  const documented = [...file('docs', 'operations.md').matchAll(/`(Tocsin[A-Z]\w+)`/g)].map(([, name]) => name).sort();
  expect(documented).toEqual(rules.map(({ alert }) => alert).sort());
  for (const { labels, annotations } of rules) {
    expect(['page', 'ticket']).toContain(labels.severity);
    expect(Object.keys(annotations)).toEqual(['summary', 'action']);
  }
});

test('the dashboard has a panel for each thing, every panel with a question', () => {
  interface Panel {
    readonly type: string;
    readonly title: string;
    readonly targets?: readonly { readonly expr: string }[];
  }
  const { panels } = JSON.parse(file('deploy', 'grafana', 'dashboards', 'tocsin.json')) as { panels: readonly Panel[] };
  expect(panels.filter(({ type }) => type === 'row')).toHaveLength(3);
  for (const { type, targets } of panels) if (type !== 'row') expect(targets?.[0]?.expr).toBeTruthy();
});

test('docs/operations.md names every variable of the watch, and files that are there', () => {
  const settings = file('worker', 'watch', 'settings.ts');
  const variables = [...new Set([...settings.matchAll(/TOCSIN_WATCH_\w+/g)].map(([name]) => name))];
  for (const name of variables) expect(file('docs', 'operations.md')).toContain(`\`${name}\``);
  expect(readdirSync(join(PACKAGE_ROOT, 'deploy')).sort()).toEqual(
    expect.arrayContaining(['compose', 'grafana', 'kubernetes', 'prometheus', 'systemd']),
  );
});
