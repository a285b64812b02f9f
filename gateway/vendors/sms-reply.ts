/**
 * A reply to a page by SMS: `4` or `6`, and the code of the page where there are several. The number that it comes from says who
 * answers; a number of nobody's answers nothing.
 */
import { answerOf } from '../../activities/channels/twilio/status';
import type { Directory, Person } from '../../activities/directory/types';
import type { CaseView } from '../../workflows/messages';
import { wordsFor } from '../answer-page/words';
import type { Answering, AnswerKind } from '../answering';
import type { Cases } from '../cases/service';
import { given } from './said';

interface Means {
  readonly answering: Answering;
  readonly cases: Cases;
  readonly directory: () => Directory;
}

const FORM = /^\s*(4|6|have|yes|cannot|no)\b[\s:,.-]*([^\s]{1,60})?\s*$/i;
/** For whoever writes instead. */
const HAVE = /^(have|yes)$/i;

/** As many cases with somebody being asked as are looked through for a reply that names none. */
const LOOKED_THROUGH = 40;

interface Asked {
  readonly caseNumber: string;
  readonly pageId: string;
}

/** What becomes of it, as the sentence that goes back. */
export async function answerBySms({ answering, cases, directory }: Means, from: string, text: string): Promise<string> {
  const person = directory().people.find(({ channels }) =>
    channels.some((channel) => numberOf(channel) === digits(from)),
  );
  if (!person) return wordsFor().words.spoken.unknownNumber;
  const { spoken } = wordsFor(person).words;
  const [, word, code] = FORM.exec(text) ?? [];
  if (word === undefined) return spoken.unclear;
  const answer: AnswerKind = answerOf(word) === 'have' || HAVE.test(word) ? 'have' : 'cannot';
  const asked = await askedOf(cases, person, code);
  const [first, ...others] = asked;
  if (!first) return spoken.nothingAsked;
  if (others.length > 0) return spoken.whichCase(asked.slice(0, 5).map(({ pageId }) => pageId));
  const page = await answering.pageFor(first.caseNumber, first.pageId, person);
  return page ? await given(answering, page, answer, 'SMS') : spoken.nothingAsked;
}

/** The open pages of this person: those of the case that is named, or of whichever cases ask somebody just now. */
async function askedOf(cases: Cases, { id }: Person, code: string | undefined): Promise<Asked[]> {
  const client = cases.client();
  const ofPage = /^(.+)-\d+$/.exec(code ?? '')?.[1];
  const numbers =
    code === undefined
      ? (await client.list({ attention: 'UNACKNOWLEDGED' }, { limit: LOOKED_THROUGH })).flatMap((row) =>
          row.endedOutside ? [] : row.caseNumber,
        )
      : [ofPage ?? code];
  const views = await Promise.all(numbers.map((number) => client.getCase(number).catch(() => undefined)));
  const pages = views.flatMap((view) => (view ? openPages(view, id) : []));
  return ofPage === undefined ? pages : pages.filter(({ pageId }) => pageId === code);
}

const openPages = ({ caseNumber, pages }: CaseView, person: string): Asked[] =>
  pages.filter((page) => page.person === person && page.asks.length > 0).map(({ pageId }) => ({ caseNumber, pageId }));

const digits = (number: string): string => number.replace(/[^+\d]/g, '');

/** Of a channel that has one: SMS and voice. */
const numberOf = (channel: object): string | undefined =>
  'number' in channel && typeof channel.number === 'string' ? digits(channel.number) : undefined;
