/** What a worker says of itself at the roll call: who it is, and which policy it gives to new cases. */
import { hostname } from 'node:os';

export interface Present {
  /** `4711@host`: as Temporal names a worker. */
  readonly worker: string;
  readonly version: string;
  readonly hash: string;
}

export const THIS_WORKER = `${process.pid}@${hostname()}`;

/** What somebody said at the roll call: nothing present means good-bye. */
export interface Said {
  readonly worker: string;
  /** Milliseconds since 1970 by the worker's own clock. The server notes a name when its wait ends too, so its order lies. */
  readonly since: number;
  readonly present?: Present;
}

const FIELDS = /^(?<worker>\S+) since (?<since>\d+) (?:has left|policy (?<hash>\S+) (?<version>.+))$/;

export const identityOf = ({ worker, version, hash }: Present, since: number): string =>
  `${worker} since ${since} policy ${hash} ${version}`;
export const farewellOf = (worker: string, since: number): string => `${worker} since ${since} has left`;

/** Nothing for whoever else polls there. */
export function saidIn(identity: string): Said | undefined {
  const { worker, since, hash, version } = FIELDS.exec(identity)?.groups ?? {};
  if (worker === undefined || since === undefined) return undefined;
  const present = hash === undefined || version === undefined ? undefined : { worker, hash, version };
  return { worker, since: Number(since), ...(present && { present }) };
}
