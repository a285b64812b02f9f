/**
 * The way to a vendor's API: reads only, waits when it is told to, and gives the token to nobody else. A rate limit is no
 * failure; whoever moves an account of 50 schedules meets it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { errors, request } from 'undici';

/** The vendor said no, or could not be reached; the sentence says which and what to do. */
export class VendorFailed extends Error {
  override readonly name = 'VendorFailed';
  constructor(
    readonly kind: 'REFUSED' | 'UNREACHABLE' | 'BAD_ADDRESS',
    message: string,
  ) {
    super(message);
  }
}

const TIMEOUT_MS = 30_000;
const MOST_BYTES = 50 * 1024 * 1024;
/** A limit passes; a name that is wrong stays wrong. */
const TRIES_AT_A_LIMIT = 8;
const TRIES_WITHOUT_AN_ANSWER = 3;
const FIRST_WAIT_MS = 250;
/** Longer than any of them asks for; beyond it somebody should come back tomorrow. */
const LONGEST_WAIT_MS = 5 * 60_000;

export interface Call {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** A GraphQL query is a POST that reads. */
  readonly body?: object;
}

export interface Line {
  json(call: Call): Promise<unknown>;
  text(call: Call): Promise<string>;
}

export interface Address {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Told whenever a limit makes us wait, so that nobody thinks that it hangs. */
  readonly onWait?: (ms: number) => void;
}

/** @throws VendorFailed when the address cannot be one */
export function line({ base, headers, onWait }: Address): Line {
  const root = rootOf(base);
  const text = (call: Call): Promise<string> => ask(urlOf(root, call), { call, headers, ...(onWait && { onWait }) });
  return {
    text,
    json: async (call) => {
      const answer = await text(call);
      try {
        return JSON.parse(answer) as unknown;
      } catch {
        throw new VendorFailed(
          'REFUSED',
          `${root.host} answered ${call.path} with something else than JSON. Is --url the address of the API?`,
        );
      }
    },
  };
}

/** A token over plain http could be read by anybody on the way. */
function rootOf(base: string): URL {
  if (!URL.canParse(base))
    throw new VendorFailed('BAD_ADDRESS', `${base} is no address such as https://api.example.com.`);
  const url = new URL(base);
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere))
    throw new VendorFailed('BAD_ADDRESS', 'The address must begin with https: the token would be readable on its way.');
  return url;
}

/** A path of the vendor's own (`/v2/users?offset=100`) stays on the address that was given, whatever host it names. */
function urlOf(root: URL, { path, query = {} }: Call): URL {
  // A feed is its address, with all that stands in it.
  if (path === '') return root;
  const [name = '', search = ''] = path.replace(/^https?:\/\/[^/]+/, '').split('?');
  const prefix = root.pathname.replace(/\/$/, '');
  const url = new URL(root.origin);
  url.pathname = name.startsWith(`${prefix}/`) ? name : `${prefix}${name}`;
  url.search = search;
  for (const [key, value] of Object.entries(query)) for (const one of [value].flat()) url.searchParams.append(key, one);
  return url;
}

type Asked = Pick<Address, 'headers' | 'onWait'> & { readonly call: Call };

async function ask(url: URL, { call, headers, onWait }: Asked): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const answer = await once(url, call, headers);
    if ('text' in answer) return answer.text;
    if (attempt >= answer.tries || answer.waitMs > LONGEST_WAIT_MS) throw answer.failure;
    const waitMs = answer.waitMs === NOT_SAID ? FIRST_WAIT_MS * 2 ** attempt : answer.waitMs;
    onWait?.(waitMs);
    await sleep(waitMs);
  }
}

/** No header says for how long. */
const NOT_SAID = -1;

type Answered =
  { readonly text: string } | { readonly failure: VendorFailed; readonly waitMs: number; readonly tries: number };

async function once(url: URL, { body }: Call, headers: Readonly<Record<string, string>>): Promise<Answered> {
  try {
    const {
      statusCode,
      headers: got,
      body: answer,
    } = await request(url, {
      method: body ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        'user-agent': 'tocsin-directory-import',
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await bounded(answer);
    if (statusCode >= 200 && statusCode < 300) return { text };
    return judged(statusCode, url, got);
  } catch (error) {
    if (error instanceof VendorFailed) throw error;
    if (!isTrouble(error)) throw error;
    return {
      failure: new VendorFailed('UNREACHABLE', `${url.host} could not be reached (${(error as Error).message}).`),
      waitMs: NOT_SAID,
      tries: TRIES_WITHOUT_AN_ANSWER,
    };
  }
}

async function bounded(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new VendorFailed('REFUSED', 'The answer is longer than 50 MB.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

function judged(status: number, { host, pathname }: URL, headers: Headers): Answered {
  if (status === 429 || status >= 500)
    return {
      failure: new VendorFailed('UNREACHABLE', `${host} answers ${pathname} with HTTP ${status}. Try again later.`),
      waitMs: waitOf(headers),
      tries: TRIES_AT_A_LIMIT,
    };
  if (status === 401 || status === 403)
    throw new VendorFailed(
      'REFUSED',
      `${host} refuses the token for ${pathname} (HTTP ${status}). It needs to read schedules, users and escalations.`,
    );
  throw new VendorFailed(
    'REFUSED',
    `${host} answers ${pathname} with HTTP ${status}. Is --url the address of the API?`,
  );
}

/** `Retry-After` in seconds or as a date; PagerDuty says `ratelimit-reset`, in seconds. */
function waitOf(headers: Headers): number {
  const said = [headers['retry-after'], headers['ratelimit-reset']].flat().find((value) => value !== undefined);
  if (said === undefined) return NOT_SAID;
  if (/^\d+$/.test(said)) return Number(said) * 1000;
  const at = Date.parse(said);
  return Number.isNaN(at) ? NOT_SAID : Math.max(0, at - Date.now());
}

const isTrouble = (error: unknown): boolean =>
  error instanceof errors.UndiciError || (error instanceof Error && ('code' in error || error.name === 'TimeoutError'));
