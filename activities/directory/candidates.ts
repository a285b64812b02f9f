/**
 * Who an order is for, looked up at the moment of sending (R9, R10, R40, R45, R49, B8, B9): everybody in question, the
 * first one first. Pure: the directory and the time are given, so that the answer can be explained as well as used.
 */
import type { PageOrder, PassedOver } from '../../workflows/case/pages';
import { managers, secondLevel } from './chart';
import { onCall, teamOnCall } from './on-call';
import { personOf, standIn, standIns, type Candidate, type Step } from './present';
import type { Directory, Person } from './types';

export { chainOf, directManagerOf } from './chart';
export { shiftOf } from './on-call';
export type { Candidate } from './present';

export interface Candidates {
  readonly list: readonly Candidate[];
  /** Those who stood before the first of the list and could not be the one: what its result tells. */
  readonly passedOver: readonly PassedOver[];
  /** Everybody who could not be the one, to the end of the list. */
  readonly allPassedOver: readonly PassedOver[];
}

/** What of an order decides who it is for. */
export type Wanted = Pick<PageOrder, 'audience' | 'engineer' | 'excluding'> & Partial<Pick<PageOrder, 'person' | 'prefer' | 'contact' | 'used'>>;

/** Everybody who may be paged for the order, first to last; nobody twice, nobody excluded (R9, R10, R40, R45, R49, B8). */
export function candidates(directory: Directory, wanted: Wanted, now: number): Candidates {
  // Whoever is named is meant, asked before or not; that does not go for who stands in for them.
  const seen = new Set(wanted.excluding.filter((id) => id !== wanted.person));
  const list: Candidate[] = [];
  const allPassedOver: PassedOver[] = [];
  let passedOver: readonly PassedOver[] | undefined;
  for (const step of steps(directory, wanted, now)) {
    if ('passed' in step) {
      const { person, why } = step.passed;
      if (!allPassedOver.some((entry) => entry.person === person && entry.why === why)) allPassedOver.push(step.passed);
    } else if (!seen.has(step.found.person.id)) {
      seen.add(step.found.person.id);
      list.push(step.found);
      passedOver ??= [...allPassedOver];
    }
  }
  // Who is on call comes before who has answered; in a gap nobody is, and whoever of the next team has answered has it.
  const isGap = list.every(({ team }) => team === undefined);
  const preferred = list.find(({ person, team }) => person.id === wanted.prefer && (wanted.audience !== 'ON_CALL' || team !== undefined || isGap));
  if (!preferred || preferred === list[0]) return { list, passedOver: passedOver ?? allPassedOver, allPassedOver };
  // Asked before, and still on call: nobody was passed over for them.
  return { list: [preferred, ...list.filter((entry) => entry !== preferred)], passedOver: [], allPassedOver };
}

function* steps(directory: Directory, { audience, engineer, person, contact, used = [] }: Wanted, now: number): Generator<Step> {
  // A contact is a person of the case: somebody in the directory may bear the same name.
  if (person !== undefined && audience !== 'CONTACT') {
    yield* named(directory, person, { isOnCall: audience === 'ON_CALL', isPagedAlready: used.length > 0 }, now);
    return;
  }
  switch (audience) {
    case 'ENGINEER':
      if (engineer !== null) yield* standIn(directory, engineer, 'DIRECT', now);
      return;
    case 'MANAGER':
      if (engineer !== null) yield* managers(directory, engineer, now);
      return;
    case 'SECOND_LEVEL_MANAGER':
      if (engineer !== null) yield* secondLevel(directory, engineer, now);
      return;
    case 'ON_CALL':
      yield* onCall(directory, now);
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
    case 'CONTACT':
      if (contact) yield { found: { person: contactPerson(directory, contact.name), route: 'CONTACT' } };
      return;
    default:
      audience satisfies never;
  }
}

/** The person who is meant, or whoever stands in for them; who was paged on one channel is the one for the next, too. */
function* named(directory: Directory, id: string, { isOnCall, isPagedAlready }: { isOnCall: boolean; isPagedAlready: boolean }, now: number): Generator<Step> {
  const person = isPagedAlready ? personOf(directory, id) : undefined;
  for (const step of person ? [{ found: { person, route: 'NAMED' as const } }] : standIn(directory, id, 'NAMED', now)) {
    // The next channel of somebody on call: their shift is as good as it was on the first.
    const team = isOnCall && 'found' in step ? teamOnCall(directory, step.found.person.id, now) : undefined;
    yield 'found' in step && team !== undefined ? { found: { ...step.found, team } } : step;
  }
}

/** A technical contact is reached by the channels that the directory has for all of them. */
const contactPerson = (directory: Directory, name: string): Person => ({ id: name, name, timezone: 'UTC', languages: [], channels: directory.contactChannels, away: [] });
