/** Escalations of Opsgenie: rules that are each so long after the alert. */
import type { PolicyTarget, TheirPolicy } from '../model/export';
import { idOf } from './rotation';
import type * as shape from './shapes';

const UNITS_MS: Readonly<Record<string, number>> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
const TARGETS: Readonly<Record<string, PolicyTarget['kind']>> = { user: 'PERSON', schedule: 'SCHEDULE' };

export function policyOf({ id, name, rules, repeat }: shape.Escalation): TheirPolicy {
  // Their screens count each delay from the alert's creation, so the time of a step is the difference.
  const delays = rules.map(
    ({ delay }) => (delay?.timeAmount ?? 0) * (UNITS_MS[delay?.timeUnit ?? 'minutes'] ?? 60_000),
  );
  const last = (repeat?.waitInterval ?? 0) * 60_000;
  const inTheEnd = [
    ...(repeat?.closeAlertAfterAll ? ['it closes the alert in the end'] : []),
    ...(repeat?.resetRecipientStates ? ['in each round it calls those again who have answered'] : []),
  ];
  return {
    id,
    name,
    rounds: (repeat?.count ?? 0) + 1,
    beginsAfterMs: delays[0] ?? 0,
    steps: rules.map(({ condition, notifyType, recipient }, index) => {
      const [own = 0, next] = [delays[index], delays[index + 1]];
      const timeMs = next === undefined ? last : next - own;
      return {
        targets: recipient
          ? [{ id: idOf(recipient), kind: TARGETS[recipient.type] ?? 'OTHER', called: recipient.type }]
          : [],
        ...(timeMs > 0 && { timeMs }),
        lost: [
          ...(notifyType === 'default' ? [] : [`"${notifyType}" instead of whoever is on call`]),
          ...(condition === 'if-not-closed' ? ['a step that goes on after an answer'] : []),
          ...(next === own ? ['steps at the same time, and here one after the other'] : []),
          ...(index === 0 ? inTheEnd : []),
        ],
      };
    }),
  };
}
