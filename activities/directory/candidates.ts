/**
 * Who is meant, looked up at the moment of sending (R9, R10, R40, R45, R49, B8, B9, D9, D11): everybody in question, the
 * first one first. Pure: the directory and the time are given, so that the answer can be explained as well as used.
 */
import type { PageOrder } from '../../workflows/core/language/page';
import type { PassedOver, Wanted } from '../../workflows/core/language/reach';
import { managers, secondLevel } from './chart';
import { isOffShift, onCall, teamOnCall } from './on-call';
import { absencesAt, personOf, passed, standIn, standIns, type Candidate, type Step } from './present';
import { dialable } from './telephone';
import type { Channel, Directory, Person } from './types';

export { chainOf } from './chart';
export { shiftOf } from './on-call';
export type { Candidate } from './present';

export interface Candidates {
  readonly list: readonly Candidate[];
  /** Those who stood before the first of the list and could not be the one: what its result tells. */
  readonly passedOver: readonly PassedOver[];
  /** Everybody who could not be the one, to the end of the list. */
  readonly allPassedOver: readonly PassedOver[];
}

/** What of the case decides who somebody is. */
export type Circumstances = Pick<PageOrder, 'engineer'> & {
  readonly chart?: PageOrder['chart'];
  /** Whoever works on the emergency is not asleep. */
  readonly atWork?: string | null;
  /** Whose shift or part in the emergency has ended: they are not asked to stand in (H5). */
  readonly off?: PageOrder['off'];
  readonly contacts?: NonNullable<PageOrder['contacts']>;
  /** Round-the-clock work: whoever is off sleeps, and those on call are asked in their place (D11). */
  readonly isEmergency?: boolean;
};

/** Everybody who may be paged, first to last; nobody twice, nobody excluded. */
export function candidates(
  directory: Directory,
  wanted: Wanted,
  circumstances: Circumstances,
  now: number,
): Candidates {
  // Whoever is named is meant, asked before or not; that does not go for who stands in for them.
  const seen = new Set(wanted.excluding.filter((id) => id !== wanted.person));
  const { off = [] } = circumstances;
  const list: Candidate[] = [];
  const allPassedOver: PassedOver[] = [];
  let passedOver: readonly PassedOver[] | undefined;
  const pass = (entry: PassedOver): void => {
    if (!allPassedOver.some(({ person, why }) => person === entry.person && why === entry.why))
      allPassedOver.push(entry);
  };
  for (const step of steps(directory, wanted, circumstances, now)) {
    if ('passed' in step) pass(step.passed);
    else if (
      wanted.audience === 'ON_CALL' &&
      !wanted.exact &&
      off.includes(step.found.person.id) &&
      step.found.team === undefined
    ) {
      pass({ person: step.found.person.id, why: 'OFF_SHIFT' });
    } else if (isGoneHome(step.found, off)) {
      pass({ person: step.found.person.id, why: 'OFF_SHIFT', for: step.found.for });
    } else if (seen.has(step.found.person.id)) {
      const { person, for: principal } = step.found;
      // Whoever stands in and was asked already, or may not have it, is skipped; the event says for whom (D9).
      if (principal !== undefined && wanted.excluding.includes(person.id))
        pass({ person: person.id, why: 'BARRED', for: principal });
    } else {
      seen.add(step.found.person.id);
      list.push(step.found);
      passedOver ??= [...allPassedOver];
    }
  }
  return preferred({ list, passedOver: passedOver ?? allPassedOver, allPassedOver }, wanted);
}

/** Whoever's part in the emergency has ended is not asked to stand in for somebody, unless their next turn has begun (D9, H5). */
const isGoneHome = (found: Candidate, off: PageOrder['off']): found is Candidate & { readonly for: string } =>
  found.for !== undefined && found.team === undefined && off.includes(found.person.id);

/** Who is on call comes before who has answered; in a gap nobody is, and whoever of the next team has answered has it. */
function preferred(found: Candidates, { prefer, audience }: Wanted): Candidates {
  const { list, allPassedOver } = found;
  const isGap = list.every(({ team }) => team === undefined);
  const one = list.find(
    ({ person, team }) => person.id === prefer && (audience !== 'ON_CALL' || team !== undefined || isGap),
  );
  if (!one || one === list[0]) return found;
  // Asked before, and still on call: nobody was passed over for them.
  return { list: [one, ...list.filter((entry) => entry !== one)], passedOver: [], allPassedOver };
}

