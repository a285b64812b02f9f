/** The key of a page as one part of a callback's path, for providers that tell later what has become of it. */

/** Which message on which channel it was. */
export interface CallbackKey {
  readonly caseNumber: string;
  readonly pageId: string;
  readonly attempt: number;
  readonly person: string;
  readonly channel: string;
}

export const keyInPath = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');

/** Nothing where it is no key of ours. Whether the caller is the provider is for its signature to say. */
export function keyFromPath(part: string): CallbackKey | undefined {
  const [pageId = '', attempt = '', person = '', channel = '', ...more] = Buffer.from(part, 'base64url')
    .toString('utf8')
    .split('/');
  const caseNumber = pageId.slice(0, pageId.lastIndexOf('-'));
  const isWhole =
    caseNumber !== '' && /^\d{1,6}$/.test(attempt) && person !== '' && channel !== '' && more.length === 0;
  return isWhole ? { caseNumber, pageId, attempt: Number(attempt), person, channel } : undefined;
}
