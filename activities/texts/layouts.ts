/**
 * Layouts: Liquid files that put the catalogue's sentences together, one for each form of a text. An operator's folder goes
 * before the shipped one, and what is more particular before what is less: of this language and purpose, of this language, of this
 * purpose, of all. All are read and judged at start: nobody finds out at night that one is broken.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import { PURPOSES } from '../../workflows/core/language/vocabulary';
import type { WordPurpose } from '../../workflows/core/language/words';
import { packageFile } from '../package-file';
import { LANGUAGES } from '../templates/reading';

export const FORMS = ['subject', 'short', 'long', 'html', 'spoken'] as const;
export type Form = (typeof FORMS)[number];

/** What a layout may name. */
export const KNOWN = {
  page: [
    'case',
    'state',
    'customer',
    'headline',
    'subject',
    'title',
    'want',
    'lines',
    'answer_by',
    'link',
    'command',
    'hotline',
    'name',
    'urgent',
    'purpose',
    'audience',
    'page_id',
    'language',
  ],
  words: ['answer_here', 'answer_button', 'have_it', 'cannot', 'press_keys', 'spoken_intro'],
} as const;

const OF_WORDS = { ROTA_CHANGED: true, TURN_BEGINS: true, CALENDAR_STALE: true, TEST: true } satisfies Record<
  WordPurpose,
  true
>;
const NO_CASE = [...Object.keys(OF_WORDS), 'ENDED_OUTSIDE'];
/** Of pages of a case, and of what is of no case. */
const NAMED: readonly string[] = [...PURPOSES, ...NO_CASE];

/** Why nobody would ever read it by this name; nothing where somebody does. */
function whyUnread(key: string, form: Form): string | undefined {
  const [language, ...rest] = key.includes('/') ? key.split('/') : [undefined, key];
  const purpose = rest.join('/').slice(0, -`.${form}`.length);
  if (language !== undefined && !LANGUAGES.some((known) => known === language))
    return `is in no language that pages are in: ${LANGUAGES.join(', ')}`;
  return purpose === '' || NAMED.includes(purpose) ? undefined : `is of no purpose that a page has: ${purpose}`;
}

export interface LayoutProblem {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

const SHIPPED = packageFile('activities', 'texts', 'layouts');

/** Of HTML every value is escaped, whoever wrote it; other forms are plain text, and escaped by whatever carries them. */
const plain = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });
const html = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true, outputEscape: 'escape' });
const engineOf = (form: Form): Liquid => (form === 'html' ? html : plain);

export class Layouts {
  private readonly parsed = new Map<string, Template[]>();
  /** What is wrong with an operator's files; such a file is left out, and the shipped one is used. */
  readonly problems: readonly LayoutProblem[];

  /** `folder`: the operator's, `TOCSIN_CONFIG/texts`. */
  constructor(folder?: string) {
    const problems: LayoutProblem[] = [];
    this.take(SHIPPED, problems);
    if (folder !== undefined && existsSync(folder)) this.take(folder, problems);
    this.problems = problems;
  }

  render(form: Form, language: string, purpose: string, facts: object): string {
    const names = [`${language}/${purpose}.${form}`, `${language}/${form}`, `${purpose}.${form}`, form];
    const template = names.map((name) => this.parsed.get(name)).find((found) => found !== undefined);
    return template ? String(engineOf(form).renderSync(template, facts)) : '';
  }

  private take(folder: string, problems: LayoutProblem[]): void {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const file = join(folder, name);
      const form = FORMS.find((known) => known === basename(name, '.liquid').split('.').at(-1));
      if (!name.endsWith('.liquid')) continue;
      const report = (line: number, problem: string): void =>
        void problems.push({ file: relative('.', file), line, problem });
      if (!form) {
        report(1, `is no form of a text: ${FORMS.join(', ')}`);
        continue;
      }
      const key = join(dirname(name), basename(name, '.liquid')).replaceAll('\\', '/');
      const unread = whyUnread(key, form);
      if (unread !== undefined) {
        report(1, unread);
        continue;
      }
      try {
        const engine = engineOf(form);
        const template = engine.parse(readFileSync(file, 'utf8'));
        const unknown = unknownIn(engine, template);
        for (const { variable, line } of unknown) report(line, `there is no ${variable}`);
        if (unknown.length === 0) this.parsed.set(key, template);
      } catch (error) {
        const { message, token } = error as Error & { readonly token?: { getPosition?: () => number[] } };
        report(token?.getPosition?.()[0] ?? 1, message.split('\n')[0]?.replace(/, line:.*$/, '') ?? 'cannot be read');
      }
    }
  }
}

/** A name that nothing stands behind would fail at night, with the page. */
function unknownIn(engine: Liquid, template: Template[]): { readonly variable: string; readonly line: number }[] {
  const { globals } = engine.analyzeSync(template);
  return Object.values(globals).flatMap((uses) =>
    uses.flatMap((use) => {
      const [root, field] = use.segments;
      const known: readonly string[] = KNOWN[root as keyof typeof KNOWN] ?? [];
      const isKnown = typeof field === 'string' && known.includes(field);
      return isKnown ? [] : [{ variable: use.segments.map(String).join('.'), line: use.location.row }];
    }),
  );
}
