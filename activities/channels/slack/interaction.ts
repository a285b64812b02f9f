/** What Slack sends when somebody presses a button of a page: read, and not yet believed (its signature is the gateway's to verify). */

export interface Pressed {
  readonly answer: 'have' | 'cannot';
  /** The page's, as in its link: it says of which page, and of whom. */
  readonly token: string;
  /** Who pressed it, in Slack's own ids: somebody else may have been looking at the channel. */
  readonly user: string;
  /** Where an answer that only they see is posted, for half an hour. */
  readonly responseUrl?: string;
}

/** From the field `payload` of the form; nothing where it is no press of a button of ours. */
export function pressedIn(payload: string): Pressed | undefined {
  const said = objectIn(payload);
  if (said?.['type'] !== 'block_actions') return undefined;
  const [action] = Array.isArray(said['actions']) ? (said['actions'] as unknown[]) : [];
  const user = textOf(said['user'], 'id');
  const answer = textOf(action, 'action_id');
  const token = textOf(action, 'value');
  if ((answer !== 'have' && answer !== 'cannot') || user === undefined || token === undefined) return undefined;
  const responseUrl = textOf(said, 'response_url');
  return { answer, token, user, ...(responseUrl !== undefined && { responseUrl }) };
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown, field: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const text = (value as Record<string, unknown>)[field];
  return typeof text === 'string' && text !== '' && text.length <= 2_000 ? text : undefined;
}
