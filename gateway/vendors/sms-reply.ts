/**
 * A reply to a page by SMS: `4` or `6`, and the code of the page where there are several. The number that it comes from says who
 * answers; a number of nobody's answers nothing.
 */
import { answerOf } from '../../activities/channels/twilio/status';
import type { Directory, Person } from '../../activities/directory/types';
import { casesOf } from '../../client/mine';
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

const FORM = /^(4|6|have|yes|cannot|no)(?:[\s:,.;-]+(\S{1,60}))?$/i;
/** For whoever writes instead. */
const HAVE = /^(have|yes)$/i;
/** What a keyboard puts behind it, also a Chinese one; full-width letters are made plain before. */
const ENDING = /[\s.,;:!?。]+$/u;

interface Asked {
  readonly person: Person;
  readonly caseNumber: string;
  /** Nothing where no page of theirs is open: then it is all that the case asks of them. */
  readonly pageId?: string;
  readonly is: 'OPEN' | 'LATE' | 'THEIRS';
}

/** What becomes of it, as the sentence that goes back. */
export async function answerBySms({ answering, cases, directory }: Means, from: string, text: string): Promise<string> {
  // A telephone of whoever is on duty may be several people's.
  const people = directory().people.filter(({ channels }) =>
    channels.some((channel) => numberOf(channel) === digits(from)),
  );
  const [owner] = people;
  if (!owner) return wordsFor().words.spoken.unknownNumber;
  const { spoken } = wordsFor(owner).words;
  const [, word, code] = FORM.exec(text.normalize('NFKC').trim().replace(ENDING, '')) ?? [];
  if (word === undefined) return `${spoken.unclear} ${spoken.howToReply}`;
  const answer: AnswerKind = answerOf(word) === 'have' || HAVE.test(word) ? 'have' : 'cannot';
  const named = code === undefined ? [] : await askedOf(cases, people, code);
  const asked = named.length > 0 ? named : await askedOf(cases, people);
  const [first, ...others] = asked;
  if (!first) return spoken.nothingAsked;
  // Named is what is not asked of them: they are asked which they mean, not told that there is nothing.
  if (others.length > 0 || (code !== undefined && named.length === 0))
    return spoken.whichCase(asked.slice(0, 5).map(({ pageId, caseNumber }) => pageId ?? caseNumber));
  const page = await answering.pageFor(first.caseNumber, first.pageId ?? '', first.person);
  return page ? await given(answering, page, answer, 'SMS') : spoken.nothingAsked;
}

/** What is open before what somebody else is asked for by now, and that before what they have: it is theirs to give back. */
async function askedOf(cases: Cases, people: readonly Person[], code?: string): Promise<Asked[]> {
  const client = cases.client();
  const ofPage = /^(.+)-\d+$/.exec(code ?? '')?.[1];
  const found = await Promise.all(
    people.map(async (person) => {
      const written = ofPage ?? code;
      const numbers =
        written === undefined
          ? (await casesOf(client, person.id)).map(({ row }) => row.caseNumber)
          : new Set([written, written.toUpperCase()]);
      const views = await Promise.all([...numbers].map((number) => client.getCase(number).catch(() => undefined)));
      return views.flatMap((view) => (view ? askedBy(view, person, written !== undefined) : []));
    }),
  );
  const all = found.flat().filter(({ is, pageId }) => {
    return ofPage === undefined || is !== 'OPEN' || pageId?.toUpperCase() === code?.toUpperCase();
  });
  const [first] = (['OPEN', 'LATE', 'THEIRS'] as const).map((is) => all.filter((one) => one.is === is)).filter(isThere);
  return first ?? [];
}

const isThere = ({ length }: readonly unknown[]): boolean => length > 0;

/** Whoever names a case is welcome to what nobody has there, also after "I cannot" (D6). */
function askedBy({ caseNumber, pages, needs }: CaseView, person: Person, isNamed: boolean): Asked[] {
  const open = pages.filter((page) => page.person === person.id && page.asks.length > 0);
  if (open.length > 0) return open.map(({ pageId }) => ({ person, caseNumber, pageId, is: 'OPEN' }));
  const isLate = needs.some(({ status, asked }) => status !== 'HELD' && (isNamed || asked.includes(person.id)));
  if (isLate) return [{ person, caseNumber, is: 'LATE' }];
  const isTheirs = needs.some(({ status, person: holder }) => status === 'HELD' && holder === person.id);
  return isTheirs ? [{ person, caseNumber, is: 'THEIRS' }] : [];
}

const digits = (number: string): string => number.replace(/[^+\d]/g, '');

/** Of a channel that has one: SMS and voice. */
const numberOf = (channel: object): string | undefined =>
  'number' in channel && typeof channel.number === 'string' ? digits(channel.number) : undefined;
