/** Messages as they are typed: JSON inline, from `@file`, or from `-`; and flags that are laid over it. */
import { readFileSync } from 'node:fs';
import { isRecord } from '../workflows/core/language/shape';
import { BadInput } from './exit';
import type { Terminal } from './terminal';

type Message = Record<string, unknown>;

function parse(json: string, from: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new BadInput(`${from} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new BadInput(`${path} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : message}.`);
  }
}

/** What is in a file, or on standard input for `-`. */
export const textFile = async (path: string, terminal: Terminal): Promise<string> =>
  path === '-' ? await terminal.stdin() : readFile(path);

/** The JSON in a file, or on standard input for `-`. */
export const jsonFile = async (path: string, terminal: Terminal): Promise<unknown> =>
  parse(await textFile(path, terminal), sourceName(path));

/** As a sentence calls it. */
export const sourceName = (path: string): string => (path === '-' ? 'Standard input' : path);

/** As `jsonFile` for `-` and `@file`; anything else is the JSON itself. */
export const jsonArgument = async (argument: string, terminal: Terminal): Promise<unknown> =>
  argument === '-' || argument.startsWith('@')
    ? await jsonFile(argument.replace(/^@/, ''), terminal)
    : parse(argument, 'The input');

/** Flags win over the JSON, because they were typed last. */
export function mergeFlags(json: unknown, flags: Message): Message {
  if (json !== undefined && !isRecord(json)) throw new BadInput('The input must be one JSON object.');
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  return { ...json, ...Object.fromEntries(given) };
}

/** Whoever types it answers here: that is on record. What came by telephone or from the desk came by those means. */
export function asTyped(message: Message): Message {
  const { channel = 'API', means = 'CLI' } = message;
  return channel === 'API' ? { ...message, means } : message;
}

export interface EnvelopeFlags {
  readonly by?: string;
  readonly role?: string;
  readonly channel?: string;
  readonly requestedBy?: string;
  readonly requestId?: string;
  readonly occurredAt?: string;
}

export const envelopeOf = ({ by, role, channel, requestedBy, requestId, occurredAt }: EnvelopeFlags): Message => ({
  by,
  role,
  channel,
  requestedBy,
  requestId,
  occurredAt,
});

export interface OpeningFlags extends EnvelopeFlags {
  readonly number?: string;
  readonly title?: string;
  readonly severity?: string;
  readonly customerNumber?: string;
  readonly customerName?: string;
  readonly activeSupport?: string;
  readonly enterprise?: string;
  readonly environment?: string;
  readonly product?: string;
  readonly engineer?: string;
  readonly description?: string;
}

const ENTITLEMENTS: Readonly<Record<string, boolean | 'UNKNOWN'>> = { yes: true, no: false, unknown: 'UNKNOWN' };
const entitlement = (word: string | undefined): boolean | 'UNKNOWN' | undefined =>
  word === undefined ? undefined : ENTITLEMENTS[word];

/** An opening from its file, its flags, or both. */
export function openingFrom(json: unknown, flags: OpeningFlags): Message {
  const merged = mergeFlags(json, {
    ...envelopeOf(flags),
    caseNumber: flags.number,
    title: flags.title,
    severity: flags.severity === undefined ? undefined : Number(flags.severity),
    environment: flags.environment,
    product: flags.product,
    engineer: flags.engineer,
    description: flags.description,
  });
  const customer = mergeFlags(isRecord(merged['customer']) ? merged['customer'] : {}, {
    number: flags.customerNumber,
    name: flags.customerName,
    activeSupport: entitlement(flags.activeSupport),
    enterprise: entitlement(flags.enterprise),
  });
  return Object.keys(customer).length > 0 ? { ...merged, customer } : merged;
}
