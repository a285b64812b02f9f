/**
 * What Twilio's status callbacks mean for a page. Only a key or a link is an answer: `delivered` is a telephone that took it,
 * `completed` a line that was picked up, by a mailbox too. Their order is not promised, so each is judged by itself.
 */

/** What a provider tells of a page that it has taken before. */
export type LateNews =
  | { readonly news: 'DELIVERED' }
  | { readonly news: 'FAILED'; readonly reason: string }
  /** The call is over, and nobody has pressed a key. */
  | { readonly news: 'UNANSWERED' };

/** Why a message did not arrive, by the codes that say something about the person's telephone. */
const REASONS: Readonly<Record<string, string>> = {
  '30003': 'handset unreachable',
  '30004': 'blocked by the person or the network',
  '30005': 'unknown number',
  '30006': 'a landline, which takes no SMS',
  '30007': 'filtered by the network',
  '30008': 'lost by the network',
  '30034': 'the sender is not registered',
};

/** Nothing for what is only on its way: queued, sent, ringing. */
export function newsOf(form: Readonly<Record<string, string | undefined>>): LateNews | undefined {
  return form['CallStatus'] === undefined ? ofMessage(form) : ofCall(form);
}

function ofMessage({
  MessageStatus: status,
  ErrorCode: code,
}: Readonly<Record<string, string | undefined>>): LateNews | undefined {
  if (status === 'delivered' || status === 'read') return { news: 'DELIVERED' };
  if (status !== 'undelivered' && status !== 'failed' && status !== 'canceled') return undefined;
  const known = code === undefined ? undefined : REASONS[code];
  const number = code !== undefined && /^\d{1,6}$/.test(code) ? ` ${code}` : '';
  return { news: 'FAILED', reason: known ?? `${status}${number}` };
}

function ofCall({
  CallStatus: status,
  AnsweredBy: by,
}: Readonly<Record<string, string | undefined>>): LateNews | undefined {
  switch (status) {
    case 'busy':
      return { news: 'FAILED', reason: 'busy' };
    case 'no-answer':
      return { news: 'FAILED', reason: 'no answer' };
    case 'failed':
    case 'canceled':
      return { news: 'FAILED', reason: 'the call failed' };
    case 'completed':
      return by?.startsWith('machine') || by === 'fax'
        ? { news: 'FAILED', reason: 'a mailbox' }
        : { news: 'UNANSWERED' };
    default:
      return undefined;
  }
}

/** What somebody means by a key on the telephone or by the first word of an SMS. */
export function answerOf(text: string): 'have' | 'cannot' | 'repeat' | undefined {
  const [first] = /^[46*]/.exec(text.trim()) ?? [];
  switch (first) {
    case '4':
      return 'have';
    case '6':
      return 'cannot';
    case '*':
      return 'repeat';
    default:
      return undefined;
  }
}
