/**
 * The HTTP door of a process. Who opens it is not known here: everything on one machine opens the whole gateway, a worker in
 * production only what whoever watches it asks for, so that callers never take time from pages.
 */
import type { Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Directory } from '../activities/directory/types';
import type { LinkedPage } from '../activities/answer-links';
import { Unusable } from './config/unusable';

export interface Health {
  /** Every worker's state by name: `RUNNING` or what else it is. */
  readonly workers: () => Readonly<Record<string, string>>;
  /** What keeps cases waiting though every worker runs, or Temporal from answering; a sentence each. */
  readonly problems?: () => readonly string[];
  /** Rejects when Temporal does not answer. */
  readonly temporal: () => Promise<unknown>;
  /** In the text format of Prometheus. */
  readonly metrics: () => Promise<string>;
}

/** What this process has for whoever knocks. */
export interface BehindDoor {
  readonly log: Logger;
  readonly health: Health;
  readonly directory: () => Directory;
  readonly hotline: string;
  /** Nothing until it is connected: the door is open before. */
  readonly temporal: () => { readonly connection: Connection; readonly namespace: string } | undefined;
  readonly taskQueue?: string;
  /** All of it is on this machine: links may lead here, and what signs them may be made up. */
  readonly isLocal: boolean;
}

export interface Door {
  readonly url: string;
  readonly close: () => Promise<void>;
  /** Where a person answers a page; nothing where links lead nowhere. */
  readonly answerUrl?: (page: LinkedPage) => string;
}

export interface DoorAddress {
  readonly host: string;
  readonly port: number;
}

/** @throws ConfigError, and what a port that cannot be used says */
export type OpenDoor = (behind: BehindDoor, at: DoorAddress) => Promise<Door>;

/** A port that is taken, or may not be used, as a sentence with the way out. */
export async function opened(open: OpenDoor, behind: BehindDoor, at: DoorAddress): Promise<Door> {
  try {
    return await open(behind, at);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== 'listen' && syscall !== 'bind') throw error;
    const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code ?? 'unknown'})`;
    throw new Unusable(`Port ${at.port} on ${at.host} ${why}: set TOCSIN_HTTP_PORT to another one.`, { cause: error });
  }
}
