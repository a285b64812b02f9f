/** What the environment says about the gateway. Everything that is wrong is told at once, and nothing that is secret. */
import { BadLinkKeys, parseLinkKeys, type LinkKeys } from '../activities/answer-links';
import type { JwtSettings } from './auth/jwt';
import { keysFileOf } from './auth/keys-file';
import type { Limits, VendorSecrets } from './behind';

export interface Settings {
  readonly keysFile: string;
  readonly jwt?: JwtSettings;
  readonly linkKeys?: LinkKeys;
  readonly publicUrl?: string;
  readonly vendors: VendorSecrets;
  readonly limits: Limits;
}

export interface WrongSetting {
  readonly variable: string;
  readonly problem: string;
}

/** Two hundred a second: more than any desk has, and no more than a case can take. */
const PER_MINUTE = 12_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** What a value stands for that may be `env:NAME` or `file:PATH`; what is wrong is said without the value. */
export type Resolve = (text: string) => { readonly value: string } | { readonly problem: string };

export function settingsFrom(
  variables: Environment,
  resolve: Resolve,
): {
  readonly settings: Settings;
  readonly wrong: readonly WrongSetting[];
} {
  const wrong: WrongSetting[] = [];
  const env = resolved(variables, resolve, wrong);
  const linkKeys = linkKeysFrom(env, wrong);
  const publicUrl = urlFrom(env, 'TOCSIN_PUBLIC_URL', wrong);
  const jwt = jwtFrom(env, wrong);
  const slackSigningSecret = env['TOCSIN_SLACK_SIGNING_SECRET'] || undefined;
  const twilioToken = env['TOCSIN_TWILIO_TOKEN'] || undefined;
  const settings: Settings = {
    keysFile: keysFileOf(env),
    ...(jwt && { jwt }),
    ...(linkKeys && { linkKeys }),
    ...(publicUrl !== undefined && { publicUrl }),
    vendors: {
      ...(slackSigningSecret !== undefined && { slackSigningSecret }),
      ...(twilioToken !== undefined && { twilioToken }),
    },
    limits: { perMinute: countFrom(env, 'TOCSIN_HTTP_RATE', PER_MINUTE, wrong) },
  };
  return { settings, wrong };
}

/** Those that may be kept elsewhere, as the secrets of the directory may. */
const SECRETS = [
  'TOCSIN_LINK_KEYS',
  'TOCSIN_SLACK_SIGNING_SECRET',
  'TOCSIN_TWILIO_TOKEN',
  'TOCSIN_PUBLIC_URL',
] as const;

function resolved(env: Environment, resolve: Resolve, wrong: WrongSetting[]): Environment {
  const found: Record<string, string | undefined> = { ...env };
  for (const variable of SECRETS) {
    const text = env[variable];
    if (!text) continue;
    const secret = resolve(text);
    if ('problem' in secret) wrong.push({ variable, problem: secret.problem });
    found[variable] = 'value' in secret ? secret.value : undefined;
  }
  return found;
}

function linkKeysFrom(env: Environment, wrong: WrongSetting[]): LinkKeys | undefined {
  const text = env['TOCSIN_LINK_KEYS'];
  if (!text) return undefined;
  try {
    return parseLinkKeys(text);
  } catch (error) {
    if (!(error instanceof BadLinkKeys)) throw error;
    wrong.push({ variable: 'TOCSIN_LINK_KEYS', problem: error.message });
    return undefined;
  }
}

function urlFrom(env: Environment, variable: string, wrong: WrongSetting[]): string | undefined {
  const text = env[variable];
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.username === '')
    return text.replace(/\/+$/, '');
  wrong.push({ variable, problem: 'must be an http or https URL such as https://tocsin.example.com' });
  return undefined;
}

/** All three or none: a token whose issuer or audience nobody checks may be anybody's. */
function jwtFrom(env: Environment, wrong: WrongSetting[]): JwtSettings | undefined {
  const names = ['TOCSIN_JWT_JWKS_URL', 'TOCSIN_JWT_ISSUER', 'TOCSIN_JWT_AUDIENCE'] as const;
  if (names.every((name) => !env[name])) return undefined;
  for (const variable of names)
    if (!env[variable]) wrong.push({ variable, problem: `must be set: ${names.join(', ')} belong together` });
  const jwksUrl = urlFrom(env, 'TOCSIN_JWT_JWKS_URL', wrong);
  const [, issuer, audience] = names.map((name) => env[name]);
  if (jwksUrl === undefined || !issuer || !audience) return undefined;
  return { jwksUrl, issuer, audience, claimPrefix: env['TOCSIN_JWT_CLAIM_PREFIX'] ?? 'tocsin_' };
}

function countFrom(env: Environment, variable: string, byDefault: number, wrong: WrongSetting[]): number {
  const text = env[variable];
  if (!text) return byDefault;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  wrong.push({ variable, problem: `must be a whole number from 1, such as ${byDefault}` });
  return byDefault;
}
