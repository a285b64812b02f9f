/** One look at the server: which version has how many cases, and who of them is served by nobody. */
import {
  casesOf,
  countOf,
  onNoVersion,
  onVersion,
  routingOf,
  servedVersions,
  type KnownVersion,
  type Place,
} from './server';
import type { Unserved } from './unserved';

export interface VersionSeen extends KnownVersion {
  readonly isCurrent: boolean;
  readonly cases: number;
  readonly isServed: boolean;
}

export interface Look {
  readonly current: string | null;
  /** The current one first, then the youngest. */
  readonly versions: readonly VersionSeen[];
  /** Running cases that began before there were versions. */
  readonly unversioned: number;
  readonly unserved: readonly Unserved[];
}

const MOST_NAMED = 20;

export async function look(place: Place, isServedHere: (build: string) => boolean = () => false): Promise<Look> {
  const routing = (await routingOf(place)) ?? { current: null, versions: [] };
  const [served, unversioned, counts] = await Promise.all([
    servedVersions(place),
    countOf(place, onNoVersion(place)),
    Promise.all(routing.versions.map(({ build }) => countOf(place, onVersion(place, build)))),
  ]);
  const versions = routing.versions.map((version, index) => ({
    ...version,
    isCurrent: version.build === routing.current,
    cases: counts[index] ?? 0,
    isServed: isServedHere(version.build) || served.has(version.build),
  }));
  versions.sort(
    (a, b) => Number(b.isCurrent) - Number(a.isCurrent) || (b.createdAt ?? '').localeCompare(a.createdAt ?? ''),
  );
  const unserved: Unserved[] = [];
  for (const { build, cases, isServed } of versions)
    if (cases > 0 && !isServed) unserved.push({ build, cases, waiting: await firstOf(place, build) });
  return { current: routing.current, versions, unversioned, unserved };
}

async function firstOf(place: Place, build: string): Promise<string[]> {
  const numbers: string[] = [];
  for await (const { caseNumber } of casesOf(place, onVersion(place, build))) {
    numbers.push(caseNumber);
    if (numbers.length === MOST_NAMED) break;
  }
  return numbers;
}
