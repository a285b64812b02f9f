/**
 * Answering a page by link, button, key or code: all of them carry a token, and end in the same two commands. Whoever holds
 * the token acts as the person that it names; by which means they did is on record.
 */
import { verifyToken, type LinkKeys, type VerifiedLink } from '../activities/answer-links';
import { nameOf } from '../activities/directory/names';
import type { Directory, Person } from '../activities/directory/types';
import { CaseNotFound, CaseRejected } from '../client/errors';
import type { Means } from '../workflows/core/language/vocabulary';
import type { CaseView, Timeline } from '../workflows/messages';
import { hasExpired, standingOf, type Standing } from './answer-page/standing';
import type { Cases } from './cases/service';

export type AnswerKind = 'have' | 'cannot';

/** Who is asked: a person of the directory, or a contact of the case. */
export interface AskedPerson {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly languages: readonly string[];
}

/** A page whose link is good, as it stands now. */
export interface OpenedPage {
  readonly caseNumber: string;
  readonly pageId: string;
  readonly person: AskedPerson;
  readonly view: CaseView;
  readonly timeline: Timeline;
  readonly standing: Standing;
}

export type Opened =
  | { readonly is: 'PAGE'; readonly page: OpenedPage }
  /** Tampered with, of a withdrawn key, or of nobody and nothing that there is. */
  | { readonly is: 'NOT_VALID' }
  | { readonly is: 'EXPIRED'; readonly person: AskedPerson }
  /** Somebody has ended the case from outside: nobody is paged for it any more, and whoever comes must hear so. */
  | { readonly is: 'ENDED'; readonly person?: AskedPerson };

export type Given =
  | { readonly is: 'DONE'; readonly page: OpenedPage }
  /** The case says no: somebody has it, it is over, or they may not have it. */
  | { readonly is: 'REFUSED'; readonly refusal: CaseRejected; readonly page: OpenedPage };

/** No view: there is no such case, or no worker that could show it. */
type Looked = { readonly isEnded: boolean } & (
  { readonly view: CaseView; readonly timeline: Timeline } | { readonly view?: undefined }
);

const LAST_EVENTS = 400;

/** A contact reads times as in their pages: on their own clock, or their customer's. */
export const contactAsAsked = (
  { name, timezone }: CaseView['contacts'][number],
  { customer }: Pick<CaseView, 'customer'>,
): AskedPerson => ({ id: name, name, timezone: timezone ?? customer.timezone ?? 'UTC', languages: [] });

export class Answering {
  constructor(
    private readonly cases: Cases,
    private readonly directory: () => Directory,
    private readonly linkKeys: LinkKeys | undefined,
  ) {}

  /** Looks, and changes nothing. @throws ServiceUnavailable */
  async open(token: string): Promise<Opened> {
    const verified = this.linkKeys ? verifyToken(this.linkKeys, token) : undefined;
    if (!verified?.ok) return { is: 'NOT_VALID' };
    const { link } = verified;
    const seen = await this.look(link.caseNumber);
    const person = this.personOf(link, seen.view);
    if (seen.isEnded) return { is: 'ENDED', ...(person && { person }) };
    if (!seen.view || !person) return { is: 'NOT_VALID' };
    if (hasExpired(seen, link, person.id, Date.now())) return { is: 'EXPIRED', person };
    return { is: 'PAGE', page: this.pageOf(link.caseNumber, link.pageId, person, seen) };
  }

  /** @throws ServiceUnavailable: then it may or may not have arrived, and answering again does no harm */
  async give(page: OpenedPage, answer: AnswerKind, means: Means): Promise<Given> {
    const { caseNumber, pageId, person } = page;
    const name = answer === 'have' ? 'acknowledge' : 'decline';
    try {
      await this.cases.answer(caseNumber, name, {
        by: person.id,
        channel: 'API',
        ...(pageId !== '' && { pageId }),
        means,
      });
      return { is: 'DONE', page: await this.again(page) };
    } catch (error) {
      if (!(error instanceof CaseRejected)) throw error;
      return { is: 'REFUSED', refusal: error, page: await this.again(page) };
    }
  }

  /**
   * Of a person and a page that are known otherwise than by a token: by the number that a message comes from. Without a page it is all
   * that the case asks of them.
   */
  async pageFor(caseNumber: string, pageId: string, person: AskedPerson): Promise<OpenedPage | undefined> {
    const seen = await this.look(caseNumber);
    return seen.view && this.pageOf(caseNumber, pageId, person, seen);
  }

  private async again(page: OpenedPage): Promise<OpenedPage> {
    const seen = await this.look(page.caseNumber);
    return seen.view ? this.pageOf(page.caseNumber, page.pageId, page.person, seen) : page;
  }

  private async look(caseNumber: string): Promise<Looked> {
    const client = this.cases.client();
    try {
      const [view, timeline] = await Promise.all([
        client.getCase(caseNumber),
        client.getTimeline(caseNumber, { last: LAST_EVENTS }),
      ]);
      return { view, timeline, isEnded: view.endedOutside !== undefined };
    } catch (error) {
      if (error instanceof CaseRejected) return { isEnded: error.endedOutside !== undefined };
      if (error instanceof CaseNotFound) return { isEnded: false };
      throw error;
    }
  }

  private readonly pageOf = (
    caseNumber: string,
    pageId: string,
    person: AskedPerson,
    seen: { view: CaseView; timeline: Timeline },
  ): OpenedPage => ({ caseNumber, pageId, person, ...seen, standing: standingOf(seen, pageId, person.id) });

  private personOf(link: VerifiedLink, view: CaseView | undefined): AskedPerson | undefined {
    const staff = this.directory().people.find(({ id }) => link.isFor(id));
    if (staff) return staff;
    const contact = view?.contacts.find(({ name }) => link.isFor(name));
    return contact && view && contactAsAsked(contact, view);
  }

  /**
   * Who has pressed a button in Slack, which says so: in a channel it may be another of us, who then answers for themselves, or a
   * stranger, who answers for nobody. Where it cannot be told, it is whoever the page asks.
   */
  pressedBy(user: string, { person }: OpenedPage): AskedPerson | undefined {
    const { people } = this.directory();
    const slackOf = ({ channels }: Person): string[] => channels.flatMap((one) => (one.kind === 'slack' ? one.to : []));
    const those = people.filter((one) => slackOf(one).includes(user));
    if (those.length > 0) return those.find(({ id }) => id === person.id) ?? those[0];
    const asked = people.find(({ id }) => id === person.id);
    return asked && slackOf(asked).some((to) => /^[UW]/.test(to)) ? undefined : person;
  }

  /** As people call them. */
  readonly nameOf = (person: string): string => nameOf(this.directory(), person);
}
