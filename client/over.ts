/** Whether a case has come to its own end: closed, and its time to be reopened is over. Nothing will happen to it any more. */
import type { TocsinClient } from './tocsin-client';

/** Where the server does not say, it is not known to be over. */
export async function isOver({ temporal, deadlineMs }: TocsinClient, caseNumber: string): Promise<boolean> {
  const described = temporal.withDeadline(Date.now() + deadlineMs, () =>
    temporal.workflow.getHandle(caseNumber).describe(),
  );
  return await described.then(
    ({ status }) => status.name === 'COMPLETED',
    () => false,
  );
}
