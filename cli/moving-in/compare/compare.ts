/**
 * The proof: theirs and ours side by side, cut at every boundary of both, and each stretch in which somebody else is first
 * with its reason. Samples on the hour would find none of the differences between hand-offs at 09:01 and 09:59.
 */
import type { Directory, Team } from '../../../activities/directory/types';
import type { Export, Span, Stretch, TheirSchedule } from '../model/export';
import { boundaries, walker } from '../model/spans';
import { notRendered, theirSpans } from '../reading/schedule';
import { People } from '../writing/people';
import { teamName } from '../writing/teams';
import { ourSpans, type OurSpan } from './ours';
import { clockChanges, reasonOf, type Circumstances, type Reason } from './reasons';

export interface Difference extends Stretch {
  readonly team: string;
  /** The first person by our id; `null` is nobody. */
  readonly theirs: string | null;
  readonly ours: string | null;
  readonly reason: Reason;
}

export interface Comparison extends Stretch {
  /** How many stretches were looked at. */
  readonly spans: number;
  readonly differences: readonly Difference[];
  /** Where the vendor's answers end, and our own reading of its rule is compared instead. */
  readonly notRendered: readonly (Stretch & { readonly team: string })[];
  /** Teams whose window does not hold both changes of their clocks: most faults show only there. */
  readonly withoutBothChanges: readonly string[];
}

export function compare(against: Export, directory: Directory, window: Stretch): Comparison {
  const people = new People(against);
  const ids = ourIds(against, people, directory);
  const parts = against.schedules.map((schedule) => {
    const name = teamName(schedule, against.schedules);
    const changes = clockChanges(schedule.zone, window);
    const about: Circumstances = {
      schedule,
      changes,
      people: new Map(against.people.map((person) => [person.id, person])),
      isKnown: (their) => directory.people.some(({ id }) => id === ids(their)),
    };
    return { name, changes, compared: compareSchedule(schedule, teamsNamed(directory, name), { ids, window, about }) };
  });
  return {
    ...window,
    spans: parts.reduce((sum, { compared }) => sum + compared.spans, 0),
    differences: parts.flatMap(({ name, compared }) =>
      compared.differences.map((difference) => ({ team: name, ...difference })),
    ),
    notRendered: parts.flatMap(({ name, compared }) =>
      compared.notRendered.map(({ from, to }) => ({ team: name, from, to })),
    ),
    withoutBothChanges: parts.filter(({ changes }) => changes.length % 2 === 1).map(({ name }) => name),
  };
}

/** A schedule of theirs is the team of its name, or those whose name goes on behind a dot: asked in the order of the file. */
const teamsNamed = ({ onCall }: Directory, name: string): Team[] =>
  onCall.filter(({ team }) => team === name || team.startsWith(`${name}.`));

/** E-mail is the key: whoever has that address here is meant, whatever their id; without one, whoever has the id. */
function ourIds({ people: theirs }: Export, people: People, { people: ours }: Directory): (their: string) => string {
  const ids = new Map(ours.flatMap(({ id, email }): [string, string][] => (email ? [[email.toLowerCase(), id]] : [])));
  const mails = new Map(theirs.map(({ id, email }) => [id, email?.toLowerCase() ?? '']));
  return (their) => ids.get(mails.get(their) ?? '') ?? people.idOf(their);
}

interface Side {
  readonly ids: (their: string) => string;
  readonly window: Stretch;
  readonly about: Circumstances;
}

interface ComparedSchedule {
  readonly spans: number;
  readonly differences: readonly Omit<Difference, 'team'>[];
  readonly notRendered: readonly Stretch[];
}

function compareSchedule(
  schedule: TheirSchedule,
  teams: readonly Team[],
  { ids, window, about }: Side,
): ComparedSchedule {
  const theirs = theirSpans(schedule, window);
  const ours = ourSpans(teams, window);
  const cuts = boundaries(theirs, ours, [window]).filter((at) => at >= window.from && at <= window.to);
  const [walkTheirs, walkOurs] = [walker(theirs), walker(ours)];
  const stretches: Pair[] = [];
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1];
    if (to !== undefined) stretches.push({ from, to, theirs: walkTheirs(from)[0], ours: walkOurs(from)[0] });
  }
  const differing = stretches.filter((pair) => !isSame(pair, schedule, ids));
  return {
    spans: stretches.length,
    differences: touching(differing).map((pair) => ({
      from: pair.from,
      to: pair.to,
      theirs: firstOf(pair.theirs, ids) ?? null,
      ours: pair.ours?.first ?? null,
      reason: reasonOf({ ...pair, ours: pair.ours?.first, isOurOverride: pair.ours?.isOverride === true }, about),
    })),
    notRendered: notRendered(schedule, window),
  };
}

interface Pair extends Stretch {
  readonly theirs: Span | undefined;
  readonly ours: OurSpan | undefined;
}

const firstOf = (span: Span | undefined, ids: (their: string) => string): string | undefined =>
  span?.people[0] === undefined ? undefined : ids(span.people[0]);

/** Where all are called at once, whoever of them is first here is right. */
function isSame({ theirs, ours }: Pair, { layersAre }: TheirSchedule, ids: (their: string) => string): boolean {
  if (theirs?.people[0] === undefined || !ours) return theirs?.people[0] === undefined && !ours;
  const right = layersAre === 'TOGETHER' ? theirs.people : theirs.people.slice(0, 1);
  return right.some((their) => ids(their) === ours.first);
}

/** One difference for as long as the two are the same two: a reader looks for people, not for boundaries. */
function touching(pairs: readonly Pair[]): Pair[] {
  const result: Pair[] = [];
  for (const pair of pairs) {
    const before = result.at(-1);
    const goesOn =
      before?.to === pair.from &&
      before.ours?.first === pair.ours?.first &&
      before.theirs?.people[0] === pair.theirs?.people[0] &&
      before.theirs?.because === pair.theirs?.because;
    if (before && goesOn) result[result.length - 1] = { ...before, to: pair.to };
    else result.push(pair);
  }
  return result;
}
