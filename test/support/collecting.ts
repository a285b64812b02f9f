/** Garbage is collected again and again, as it is in a process that works: what only a weak reference holds is gone. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const EVERY_MS = 250;

export async function whileCollecting<T>(run: () => Promise<T>): Promise<T> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const collecting = setInterval(collect, EVERY_MS);
  try {
    return await run();
  } finally {
    clearInterval(collecting);
  }
}
