/** The searches and pages of 0.1.0 as needs, pages and people: who is asked stays asked, under the first page that they have of it. */
import { MOST } from '../language/bounds';
import type { CaseState, Need, Page, Person, Turn } from '../language/state';
import { keyOf, placeOf, rowOf, type NeedRef } from '../paging/needs';
import { factBehind, needOf01, wantedIn } from './needs-0.1';
import type { Ladder01, Page01, State01 } from './shape-0.1';

type Plain = Omit<CaseState, 'needs' | 'pages' | 'people' | 'requests' | 'tail' | 'tailBytes'>;

/** Rests until a moment that is over: it is asked as soon as the run begins. */
const AT_ONCE: Turn = { is: 'RESTING', until: 0 };

export function searchesFrom01(old: State01, state: Plain): Pick<CaseState, 'needs' | 'pages' | 'people'> {
  const people = peopleFrom01(old);
  const pageOf = (person: string): string | undefined => sentTo(old, person)[0]?.pageId;
  const needs: Need[] = [];
  const add = (ref: NeedRef, more: Partial<Need>): void => {
    const key = keyOf(ref);
    if (needs.some((need) => need.key === key)) return;
    const openedAt = more.openedAt ?? state.actedAt;
    const fact = factBehind(ref, state, openedAt);
    needs.push({
      key,
      kind: ref.kind,
      openedAt,
      since: fact.seq,
      fact,
      isGood: false,
      first: null,
      rung: 0,
      round: 1,
      roundSince: openedAt,
      tried: [],
      asked: [],
      declined: [],
      unansweredSince: null,
      nobodyReached: false,
      interrupted: null,
      toldOff: null,
      turn: AT_ONCE,
      ...more,
    });
  };
  for (const ladder of old.ladders) {
    const ref = needOf01(ladder.key, old.engineer);
    if (ref) add(ref, { ...climbed(ladder), turn: turnOf(ladder, pageOf) });
  }
  for (const ref of wantedIn(state)) add(ref, ref.kind === 'CONTACT_ACTION' ? askedOfContact(old, ref.subject) : {});
  needs.sort((a, b) => placeOf(a.kind) - placeOf(b.kind));
  return { needs, pages: pagesFrom01(old, needs), people };
}

const climbed = ({ startedAt, round, roundSince, tried, paged, ack, nobodyReached }: Ladder01): Partial<Need> => ({
  openedAt: startedAt,
  round,
  roundSince,
  tried: [...tried],
  asked: paged.filter((person) => person !== ack?.person).slice(-MOST.perNeed),
  unansweredSince: tried.length > 0 && !ack ? startedAt : null,
  nobodyReached,
});

function turnOf({ ack, target, answerDueAt, retryAt }: Ladder01, pageOf: (person: string) => string | undefined): Turn {
  if (ack) return { is: 'HELD', person: ack.person, since: ack.at, expiresAt: ack.expiresAt };
  const pageId = target === null ? undefined : pageOf(target);
  if (target !== null && pageId !== undefined && answerDueAt !== null)
    return { is: 'ASKED', person: target, pageId, answerDueAt, ringAt: null };
  return retryAt === null ? AT_ONCE : { is: 'RESTING', until: retryAt };
}

/** 0.1.0 told contacts what to do and waited for nobody's answer: whoever had that page is asked. */
function askedOfContact(old: State01, actionId: string): Partial<Need> {
  const told = old.pages.findLast(
    ({ purpose, what, accepted, person }) =>
      purpose === 'CONTACT_ACTION' && accepted && person !== null && what.includes(`(${actionId})`),
  );
  const person = told?.person;
  const [page] = person == null ? [] : sentTo(old, person);
  if (!told || person == null || !page) return {};
  return {
    openedAt: told.requestedAt,
    asked: [person],
    turn: { is: 'ASKED', person, pageId: page.pageId, answerDueAt: null, ringAt: null },
  };
}

/** What has reached this person and may still be answered. */
const sentTo = ({ pages }: State01, person: string): readonly Page01[] =>
  pages.filter(
    (page) =>
      page.person === person &&
      page.accepted &&
      page.status === 'SENT' &&
      !page.settled &&
      (page.ladder !== null || page.purpose === 'CONTACT_ACTION'),
  );

/** One person, one page: the first that they have goes on, and the numbers of the others lead to it. */
function pagesFrom01(old: State01, needs: readonly Need[]): Page[] {
  const asked = new Set(needs.flatMap(({ turn }) => (turn.is === 'ASKED' ? [turn.person] : [])));
  return [...asked].flatMap((person): Page[] => {
    const [first, ...others] = sentTo(old, person);
    if (!first) return [];
    const theirs = needs.filter((need) => need.asked.includes(person));
    const last = others.at(-1) ?? first;
    return [
      {
        pageId: first.pageId,
        openedAt: first.requestedAt,
        audience: first.audience,
        person,
        name: first.name,
        channel: last.channel,
        attempt: first.attempt,
        says: theirs.map(({ key, fact, since }) => ({ need: key, fact: fact.seq, since })),
        last: [],
        sends: [],
        reach: {
          mode: first.urgent ? 'RING' : 'ASK',
          since: first.requestedAt,
          used: [...last.used],
          channelsLeft: last.channelsLeft,
          works: true,
          nextChannelAt: last.nextChannelAt,
        },
        timeouts: 0,
        merged: others.map(({ pageId }) => pageId).slice(-MOST.merged),
        answeredBy: null,
        closedAt: null,
      },
    ];
  });
}

function peopleFrom01({ pages, episode, ladders }: State01): Person[] {
  const people = new Map<string, Person>();
  for (const page of pages) {
    const { person, name, audience, requestedAt, urgent, accepted } = page;
    if (person === null || !accepted) continue;
    const isAsked = ladders.some(({ target, ack }) => target === person && ack === null) && page.ladder !== null;
    people.set(person, {
      id: person,
      name: name ?? person,
      audience,
      shift: episode?.shift?.person === person ? { team: episode.shift.team, endsAt: episode.shift.endsAt } : null,
      rungAt: isAsked && urgent ? requestedAt : null,
      rank: !urgent ? 2 : page.ladder !== null && rowIsEmergency(page.ladder) ? 0 : 1,
      ofEmergency: episode?.paged.some((woken) => woken.person === person) ?? false,
      isOff: false,
      seenAt: requestedAt,
    });
  }
  return [...people.values()].slice(-MOST.people);
}

const rowIsEmergency = (ladder: string): boolean => {
  const kind = needOf01(ladder, null)?.kind;
  return kind !== undefined && rowOf(kind).urgency === 'EMERGENCY';
};
