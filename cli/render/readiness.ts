/** `tocsin directory check` and `tocsin policy check` for people. */
import type { DirectoryCheck, PolicyCheck } from '../configuration';
import { clean } from '../../client/untrusted';
import type { Screen } from './case';
import { table } from './tables';
import { counted, DEFAULT_WIDTH, shorten, wrapped } from './text';
import { at } from './when';

const NEED = {
  ENGINEER: 'the engineer',
  M1: 'M1',
  M2: 'M2',
  ON_CALL: 'on call (E-Down)',
  DUTY_MANAGERS: 'duty managers',
  PEOPLE: 'staff',
  CONTACTS: "the customer's contacts",
} as const;

const names = (ids: readonly string[]): string => ids.map(clean).join(', ');

/** Not a mistake of the files: where they are checked need not be where they are used. */
const notSet = (unset: readonly string[]): string[] =>
  unset.length === 0 ? [] : wrapped(`Not set here, and needed by a worker: ${names(unset)}`, DEFAULT_WIDTH).split('\n');

export function renderDirectoryCheck(check: DirectoryCheck, screen: Screen): string {
  const { noHotline, unset } = check;
  const said = `policy.yaml: the hotline is no number yet (${clean(noHotline ?? '')}), and customers are told to call it.`;
  return [
    readinessOf(check, screen),
    ...(noHotline === undefined ? [] : [screen.paint('red', wrapped(said, DEFAULT_WIDTH))]),
    ...notSet(unset),
  ].join('\n');
}

function readinessOf(check: DirectoryCheck, screen: Screen): string {
  const { folder, engineers, findings, hints, from, to } = check;
  const head = wrapped(
    `${clean(folder)}: ${counted(engineers.length, 'engineer')}, ${at(from)} to ${at(to)}`,
    DEFAULT_WIDTH,
  );
  const below = hints.length === 0 ? [] : ['', 'Of the rotas:', ...hints.flatMap((hint) => hintLines(hint))];
  if (findings.length === 0) {
    const well = screen.paint('green', 'M1, M2 and whoever is on call can be reached at every moment.');
    return [head, well, ...below].join('\n');
  }
  const told = together(findings).map(({ who, finding }) => blockOf(who, finding, screen));
  const unreachable = findings.filter(({ severity }) => severity === 'UNREACHABLE').length;
  const isUnheard = findings.some(({ reason }) => reason === 'CONSOLE_ONLY');
  const found = isUnheard
    ? 'Every page finds somebody, but not everybody would hear it: give them a channel besides the console.'
    : 'Every page finds somebody, though not always whom it should.';
  const verdict =
    unreachable > 0 ? `${unreachable} of ${counted(findings.length, 'finding')}: a page would find nobody.` : found;
  return [
    head,
    ...told,
    unreachable > 0 ? screen.paint('red', verdict) : wrapped(verdict, DEFAULT_WIDTH),
    ...below,
  ].join('\n');
}

/** Whom it hits, when, why, and who is asked instead: reasons are sentences, and a table of them fits no terminal. */
function blockOf(who: readonly string[], finding: Found, screen: Screen): string {
  const { what, people, words, instead, severity, from, to } = finding;
  const why = `${people.length > 0 ? `${shorten(names(people), 60)}: ` : ''}${words}`;
  const heading = `${severity}  ${NEED[what]}, ${shorten(names(who), 48)}`;
  const lines = [
    `${at(from)} to ${at(to)}`,
    ...wrapped(why, DEFAULT_WIDTH - 2).split('\n'),
    ...wrapped(`asked instead: ${instead.length > 0 ? names(instead) : 'nobody'}`, DEFAULT_WIDTH - 2).split('\n'),
  ];
  const painted = heading.replace(severity, screen.paint(severity === 'UNREACHABLE' ? 'red' : 'yellow', severity));
  return [painted, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** `emea, rossi: has no effect`, and when, by the clock of UTC as all of the check. */
function hintLines({ team, people, words, from, to }: DirectoryCheck['hints'][number]): string[] {
  const when = [from === undefined ? '' : at(from), to === undefined ? '' : `to ${at(to)}`].filter(Boolean).join(' ');
  const who = people.length > 0 ? `, ${shorten(names(people), 40)}` : '';
  return wrapped(`${clean(team)}${who}: ${words}${when === '' ? '' : ` (${when})`}`, DEFAULT_WIDTH - 2)
    .split('\n')
    .map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
}

type Found = DirectoryCheck['findings'][number];

/** What is the same for several engineers is said once. */
function together(findings: readonly Found[]): { who: string[]; finding: Found }[] {
  const groups = new Map<string, { who: string[]; finding: Found }>();
  for (const finding of findings) {
    const { who, ...rest } = finding;
    const key = JSON.stringify(rest);
    const group = groups.get(key);
    if (group) group.who.push(who);
    else groups.set(key, { who: [who], finding });
  }
  return [...groups.values()];
}

export function renderPolicyCheck(check: PolicyCheck, screen: Screen): string {
  const { folder, isExample, version, hash, hotline, settings, people, teams, unset } = check;
  const lines = [
    `${clean(folder)} is in order.${isExample ? ' It is the shipped example: set TOCSIN_CONFIG to a folder of your own.' : ''}`,
    `  version   ${clean(version)} (${clean(hash)})`,
    `  hotline   ${clean(hotline)}`,
    `  people    ${people}; on call: ${names(teams) || 'no team'}`,
    ...notSet(unset),
  ];
  if (settings.length === 0) return [...lines, 'Every timer and number is the default.'].join('\n');
  const rows = settings.map(({ path, value, byDefault }) => [`  ${clean(path)}`, clean(value), clean(byDefault)]);
  return [...lines, 'Otherwise than by default:', table(['  setting', 'here', 'default'], rows, screen)].join('\n');
}
