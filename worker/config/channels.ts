/** Channels of the contract (section 9), and which of them this version has. */
import { z } from 'zod';
import type { Channel } from '../../activities/directory/types';
import { fromEnvironment, type Environment } from './secrets';

export const CHANNEL_KINDS = ['console', 'webhook', 'email', 'slack', 'sms', 'voice', 'pagerduty'] as const;

const httpUrl = (url: string): string | undefined => {
  if (!URL.canParse(url)) return 'must be a URL such as https://example.com/pages';
  const { protocol, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'must be an http or https URL';
  return username === '' && password === ''
    ? undefined
    : 'must not carry a user name or a password: sign pages with secret';
};

function whyRefused(input: unknown): string {
  const kind: unknown = typeof input === 'object' && input !== null && 'kind' in input ? input.kind : undefined;
  if (typeof kind !== 'string') return 'must be console or webhook';
  const isPlanned = (CHANNEL_KINDS as readonly string[]).includes(kind);
  return `${isPlanned ? `${kind} is not built yet` : `no such channel ${JSON.stringify(kind)}`}: this version sends by console and webhook only`;
}

/** One channel of a person; what it holds in secret comes from the environment. */
export const channel = (env: Environment) =>
  z.discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('console') }),
      z.strictObject({
        kind: z.literal('webhook'),
        url: fromEnvironment(env, httpUrl),
        secret: fromEnvironment(env).optional(),
      }),
    ],
    { error: ({ code, input }) => (code === 'invalid_union' ? whyRefused(input) : undefined) },
  ) satisfies z.ZodType<{ kind: Channel['kind'] }>;
