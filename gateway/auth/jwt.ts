/**
 * Tokens of an identity provider, by its published keys. A token says who somebody is; what they may do here is in claims of
 * ours, because a valid signature alone makes nobody a manager.
 */
import { errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { z } from 'zod';
import { ROLES } from '../../workflows/core/language/vocabulary';
import { CHANNEL_OF, isCustomers, type Credential } from './credential';
import { KeysOutOfReach, providerKeys } from './provider-keys';

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

const name = z.string().min(1).max(120);
const claims = z.object({
  role: z.enum(ROLES),
  customer: z.string().min(1).max(60).optional(),
  person: name.optional(),
  active_support: z.boolean().optional(),
  enterprise: z.boolean().optional(),
});

export type JwtVerifier = (token: string) => Promise<Credential | undefined>;

export function jwtVerifier({ jwksUrl, issuer, audience, claimPrefix }: JwtSettings): JwtVerifier {
  const keys = providerKeys(jwksUrl);
  const options: JWTVerifyOptions = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    clockTolerance: CLOCK_TOLERANCE_S,
    requiredClaims: ['exp', 'sub'],
  };
  const payloadOf = async (token: string): Promise<JWTPayload> => {
    try {
      return (await jwtVerify(token, keys, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      // The token names none of them, so it may be of any.
      for await (const key of error) {
        const verified = await jwtVerify(token, key, options).catch(ifNotSigned);
        if (verified) return verified.payload;
      }
      throw error;
    }
  };
  return async (token) => {
    let payload: JWTPayload;
    try {
      payload = await payloadOf(token);
    } catch (error) {
      // What jose says itself is about the token; anything else is about the keys.
      if (error instanceof errors.JOSEError) return undefined;
      throw error instanceof KeysOutOfReach ? error : new KeysOutOfReach(error);
    }
    return credentialOf(payload, claimPrefix);
  };
}

function ifNotSigned(error: unknown): undefined {
  if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
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
