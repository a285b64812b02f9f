/** What can be done to a case that is only thought of, as things that happen in a night. */
import type { Severity } from '../workflows/core/language/vocabulary';
import { duration } from '../workflows/core/words/en/prose';
import { E_DOWN_ANSWERS } from './answers';
import type { Happening } from './scenario';

export type Act =
  | { readonly type: 'ESCALATE' }
  /** Whoever is asked for the level accepts it. */
  | { readonly type: 'ACCEPT' }
  | { readonly type: 'E_DOWN' }
  | { readonly type: 'SEVERITY'; readonly severity: Severity }
  | { readonly type: 'WAIT'; readonly ms: number };

/** An opening as it came: whether it is one is for the core to say. */
export type Opening = Readonly<Record<string, unknown>>;

export function wordsOf(act: Act): string {
  switch (act.type) {
    case 'ESCALATE':
      return 'escalated';
    case 'ACCEPT':
      return 'accepted';
    case 'E_DOWN':
      return 'declared E-Down';
    case 'SEVERITY':
      return `set to severity ${act.severity}`;
    case 'WAIT':
      return `left alone for ${duration(act.ms)}`;
    default:
      return act satisfies never;
  }
}

/** One after the other, in the name of whoever opened the case. */
export function happenings(acts: readonly Act[], opening: Opening): Happening[] {
  let atMs = 0;
  let escalations = 0;
  return acts.flatMap((act): Happening[] => {
    switch (act.type) {
      case 'ESCALATE': {
        escalations += 1;
        const level = escalations === 1 ? 'M1' : 'M2';
        const input = level === 'M2' ? { level, dissatisfaction: 'Not satisfied with what has been done.' } : { level };
        return [{ atMs, do: 'escalate', ...asOpener(opening), input }];
      }
      case 'ACCEPT':
        return [{ atMs, do: 'acceptEscalation', by: { part: 'ASKED_FOR_LEVEL' } }];
      case 'E_DOWN': {
        const eDown = { ...E_DOWN_ANSWERS, ...(opening['eDown'] as object | undefined) };
        return [{ atMs, do: 'changeSeverity', ...asOpener(opening), input: { severity: 0, eDown } }];
      }
      case 'SEVERITY': {
        const input = { severity: act.severity, customerAgreed: true };
        return [{ atMs, do: 'changeSeverity', ...asOpener(opening), input }];
      }
      case 'WAIT':
        atMs += act.ms;
        return [];
      default:
        return act satisfies never;
    }
  });
}

const asOpener = ({ by, role }: Opening): Pick<Happening, 'by' | 'role'> => ({
  by: String(by),
  ...(typeof role === 'string' && { role }),
});

/** How long they take. */
export const lengthOf = (acts: readonly Act[]): number =>
  acts.reduce((sum, act) => sum + (act.type === 'WAIT' ? act.ms : 0), 0);
