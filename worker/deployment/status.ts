/** `tocsin deploy status`: which versions there are, which is current, how many cases each has, and what is left to move. */
import { look, type VersionSeen } from './look';
import type { Unserved } from './unserved';
import { casesOf, deploymentOf, onVersion, type Place } from './server';

export interface DeployStatus {
  readonly deployment: string;
  readonly taskQueue: string;
  readonly current: string | null;
  /** Running cases that are not on the current version: zero when the move is over. */
  readonly pending: number;
  readonly oldestPending: OldestPending | null;
  readonly versions: readonly VersionSeen[];
  /** Opened before there were versions; they are not moved. */
  readonly unversioned: number;
  readonly unserved: readonly Unserved[];
}

interface OldestPending {
  readonly case: string;
  readonly version: string;
  /** Since when it has been on that version. */
  readonly since: string;
}

export async function deployStatus(place: Place): Promise<DeployStatus> {
  const seen = await look(place);
  const others = seen.versions.filter(({ isCurrent, cases }) => !isCurrent && cases > 0);
  return {
    deployment: deploymentOf(place.taskQueue),
    taskQueue: place.taskQueue,
    ...seen,
    pending: others.reduce((sum, { cases }) => sum + cases, 0),
    oldestPending: await oldestOf(place, others),
  };
}

/** The server sorts nothing on SQLite, so all are looked at. */
async function oldestOf(place: Place, versions: readonly VersionSeen[]): Promise<OldestPending | null> {
  let oldest: OldestPending | null = null;
  for (const { build } of versions) {
    for await (const { caseNumber, since } of casesOf(place, onVersion(place, build))) {
      const at = since.toISOString();
      if (!oldest || at < oldest.since) oldest = { case: caseNumber, version: build, since: at };
    }
  }
  return oldest;
}
