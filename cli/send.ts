/** One command to a case, and what came of it: what all that change something have in common. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Answer, CommandName, Input } from '../workflows/messages';
import type { TocsinClient } from '../client/tocsin-client';
import { clean } from '../client/untrusted';
import { connected, show, type Context } from './context';
import { asTyped } from './input';
import { renderAnswer } from './render/answer';

/** A command without an id could not be sent again after a lost answer, so each gets one. */
export function identified(context: Context, message: Record<string, unknown>): Record<string, unknown> {
  const given = message['requestId'];
  const requestId = given ?? `cli-${randomUUID()}`;
  if (typeof requestId === 'string') context.requestId = requestId;
  return { ...asTyped(message), requestId };
}

export async function send(
  context: Context,
  command: Command,
  caseNumber: string,
  name: CommandName,
  message: Record<string, unknown>,
): Promise<void> {
  const { signal } = command.opts<{ readonly signal?: boolean }>();
  // What was typed is judged where it arrives: by the schema for a signal, by the case for an update.
  const input = identified(context, message) as Input<CommandName>;
  const answer = await connected(command, async (client: TocsinClient): Promise<Answer | undefined> => {
    if (!signal) return await client.update(caseNumber, name, input);
    await client.signal(caseNumber, name, input);
    return undefined;
  });
  const sent = { caseNumber, command: name, requestId: context.requestId, sent: true };
  show(context, command, answer ?? sent, () =>
    answer
      ? renderAnswer(answer, context.terminal.screen())
      : `Sent to ${clean(caseNumber)}. What came of it is on the timeline.`,
  );
}
