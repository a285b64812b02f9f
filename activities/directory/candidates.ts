/**
 * Who an order is for, looked up at the moment of sending (R40, R45, R49, B8, B9): everybody in question, the first one
 * first. Pure: the directory and the time are given.
 */
import type { PageOrder, PassedOver, Route } from '../../workflows/case/pages';
import { personOf, present, Trail } from './present';
import { isOpen, ladderOf, nextOpening, shiftEnd } from './rota';
import type { Directory, Person, Team } from './types';

export interface Candidate {
  readonly person: Person;
  readonly route: Route;
  /** On call: whose shift it is. */
  readonly team?: string;
}

export interface Candidates {
  readonly list: readonly Candidate[];
  readonly passedOver: readonly PassedOver[];
}

/** What of an order decides who it is for. */
export type Wanted = Pick<PageOrder, 'audience' | 'engineer' | 'excluding'> & Partial<Pick<PageOrder, 'person' | 'prefer' | 'contact'>>;

export function candidates(directory: Directory, wanted: Wanted, now: number): Candidates {
  const trail = new Trail();
  const found = wanted.person === undefined ? lookUp(directory, wanted, now, trail) : namedPerson(directory, wanted.person, trail);
  const seen = new Set(wanted.person === undefined ? wanted.excluding : []);
  const list = found.filter(({ person }) => !seen.has(person.id) && seen.add(person.id));
  return { list, passedOver: trail.passedOver };
}

function lookUp(directory: Directory, wanted: Wanted, now: number, trail: Trail): Candidate[] {
  const { audience, engineer, prefer, contact } = wanted;
  switch (audience) {
    case 'ENGINEER':
      return engineer === null ? [] : standIns(directory, [engineer], now, trail, 'DIRECT');
    case 'MANAGER':
      return managers(directory, engineer, now, trail);
    case 'SECOND_LEVEL_MANAGER':
      return secondLevel(directory, engineer, now, trail);
    case 'ON_CALL':
      return onCall(directory, now, trail, prefer);
    case 'DUTY_MANAGER':
      return standIns(directory, directory.dutyManagers, now, trail, 'DUTY_MANAGER');
    case 'DUTY_EXECUTIVE':
      return standIns(directory, directory.dutyExecutive, now, trail, 'DUTY_EXECUTIVE');
    case 'RND':
      return standIns(directory, directory.rnd.length > 0 ? directory.rnd : directory.dutyManagers, now, trail, 'NAMED');
    case 'CONTACT':
      return contact === undefined ? [] : [{ person: contactPerson(directory, contact.name), route: 'CONTACT' }];
    default:
      return audience satisfies never;
  }
}

function namedPerson(directory: Directory, id: string, trail: Trail): Candidate[] {
  const person = personOf(directory, id);
  if (person) return [{ person, route: 'NAMED' }];
  trail.pass(id, 'UNKNOWN_PERSON');
  return [];
}

/** The people in order, each by whoever stands in for them. */
function standIns(directory: Directory, ids: readonly string[], now: number, trail: Trail, route: Route): Candidate[] {
  return ids.flatMap((id) => {
    const found = present(directory, id, now, trail);
    return found ? [{ person: found.person, route: found.delegated ? 'DELEGATE' : route }] : [];
  });
}

/** The chart from the engineer upwards; it ends at the top, at somebody unknown, or where it turns in a circle. */
export function chainOf(directory: Directory, engineer: string | null, trail: Trail = new Trail()): string[] {
  const chain: string[] = [];
  let current = engineer === null ? undefined : personOf(directory, engineer);
  if (engineer !== null && !current) trail.pass(engineer, 'UNKNOWN_PERSON');
  while (current?.manager !== undefined) {
    const next: string = current.manager;
    if (next === current.id) {
      trail.pass(next, 'SELF_MANAGED');
      break;
    }
    if (next === engineer || chain.includes(next)) {
      trail.pass(next, 'CYCLE');
      break;
    }
    chain.push(next);
    current = personOf(directory, next);
  }
  return chain;
}

function managers(directory: Directory, engineer: string | null, now: number, trail: Trail): Candidate[] {
  const [direct, ...up] = chainOf(directory, engineer, trail);
  if (direct === undefined) return [];
  const found = [...standIns(directory, [direct], now, trail, 'DIRECT'), ...standIns(directory, up, now, trail, 'NEXT_UP')];
  // Nobody is the manager of their own work, not even as somebody's delegate.
  return found.filter(({ person }) => person.id !== engineer);
}

/** R45: always another person than the direct manager; where the chart ends, the executives. */
function secondLevel(directory: Directory, engineer: string | null, now: number, trail: Trail): Candidate[] {
  const [direct, second, ...up] = chainOf(directory, engineer, trail);
  if (direct === undefined) return [];
  const found = [
    ...(second === undefined ? [] : standIns(directory, [second], now, trail, 'DIRECT')),
    ...standIns(directory, up, now, trail, 'NEXT_UP'),
    ...standIns(directory, directory.dutyExecutive, now, trail, 'DUTY_EXECUTIVE'),
  ];
  return found.filter(({ person }) => person.id !== engineer && person.id !== direct);
}

/** Whoever is on call now; in a gap, and behind those who are, the team that opens next: never nobody. */
function onCall(directory: Directory, now: number, trail: Trail, prefer?: string): Candidate[] {
  const open = directory.onCall.filter((team) => isOpen(team, now));
  const closed = directory.onCall
    .filter((team) => !open.includes(team))
    .map((team) => ({ team, at: nextOpening(team, now) }))
    .sort((a, b) => a.at - b.at)
    .map(({ team }) => team);
  const ofTeam = (team: Team, route: Route): Candidate[] =>
    standIns(directory, ladderOf(team, now), now, trail, route).map((candidate) => ({ ...candidate, team: team.team }));
  const reachable = open.flatMap((team) => ofTeam(team, 'ON_CALL'));
  const preferred = reachable.filter(({ person }) => person.id === prefer);
  return [...preferred, ...reachable, ...closed.flatMap((team) => ofTeam(team, 'NEXT_TEAM'))];
}

/** When the shift that this candidate is on ends, if it does. */
export function shiftOf(directory: Directory, candidate: Candidate, now: number): { team: string; endsAt: string } | undefined {
  const team = directory.onCall.find((entry) => entry.team === candidate.team);
  const end = team && candidate.route !== 'NEXT_TEAM' ? shiftEnd(team, now) : undefined;
  return team && end !== undefined ? { team: team.team, endsAt: new Date(end).toISOString() } : undefined;
}

/** A technical contact is a person of the case, reached by the channels that the directory has for all of them. */
const contactPerson = (directory: Directory, name: string): Person => ({ id: name, name, timezone: 'UTC', languages: [], channels: directory.contactChannels, away: [] });
