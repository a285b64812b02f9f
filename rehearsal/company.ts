/** The people of a rehearsed night: how they take what is asked of them, and what they then do. */
import { openShifts } from '../activities/directory/on-call';
import { standIns } from '../activities/directory/present';
import type { Directory } from '../activities/directory/types';
import type { CommandName } from '../workflows/core/language/inputs';
import type { CaseState } from '../workflows/core/language/state';
import { holderOf, needOf, onCallOf } from '../workflows/core/paging/find';
import { managedAt, managedLevel, ownersOf } from '../workflows/core/paging/levels';
import type { Sent } from './dry-run';
import type { Habits, Happening, Part, Scenario } from './scenario';

/** Something that a person does, at its moment. */
export interface Act {
  readonly at: number;
  readonly by: string;
  readonly do: CommandName;
  readonly input: Readonly<Record<string, unknown>>;
  /** It is the answer to a message of this moment; nothing where it is no answer. */
  readonly answersAt: number | null;
}

const MINUTE_MS = 60_000;

const habitsOf = ({ people }: Scenario, person: string): Habits => people[person] ?? people['*'] ?? {};

/** What somebody does about a message that asks something of them: answers, and by the book does it as well. */
export function reactionsTo(scenario: Scenario, directory: Directory, { order, at, result }: Sent): Act[] {
  if (result.outcome !== 'ACCEPTED' || result.asks.length === 0 || result.mode === 'WORD') return [];
  const { person } = result;
  const { answersAfterMs, byTheBook } = habitsOf(scenario, person);
  if (answersAfterMs === undefined) return [];
  const then = at + answersAfterMs;
  const { pageId } = result.joined ?? order;
  const answer: Act = { at: then, by: person, do: 'acknowledge', input: { by: person, pageId }, answersAt: at };
  if (!byTheBook) return [answer];
  return [
    answer,
    ...(result.asks.includes('HAND_OVER_WRITE') ? [handOver(directory, person, then)] : []),
    ...(result.asks.some((key) => key === 'M1' || key === 'M2') ? [staffing(order.engineer, person, at)] : []),
  ];
}

const staffing = (engineer: string | null, person: string, at: number): Act => ({
  at: at + 10 * MINUTE_MS,
  by: person,
  do: 'confirmStaffing',
  input: { by: person, role: 'MANAGER', staff: [engineer ?? person] },
  answersAt: null,
});

/** To whoever comes first of those who are on call by then, or stands in for them. */
function handOver(directory: Directory, person: string, at: number): Act {
  const to =
    openShifts(directory, at)
      .flatMap(({ people }) => [...standIns(directory, people, 'ON_CALL', at)])
      .flatMap((step) => ('found' in step ? step.found.person.id : []))
      .find((id) => id !== person) ?? person;
  const written = { state: 'The cause is narrowed down.', tried: 'A restart.', nextStep: 'Check the next part.' };
  return { at, by: person, do: 'handOver', input: { by: person, role: 'ENGINEER', to, ...written }, answersAt: null };
}

/** Who does what happens by itself; nothing where there is nobody to do it. */
export function actOf(happening: Happening, state: CaseState, at: number): Act | undefined {
  const { do: name, by, role, input = {} } = happening;
  const act = (person: string, as?: string): Act => ({
    at,
    by: person,
    do: name,
    input: { by: person, ...(as !== undefined && { role: as }), ...input },
    answersAt: null,
  });
  if (typeof by === 'string') return act(by, role);
  const person = whoIs(by, state);
  if (person === null) return undefined;
  const isManager = by.part === 'ASKED_FOR_LEVEL' || ownersOf(state).includes(person);
  return act(person, isManager ? 'MANAGER' : 'ENGINEER');
}

function whoIs({ part }: Part, state: CaseState): string | null {
  switch (part) {
    case 'AT_WORK':
      return atWork(state);
    case 'MANAGING':
      return managedAt(state)?.owner ?? atWork(state);
    case 'ASKED_FOR_LEVEL':
      return askedForLevel(state);
    default:
      return part satisfies never;
  }
}

/** Whoever has the emergency, or the engineer. */
function atWork(state: CaseState): string | null {
  const need = needOf(state, 'E_DOWN_ALERT');
  return (need ? holderOf(need) : null) ?? onCallOf(state) ?? state.engineer;
}

/** Where nobody can be asked nobody accepts; where nothing is to be accepted, that is for the core to say. */
function askedForLevel({ needs, tiers }: CaseState): string | null {
  const asked = needs.flatMap(({ kind, turn }) => (managedLevel(kind) && turn.is === 'ASKED' ? turn.person : []))[0];
  const isPending = tiers.some(({ owner }) => owner === null);
  return asked ?? (isPending ? null : 'nobody');
}
