/** What `tocsin policy explain --do` can do to a case that is only thought of. */
import type { Refusal } from '../workflows/case/codes';
import { managedLevel } from '../workflows/case/levels';
import type { Severity } from '../workflows/case/vocabulary';
import { durationText, parseDuration } from './config/duration';
import type { DryRun } from './dry-run';

export type Act =
  | { readonly type: 'ESCALATE' }
  /** Whoever is asked for the level accepts it. */
  | { readonly type: 'ACCEPT' }
  | { readonly type: 'E_DOWN' }
  | { readonly type: 'SEVERITY'; readonly severity: Severity }
  | { readonly type: 'WAIT'; readonly ms: number };

/** An opening as it came: whether it is one is for the core to say. */
export type Actor = Readonly<Record<string, unknown>>;

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
      return `left alone for ${durationText(act.ms)}`;
    default:
      return act satisfies never;
  }
}

/** Does it in the name of whoever opened the case; the refusal, if it is refused. */
export function perform(run: DryRun, act: Act, opening: Actor): Refusal | undefined {
  const { by, role } = opening;
  switch (act.type) {
    case 'ESCALATE':
      return run.give('escalate', { by, role, ...(run.state.level === 'M1' && { dissatisfaction: 'Not satisfied with what has been done.' }) }).refusal;
    case 'ACCEPT': {
      const { ladders, escalation } = run.state;
      // Whoever has a level already is still the one that its ladder waits for, until they act.
      const asked = ladders.find(({ key, target, ack }) => managedLevel(key) && target !== null && ack === null)?.target;
      const isPending = [escalation.m1, escalation.m2].some((tier) => tier?.status === 'PENDING');
      // Where nobody can be asked nobody accepts; whether there is anything to accept is for the core to say.
      return asked == null && isPending ? undefined : run.give('acceptEscalation', { by: asked ?? 'nobody', role: 'MANAGER' }).refusal;
    }
    case 'E_DOWN':
      return run.give('changeSeverity', { by, role, severity: 0, eDown: { ...ANSWERS, ...(opening['eDown'] as object | undefined) } }).refusal;
    case 'SEVERITY':
      return run.give('changeSeverity', { by, role, severity: act.severity, customerAgreed: true }).refusal;
    case 'WAIT':
      run.pass(act.ms);
      return undefined;
    default:
      return act satisfies never;
  }
}

/** The E-Down questions, answered as they must be: what is asked here is who would come. */
const ANSWERS = {
  category: 'MOST_USERS_NO_ACCESS',
  totalUsers: 100,
  affectedUsers: 100,
  actionsTaken: 'None yet.',
  contactChanges: 'none',
  downForMinutes: 10,
  allProductionStopped: true,
  confirmGenuine: true,
  technicalContact: { name: 'technical contact', reach: 'PAGER', number: '+1 555 0199', english: true, knowsSoftware: true, knowsEnvironment: true },
};
