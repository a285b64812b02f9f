/** Could a page go out? Asked of accounts and servers without paging anybody: what `directory check` and `test page` begin with. */
import type { Probed } from '../../workflows/word/messages';
import type { Channel, Directory } from '../directory/types';
import type { Means } from './means';
import { NEEDS } from './settings';

const PROBE_MS = 5_000;

export const channelsOf = ({ people, contactChannels }: Directory): Channel[] => [
  ...people.flatMap(({ channels }) => channels),
  ...contactChannels,
];

type Kept = keyof typeof NEEDS;
const hasMeans = ({ mailer, slack, twilio }: Means, kind: Kept): boolean =>
  ({ email: mailer, slack, sms: twilio, voice: twilio })[kind] !== undefined;
const isKept = (kind: string): kind is Kept => Object.hasOwn(NEEDS, kind);

/** Of channels that somebody has, those that this worker could not send by. */
export function missingMeans(channels: readonly Channel[], means: Means): string[] {
  const kinds = new Set(channels.map(({ kind }) => kind));
  return [...kinds].flatMap((kind) =>
    isKept(kind) && !hasMeans(means, kind)
      ? [`${kind} is in the directory, and ${NEEDS[kind]} is not set: such pages fail`]
      : [],
  );
}

/** Each account and server that these need, and whether it is there. */
export async function probe(channels: readonly Channel[], means: Means): Promise<readonly Probed[]> {
  const { mailer, slack, twilio, publicUrl } = means;
  const kinds = new Set(channels.map(({ kind }) => kind));
  const signal = AbortSignal.timeout(PROBE_MS);
  const missing = missingMeans(channels, means).map((detail) => ({
    what: detail.split(' ')[0] ?? '',
    isGood: false,
    detail,
  }));
  const asked = await Promise.all([
    ...(mailer && kinds.has('email') ? [said('email', mailer.probe())] : []),
    ...(slack && kinds.has('slack') ? [said('slack', slack.probe())] : []),
    ...(twilio && (kinds.has('sms') || kinds.has('voice')) ? [said('twilio', twilio.probe(signal))] : []),
    ...(publicUrl === undefined ? [] : [said('public URL', reach(publicUrl, means, signal))]),
  ]);
  const isUnanswerable = publicUrl === undefined && [...kinds].some((kind) => kind !== 'console' && kind !== 'webhook');
  const noUrl = {
    what: 'public URL',
    isGood: false,
    isHint: true,
    detail: 'TOCSIN_PUBLIC_URL is not set: pages carry no link to answer by',
  };
  return [...missing, ...asked, ...(isUnanswerable ? [noUrl] : [])];
}

async function said(what: string, trouble: Promise<string | undefined>): Promise<Probed> {
  const detail = await trouble.catch((error: unknown) => (error as Error).name);
  return { what, isGood: detail === undefined, detail: detail ?? 'answers' };
}

/** Wrong, every key press and button would be refused: vendors sign the address that they called. */
async function reach(publicUrl: string, { poster }: Means, signal: AbortSignal): Promise<string | undefined> {
  const answer = await poster.post({ url: `${publicUrl}/healthz`, method: 'GET', headers: {} }, signal);
  if ('status' in answer) return answer.status === 200 ? undefined : `HTTP ${answer.status}`;
  return 'detail' in answer ? answer.detail : undefined;
}
