/** A case that somebody or something has ended from outside: how, when, by whom. Nothing of it will come any more. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { whoEnded, type WhoEnded } from '../connection/who-ended';
import { utc } from '../workflows/core/words/catalogue';
import { en } from '../workflows/core/words/en';
import type { EndedHow } from '../workflows/core/language/vocabulary';
import { howEnded } from '../workflows/ended-outside/lists';

export interface EndedOutside extends WhoEnded {
  readonly how: EndedHow;
  readonly at: string;
}

type Seen = Pick<WorkflowExecutionDescription, 'status' | 'closeTime' | 'typedSearchAttributes'>;

/** As far as a list knows it. A refused opening has failed too, and was never a case: it has published nothing. */
export function endedIn({ status, closeTime, typedSearchAttributes }: Partial<Seen>): EndedOutside | undefined {
  const how = howEnded(status?.name ?? '');
  if (how === undefined) return undefined;
  const wasCase = typedSearchAttributes?.getAll().some(({ key }) => key.name === 'CaseStatus') === true;
  if (how === 'FAILED' && !wasCase) return undefined;
  return { how, at: (closeTime ?? new Date()).toISOString() };
}

/** Of this run; with who did it, where the server still knows. */
export async function endedOutside(
  temporal: Client,
  caseNumber: string,
  seen: Partial<Seen> & { readonly runId?: string },
): Promise<EndedOutside | undefined> {
  const ended = endedIn(seen);
  if (!ended) return undefined;
  return { ...ended, ...(await byWhom(temporal, caseNumber, seen.runId).catch(() => ({}))) };
}

/** The last event of a run says who ended it. */
export const byWhom = ({ workflow, options }: Client, caseNumber: string, runId?: string): Promise<WhoEnded> =>
  whoEnded(workflow.workflowService, options.namespace, caseNumber, runId);

/** `ended from outside (terminated) at 2026-11-27 09:14 UTC by ops@host: a click`. */
export function endedWords({ how, at, by, reason }: EndedOutside): string {
  const whom = by === undefined ? '' : ` by ${by}`;
  const why = reason === undefined ? '' : `: ${reason}`;
  return `ended from outside (${en.endedHow[how]}) at ${utc.when(at)}${whom}${why}`;
}

/** First of all that is said of such a case. */
export const endedSentence = (ended: EndedOutside): string =>
  `This case was ${endedWords(ended).replace(/[.\s]+$/, '')}. Nobody works on it and nobody is paged.`;
