/** Where the Temporal Web UI is that shows these cases: what is configured, then what is known. */

const uiAt = (port: string): string => `http://127.0.0.1:${port}`;
const USUAL_UI_PORT = '8233';
/** Where every command looks for it that is told nothing else. */
export const USUAL_UI = uiAt(USUAL_UI_PORT);
const CLOUD = /\.(tmprl\.cloud|api\.temporal\.io):\d+$/;
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\]):\d+$/;

export const isWebUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/**
 * TOCSIN_UI_URL, unless it is none; `own`, of a server that this process has started; on this machine and at Temporal Cloud it
 * is known. Without a slash at its end.
 */
export function webUiOf(address: string, own?: string): string | undefined {
  const given = process.env['TOCSIN_UI_URL'];
  if (given && isWebUrl(given)) return given.replace(/\/+$/, '');
  if (own !== undefined) return own;
  if (CLOUD.test(address)) return 'https://cloud.temporal.io';
  return LOOPBACK.test(address) ? uiAt(process.env['TOCSIN_UI_PORT'] || USUAL_UI_PORT) : undefined;
}
