/**
 * The keys that an identity provider publishes. It changes them while requests run, and it may be down: then what it said last holds for
 * a day, so that its outage keeps nobody out of a case who was let in before.
 */
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwksCache,
  type JSONWebKeySet,
  type JWKSCacheInput,
  type JWTVerifyGetKey,
} from 'jose';

const TIMEOUT_MS = 3_000;
/** So long after they were fetched, tokens of a key that a provider has just begun to use are not known yet. */
const COOLDOWN_MS = 3_000;
/** Fetched anew after that: a key that the provider has withdrawn is nobody's by then. */
const FRESH_MS = 10 * 60_000;
/** So long after a fetch that failed none waits for the next: a provider that is silent would delay every request. */
const RETRY_MS = 15_000;
const KEPT_WHILE_DOWN_MS = 24 * 3_600_000;

/** The provider's keys cannot be had: nobody can be told from anybody, and it is worth trying again. */
export class KeysOutOfReach extends Error {
  override readonly name = 'KeysOutOfReach';

  constructor(cause: unknown) {
    super('The keys of the identity provider cannot be had.', { cause });
  }
}

export function providerKeys(url: string): JWTVerifyGetKey {
  const cache: JWKSCacheInput = {};
  const published = createRemoteJWKSet(new URL(url), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: FRESH_MS,
    [jwksCache]: cache,
  });
  let failure: { readonly at: number; readonly cause: unknown } | undefined;
  return async (header, token) => {
    const isToWait = known(cache) !== undefined && failure !== undefined && Date.now() - failure.at < RETRY_MS;
    if (!isToWait) {
      try {
        const key = await published(header, token);
        failure = undefined;
        return key;
      } catch (error) {
        if (!isOutOfReach(error)) throw error;
        failure = { at: Date.now(), cause: error };
      }
    }
    const jwks = known(cache);
    if (!jwks) throw new KeysOutOfReach(failure?.cause);
    try {
      return await createLocalJWKSet(jwks)(header, token);
    } catch (error) {
      // It may be of a key that is new since then.
      throw error instanceof errors.JWKSNoMatchingKey ? new KeysOutOfReach(failure?.cause) : error;
    }
  };
}

const known = ({ jwks, uat }: JWKSCacheInput): JSONWebKeySet | undefined =>
  uat !== undefined && Date.now() - uat < KEPT_WHILE_DOWN_MS ? jwks : undefined;

/** jose's own errors are about the token, except these; anything else is the network. */
function isOutOfReach(error: unknown): boolean {
  const code = (error as { readonly code?: unknown }).code;
  if (typeof code !== 'string' || !code.startsWith('ERR_J')) return true;
  return code === 'ERR_JWKS_TIMEOUT' || code === 'ERR_JWKS_INVALID' || code === 'ERR_JOSE_GENERIC';
}
