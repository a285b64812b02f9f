/**
 * What a scenario file says of people, channels and commands: a name that nobody has, or an input that the case would refuse
 * for its shape, would be a night in which less happens than was meant.
 */
import { knownPerson } from '../activities/directory/nearest';
import type { Directory } from '../activities/directory/types';
import { CHANNEL_KINDS } from '../worker/config/channels';
import type { Path, Source } from '../worker/config/yaml';
import { COMMANDS, commandShapes, type CommandName } from '../workflows/core/language/inputs';
import { openingShape } from '../workflows/core/language/opening';
import { isRecord, type Problem } from '../workflows/core/language/shape';
import { en } from '../workflows/core/words/en';

/** Of the file as it is written, also where it is no scenario yet: every mistake is told at once. */
export function lookInto(source: Source, directory: Directory, caseNumber: string): void {
  const at = (...pattern: string[]) => [...source.find(...pattern)];
  const named = new Set([...at('opening'), ...at('events')].flatMap(({ value }) => [...namesIn(value)]));
  for (const { value } of at('people')) {
    for (const id of isRecord(value) ? Object.keys(value) : []) {
      if (id === '*' || named.has(id)) continue;
      const { name, nearest } = knownPerson(directory, id);
      if (name === null) source.report(['people', id], `no such person ${JSON.stringify(id)}${meant(nearest)}`);
    }
  }
  for (const { value } of at('opening')) {
    if (isRecord(value)) reportAll(source, ['opening'], problemsOf(openingShape, { caseNumber, ...value }));
  }
  for (const { path, value } of at('events', '*')) {
    if (isRecord(value)) lookAtEvent(source, path, value);
  }
  for (const { path, value } of at('down', '*', 'channel')) {
    if (typeof value === 'string' && !isChannel(value))
      source.report(path, `no such channel ${JSON.stringify(value)}; FIRST is the first one of each person`);
  }
}

const meant = (nearest: string | null): string => (nearest === null ? '' : `; is ${nearest} meant?`);

function lookAtEvent(source: Source, path: Path, { do: name, by, role, input = {} }: Record<string, unknown>): void {
  if (!isCommand(name) || !isRecord(input)) return;
  const isPart = isRecord(by);
  if (isPart && role !== undefined) source.report([...path, 'role'], 'must be left out: it goes with the part');
  // Which role a part has is known when it happens; any will do for what the input looks like.
  const problems = problemsOf(commandShapes[name], { by: 'somebody', role: isPart ? 'MANAGER' : role, ...input });
  reportAll(
    source,
    [...path, 'input'],
    problems.filter(({ field }) => field !== 'role'),
  );
  if (problems.some(({ field }) => field === 'role') && (role === undefined || 'role' in input))
    source.report([...path, 'role'], 'is missing; this command may be given in several roles');
}

const isCommand = (name: unknown): name is CommandName => (COMMANDS as readonly unknown[]).includes(name);

const isChannel = (name: string): boolean => {
  const [kind = '', nth] = name.split('#');
  return name === 'FIRST' || ((CHANNEL_KINDS as readonly string[]).includes(kind) && (nth === undefined || +nth > 0));
};

interface Checks {
  readonly check: (value: unknown, field: string, problems: Problem[]) => unknown;
}

function problemsOf(shape: Checks, value: unknown): Problem[] {
  const problems: Problem[] = [];
  shape.check(value, '', problems);
  return problems;
}

/** `contacts[0].name` → the place in the file. */
function reportAll(source: Source, around: Path, problems: readonly Problem[]): void {
  for (const { field, problem } of problems) {
    const inside = field.split(/[.[\]]+/).filter(Boolean);
    source.report(
      [...around, ...inside.map((part) => (/^\d+$/.test(part) ? Number(part) : part))],
      en.problem(problem),
    );
  }
}

/** The customer's people are those whom the case names. */
function* namesIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (key === 'name' && typeof part === 'string') yield part;
    else yield* namesIn(part);
  }
}
