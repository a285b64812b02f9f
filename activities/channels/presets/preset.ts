/**
 * A channel as a file: where a page is posted, with which headers and body, and what an answer means. Liquid makes the request, CEL
 * judges the answer; both are looked at when the file is read, so that a mistake is told at start with its line and not at night.
 */
import { createHmac } from 'node:crypto';
import { Environment } from '@marcbachmann/cel-js';
import { Liquid, type Template } from 'liquidjs';
import { LineCounter, parseDocument, isMap, isScalar } from 'yaml';
import { z } from 'zod';

/** What a channel of this kind asks for in directory.yaml. */
const field = z.strictObject({
  required: z.boolean().default(true),
  /** It never reaches a log, an event or an error. */
  secret: z.boolean().default(false),
  default: z.string().optional(),
  is: z.enum(['text', 'url']).default('text'),
});

const file = z.strictObject({
  fields: z.record(z.string().regex(/^[a-z][A-Za-z]*$/), field),
  url: z.string(),
  method: z.enum(['POST', 'PUT']).default('POST'),
  headers: z.record(z.string(), z.string()).default({ 'content-type': 'application/json' }),
  body: z.string(),
  accepted: z.string().default('status >= 200 && status < 300'),
  retry: z.string().default('status == 429 || status >= 500'),
  /** It works, and has too much to do. */
  busy: z.string().default('status == 429'),
  /** The provider's own code for what is wrong, for the timeline; never its text, which may repeat what was sent. */
  code: z.string().optional(),
  /** What is posted when the page is settled, where the provider can close what the page has opened. */
  settled: z.strictObject({ url: z.string().optional(), body: z.string() }).optional(),
});

export type PresetFile = z.output<typeof file>;
export type Fields = PresetFile['fields'];

/** A judgement over an answer; `undefined` where the answer has not what it asks for. */
export type Test = (answer: { readonly status: number; readonly body: unknown }) => unknown;

export interface Preset {
  readonly name: string;
  readonly fields: Fields;
  readonly method: 'POST' | 'PUT';
  readonly url: Template[];
  readonly headers: Readonly<Record<string, Template[]>>;
  readonly body: Template[];
  readonly isJson: boolean;
  readonly accepted: Test;
  readonly retry: Test;
  readonly busy: Test;
  readonly code?: Test;
  readonly settled?: { readonly url: Template[]; readonly body: Template[] };
}

export interface PresetProblem {
  readonly line: number;
  readonly problem: string;
}

/** As a template writes it; nothing is nothing. */
const written = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** Inside quotes of JSON: the template writes the quotes. */
const inJson = (value: unknown): string => JSON.stringify(written(value)).slice(1, -1);
/** No letter of a text means anything to Markdown, as cards of Teams and of the robots read it. */
const markdown = (value: unknown): string =>
  written(value)
    .replace(/[\\`*_{}[\]()#+!|~>-]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replaceAll('://', ':\u200b//')
    .replaceAll('@', '@\u200b');
const htmlText = (value: unknown): string =>
  written(value).replace(
    /[&<>"]/g,
    (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? mark,
  );

/** In whole characters: many providers refuse what is too long, and half a character as well. */
const first = (value: unknown, length: number): string => {
  const letters = [...written(value)];
  return letters.length <= length ? letters.join('') : `${letters.slice(0, length - 1).join('')}…`;
};

function engine(outputEscape?: (value: unknown) => string): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    ...(outputEscape && { outputEscape }),
  });
  liquid.registerFilter('markdown', markdown);
  liquid.registerFilter('html', htmlText);
  liquid.registerFilter('first_letters', first);
  liquid.registerFilter('hmac_sha256', (text: unknown, key: unknown) =>
    createHmac('sha256', String(key)).update(String(text)).digest('base64'),
  );
  return liquid;
}

/** Of a JSON body every value is quoted, whoever wrote it. */
export const engines = { json: engine(inJson), text: engine() };

/** Addresses and headers are made of what the directory says, and of nothing that a customer wrote. */
const OF_CHANNEL = ['channel', 'now'];
const OF_PAGE = [...OF_CHANNEL, 'page', 'words'];

const environment = new Environment({ unlistedVariablesAreDyn: false })
  .registerVariable('status', 'int')
  .registerVariable('body', 'dyn');

/** Everything that is wrong with it, or the preset. */
export function parsePreset(
  name: string,
  text: string,
): { readonly preset?: Preset; readonly problems: readonly PresetProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: PresetProblem[] = document.errors.map(({ message, pos }) => ({
    line: lines.linePos(pos[0]).line,
    problem: message,
  }));
  if (problems.length > 0) return { problems };
  const lineOf = (key: string): number => {
    const { contents } = document;
    const item = isMap(contents)
      ? contents.items.find((pair) => isScalar(pair.key) && pair.key.value === key)
      : undefined;
    const range = isScalar(item?.key) ? item.key.range : undefined;
    return range ? lines.linePos(range[0]).line : 1;
  };
  const report = (key: string, problem: string): void =>
    void problems.push({ line: lineOf(key), problem: `${key}: ${problem}` });

  const read = file.safeParse(document.toJS());
  if (!read.success) {
    for (const { path, message } of read.error.issues) report(String(path[0] ?? ''), message);
    return { problems };
  }
  const yaml = read.data;
  const isJson = /json/.test(
    Object.entries(yaml.headers).find(([key]) => key.toLowerCase() === 'content-type')?.[1] ?? '',
  );
  const template = (key: string, source: string, liquid: Liquid, roots: readonly string[]): Template[] => {
    try {
      const parsed = liquid.parse(source);
      for (const segments of liquid.globalVariableSegmentsSync(parsed)) {
        const [root, second] = segments.map(String);
        if (!roots.includes(root ?? '')) report(key, `there is no ${segments.map(String).join('.')} here`);
        else if (root === 'channel' && !Object.hasOwn(yaml.fields, second ?? ''))
          report(key, `there is no field ${second ?? ''}`);
      }
      return parsed;
    } catch (error) {
      report(key, ((error as Error).message.split('\n')[0] ?? '').trim());
      return [];
    }
  };
  const test = (key: string, source: string): Test => {
    try {
      const program = environment.parse(source);
      const { valid, error } = program.check();
      if (!valid) report(key, (error?.message ?? 'is no CEL').trim());
      return ({ status, body }) => {
        try {
          // Whole numbers are BigInts to CEL.
          return program({ status: BigInt(status), body }) as unknown;
        } catch {
          return undefined;
        }
      };
    } catch (error) {
      report(key, (error as Error).message.trim());
      return () => undefined;
    }
  };
  const bodies = isJson ? engines.json : engines.text;
  const preset: Preset = {
    name,
    fields: yaml.fields,
    method: yaml.method,
    url: template('url', yaml.url, engines.text, OF_CHANNEL),
    headers: Object.fromEntries(
      Object.entries(yaml.headers).map(([key, value]) => [key, template('headers', value, engines.text, OF_CHANNEL)]),
    ),
    body: template('body', yaml.body, bodies, OF_PAGE),
    isJson,
    accepted: test('accepted', yaml.accepted),
    retry: test('retry', yaml.retry),
    busy: test('busy', yaml.busy),
    ...(yaml.code !== undefined && { code: test('code', yaml.code) }),
    ...(yaml.settled && {
      settled: {
        url: template('settled', yaml.settled.url ?? yaml.url, engines.text, OF_CHANNEL),
        body: template('settled', yaml.settled.body, bodies, [...OF_CHANNEL, 'settled']),
      },
    }),
  };
  return problems.length > 0 ? { problems } : { preset, problems };
}