function* steps(directory: Directory, wanted: Wanted, circumstances: Circumstances, now: number): Generator<Step> {
  const { audience, person, exact } = wanted;
  const { engineer, chart = [], contacts = [] } = circumstances;
  // A contact is a person of the case: somebody in the directory may bear the same name.
  if (audience === 'CONTACT') {
    for (const contact of contacts) {
      if (person !== undefined && contact.name !== person) continue;
      yield { found: { person: contactPerson(directory, contact), route: 'CONTACT' } };
    }
    return;
  }
  if (person !== undefined) {
    yield* named(directory, person, { isOnCall: audience === 'ON_CALL', isExact: exact === true }, now);
    return;
  }
  switch (audience) {
    case 'ENGINEER':
      if (engineer !== null) yield* theEngineer(directory, engineer, circumstances, now);
      return;
    case 'MANAGER':
      if (engineer !== null) yield* managers(directory, engineer, chart, now);
      return;
    case 'SECOND_LEVEL_MANAGER':
      if (engineer !== null) yield* secondLevel(directory, engineer, chart, now);
      return;
    case 'ON_CALL':
      yield* onCall(directory, now, wanted.teamOf);
      return;
    case 'DUTY_MANAGER':
      yield* standIns(directory, directory.dutyManagers, 'DUTY_MANAGER', now);
      return;
    case 'DUTY_EXECUTIVE':
      yield* standIns(directory, directory.dutyExecutive, 'DUTY_EXECUTIVE', now);
      return;
    case 'RND':
      yield* directory.rnd.length > 0
        ? standIns(directory, directory.rnd, 'NAMED', now)
        : standIns(directory, directory.dutyManagers, 'DUTY_MANAGER', now);
      return;
    default:
      audience satisfies never;
  }
}

/** D11: an engineer who has shifts and is not on one sleeps while there is an emergency; whoever is on call is asked. */
function* theEngineer(
  directory: Directory,
  engineer: string,
  { isEmergency = false, atWork, off = [] }: Circumstances,
  now: number,
): Generator<Step> {
  if (!isEmergency || engineer === atWork || !isOffShift(directory, engineer, now)) {
    yield* standIn(directory, engineer, 'DIRECT', now);
    return;
  }
  yield passed(engineer, 'OFF_SHIFT');
  for (const step of onCall(directory, now)) {
    if ('passed' in step) yield step;
    else if (off.includes(step.found.person.id)) yield passed(step.found.person.id, 'OFF_SHIFT');
    else if (step.found.team !== undefined) yield step;
  }
}

/** The person who is meant, or whoever stands in for them; who was paged before is the one for the next message, too. */
function* named(
  directory: Directory,
  id: string,
  { isOnCall, isExact }: { isOnCall: boolean; isExact: boolean },
  now: number,
): Generator<Step> {
  const person = isExact ? personOf(directory, id) : undefined;
  if (person && absencesAt(person, now).length > 0) {
    yield passed(id, 'AWAY');
    return;
  }
  for (const step of person ? [{ found: { person, route: 'NAMED' as const } }] : standIn(directory, id, 'NAMED', now)) {
    // The next channel of somebody on call: their shift is as good as it was on the first.
    const team = isOnCall && 'found' in step ? teamOnCall(directory, step.found.person.id, now) : undefined;
    yield 'found' in step && team !== undefined ? { found: { ...step.found, team } } : step;
  }
}

type Contacted = NonNullable<Circumstances['contacts']>[number];

/** A technical contact is reached by the channels that the directory has for all of them. */
const contactPerson = (directory: Directory, contact: Contacted): Person => ({
  id: contact.name,
  name: contact.name,
  timezone: contact.timezone ?? '',
  languages: [],
  channels: directory.contactChannels.flatMap((channel) => ofContact(channel, contact)),
  away: [],
});

/** With the contact's own number or address; one that needs what they have not given is none of theirs. */
function ofContact(channel: Channel, { number, email }: Contacted): Channel[] {
  switch (channel.kind) {
    case 'sms':
    case 'voice': {
      const dialled = channel.number ?? dialable(number);
      return dialled === undefined ? [] : [{ ...channel, number: dialled }];
    }
    case 'email': {
      const address = channel.address ?? email;
      return address === undefined ? [] : [{ ...channel, address }];
    }
    case 'console':
    case 'webhook':
    case 'slack':
    case 'http':
      return [channel];
    default:
      return channel satisfies never;
  }
}
