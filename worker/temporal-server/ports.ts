import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that the system gives to whoever connects somewhere, so that nobody gets one between look and use. */
const LOWEST = 15_000;
const HIGHEST = 32_000;

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isFree(port)) return port;
  }
}

/** Whether somebody could listen there now. */
export async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}
