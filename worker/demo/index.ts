/** `npm run demo`: a whole case on the embedded server with timers of seconds, and everybody's mail in a browser. */
import { join } from 'node:path';
import type { Logger } from 'pino';
import pino from 'pino';
import { loadConfig } from '../config';
import type { OpenDoor } from '../door';
import { PACKAGE_ROOT } from '../package-root';
import { httpAddress, startUp, untilStopped } from '../run';
import type { Stack } from '../stack';
import { isFree } from '../temporal-server/ports';
import { MailBox } from './mail-box/mail-box';
import type { Mail } from './mail-box/mail';
import { byMail, demoPolicy, now } from './scene';
import { Stage } from './stage';

/** Long enough to go to the mail box and answer for Ana; where nobody looks on, the case goes on sooner. */
const ANA_HAS = process.stdout.isTTY ? '30s' : '4s';

/** Where programs for reading test mail usually are, so it is easily guessed. */
const MAIL_PORT = 8025;

/** `<page>/<attempt>/<person>/<channel>` of a case of a demo. */
const KEY = /^(C70\d{5})-(\d+)\/(\d+)\/(.+)\/email$/;

export async function demo(door: OpenDoor): Promise<void> {
  let playing: string | undefined;
  /** A case of an earlier demo may still ring: it would only stand between the pages of this one. */
  const ring = ({ headers, subject }: Mail): void => {
    const [, caseNumber, page, attempt, person] = KEY.exec(headers.get('x-tocsin-key') ?? '') ?? [];
    if (caseNumber === undefined || caseNumber !== playing) return;
    const again = attempt === '1' ? '' : `/${attempt}`;
    console.log(`  ${now()}  PAGE ${caseNumber}-${page}${again} → ${person}: ${bracketOf(subject)}`);
  };
  // So would what the worker has to say.
  const log = pino({ level: 'error' });
  let box: MailBox | undefined;
  await untilStopped(
    log,
    async (stopped) => {
      box = await MailBox.open(ring, (await isFree(MAIL_PORT)) ? MAIL_PORT : 0);
      return start(log, door, stopped, box);
    },
    async (stack, stopped) => {
      const mailBox = box?.url ?? '';
      const begins = (caseNumber: string): void => void (playing = caseNumber);
      const stage = new Stage({ stack, mailBox, anaHas: ANA_HAS, stopped, begins });
      await stage.play().catch((error: unknown) => {
        if (!stopped.aborted) throw error;
      });
    },
  );
  await box?.close();
}

/** What changes from mail to mail of a case stands in the brackets. */
const bracketOf = (subject: string): string => /^\[.*?\]/.exec(subject)?.[0] ?? subject;

async function start(log: Logger, door: OpenDoor, stopped: AbortSignal, box: MailBox): Promise<Stack> {
  console.log('Starting a Temporal server and a worker on this machine …');
  return startUp(log, {
    door,
    config: loadConfig(join(PACKAGE_ROOT, 'examples', 'acme')),
    policy: demoPolicy(ANA_HAS),
    people: byMail,
    // Nothing of the environment: a demo never reaches anybody.
    channels: { mail: { url: box.smtpUrl, from: 'Tocsin <tocsin@support.example>' } },
    stopped,
    http: await freeHttp(),
    tell: (line) => console.log(line),
  });
}

/** Nobody asks the demo for its health: that somebody else has the port is no reason to stop. */
async function freeHttp(): Promise<{ host: string; port: number }> {
  const wanted = httpAddress();
  return process.env['TOCSIN_HTTP_PORT'] || (await isFree(wanted.port)) ? wanted : { ...wanted, port: 0 };
}
