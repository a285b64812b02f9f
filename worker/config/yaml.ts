import { readFileSync } from 'node:fs';
import { isNode, isPair, isScalar, LineCounter, parseDocument, type Document, YAMLMap } from 'yaml';
import type { z } from 'zod';

/** One mistake in a configuration file, where a person finds it. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  /** `people[2].manager` */
  readonly path: string;
  readonly problem: string;
}

/** Every mistake at once; a worker never starts on a broken configuration. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ file, line, path, problem }) => `${file}:${line} ${path === '' ? '' : `${path}: `}${problem}`).join('\n'));
  }
}

type Path = readonly (string | number)[];

const words = (path: Path): string => path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('').replace(/^\./, '');

/** A YAML text that knows where everything stands. */
export class Source {
  readonly problems: Problem[] = [];
  private readonly lines = new LineCounter();
  private readonly document: Document;

  constructor(
    text: string,
    readonly file: string,
  ) {
    // The core schema leaves times as text: whether they are times is for the schema of the file to say.
    this.document = parseDocument(text, { lineCounter: this.lines, schema: 'core', uniqueKeys: true, prettyErrors: false });
    for (const error of [...this.document.errors, ...this.document.warnings]) {
      this.problems.push({ file, line: this.lines.linePos(error.pos[0]).line, path: '', problem: error.message });
    }
  }

  /** What the schema makes of it, or nothing and the reasons. */
  parse<T>(schema: z.ZodType<T>): T | undefined {
    if (this.problems.length > 0) return undefined;
    const result = schema.safeParse(this.document.toJS() ?? {});
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const path = issue.path as Path;
      if (issue.code === 'unrecognized_keys') for (const key of issue.keys) this.report([...path, key], 'there is no such setting');
      else this.report(path, issue.message);
    }
    return undefined;
  }

  report(path: Path, problem: string): void {
    this.problems.push({ file: this.file, line: this.lineOf(path), path: words(path), problem });
  }

  /** The line of a value, of its key, or of the nearest thing around it that there is. */
  private lineOf(path: Path): number {
    for (let depth = path.length; depth >= 0; depth--) {
      const offset = this.offsetOf(path.slice(0, depth));
      if (offset !== undefined) return this.lines.linePos(offset).line;
    }
    return 1;
  }

  private offsetOf(path: Path): number | undefined {
    const key = path.at(-1);
    const parent = path.length === 1 ? this.document.contents : this.document.getIn(path.slice(0, -1), true);
    if (parent instanceof YAMLMap) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key));
      if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = path.length === 0 ? this.document.contents : this.document.getIn(path, true);
    return isNode(node) && node.range ? node.range[0] : undefined;
  }
}

export const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError([{ file, line: 1, path: '', problem: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` }]);
  }
};
