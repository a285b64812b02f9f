/**
 * Signals are total (docs/architecture.md), and that begins with their bytes: a payload that cannot be decoded fails the
 * workflow task before any handler sees it, again and again, and the case stands still. Here it is read as a word that
 * no command is, and refused like any other bad input. Activities' results are our own, and still fail when broken.
 */
import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';

const UNREADABLE = 'unreadable';

export const payloadConverter: PayloadConverter = {
  toPayload: (value, context, hint) => defaultPayloadConverter.toPayload(value, context, hint),
  fromPayload: <T>(
    payload: Payload,
    ...[context, hint]: Tail<Parameters<typeof defaultPayloadConverter.fromPayload<T>>>
  ): T => {
    try {
      return defaultPayloadConverter.fromPayload<T>(payload, context, hint);
    } catch (error) {
      if (context?.type !== 'workflow') throw error;
      return UNREADABLE as T;
    }
  },
};

type Tail<P extends readonly unknown[]> = P extends readonly [unknown, ...infer R] ? R : never;
