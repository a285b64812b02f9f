/** Starts the one workflow that tells a word: whoever notices the same starts none. */
import { createHash } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { TELL_ONCE_TYPE, type Word } from '../../workflows/word/messages';
import type { Place } from '../deployment/server';

/** Longer than anybody's night; a word of the day before yesterday is no news. */
const EXECUTION_TIMEOUT = '2d';
const CALL_MS = 5_000;

export interface ToTell {
  /** `pageId` is its name, or the first of the names that `sameAs` gives it. */
  readonly word: Word;
  /** For whoever looks at the list of workflows. */
  readonly summary: string;
  readonly sameAs?: SameWord;
}

/**
 * A word whose name nothing outside gives, made of what it says: whoever notices the same comes to the same names. The same may come
 * about again, and then takes the next free name: the server gives each name once.
 */
export interface SameWord {
  /** The newest last: a name is taken of that one, and looked for in all. */
  readonly named: readonly { readonly idOf: (nth: number) => string; readonly content: unknown }[];
  /** Those who notice are at most so far apart. */
  readonly withinMs: number;
}

export interface ToldAs {
  readonly pageId: string;
  /** By then it is told, now or before. */
  readonly isOurs: boolean;
}

/**
 * `ours`: names by which words of this process were told; whatever it notices now is none of them.
 * Rejects where the server is not reached.
 */
export async function tell(place: Place, toTell: ToTell, ours: Set<string>): Promise<ToldAs> {
  const { word, sameAs } = toTell;
  return place.client.withDeadline(Date.now() + CALL_MS, async () => {
    if (!sameAs) return toldByName(place, toTell, word.pageId);
    const told = await toldByContent(place, toTell, sameAs, ours);
    ours.add(told.pageId);
    return told;
  });
}

async function toldByName(
  { client, taskQueue }: Place,
  toTell: ToTell,
  pageId: string,
  says?: string,
): Promise<ToldAs> {
  try {
    await client.workflow.start(TELL_ONCE_TYPE, {
      taskQueue,
      workflowId: pageId,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowExecutionTimeout: EXECUTION_TIMEOUT,
      ...(says !== undefined && { memo: { says } }),
      staticSummary: toTell.summary,
      args: [{ ...toTell.word, pageId }],
    });
    return { pageId, isOurs: true };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { pageId, isOurs: false };
    throw error;
  }
}

async function toldByContent(
  place: Place,
  toTell: ToTell,
  { named, withinMs }: SameWord,
  ours: ReadonlySet<string>,
): Promise<ToldAs> {
  const since = Date.now() - withinMs;
  for (const [index, { idOf, content }] of named.entries()) {
    const says = hashOf(content);
    for (let nth = 1; ;) {
      const pageId = idOf(nth);
      const known = await toldAs(place, pageId);
      if (known) {
        if (known.says === says && known.at > since && !ours.has(pageId)) return { pageId, isOurs: false };
        nth += 1;
        continue;
      }
      if (index < named.length - 1) break;
      const told = await toldByName(place, toTell, pageId, says);
      // Somebody was faster, with this word or another: looked at like any other.
      if (told.isOurs) return told;
    }
  }
  throw new Error('a word without a name');
}

/** Asked of the workflow itself: lists are some time behind. */
async function toldAs(
  { client }: Place,
  pageId: string,
): Promise<{ readonly says: unknown; readonly at: number } | undefined> {
  try {
    const { memo, startTime } = await client.workflow.getHandle(pageId).describe();
    return { says: memo?.['says'], at: startTime.getTime() };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

const hashOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
