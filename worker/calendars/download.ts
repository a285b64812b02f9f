/** One look at a calendar: a file, or an https address, with every bound that keeps a strange server from keeping us. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fetch as undici, type Dispatcher, type Response } from 'undici';
import { CalendarRefused } from '../../activities/directory/ical/read';
import type { CalendarSource } from '../../activities/directory/types';

export interface Means {
  /** Files are named from here. */
  readonly base: string;
  readonly dispatcher?: Dispatcher;
}

export type Downloaded = { readonly text: string; readonly etag?: string } | 'UNCHANGED';

const TIME_MS = 10_000;
const MOST_BYTES = 5 * 1024 * 1024;
const MOST_REDIRECTS = 5;
/** Google sends a page of HTML to whoever says nothing. */
const USER_AGENT = 'Tocsin (rota calendar)';

/** @throws CalendarRefused with the reason in a few words, never the address: it is a secret */
export async function download({ from }: CalendarSource, etag: string | undefined, means: Means): Promise<Downloaded> {
  if ('file' in from) return { text: fileText(resolve(means.base, from.file)) };
  const signal = AbortSignal.timeout(TIME_MS);
  const headers = {
    'user-agent': USER_AGENT,
    accept: 'text/calendar',
    ...(etag !== undefined && { 'if-none-match': etag }),
  };
  let address = new URL(from.url);
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      if (address.protocol !== 'https:') throw new CalendarRefused('it leads to an address without https');
      const response = await undici(address, {
        signal,
        headers,
        redirect: 'manual',
        ...(means.dispatcher && { dispatcher: means.dispatcher }),
      });
      const location = response.headers.get('location');
      if (response.status === 304) return 'UNCHANGED';
      if (response.status >= 300 && response.status < 400 && location !== null) {
        address = new URL(location, address);
        continue;
      }
      if (response.status !== 200) throw new CalendarRefused(`the answer was ${response.status}`);
      const tag = response.headers.get('etag');
      return { text: await bounded(response), ...(tag !== null && { etag: tag }) };
    }
  } catch (error) {
    if (error instanceof CalendarRefused) throw error;
    throw new CalendarRefused(signal.aborted ? 'no answer in 10 s' : 'it cannot be reached');
  }
  throw new CalendarRefused('it leads from one address to the next');
}

async function bounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    const bytes = part as Uint8Array;
    size += bytes.length;
    if (size > MOST_BYTES) throw new CalendarRefused('it is larger than 5 MB');
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

function fileText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CalendarRefused('the file cannot be read');
  }
}
