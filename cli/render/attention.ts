/** What a desk must look at, in words: a newcomer reads a list before any document. */
import type { Attention } from '../../workflows/core/language/vocabulary';
import { clean } from '../../client/untrusted';

const WORDS: Readonly<Record<Attention, string>> = {
  UNACKNOWLEDGED: 'waits for an answer',
  NOBODY_REACHED: 'nobody was reached',
  CONTACT_UNAVAILABLE: "the customer's contact is silent",
  PROGRESS_STALLED: 'no progress',
  UPDATE_OVERDUE: 'the customer waits for an update',
  PROMISE_OVERDUE: 'a promise is overdue',
  PROVISIONAL_ENTITLEMENT: 'check the entitlement',
  NO_ENGINEER: 'no engineer',
  E_DOWN_REQUESTED: 'E-Down asked for: call back',
  E_DOWN_REFUSED: 'E-Down refused: call back',
  SEVERITY_ZERO_IDLE: 'severity 0 and no work round the clock',
  OWNER_UNKNOWN: 'its owner is in no directory',
  CALL_BACK_DUE: 'a call is due',
};

/** One that a newer service has and this client does not know is told by its name. */
export const attentionWord = (flag: string): string =>
  Object.hasOwn(WORDS, flag) ? WORDS[flag as Attention] : clean(flag);
