/** What is wrong with the directory at one moment: who should be asked, why they cannot be, and who would be instead. */
import { usable } from '../../activities/channels';
import { candidates, chainOf, type Candidate } from '../../activities/directory/candidates';
import { personOf, standIn } from '../../activities/directory/present';
import { everybodyOf, ladderAt } from '../../activities/directory/rota';
import type { Channel, Directory, Person } from '../../activities/directory/types';
import { rungsOf } from '../../workflows/core/paging/rungs';
import type { PassedOver } from '../../workflows/core/language/reach';
import type { Audience } from '../../workflows/core/language/vocabulary';

export type What = 'ENGINEER' | 'M1' | 'M2' | 'ON_CALL' | 'DUTY_MANAGERS' | 'PEOPLE' | 'CONTACTS';

export const REASONS = {
  NO_MANAGER: 'no manager in the chart: M1 goes straight to the duty managers',
  NO_SECOND_LEVEL: 'the chart ends at the direct manager: M2 goes to the executives',
  SELF_MANAGED: 'manages their own work: nobody else is in the chart',
  CYCLE: 'the chart runs in a circle',
  SAME_PERSON: 'asked for the level below already, and nobody has two',
  AWAY: 'away, and nobody stands in',
  DELEGATE_AWAY: 'away, and so is whoever should stand in',
  ALL_AWAY: 'everybody of this kind is away',
  NO_CHANNEL: 'no channel that these pages may use',
  NOBODY_ON_CALL: 'no window is open: the team that opens next is woken',
  NEVER_TRIED: 'a channel that is never tried: the next person is asked before its turn comes',
  CONSOLE_ONLY: "a page is a line on the worker's log, which nobody reads at night",
} as const;
export type Reason = keyof typeof REASONS;

export interface Problem {
  /** The engineer whose cases it is about, or `any case`. */
  readonly who: string;
  readonly what: What;
  readonly reason: Reason;
  /** Those who should be asked and are not. */
  readonly people: readonly string[];
  /** Whoever is asked first in their place; nobody when it is UNREACHABLE. */
  readonly instead: readonly string[];
  /** UNREACHABLE: a page finds nobody at all. DEGRADED: it finds somebody else than it should, or may not be heard. */
  readonly severity: 'UNREACHABLE' | 'DEGRADED';
  /** What the reason alone does not say. */
  readonly detail?: string;
}

export const ANY_CASE = 'any case';

/**
 * Whose cases they are: everybody on an on-call team, and everybody who manages nobody and is on none of the lists
 * `dutyManagers`, `dutyExecutive`, `rnd`. Whoever was left without a manager by mistake is among them.
 */
export function engineersOf({ people, onCall, dutyManagers, dutyExecutive, rnd }: Directory): string[] {
  const onTeams = new Set(onCall.flatMap(everybodyOf));
  const others = new Set([
    ...dutyManagers,
    ...dutyExecutive,
    ...rnd,
    ...people.filter(({ id, manager }) => manager !== id).map(({ manager }) => manager),
  ]);
  return people.map(({ id }) => id).filter((id) => onTeams.has(id) || !others.has(id));
}

/** What is wrong for the cases of this engineer at this moment: at most one thing each for them, M1 and M2. */
export const problemsOfEngineer = (
  directory: Directory,
  urgent: readonly string[],
  engineer: string,
  now: number,
): Problem[] => new Look(directory, urgent, now).engineer(engineer).filter((problem) => problem !== undefined);

/** What is wrong with the duty managers at this moment: one thing, or nothing. */
export const problemsOfDuty = (directory: Directory, urgent: readonly string[], now: number): Problem[] =>
  [new Look(directory, urgent, now).dutyManagers()].filter((problem) => problem !== undefined);

/** What is wrong with those who are on call: one thing, or nothing. */
export function problemsOfOnCall(directory: Directory, urgent: readonly string[], now: number): Problem[] {
  const ladders = directory.onCall.map((team) => ladderAt(team, now)).filter((ladder) => ladder.length > 0);
  const problem = new Look(directory, urgent, now).onCall(ladders);
  return problem ? [problem] : [];
}

/**
 * B2: the console takes every page, so a case looks as if somebody had been paged. Everybody in the file may be, some night;
 * `told`: those who are said to have no channel already.
 */
export function unheard(
  { people, contactChannels }: Directory,
  urgent: readonly string[],
  told: ReadonlySet<string>,
): Problem[] {
  const silence = (channels: readonly Channel[]): Reason | undefined => {
    const kinds = usable(channels, urgent).map(({ channel: { kind } }) => kind);
    if (kinds.length === 0) return 'NO_CHANNEL';
    return kinds.every((kind) => kind === 'console') ? 'CONSOLE_ONLY' : undefined;
  };
  const degraded = (what: What, reason: Reason, ids: readonly string[] = []): Problem => ({
    who: ANY_CASE,
    what,
    reason,
    people: ids,
    instead: [],
    severity: 'DEGRADED',
  });
  const found = (['NO_CHANNEL', 'CONSOLE_ONLY'] as const).flatMap((reason) => {
    const ids = people.filter(({ id, channels }) => silence(channels) === reason && !told.has(id)).map(({ id }) => id);
    return ids.length > 0 ? [degraded('PEOPLE', reason, ids)] : [];
  });
  const ofContacts = silence(contactChannels);
  return ofContacts ? [...found, degraded('CONTACTS', ofContacts)] : found;
}

type Trouble = Pick<Problem, 'reason' | 'people'>;

/** Nobody in particular is missing. */
const lacking = (reason: Reason): Trouble => ({ reason, people: [] });

