/** What stands behind the gateway: whoever starts it brings these, and nothing else is reached from here. */
import type { FastifyBaseLogger } from 'fastify';
import type { LinkKeys } from '../activities/answer-links';
import type { Directory } from '../activities/directory/types';
import type { TocsinClient } from '../client/tocsin-client';
import type { Doormen } from './auth/authenticate';
import type { Health } from './health';

export interface Behind {
  readonly log: FastifyBaseLogger;
  readonly health: Health;
  /** Nothing while Temporal is not connected yet: whoever asks then is told to come again. */
  readonly client: () => TocsinClient | undefined;
  readonly doormen: Doormen;
  readonly directory: () => Directory;
  /** Called where a page of ours has no better number. */
  readonly hotline: string;
  /** Without them nobody can be sent a link, and none is valid. */
  readonly linkKeys?: LinkKeys;
  /** Where links and callbacks lead; our own address where nothing is set. */
  readonly publicUrl?: string;
  readonly vendors: VendorSecrets;
  readonly limits: Limits;
}

export interface VendorSecrets {
  readonly slackSigningSecret?: string;
  readonly twilioToken?: string;
}

export interface Limits {
  /** Requests a minute of one credential. A rule of fairness: it counts per process. */
  readonly perMinute: number;
}
