/**
 * How long the local server keeps what is over. By itself it is a day: then who declared a case of three weeks would be gone, and
 * its number be free for another. An older database is brought up too; whoever has set more keeps it.
 */
import { msToTs } from '@temporalio/common/lib/time';
import { openConnection } from '../../connection/open';

const KEPT_DAYS = 90;
const KEPT_S = KEPT_DAYS * 24 * 3_600;
const CALL_MS = 10_000;

export async function keepForLong(address: string, namespace = 'default'): Promise<void> {
  const connection = openConnection({ address });
  try {
    await connection.withDeadline(Date.now() + CALL_MS, async () => {
      const { workflowService } = connection;
      const { config } = await workflowService.describeNamespace({ namespace });
      if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) >= KEPT_S) return;
      const workflowExecutionRetentionTtl = msToTs(KEPT_S * 1_000);
      await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } });
    });
  } finally {
    await connection.close();
  }
}
