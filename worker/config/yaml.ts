/** A YAML file that knows where everything stands, so that a mistake is told where a person finds it. */
import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  isNode,
  LineCounter,
  parseDocument,
  type Document,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import { wordingOf } from './wording';

/** One mistake in a configuration file. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  /** `people[2].manager` */
  readonly path: string;
  readonly problem: string;
}

export const sentenceOf = ({ file, line, path, problem }: Problem): string =>
  `${file}:${line} ${path === '' ? '' : `${path}: `}${problem}`;

/** Every mistake at once; a worker never starts on a broken configuration. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(sentenceOf).join('\n'));
  }
}

export type Path = readonly (string | number)[];

const words = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');

export class Source {
  private readonly found: Problem[] = [];
  private readonly lines = new LineCounter();
  private readonly document: Document;
  private readonly content: unknown;

  constructor(
    text: string,
    private readonly file: string,
  ) {
    // The core schema leaves times as text: whether they are times is for the schema of the file to say.
    this.document = parseDocument(text, { lineCounter: this.lines, schema: 'core', prettyErrors: false });
    for (const error of [...this.document.errors, ...this.document.warnings]) this.reportSyntax(error);
    this.reportKeys(this.document.contents, []);
    this.content = this.isReadable ? this.toPlain() : undefined;
  }

  /** In the order of the file. */
  get problems(): readonly Problem[] {
    return [...this.found].sort((a, b) => a.line - b.line);
  }

  /** What the schema makes of it, or nothing, and the reasons are reported. */
  parse<T>(schema: z.ZodType<T>): T | undefined {
    if (!this.isReadable) return undefined;
    const result = schema.safeParse(this.content ?? {}, { error: wordingOf });
    if (result.success) return result.data;
    for (const issue of result.error.issues) this.reportIssue(issue, []);
    return undefined;
  }

  /** Whatever stands at the paths, `*` for each of a list or a block: `find('people', '*', 'manager')`. */
  *find(...pattern: readonly string[]): Generator<{ readonly path: Path; readonly value: unknown }> {
    yield* matches(this.content, pattern, []);
  }

  report(path: Path, problem: string): void {
    this.found.push({ file: this.file, line: this.lineOf(path), path: words(path), problem });
  }

  /** Where one of several kinds of value is meant and something in it is wrong, that is what is told. */
  private reportIssue(issue: z.core.$ZodIssue, around: Path): void {
    const path = [...around, ...(issue.path as Path)];
    const isInside = ({ code, path: within }: z.core.$ZodIssue): boolean =>
      code === 'unrecognized_keys' || within.length > 0;
    const meant = issue.code === 'invalid_union' ? issue.errors.find((issues) => issues.every(isInside)) : undefined;
    if (meant && meant.length > 0) for (const inner of meant) this.reportIssue(inner, path);
    else if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) this.report([...path, key], 'there is no such setting');
    else this.report(path, issue.message);
  }

  /** A key that is written twice leaves a file that can be read; any other mistake of syntax leaves guesses. */
  private get isReadable(): boolean {
    return this.document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  }

  private reportSyntax({ code, message, pos: [offset] }: YAMLError): void {
    const path = pathAt(this.document.contents, offset, []);
    this.found.push({
      file: this.file,
      line: this.lines.linePos(offset).line,
      path: words(path),
      problem: code === 'DUPLICATE_KEY' ? 'is written twice' : message,
    });
  }

  /** Keys are text: `0` and `"0"` are one key, of which one block would be lost; and `0x0` is another way to write it. */
  private reportKeys(node: unknown, path: Path): void {
    if (isSeq(node)) for (const [index, item] of node.items.entries()) this.reportKeys(item, [...path, index]);
    if (!isMap(node)) return;
    const seen = new Map<string, { readonly value: unknown; readonly line: number }>();
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const text = String(key.value);
      const written = key.type === 'PLAIN' ? (key.source ?? text) : text;
      const line = this.lines.linePos(key.range?.[0] ?? 0).line;
      const before = seen.get(text);
      const report = (name: string, problem: string): void =>
        void this.found.push({ file: this.file, line, path: words([...path, name]), problem });
      if (written !== text) report(written, 'there is no such setting');
      // What is written twice in one way is told by the parser.
      else if (before && before.value !== key.value)
        report(text, `is the same key as on line ${before.line}: keys are text`);
      seen.set(text, { value: key.value, line });
      this.reportKeys(value, [...path, text]);
    }
  }

  private toPlain(): unknown {
    try {
      return this.document.toJS() as unknown;
    } catch (error) {
      // An alias that leads nowhere, or aliases that multiply without end.
      this.report([], (error as Error).message);
      return undefined;
    }
  }

  /** The line of a value, of its key, or of the nearest thing around it that there is. */
  private lineOf(path: Path): number {
    for (let depth = path.length; depth > 0; depth--) {
      const offset = this.offsetOf(path.slice(0, depth));
      if (offset !== undefined) return this.lines.linePos(offset).line;
    }
    return 1;
  }

  private offsetOf(path: Path): number | undefined {
    const parent = path.length === 1 ? this.document.contents : this.document.getIn(path.slice(0, -1), true);
    if (isMap(parent)) {
      const key = parent.items
        .map((item) => item.key)
        .findLast((candidate) => isScalar(candidate) && String(candidate.value) === String(path.at(-1)));
      if (isScalar(key) && key.range) return key.range[0];
    }
    const node = this.document.getIn(path, true);
    return isNode(node) && node.range ? node.range[0] : undefined;
  }
}

function* matches(
  value: unknown,
  [first, ...rest]: readonly string[],
  path: Path,
): Generator<{ path: Path; value: unknown }> {
  if (first === undefined) yield { path, value };
  else if (first === '*') {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* matches(item, rest, [...path, index]);
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) yield* matches(item, rest, [...path, key]);
  } else if (typeof value === 'object' && value !== null && Object.hasOwn(value, first)) {
    yield* matches((value as Record<string, unknown>)[first], rest, [...path, first]);
  }
}

const covers = (node: unknown, offset: number): boolean =>
  isNode(node) && node.range != null && node.range[0] <= offset && offset < node.range[2];

/** The way to whatever stands at the offset. */
function pathAt(node: unknown, offset: number, path: Path): Path {
  if (isSeq(node)) {
    const index = node.items.findIndex((item) => covers(item, offset));
    return index < 0 ? path : pathAt(node.items[index], offset, [...path, index]);
  }
  if (!isMap(node)) return path;
  for (const pair of node.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const here = [...path, String(pair.key.value)];
    if (covers(pair.key, offset)) return here;
    if (covers(pair.value, offset)) return pathAt(pair.value, offset, here);
  }
  return path;
}
