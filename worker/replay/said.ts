/**
 * What a case has asked of the outside and answered to its callers: as its history has it, and as the code here does it again.
 * A replay of the SDK looks at kinds and numbers only. A page to the same activity, but to somebody else, in other words or
 * not urgent any more, would pass.
 */
import {
  defaultPayloadConverter,
  type Payload,
  type PayloadCodec,
  type SerializationContext,
} from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils';

/** One thing that a case says to the outside. */
export interface Said {
  /** The event of the history; what is done again has none. */
  readonly event?: number;
  /** For people: which page, which answer. */
  readonly what: string;
  readonly value: unknown;
}

/** Activities by their id; answers in the order in which they were given. */
export interface AllSaid {
  readonly asked: ReadonlyMap<string, Said>;
  readonly answered: readonly Said[];
}

/** What was asked and answered when it happened. */
export function saidIn({ events }: History): AllSaid {
  const asked = new Map<string, Said>();
  const answered: Said[] = [];
  for (const event of events ?? []) {
    const number = Number(event.eventId);
    const task = event.activityTaskScheduledEventAttributes;
    if (task) {
      const value = valueOf(task.input?.payloads?.[0]);
      asked.set(task.activityId ?? '', { event: number, what: nameOf(task.activityType?.name ?? '', value), value });
    }
    for (const payload of [
      ...outcomeOf(event.workflowExecutionUpdateCompletedEventAttributes?.outcome ?? undefined),
      ...(event.workflowExecutionCompletedEventAttributes?.result?.payloads ?? []),
    ]) {
      const answer = answerIn(payload);
      if (answer) answered.push({ ...answer, event: number });
    }
  }
  return { asked, answered };
}

type Outcome = NonNullable<
  NonNullable<NonNullable<History['events']>[number]['workflowExecutionUpdateCompletedEventAttributes']>['outcome']
>;

const outcomeOf = (outcome: Outcome | undefined): readonly Payload[] => [
  ...(outcome?.success?.payloads ?? []),
  ...(outcome?.failure?.applicationFailureInfo?.details?.payloads ?? []),
];

/**
 * Listens to what a workflow says while it is replayed. It takes the place of a codec, through which everything goes that
 * leaves the workflow: the code under test is the very code of production, and no interceptor changes the order of its steps.
 */
export class Listener implements PayloadCodec {
  private asked = new Map<string, Said>();
  private answered: Said[] = [];

  encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    for (const payload of payloads) this.hear(payload, context);
    return Promise.resolve(payloads);
  }

  decode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(payloads);
  }

  /** What was heard since it was last taken. */
  take(): AllSaid {
    const { asked, answered } = this;
    this.asked = new Map();
    this.answered = [];
    return { asked, answered };
  }

  private hear(payload: Payload, context: SerializationContext | undefined): void {
    if (context?.type === 'activity') {
      const id = context.activityId ?? '';
      const value = valueOf(payload);
      // The sentence that describes an order in the Web UI comes under the same id: an order is no sentence.
      if (isRecord(value) || !this.asked.has(id)) this.asked.set(id, { what: id, value });
      return;
    }
    const answer = answerIn(payload);
    if (answer) this.answered.push(answer);
  }
}

function valueOf(payload: Payload | null | undefined): unknown {
  if (!payload) return undefined;
  try {
    return defaultPayloadConverter.fromPayload(payload);
  } catch {
    // What cannot be read is compared as it is.
    return payload;
  }
}

const nameOf = (activity: string, value: unknown): string => {
  const page = pageIn(value);
  return page === undefined ? activity : `${page}, by ${activity}`;
};

/** Which message an order is for, if it is one. */
export const pageIn = (order: unknown): string | undefined =>
  isRecord(order) && typeof order['pageId'] === 'string'
    ? `page ${order['pageId']}, message ${String(order['attempt'])}`
    : undefined;

/** Whom an order is for, and what it is about: ` to MANAGER (ESCALATED_M1)`. */
export function toWhom(order: unknown): string {
  if (!isRecord(order) || !isRecord(order['wanted'])) return '';
  const { person, audience } = order['wanted'];
  return ` to ${String(person ?? audience)} (${String(order['purpose'])})`;
}

/**
 * An answer, a refusal or the summary of a case that is over. The state that a run hands on is none: how it is kept may
 * change, as long as the run that gets it does the same.
 */
function answerIn(payload: Payload): Said | undefined {
  const value = valueOf(payload);
  if (!isRecord(value)) return undefined;
  if ('seq' in value && 'nextDue' in value) return { what: 'the answer to a command', value };
  if ('code' in value && 'hint' in value) return { what: 'the refusal of a command', value };
  if ('resolution' in value && 'eDownEpisodes' in value) return { what: 'the summary of the case', value };
  return undefined;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
