/**
 * A fact with people as they are called. The case knows them by id only, so the names are put in when a page goes out: of the
 * fields that name somebody, and nowhere in what somebody wrote.
 */
import type { EventData, EventType, Fact } from '../../workflows/core/language/events';
import type { DueWords } from '../../workflows/core/language/words';

export type NameOf = (id: string) => string;

type Fields = { readonly [T in EventType]?: readonly (keyof EventData[T] & string)[] };

/** Besides who did it. An event that says an id on purpose, beside the name or because nobody has it, is not here. */
const PEOPLE: Fields = {
  CaseOpened: ['engineer'],
  EngineerAssigned: ['engineer', 'before'],
  EDownRequested: ['caller', 'also'],
  EDownRefused: ['caller'],
  EmergencyAlerted: ['has'],
  ShiftEnded: ['from'],
  HandOverOffered: ['from', 'to'],
  HandOverAccepted: ['from', 'to'],
  HandOverOverdue: ['who'],
  EscalationAccepted: ['owner'],
  EscalationReopened: ['person'],
  ManagerUnreachable: ['person'],
  StaffingConfirmed: ['staff'],
  TeamJoined: ['person'],
  M2TeamFormed: ['engineer', 'manager', 'secondLevelManager'],
  ResourcesConfirmed: ['plan'],
  ManagerContactRequested: ['caller', 'also'],
  TransferRecorded: ['manager'],
  SearchRestarted: ['before'],
  PageUndelivered: ['person'],
  PageDelivered: ['person'],
  PageSettled: ['person'],
  PageAcknowledged: ['person'],
  PageDeclined: ['person'],
  PageUnanswered: ['person'],
  AcknowledgementExpired: ['person'],
};

export function named(fact: Fact, nameOf: NameOf): Fact {
  const data: Record<string, unknown> = { ...fact.data };
  for (const field of PEOPLE[fact.type] ?? []) data[field] = nameIn(data[field], nameOf);
  const { by, requestedBy } = fact;
  return {
    ...fact,
    ...(by !== undefined && { by: nameOf(by) }),
    ...(requestedBy !== undefined && { requestedBy: nameOf(requestedBy) }),
    data,
  } as Fact;
}

/** What falls due, with whoever it waits for as they are called. */
export const namedDue = (due: DueWords, nameOf: NameOf): DueWords =>
  'person' in due && due.person !== null ? { ...due, person: nameOf(due.person) } : due;

/** An id, a list of them, or somebody with what else is known of them. */
function nameIn(value: unknown, nameOf: NameOf): unknown {
  if (typeof value === 'string') return nameOf(value);
  if (Array.isArray(value)) return value.map((one: unknown) => nameIn(one, nameOf));
  if (typeof value !== 'object' || value === null) return value;
  const { name, who } = value as { readonly name?: string; readonly who?: string };
  return {
    ...value,
    ...(name !== undefined && { name: nameOf(name) }),
    ...(who !== undefined && { who: nameOf(who) }),
  };
}