class Look {
  constructor(
    private readonly directory: Directory,
    private readonly urgent: readonly string[],
    private readonly now: number,
  ) {}

  onCall(shifts: readonly (readonly string[])[]): Problem | undefined {
    const trouble = shifts.length === 0 ? lacking('NOBODY_ON_CALL') : this.ofAll(shifts.flat());
    return this.problem(ANY_CASE, 'ON_CALL', trouble, () => this.reached(null, 'ON_CALL'));
  }

  /** The end of every search, and all there is for an escalated case without an engineer. */
  dutyManagers(): Problem | undefined {
    return this.problem(ANY_CASE, 'DUTY_MANAGERS', this.ofAll(this.directory.dutyManagers), () =>
      this.reached(null, 'MANAGER'),
    );
  }

  engineer(engineer: string): (Problem | undefined)[] {
    const [direct, second] = chainOf(this.directory, engineer);
    // Nobody manages their own work, not as a duty manager either (R40).
    const m1 = this.reached(engineer, 'MANAGER', [engineer]);
    // Nobody has both levels: whoever is asked for M1 is not there for M2 (R45).
    const m1First = m1.slice(0, 1);
    const chart = this.endOfChart(engineer);
    const m1Trouble =
      direct === undefined ? lacking(chart ?? 'NO_MANAGER') : this.ofRung(engineer, 'MANAGER', direct, [engineer]);
    const below = [engineer, direct ?? engineer, ...m1First];
    const m2Trouble =
      second === undefined
        ? lacking(chart ?? 'NO_SECOND_LEVEL')
        : this.ofRung(engineer, 'SECOND_LEVEL_MANAGER', second, below);
    // Higher up a circle keeps nobody from being asked, and is a mistake all the same.
    const circle = chart === 'CYCLE' ? lacking(chart) : undefined;
    return [
      this.problem(engineer, 'ENGINEER', this.ofOne(engineer, []), () => this.reached(engineer, 'ENGINEER')),
      this.problem(engineer, 'M1', m1Trouble, () => m1),
      this.problem(engineer, 'M2', m2Trouble ?? circle, () =>
        this.reached(engineer, 'SECOND_LEVEL_MANAGER', [engineer, ...m1First]),
      ),
    ];
  }

  private problem(
    who: string,
    what: What,
    trouble: Trouble | undefined,
    reached: () => readonly string[],
  ): Problem | undefined {
    if (!trouble) return undefined;
    const instead = reached().slice(0, 1);
    return { who, what, ...trouble, instead, severity: instead.length > 0 ? 'DEGRADED' : 'UNREACHABLE' };
  }

  /** Everybody whom a ladder would reach, rung by rung, as the case climbs it. */
  private reached(engineer: string | null, start: Audience, excluding: readonly string[] = []): string[] {
    return rungsOf({ engineer }, start)
      .flatMap((audience) => this.found(audience, engineer, excluding))
      .filter(({ person }) => this.hasChannel(person))
      .map(({ person }) => person.id);
  }

  private found = (
    audience: Audience,
    engineer: string | null,
    excluding: readonly string[] = [],
  ): readonly Candidate[] => candidates(this.directory, { audience, excluding }, { engineer }, this.now).list;

  private hasChannel = ({ channels }: Person): boolean => usable(channels, this.urgent).length > 0;

  /** Why somebody in the chart, or whoever stands in, is not the one; nothing when they are. */
  private ofRung(engineer: string, audience: Audience, id: string, barred: readonly string[]): Trouble | undefined {
    const trouble = this.ofOne(id, barred);
    const isAway = trouble?.reason === 'AWAY' || trouble?.reason === 'DELEGATE_AWAY';
    return isAway && this.found(audience, engineer).length === 0 ? { ...trouble, reason: 'ALL_AWAY' } : trouble;
  }

  private ofOne(id: string, barred: readonly string[]): Trouble | undefined {
    const passed: PassedOver[] = [];
    for (const step of standIn(this.directory, id, 'DIRECT', this.now)) {
      if ('passed' in step) passed.push(step.passed);
      else if (barred.includes(step.found.person.id))
        return { reason: 'SAME_PERSON', people: [...passed.map(({ person }) => person), step.found.person.id] };
      else
        return this.hasChannel(step.found.person)
          ? undefined
          : { reason: 'NO_CHANNEL', people: [step.found.person.id] };
    }
    const people = [...new Set(passed.map(({ person }) => person))];
    return { reason: passed.length > 1 ? 'DELEGATE_AWAY' : 'AWAY', people };
  }

  /** Of several, one is enough; but whoever is there and has no channel is a mistake that nobody would notice. */
  private ofAll(ids: readonly string[]): Trouble | undefined {
    const troubles = ids.map((id) => this.ofOne(id, []));
    const deaf = troubles.filter((trouble) => trouble?.reason === 'NO_CHANNEL');
    const peopleOf = (some: readonly (Trouble | undefined)[]): string[] => [
      ...new Set(some.flatMap((trouble) => trouble?.people ?? [])),
    ];
    if (deaf.length > 0) return { reason: 'NO_CHANNEL', people: peopleOf(deaf) };
    return troubles.some((trouble) => trouble === undefined)
      ? undefined
      : { reason: 'ALL_AWAY', people: peopleOf(troubles) };
  }

  /** Why the chart ends other than at somebody who has no manager. */
  private endOfChart(engineer: string): 'SELF_MANAGED' | 'CYCLE' | undefined {
    const last = chainOf(this.directory, engineer).at(-1) ?? engineer;
    const above = personOf(this.directory, last)?.manager;
    if (above === undefined || personOf(this.directory, above) === undefined) return undefined;
    return above === last ? 'SELF_MANAGED' : 'CYCLE';
  }
}
