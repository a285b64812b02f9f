/**
 * Tokens of an identity provider, by its published keys. A token says who somebody is; what they may do here is in claims of
 * ours, because a valid signature alone makes nobody a manager.
 */
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { ROLES } from '../../workflows/core/language/vocabulary';
import { CHANNEL_OF, isCustomers, type Credential } from './credential';

export interface JwtSettings {
  /** Where the provider publishes its keys. */
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** What our claims begin with: `tocsin_` makes `tocsin_role` and the others of `claims`. */
  readonly claimPrefix: string;
}

/** Public keys only: an HMAC would make whoever verifies able to sign, and `none` is nobody's signature. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const CLOCK_TOLERANCE_S = 30;
const JWKS_TIMEOUT_MS = 3_000;
/** So long after they were fetched, tokens of a key that a provider has just begun to use are not known yet. */
const JWKS_COOLDOWN_MS = 3_000;

const name = z.string().min(1).max(120);
const claims = z.object({
  role: z.enum(ROLES),
  customer: z.string().min(1).max(60).optional(),
  person: name.optional(),
  active_support: z.boolean().optional(),
  enterprise: z.boolean().optional(),
});

export type JwtVerifier = (token: string) => Promise<Credential | undefined>;

/** The provider's keys cannot be had: nobody can be told from anybody, and it is worth trying again. */
export class KeysOutOfReach extends Error {
  override readonly name = 'KeysOutOfReach';
}

export function jwtVerifier({ jwksUrl, issuer, audience, claimPrefix }: JwtSettings): JwtVerifier {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: JWKS_TIMEOUT_MS,
    cooldownDuration: JWKS_COOLDOWN_MS,
  });
  return async (token) => {
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['exp', 'sub'],
      }));
    } catch (error) {
      if (isOutOfReach(error))
        throw new KeysOutOfReach('The keys of the identity provider cannot be had.', { cause: error });
      return undefined;
    }
    return credentialOf(payload, claimPrefix);
  };
}

/** jose's own errors are about the token, except these two; anything else is the network. */
function isOutOfReach(error: unknown): boolean {
  const code = (error as { readonly code?: unknown }).code;
  if (typeof code !== 'string' || !code.startsWith('ERR_J')) return true;
  return code === 'ERR_JWKS_TIMEOUT' || code === 'ERR_JWKS_INVALID' || code === 'ERR_JOSE_GENERIC';
}

function credentialOf(payload: JWTPayload, prefix: string): Credential | undefined {
  const parsed = claims.safeParse(
    Object.fromEntries(Object.keys(claims.shape).map((claim) => [claim, payload[`${prefix}${claim}`]])),
  );
  const subject = name.safeParse(payload.sub);
  if (!parsed.success || !subject.success) return undefined;
  const { role, customer, person, active_support: activeSupport, enterprise } = parsed.data;
  // A customer without a number would see everybody's cases; staff are known by their id in the directory.
  if (isCustomers(role) !== (customer !== undefined)) return undefined;
  if ((role === 'ENGINEER' || role === 'MANAGER') && person === undefined) return undefined;
  return {
    id: `jwt:${payload.iss ?? ''}:${subject.data}`,
    by: person ?? subject.data,
    role,
    channel: CHANNEL_OF[role],
    onBehalf: false,
    ...(payload.exp !== undefined && { until: (payload.exp + CLOCK_TOLERANCE_S) * 1_000 }),
    ...(customer !== undefined && {
      customer,
      ...(activeSupport !== undefined && { activeSupport }),
      ...(enterprise !== undefined && { enterprise }),
    }),
  };
}
