/** Escalation chains of Grafana OnCall: steps in order, with waits between them. */
import type { PolicyStep, TheirPolicy } from '../model/export';
import type * as shape from './shapes';

/** What their step is called, and whom it names. */
function stepOf({
  type,
  persons_to_notify,
  persons_to_notify_next_each_time,
  notify_on_call_from_schedule,
  important,
}: shape.Step): PolicyStep {
  const rules = important ? ['"important" notification rules'] : [];
  if (type === 'notify_on_call_from_schedule' && notify_on_call_from_schedule)
    return { targets: [{ id: notify_on_call_from_schedule, kind: 'SCHEDULE', called: 'schedule' }], lost: rules };
  const people = [...(persons_to_notify ?? []), ...(persons_to_notify_next_each_time ?? [])];
  const lost = [...rules, ...(type === 'notify_persons' ? [] : [`a step "${type}"`])];
  return { targets: people.map((id) => ({ id, kind: 'PERSON' as const, called: 'user' })), lost };
}

/** "Repeat escalation" goes through all of it five times more. */
const REPEATED = 6;

export function policiesOf(chains: readonly shape.Chain[], steps: readonly shape.Step[]): TheirPolicy[] {
  const ids = [...new Set([...chains.map(({ id }) => id), ...steps.map((step) => step.escalation_chain_id)])];
  return ids.map((id) => {
    const own = steps.filter((step) => step.escalation_chain_id === id).sort((a, b) => a.position - b.position);
    const result: PolicyStep[] = [];
    let beginsAfterMs = 0;
    for (const step of own) {
      const before = result.at(-1);
      if (step.type === 'repeat_escalation') continue;
      // A wait is the time that those before it have.
      if (step.type === 'wait' && before && step.duration)
        result[result.length - 1] = { ...before, timeMs: (before.timeMs ?? 0) + step.duration * 1000 };
      else if (step.type === 'wait') beginsAfterMs += (step.duration ?? 0) * 1000;
      else result.push(stepOf(step));
    }
    return {
      id,
      name: chains.find((chain) => chain.id === id)?.name ?? id,
      rounds: own.some(({ type }) => type === 'repeat_escalation') ? REPEATED : 1,
      steps: result,
      beginsAfterMs,
    };
  });
}
