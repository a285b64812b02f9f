/** A catalogue with a short way to say each thing. */
import type { CaseEvent, Fact, ToldEvent } from '../language/events';
import type { Refusal } from '../language/refusal';
import type { ProblemWords, Said } from '../language/shape';
import type { DueWords, Note, PageFacts, ViewFacts, WordFacts } from '../language/words';
import { say, sayEvent, utc, type Catalogue, type Reader } from './catalogue';

/** A refusal as callers see it: one plain sentence and the way out. */
export interface RefusalInWords {
  readonly code: Refusal['code'];
  readonly message: string;
  readonly hint: string;
  readonly fields?: readonly { readonly field: string; readonly problem: string }[];
}

/** A language, as whoever shows something uses it. */
export interface Words extends Catalogue {
  readonly due: (due: DueWords) => string;
  readonly note: (note: Note, reader?: Reader) => string;
  readonly event: (event: CaseEvent | Fact, reader?: Reader) => string;
  /** Its facts, and beside them its sentence; one that another version has written, and that has none here, is told by its name. */
  readonly told: (event: CaseEvent) => ToldEvent;
  readonly page: (said: Said<PageFacts>, reader?: Reader) => string;
  readonly tell: (said: Said<WordFacts>, reader?: Reader) => string;
  readonly view: (said: Said<ViewFacts>, reader?: Reader) => string;
  readonly problem: (problem: ProblemWords) => string;
  readonly refusal: (refusal: Refusal, reader?: Reader) => RefusalInWords;
}

export const spoken = (catalogue: Catalogue): Words => ({
  ...catalogue,
  due: (due) => say(catalogue.dues, due),
  note: (note, reader = utc) => say(catalogue.notes, note, reader),
  event: (event, reader = utc) => sayEvent(catalogue, event, reader),
  told: (event) => ({ ...event, sentence: sentenceOf(catalogue, event) }),
  page: (said, reader = utc) => say(catalogue.pages, said, reader),
  tell: (said, reader = utc) => say(catalogue.word, said, reader),
  view: (said, reader = utc) => say(catalogue.views, said, reader),
  problem: (problem) => say(catalogue.problems, problem),
  refusal: (refusal, reader = utc) => refusalIn(catalogue, refusal, reader),
});

/** One event that cannot be worded never hides all others. */
function sentenceOf(catalogue: Catalogue, event: CaseEvent): string {
  if (!Object.hasOwn(catalogue.events, event.type)) return event.type;
  try {
    return sayEvent(catalogue, event, utc);
  } catch {
    return event.type;
  }
}

/**
 * Some callers see the sentence only, so it names every field that is wrong: of the first what is wrong with it, of the
 * others that they are.
 */
function refusalIn(catalogue: Catalogue, { code, detail, fields = [] }: Refusal, reader: Reader): RefusalInWords {
  const { prose, codes, problems, details } = catalogue;
  const { sentence: what, hint } = codes[code];
  const named = fields.map(({ field, problem }) => ({ field, problem: say(problems, problem) }));
  const said = detail ? say(details, detail, reader) : '';
  const isOfFields = detail ? detail.key === 'FIELDS' : code === 'INVALID_INPUT';
  const all = isOfFields && named.length > 0 ? prose.wrong(named) : '';
  const unsaid =
    all === '' ? named.map(({ field }) => field).filter((field) => !isNamed(`${what} ${said} ${hint}`, field)) : [];
  const also = unsaid.length > 0 ? prose.alsoWrong(unsaid) : '';
  return {
    code,
    message: prose.together([what, said, all, hint, also]),
    hint: detail?.key === 'CATEGORIES' ? said : hint,
    ...(named.length > 0 && { fields: named }),
  };
}

/** As a word of its own: `at` is not named by `that`, nor by Chinese on either side of it. */
const isNamed = (text: string, field: string): boolean =>
  text
    .split(/[\s,;\p{Script=Han}，。；：、（）“”]+/u)
    .map((word) => word.replace(/[.`:]+$|^`/g, ''))
    .includes(field);
