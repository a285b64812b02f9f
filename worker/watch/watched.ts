/** What a watch watches, and how it gets there. */
import type { Connection } from '@temporalio/client';
import { lazily, type Target } from '../connect';
import { THIS_WORKER } from '../roll-call/identity';
import type { Watched } from './look';

const PATIENCE_MS = 30_000;
const CONNECT_MS = 10_000;

/** Connects now, or says why not. */
export async function connectToWatch({ namespace: _namespace, ...options }: Target): Promise<Connection> {
  const connection = await lazily({ ...options, connectTimeout: CONNECT_MS });
  try {
    await connection.ensureConnected();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

export const watchedBy = (
  is: Watched['walker']['is'],
  { target, taskQueue, everyMs }: Pick<Watched, 'target' | 'taskQueue' | 'everyMs'>,
): Watched => ({
  target,
  taskQueue,
  walker: { is, id: THIS_WORKER },
  everyMs,
  // Whoever looks often wants to know soon; a worker that starts takes some seconds all the same.
  patienceMs: Math.min(PATIENCE_MS, Math.max(everyMs, CONNECT_MS)),
  trail: [],
});
