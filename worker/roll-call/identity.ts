/** What a worker says of itself at the roll call: who it is, and which policy it gives to new cases. */
import { hostname } from 'node:os';

export interface Present {
  /** `4711@host`: as Temporal names a worker. */
  readonly worker: string;
  readonly version: string;
  readonly hash: string;
}

export const THIS_WORKER = `${process.pid}@${hostname()}`;

const FIELDS = /^(?<worker>\S+) policy (?<hash>\S+) (?<version>.+)$/;
const GONE = /^(?<worker>\S+) has left$/;

export const identityOf = ({ worker, version, hash }: Present): string => `${worker} policy ${hash} ${version}`;
export const farewellOf = (worker: string): string => `${worker} has left`;

/** Nothing for whoever else polls there. */
export function presentIn(identity: string): Present | undefined {
  const { worker, hash, version } = FIELDS.exec(identity)?.groups ?? {};
  return worker === undefined || hash === undefined || version === undefined ? undefined : { worker, hash, version };
}

export const leftIn = (identity: string): string | undefined => GONE.exec(identity)?.groups?.['worker'];
