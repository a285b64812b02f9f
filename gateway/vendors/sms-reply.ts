/**
 * A reply to a page by SMS: `4` or `6`, and the code of the page where there are several. The number that it comes from says who
 * answers, one of ours or a contact of the case; a number of nobody's answers nothing.
 */
import { answerOf } from '../../activities/channels/twilio/status';
import type { Directory } from '../../activities/directory/types';
import { eachOf } from '../../client/each-of';
import type { CaseRow } from '../../client/listing';
import { rowsThatMayConcern } from '../../client/mine';
import type { CaseView } from '../../workflows/messages';
import { wordsFor } from '../answer-page/words';
import type { Answering, AnswerKind } from '../answering';
import type { Cases } from '../cases/service';
import { given } from './said';
import { askedIn, digits, sendersIn, staffAt, type Asked, type Sender } from './whose-number';

interface Means {
  readonly answering: Answering;
  readonly cases: Cases;
  readonly directory: () => Directory;
}

const FORM = /^(4|6|have|yes|cannot|no)(?:[\s:,.;-]+(\S{1,60}))?(?:\s+(\S{1,120}))?$/i;
/** For whoever writes instead. */
const HAVE = /^(have|yes)$/i;
/** What a keyboard puts behind it, also a Chinese one; full-width letters are made plain before. */
const ENDING = /[\s.,;:!?。]+$/u;
/** So many questions at a time: one message is no load. */
const AT_A_TIME = 8;
const MOST_CHOICES = 5;
/** Anybody may write to the number, so what is looked at for a stranger has a bound. */
const MOST_QUIET = 200;

interface Said {
  readonly answer: AnswerKind;
  /** Of a case or a page. */
  readonly code?: string;
  /** Whose answer it is, where a number is several people's. */
  readonly name?: string;
}

/** What becomes of it, as the sentence that goes back. */
export async function answerBySms({ answering, cases, directory }: Means, from: string, text: string): Promise<string> {
  const number = digits(from);
  const staff = staffAt(directory(), number);
  const said = read(text);
  const named = said?.code === undefined ? [] : await viewsNamed(cases, said.code);
  const byCode = named.flatMap((view) => askedIn(view, sendersIn(view, staff, number), true));
  const ofCase = said ? ofCode(byCode, said) : [];
  const views = ofCase.length > 0 ? named : [...named, ...(await viewsConcerning(cases, staff, number))];
  const senders = [...staff, ...views.flatMap((view) => sendersIn(view, [], number))];
  const [somebody] = senders;
  const { spoken } = wordsFor(somebody).words;
  if (!somebody) return spoken.unknownNumber;
  if (!said) return `${spoken.unclear} ${spoken.howToReply}`;
  const wanted = meant(ofCase.filter(isBy(said)), said.answer);
  const all =
    ofCase.length > 0 ? ofCase : views.flatMap((view) => askedIn(view, sendersIn(view, staff, number), false));
  const asked = wanted.length > 0 ? wanted : meant(all, said.answer);
  const [first, ...others] = asked;
  if (!first) return spoken.nothingAsked;
  // Named is what is not asked of them: they are asked which they mean, not told that there is nothing.
  if (others.length > 0 || (said.code !== undefined && wanted.length === 0))
    return spoken.whichOne(choices(asked, said.answer));
  return (await answered(answering, first, said.answer)) ?? spoken.nothingAsked;
}

function read(text: string): Said | undefined {
  const [, word, code, name] = FORM.exec(text.normalize('NFKC').trim().replace(ENDING, '')) ?? [];
  if (word === undefined) return undefined;
  const answer: AnswerKind = answerOf(word) === 'have' || HAVE.test(word) ? 'have' : 'cannot';
  return { answer, ...(code !== undefined && { code }), ...(name !== undefined && { name }) };
}

