/** Links by which a page is answered: the pager mints them, the gateway verifies them. */
import type { LinkKeys } from './keys';
import { mintToken, type LinkedPage } from './token';

export { BadLinkKeys, parseLinkKeys, type LinkKeys } from './keys';
export { mintToken, verifyToken, type LinkedPage, type VerifiedLink } from './token';

/** `https://tocsin.example.com/p/<token>`. */
export const answerUrl = (publicUrl: string, keys: LinkKeys, page: LinkedPage): string =>
  `${publicUrl.replace(/\/+$/, '')}/p/${encodeURIComponent(mintToken(keys, page))}`;
