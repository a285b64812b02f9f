/** The catalogue in English, and a short way to say each thing. */
import type { Refusal } from '../language/refusal';
import type { CaseEvent, Fact } from '../language/events';
import type { DueWords, Note, PageFacts, ViewFacts } from '../language/words';
import type { ProblemWords, Said } from '../language/shape';
import { say, sayEvent, utc, type Catalogue, type Reader } from './catalogue';
import { codes } from './en/codes';
import { events } from './en/events';
import * as labels from './en/labels';
import { details, dues, notes, problems, wanted } from './en/messages';
import { needs } from './en/needs';
import { views } from './en/views';
import { pages } from './en/pages';
import { sentence } from './en/prose';

const catalogue: Catalogue = {
  codes,
  wanted,
  problems,
  details,
  notes,
  dues,
  events,
  needs,
  pages,
  views,
  ends: labels.ends,
  severities: labels.severities,
  levels: labels.levels,
  emergencies: labels.emergencies,
  categories: labels.categories,
  questions: labels.questions,
  attested: labels.attested,
  purposes: labels.purposes,
  audiences: labels.audiences,
  clocks: labels.clocks,
  routes: labels.routes,
  passedOver: labels.passedOverWhy,
  failures: labels.failures,
  unreached: labels.unreached,
  notWaitedFor: labels.notWaitedFor,
};

export const en = {
  ...catalogue,
  due: (due: DueWords): string => say(dues, due),
  note: (note: Note, reader: Reader = utc): string => say(notes, note, reader),
  event: (event: CaseEvent | Fact, reader: Reader = utc): string => sayEvent(catalogue, event, reader),
  page: (said: Said<PageFacts>, reader: Reader = utc): string => say(pages, said, reader),
  view: (said: Said<ViewFacts>, reader: Reader = utc): string => say(views, said, reader),
  problem: (problem: ProblemWords): string => say(problems, problem),
};

/** A refusal as callers see it: one plain sentence and the way out. */
export interface RefusalInWords {
  readonly code: Refusal['code'];
  readonly message: string;
  readonly hint: string;
  readonly fields?: readonly { readonly field: string; readonly problem: string }[];
}

/**
 * Some callers see the sentence only, so it names every field that is wrong: of the first what is wrong with it, of the
 * others that they are.
 */
export function refusalInWords({ code, detail, fields = [] }: Refusal): RefusalInWords {
  const { sentence: what, hint } = codes[code];
  const named = fields.map(({ field, problem }) => ({ field, problem: say(problems, problem) }));
  const said = detail ? say(details, detail) : '';
  const isOfFields = detail ? detail.key === 'FIELDS' : code === 'INVALID_INPUT';
  const all =
    isOfFields && named.length > 0 ? sentence(named.map(({ field, problem }) => `${field} ${problem}`).join('; ')) : '';
  const unsaid =
    all === '' ? named.map(({ field }) => field).filter((field) => !isNamed(`${what} ${said} ${hint}`, field)) : [];
  const also = unsaid.length > 0 ? `To be put right: ${unsaid.join(', ')}.` : '';
  return {
    code,
    message: [what, said, all, hint, also].filter(Boolean).join(' '),
    hint: detail?.key === 'CATEGORIES' ? said : hint,
    ...(named.length > 0 && { fields: named }),
  };
}

/** As a word of its own: `at` is not named by `that`. */
const isNamed = (text: string, field: string): boolean =>
  text
    .split(/[\s,;]+/)
    .map((word) => word.replace(/[.`:]+$|^`/g, ''))
    .includes(field);
