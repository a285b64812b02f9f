/** Accounts and servers of the channels, from the environment: every mistake at once, as of the files. */
import { existsSync } from 'node:fs';
import ipaddr from 'ipaddr.js';
import type { ChannelSettings } from '../../activities/channels/settings';
import { resolveSecret, type Environment, type ProblemOf } from './secrets';
import { ConfigError, type Problem } from './yaml';

/** `https://desk.example.com`, as links and callbacks begin. */
const publicUrl = (text: string): string | undefined => {
  if (!URL.canParse(text)) return 'must be a URL such as https://desk.example.com';
  const { protocol, search, hash, username } = new URL(text);
  const isPlain = (protocol === 'https:' || protocol === 'http:') && search === '' && hash === '' && username === '';
  return isPlain ? undefined : 'must be an http or https URL without anything behind its path';
};

const baseUrl = (text: string): string | undefined =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? undefined : 'must be an http or https URL';

const smtpUrl = (text: string): string | undefined =>
  URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== ''
    ? undefined
    : 'must be smtp://user:password@host:587 or smtps://…';

/** @throws ConfigError */
export function channelSettings(folder?: string, env: Environment = process.env): ChannelSettings {
  const problems: Problem[] = [];
  const report = (path: string, problem: string): void =>
    void problems.push({ file: 'environment', line: 1, path, problem });
  /** What is wrong is said without the value. */
  const read = (name: string, problemOf?: ProblemOf): string | undefined => {
    const text = env[name];
    if (text === undefined || text === '') return undefined;
    const found = resolveSecret(text, env, problemOf);
    if ('value' in found) return found.value;
    report(name, found.problem);
    return undefined;
  };

  const ourUrl = read('TOCSIN_PUBLIC_URL', publicUrl);
  const smtp = read('TOCSIN_SMTP_URL', smtpUrl);
  const from =
    read('TOCSIN_SMTP_FROM', (text) => (/^[^\r\n]*@[^\r\n]*$/.test(text) ? undefined : 'must be a sender')) ??
    'Tocsin <tocsin@localhost>';
  const token = read('TOCSIN_SLACK_TOKEN');
  const slackUrl = read('TOCSIN_SLACK_URL', baseUrl);
  const [sid, twilioToken, sender] = ['SID', 'TOKEN', 'FROM'].map((name) => read(`TOCSIN_TWILIO_${name}`));
  const twilioUrl = read('TOCSIN_TWILIO_URL', baseUrl);
  if ([sid, twilioToken, sender].some((part) => part !== undefined)) {
    for (const name of ['SID', 'TOKEN', 'FROM'])
      if (!env[`TOCSIN_TWILIO_${name}`]) report(`TOCSIN_TWILIO_${name}`, 'is not set, and the others of Twilio are');
  }
  const networks = (read('TOCSIN_ALLOW_PRIVATE_TARGETS') ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((name) => (name === 'true' ? 'private' : name));
  for (const network of networks) {
    const isNetwork = network === 'private' || ipaddr.isValidCIDR(network) || ipaddr.isValid(network);
    if (!isNetwork)
      report('TOCSIN_ALLOW_PRIVATE_TARGETS', `${network} is no network such as 10.1.0.0/16, and not private`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    ...(ourUrl !== undefined && { publicUrl: ourUrl.replace(/\/+$/, '') }),
    ...(smtp !== undefined && { mail: { url: smtp, from } }),
    ...(token !== undefined && { slack: { token, ...(slackUrl !== undefined && { url: slackUrl }) } }),
    ...(sid !== undefined &&
      twilioToken !== undefined &&
      sender !== undefined && {
        twilio: { sid, token: twilioToken, from: sender, ...(twilioUrl !== undefined && { url: twilioUrl }) },
      }),
    allowedNetworks: networks,
    ...(folder !== undefined && existsSync(folder) && { folder }),
  };
}
