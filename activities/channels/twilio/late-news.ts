/** A status callback as the case hears of it: for a gateway, once Twilio's signature is verified. */
import type { PageNews } from '../../../workflows/core/language/page';
import { keyFromPath } from '../callback-key';
import { newsOf } from './status';

export interface NewsOfCase {
  readonly caseNumber: string;
  /** Goes to the case as signal `pageNews`. */
  readonly news: PageNews;
}

/** `part`: the last of the callback's path. Nothing where it is no page of ours, or says nothing that a case need know. */
export function lateNewsOf(part: string, form: Readonly<Record<string, string | undefined>>): NewsOfCase | undefined {
  const key = keyFromPath(part);
  const late = newsOf(form);
  if (!key || !late) return undefined;
  const { caseNumber, ...page } = key;
  return { caseNumber, news: { ...page, ...late } };
}
