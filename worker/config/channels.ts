/** Channels of the contract (section 9) as directory.yaml writes them. */
import { z } from 'zod';
import { shippedPresets, type Presets } from '../../activities/channels/presets';
import type { Channel } from '../../activities/directory/types';
import { duration } from './duration';
import { fromEnvironment, resolveSecret, type Environment, type Secret } from './secrets';

export const CHANNEL_KINDS = ['console', 'webhook', 'email', 'slack', 'sms', 'voice', 'http'] as const;

/** A policy may put a preset by its name before or behind other kinds. */
export const isChannelName = (name: string): boolean =>
  (CHANNEL_KINDS as readonly string[]).includes(name) || shippedPresets().byName.has(name);

const httpUrl = (url: string): string | undefined => {
  if (!URL.canParse(url)) return 'must be a URL such as https://example.com/pages';
  const { protocol, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'must be an http or https URL';
  return username === '' && password === ''
    ? undefined
    : 'must not carry a user name or a password: sign pages with secret';
};

const NUMBER = 'must be a telephone number with its country, such as +49 30 1234567';
const number = (env: Environment) =>
  fromEnvironment(env, (text) => (/^\+\d{7,15}$/.test(digits(text)) ? undefined : NUMBER)).transform(digits);
const digits = (text: string): string => text.replace(/[\s().-]/g, '');

const address = (env: Environment) =>
  fromEnvironment(env, (text) =>
    // Exactly one address: a comma would make two of it, and a line end a header.
    /^[^\s@,;:<>()"]+@[^\s@,;:<>()"]+\.[^\s@,;:<>()"]+$/.test(text) ? undefined : 'must be one e-mail address',
  );

const SLACK = 'must be the id of a user (U…, W…) or of a channel (C…, G…, D…), or a channel such as #support';
const slackId = (env: Environment, pattern: RegExp) =>
  fromEnvironment(env, (text) => (pattern.test(text) ? undefined : SLACK));

const LONGEST_TIMEOUT_MS = 30_000;
const timeout = duration.refine((ms) => ms <= LONGEST_TIMEOUT_MS, 'must be at most 30s');

function whyRefused(input: unknown): string {
  const kind: unknown = typeof input === 'object' && input !== null && 'kind' in input ? input.kind : undefined;
  if (typeof kind !== 'string') return `must be one of ${CHANNEL_KINDS.join(', ')}`;
  const hint = shippedPresets().byName.has(kind)
    ? `: write kind: http, preset: ${kind}`
    : `: there are ${CHANNEL_KINDS.join(', ')}`;
  return `no such channel ${JSON.stringify(kind)}${hint}`;
}

/**
 * One channel of a person; what it holds in secret comes from the environment or a file. A contact's (`isOfContacts`) takes the
 * number and the e-mail that the case has of them.
 */
export const channel = (env: Environment, presets: Presets, { isOfContacts = false } = {}) => {
  const orContacts = <T extends z.ZodType<string>>(schema: T) => (isOfContacts ? schema.optional() : schema);
  return z.discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('console') }),
      z
        .strictObject({
          kind: z.literal('webhook'),
          url: fromEnvironment(env, httpUrl),
          secret: fromEnvironment(env).optional(),
          timeout: timeout.optional(),
        })
        .transform(({ timeout: timeoutMs, secret, ...rest }) => ({
          ...rest,
          ...(secret !== undefined && { secret }),
          ...(timeoutMs !== undefined && { timeoutMs }),
        })),
      z.strictObject({ kind: z.literal('email'), address: orContacts(address(env)) }),
      z.strictObject({ kind: z.literal('sms'), number: orContacts(number(env)) }),
      z.strictObject({ kind: z.literal('voice'), number: orContacts(number(env)) }),
      z
        .strictObject({
          kind: z.literal('slack'),
          user: slackId(env, /^[UW][A-Z0-9]{2,20}$/).optional(),
          channel: slackId(env, /^([CGD][A-Z0-9]{2,20}|#[\w-]{1,80})$/).optional(),
        })
        .transform(({ kind, user, channel: room }, context) => {
          const to = user ?? room;
          if (to !== undefined && (user === undefined || room === undefined)) return { kind, to };
          context.addIssue({ code: 'custom', message: 'must have either user or channel' });
          return z.NEVER;
        }),
      z
        .looseObject({ kind: z.literal('http'), preset: z.string() })
        .transform(({ kind, preset, ...given }, context) => {
          const fields = fieldsOf(preset, given, presets, env, (path, message) =>
            context.addIssue({ code: 'custom', message, path: [path] }),
          );
          return fields ? { kind, preset, fields } : z.NEVER;
        }),
    ],
    { error: ({ code, input }) => (code === 'invalid_union' ? whyRefused(input) : undefined) },
  ) satisfies z.ZodType<{ kind: Channel['kind'] }>;
};

/** What the preset asks for: all of it, and nothing else. */
function fieldsOf(
  name: string,
  given: Readonly<Record<string, unknown>>,
  { byName }: Presets,
  env: Environment,
  report: (path: string, problem: string) => void,
): Record<string, string> | undefined {
  const preset = byName.get(name);
  if (!preset) {
    report('preset', `no such preset ${JSON.stringify(name)}: there are ${[...byName.keys()].join(', ')}`);
    return undefined;
  }
  let isWhole = true;
  const wrong = (path: string, problem: string): void => {
    isWhole = false;
    report(path, problem);
  };
  const known = Object.keys(preset.fields);
  for (const key of Object.keys(given))
    if (!known.includes(key)) wrong(key, `there is no such setting for ${name}: it has ${known.join(', ')}`);
  const values: Record<string, string> = {};
  for (const [key, { required, is }] of Object.entries(preset.fields)) {
    const value = given[key];
    if (value === undefined) {
      if (required) wrong(key, 'is missing');
      continue;
    }
    const isText = typeof value === 'string' || typeof value === 'number';
    const found: Secret = isText
      ? resolveSecret(String(value), env, is === 'url' ? httpUrl : undefined)
      : { problem: 'must be text' };
    if ('problem' in found) wrong(key, found.problem);
    else values[key] = found.value;
  }
  return isWhole ? values : undefined;
}
