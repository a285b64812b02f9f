/** The two doors that a process of ours may have: the whole gateway, or what whoever watches it asks for. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from '@temporalio/client';
import { answerUrl, parseLinkKeys, type LinkKeys } from '../activities/answer-links';
import { TocsinClient } from '../client/tocsin-client';
import { openGateway, openHealth, settingsFrom, type Settings } from '../gateway';
import { jwtVerifier } from '../gateway/auth/jwt';
import { keysSource } from '../gateway/auth/keys-file';
import { ConfigError } from '../worker/config';
import { resolveSecret } from '../worker/config/secrets';
import type { BehindDoor, Door, DoorAddress, OpenDoor } from '../worker/door';

/** @throws ConfigError with everything that is wrong */
export function configuredSettings(): Settings {
  const { settings, wrong } = settingsFrom(process.env, (text) => resolveSecret(text, process.env));
  if (wrong.length === 0) return settings;
  throw new ConfigError(
    wrong.map(({ variable, problem }) => ({ file: 'environment', line: 1, path: variable, problem })),
  );
}

/** Everything: for programs, for people, for vendors. */
export const wholeGateway: OpenDoor = async (behind, at) => {
  const settings = configuredSettings();
  const linkKeys = linkKeysFor(behind, settings);
  const clientOf = once(behind);
  const gateway = await openGateway(
    {
      log: behind.log,
      health: behind.health,
      client: clientOf,
      doormen: {
        keys: keysSource(settings.keysFile, behind.log),
        ...(settings.jwt && { jwt: jwtVerifier(settings.jwt) }),
      },
      directory: behind.directory,
      hotline: behind.hotline,
      vendors: settings.vendors,
      limits: settings.limits,
      ...(linkKeys && { linkKeys }),
      ...(settings.publicUrl !== undefined && { publicUrl: settings.publicUrl }),
    },
    at,
  );
  return withLinks(gateway, behind, settings, linkKeys);
};

/** Health and metrics only: the gateway is another process, and this one mints the links that lead there. */
export const healthOnly: OpenDoor = async (behind: BehindDoor, at: DoorAddress) => {
  const settings = configuredSettings();
  return withLinks(await openHealth(behind, at), behind, settings, linkKeysFor(behind, settings));
};

function withLinks(
  { url, close }: Door,
  { isLocal, log }: BehindDoor,
  { publicUrl }: Settings,
  linkKeys: LinkKeys | undefined,
): Door {
  const base = publicUrl ?? (isLocal ? url : undefined);
  if (!linkKeys || base === undefined) {
    log.warn('pages carry no link to answer by: set TOCSIN_PUBLIC_URL and TOCSIN_LINK_KEYS');
    return { url, close };
  }
  return { url, close, answerUrl: (page) => answerUrl(base, linkKeys, page) };
}

/** As configured; on one machine, made up once and kept, so that links work after a restart without any setting. */
function linkKeysFor({ isLocal }: BehindDoor, { linkKeys }: Settings): LinkKeys | undefined {
  if (linkKeys || !isLocal) return linkKeys;
  const file = join(dirname(process.env['TOCSIN_DATA'] || join('.tocsin', 'tocsin.db')), 'link-keys');
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `k1:${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  }
  return parseLinkKeys(readFileSync(file, 'utf8').trim());
}

/** The typed client over the connection of this process, made when there is one. */
function once({ temporal, taskQueue }: BehindDoor): () => TocsinClient | undefined {
  let client: TocsinClient | undefined;
  return () => {
    const connected = client ? undefined : temporal();
    if (connected)
      client = new TocsinClient(
        new Client({ ...connected, identity: 'tocsin-gateway' }),
        taskQueue === undefined ? {} : { taskQueue },
      );
    return client;
  };
}
