/** The keys that sign answer links. The first signs, all verify: so a key is rotated in without a link going dead. */

export interface LinkKey {
  /** Stands in the link, so that whoever verifies knows which key to take. */
  readonly id: string;
  readonly secret: string;
}

/** At least one. */
export type LinkKeys = readonly [LinkKey, ...LinkKey[]];

/** What is written is no list of keys; said without saying what it was, because it is secret. */
export class BadLinkKeys extends Error {
  override readonly name = 'BadLinkKeys';
}

/** As many characters as 24 random bytes have in base64: what is shorter could be guessed offline from one link. */
const SHORTEST_SECRET = 32;

/** `k2:secret,k1:secret` as TOCSIN_LINK_KEYS has it. @throws BadLinkKeys */
export function parseLinkKeys(text: string): LinkKeys {
  const keys = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseKey);
  const [first, ...others] = keys;
  if (!first) throw new BadLinkKeys('must name at least one key, such as k1:<openssl rand -base64 32>');
  const ids = keys.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new BadLinkKeys(`names the key ${twice} twice: every key needs an id of its own`);
  return [first, ...others];
}

function parseKey(part: string, index: number): LinkKey {
  const [, id, secret] = /^([A-Za-z0-9]{1,4}):(\S+)$/.exec(part) ?? [];
  if (id === undefined || secret === undefined) {
    throw new BadLinkKeys(`key ${index + 1} must be <id>:<secret>, the id one to four letters or digits`);
  }
  if (id === 'env' || id === 'file')
    throw new BadLinkKeys(`a key may not be called ${id}: it means where keys are kept`);
  if (secret.length < SHORTEST_SECRET) {
    throw new BadLinkKeys(
      `the secret of key ${id} must have at least ${SHORTEST_SECRET} characters: openssl rand -base64 32`,
    );
  }
  return { id, secret };
}
