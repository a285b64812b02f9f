/** What `tocsin policy explain --do` understands. */
import type { Act } from '../rehearsal/explain-acts';
import { parseDuration } from '../worker/config/duration';
import type { Severity } from '../workflows/core/language/vocabulary';

export const ACTS = 'escalate, accept, e-down, severity=0|1|2|3, wait=30m';

/** Nothing when there is no such act. */
export function parseAct(text: string): Act | undefined {
  switch (text) {
    case 'escalate':
      return { type: 'ESCALATE' };
    case 'accept':
      return { type: 'ACCEPT' };
    case 'e-down':
    case 'severity=0':
      return { type: 'E_DOWN' };
    case 'severity=1':
    case 'severity=2':
    case 'severity=3':
      return { type: 'SEVERITY', severity: Number(text.slice(-1)) as Severity };
    default: {
      const ms = text.startsWith('wait=') ? parseDuration(text.slice('wait='.length)) : undefined;
      return ms === undefined ? undefined : { type: 'WAIT', ms };
    }
  }
}
