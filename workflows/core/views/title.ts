/** By what a desk knows a case: whose it is, and what is wrong. */
import type { CaseState } from '../language/state';
import { clip } from '../language/text';

/** What a keyword of a list may have. */
const MOST_CHARACTERS = 255;

/** `Acme Motors · MES cannot reach the file vault`, on one line. */
export const titleOf = ({ customer, title }: Pick<CaseState, 'customer' | 'title'>): string =>
  clip(`${customer.name} · ${title}`.replace(/\s+/g, ' ').trim(), MOST_CHARACTERS);
