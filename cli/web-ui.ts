/** Where the Temporal Web UI is that shows these cases, and how a browser is told. */
import { spawn } from 'node:child_process';
import { configuredPlace, type ConnectOptions } from '../client/connect';
import { isWebUrl, webUiOf } from '../connection/web-ui';
import type { WebUi } from '../workflows/desk';
import { BadInput, NotDone } from './exit';

/** TOCSIN_UI_URL; on this machine and at Temporal Cloud it is known. @throws BadInput, BadConfiguration */
export function webUi(options: ConnectOptions): WebUi {
  const { address, namespace } = configuredPlace(options);
  const given = process.env['TOCSIN_UI_URL'];
  if (given && !isWebUrl(given))
    throw new BadInput('TOCSIN_UI_URL must be an http or https URL, such as https://temporal.example.com.');
  const url = webUiOf(address);
  if (url === undefined)
    throw new BadInput(
      `The Web UI of ${address} is not known: set TOCSIN_UI_URL, such as https://temporal.example.com.`,
    );
  return { url, namespace };
}

/** By what each system opens an address with. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** @throws NotDone where there is no browser */
export async function openInBrowser(url: string): Promise<void> {
  const [command, ...words] = OPENERS[process.platform] ?? ['xdg-open'];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command, [...words, url], { detached: true, stdio: 'ignore' });
    const none = (): void =>
      reject(new NotDone(`There is no browser to be opened here (${command}). Open the link yourself.`));
    child.once('error', none);
    // Some go on for as long as the browser does: what does not fail at once has opened it.
    const opened = setTimeout(resolve, 2_000);
    child.once('exit', (code) => {
      clearTimeout(opened);
      if (code === 0) resolve();
      else none();
    });
    child.unref();
  });
}