/** Whoever shares a telephone hears for whom they have answered, so that a mistake is seen. */
async function answered(
  answering: Answering,
  { caseNumber, pageId = '', sender, isShared }: Asked,
  answer: AnswerKind,
): Promise<string | undefined> {
  const page = await answering.pageFor(caseNumber, pageId, sender);
  if (!page) return undefined;
  const sentence = await given(answering, page, answer, 'SMS');
  return isShared ? `${sentence} ${wordsFor(sender).words.answeringAs(sender.name)}` : sentence;
}

/** What is open before what somebody else is asked for by now, and that before what they have: it is theirs to give back. */
function meant(all: readonly Asked[], answer: AnswerKind): Asked[] {
  const [open, late, theirs, free] = (['OPEN', 'LATE', 'THEIRS', 'FREE'] as const).map((is) =>
    all.filter((one) => one.is === is),
  ) as [Asked[], Asked[], Asked[], Asked[]];
  // Whoever gives back what they have may be another than who is asked just now.
  const others = theirs.filter(({ sender }) => !open.some((one) => one.sender.id === sender.id));
  if (open.length > 0) return answer === 'cannot' ? [...open, ...others] : open;
  return [late, theirs, free].find(({ length }) => length > 0) ?? [];
}

/** Of what is asked in the case that the code names, what it means: a page by its number. */
const ofCode = (all: readonly Asked[], { code = '' }: Said): Asked[] =>
  all.filter(({ is, caseNumber, pageId }) => is !== 'OPEN' || isSame(caseNumber, code) || isSame(pageId, code));

const isBy =
  ({ name }: Said) =>
  ({ sender }: Asked): boolean =>
    name === undefined || isSame(oneWord(sender), name);

const isSame = (one: string | undefined, other: string): boolean => one?.toUpperCase() === other.toUpperCase();
const oneWord = ({ id }: Sender): string => id.normalize('NFKC').replace(/\s+/g, '-');

/** Each as it is to be sent back; with a name where the same code is several people's. */
function choices(asked: readonly Asked[], answer: AnswerKind): string[] {
  const codeOf = ({ pageId, caseNumber }: Asked): string => pageId ?? caseNumber;
  return asked.slice(0, MOST_CHOICES).map((one) => {
    const isOfSeveral = asked.filter((other) => codeOf(other) === codeOf(one)).length > 1;
    return [answer === 'have' ? '4' : '6', codeOf(one), ...(isOfSeveral ? [oneWord(one.sender)] : [])].join(' ');
  });
}

/** The case of this number, or of the page that has it before its own. */
function viewsNamed(cases: Cases, code: string): Promise<CaseView[]> {
  const ofPage = /^(.+)-\d+$/.exec(code)?.[1];
  return viewsOf(
    cases,
    [code, ...(ofPage === undefined ? [] : [ofPage])].flatMap((one) => [one, one.toUpperCase()]),
  );
}

async function viewsConcerning(cases: Cases, staff: readonly Sender[], number: string): Promise<CaseView[]> {
  const client = cases.client();
  const ids = staff.map(({ id }) => id);
  const waiting = await viewsOf(cases, numbersOf(await rowsThatMayConcern(client, ids)));
  if (staff.length > 0 || waiting.some((view) => sendersIn(view, [], number).length > 0)) return waiting;
  // A contact who has it already, or whom nothing is asked: no list names contacts.
  const quiet = await client.list({ status: 'OPEN' }, { limit: MOST_QUIET });
  return await viewsOf(cases, numbersOf(quiet));
}

const numbersOf = (rows: readonly CaseRow[]): string[] => rows.map(({ caseNumber }) => caseNumber);

/** A case that is over asks nobody, and a number may be no case's. */
async function viewsOf(cases: Cases, numbers: readonly string[]): Promise<CaseView[]> {
  const client = cases.client();
  const views = await eachOf(AT_A_TIME, [...new Set(numbers)], (number) =>
    client.getCase(number).catch(() => undefined),
  );
  return views.filter((view) => view !== undefined);
}
