/** Facts that come late, and promises through every change of severity: D15 and H8, in every life of a case. */
import fc from '../support/random';
import type { CaseState } from '../../workflows/core/language/state';
import { needOf } from '../../workflows/core/paging/find';
import { attentionOf } from '../../workflows/core/views/attention';
import { commandOf, livesWith } from '../support/life';
import { inEveryLife, ofType } from '../support/lives';

const MINUTE = 60_000;

const late = (names: Parameters<typeof commandOf>[0]) =>
  fc
    .tuple(commandOf(names), fc.constantFrom(MINUTE, 40 * MINUTE, 6 * 60 * MINUTE))
    .map(([act, ago]) => ({ ...act, ago }));

/** What a case says of itself: no fact of it moves by one that is older. */
const factsOf = ({ severity, severitySince, engineer, contacts, clocks, emergency, handOver, inForce }: CaseState) => ({
  severity,
  severitySince,
  engineer,
  contacts,
  clocks,
  emergency: emergency.is,
  handOver,
  inForce,
});

test('D15 an older fact changes nothing but the record', () => {
  let older = 0;
  inEveryLife(
    ({ steps }) => {
      for (const { before, decision } of steps) {
        const recorded = ofType(decision.events, 'OlderFactRecorded');
        if (recorded.length === 0) continue;
        older += 1;
        expect(recorded).toHaveLength(1);
        expect(factsOf(decision.state)).toEqual(factsOf(before));
        expect(ofType(decision.events, 'NeedOpened')).toEqual([]);
        expect(ofType(decision.events, 'PageAcknowledged')).toEqual([]);
      }
    },
    {
      runs: 25,
      lives: livesWith(late(['changeSeverity', 'assignEngineer', 'recordCustomerContact', 'updateContacts'])),
    },
  );
  expect(older).toBeGreaterThan(50);
});

test('D15 a late fact is older where the change in force says that it happened later, and only there', () => {
  const seen = { older: 0, newer: 0 };
  inEveryLife(
    ({ steps, memory, simulation }) => {
      const opened = Date.parse(simulation.events[0]?.at ?? '');
      for (const { command, decision } of steps) {
        const { events, refusal } = decision;
        const given = command.type === 'command' ? (command.input as { occurredAt?: string } | null) : null;
        const said = given?.occurredAt === undefined ? null : Date.parse(given.occurredAt);
        if (command.type === 'command' && said !== null && !refusal) {
          const kind = {
            changeSeverity: 'SEVERITY',
            assignEngineer: 'ENGINEER',
            updateContacts: 'CONTACTS',
            recordCustomerContact: 'PROMISE',
          }[command.name];
          const isDeclared = events.some(({ type }) => type === 'EDownRequested' || type === 'EDownDeclared');
          if (kind && !isDeclared) {
            const isOlder = said < ((memory.get(kind) as number | undefined) ?? opened);
            seen[isOlder ? 'older' : 'newer'] += 1;
            const recorded = events.some(({ type }) => type === 'OlderFactRecorded');
            expect({ kind, isOlder: recorded }).toEqual({ kind, isOlder });
          }
        }
        for (const { type, at, occurredAt } of events) {
          const kind = {
            SeverityChanged: 'SEVERITY',
            EngineerAssigned: 'ENGINEER',
            HandOverAccepted: 'ENGINEER',
            ContactsUpdated: 'CONTACTS',
            CustomerContacted: 'PROMISE',
          }[type as string];
          if (kind) memory.set(kind, Date.parse(occurredAt ?? at));
        }
      }
    },
    {
      runs: 25,
      lives: livesWith(late(['changeSeverity', 'assignEngineer', 'updateContacts', 'recordCustomerContact'])),
    },
  );
  expect(seen.older).toBeGreaterThan(25);
  expect(seen.newer).toBeGreaterThan(5);
});

test('D15 an older declaration of severity 0 becomes a request, never nothing', () => {
  let requests = 0;
  inEveryLife(
    ({ steps }) => {
      for (const { command, before, decision } of steps) {
        if (command.type !== 'command' || command.name !== 'changeSeverity' || before.status !== 'OPEN') continue;
        const { severity, occurredAt } = command.input as { severity?: number; occurredAt?: string };
        if (severity !== 0 || occurredAt === undefined || before.emergency.is === 'ACTIVE' || decision.refusal)
          continue;
        if (Date.parse(occurredAt) >= before.inForce.severity) continue;
        requests += 1;
        expect(ofType(decision.events, 'EDownRequested')).toHaveLength(1);
        expect(decision.state.severity).toBe(before.severity);
        expect(needOf(decision.state, 'E_DOWN_REQUESTED')).toBeDefined();
        expect(attentionOf(decision.state)).toContain('E_DOWN_REQUESTED');
      }
    },
    { runs: 25, lives: livesWith(late(['changeSeverity'])) },
  );
  expect(requests).toBeGreaterThan(10);
});

test('H8 no promise that runs is due later by a change of severity, and none is gone by it', () => {
  const seen = { running: 0, broken: 0, better: 0 };
  inEveryLife(
    ({ steps }) => {
      for (const { before, decision } of steps) {
        const { state: after, events } = decision;
        const [change] = ofType(events, 'SeverityChanged');
        if (!change) continue;
        if (change.data.severity > change.data.before) seen.better += 1;
        const hasEnded = events.some(({ type }) => type === 'EmergencyEnded');
        for (const { kind, dueAt, brokenAt } of before.clocks) {
          // The end of round-the-clock work is its own fact: what stalls from then on stalls at another pace (R29).
          if (kind === 'PROGRESS' && hasEnded) continue;
          const clock = after.clocks.find((other) => other.kind === kind);
          seen[brokenAt === null ? 'running' : 'broken'] += 1;
          expect({ kind, isThere: clock !== undefined }).toEqual({ kind, isThere: true });
          if (brokenAt === null || brokenAt < dueAt) expect(clock?.dueAt).toBeLessThanOrEqual(dueAt);
          if (brokenAt !== null) expect({ kind, brokenAt: clock?.brokenAt }).toEqual({ kind, brokenAt });
        }
        // Nobody who is asked gets more time for it.
        for (const { key, turn } of before.needs) {
          const now = needOf(after, key)?.turn;
          if (turn.is !== 'ASKED' || now?.is !== 'ASKED' || now.pageId !== turn.pageId || turn.answerDueAt === null)
            continue;
          expect(now.answerDueAt).toBeLessThanOrEqual(turn.answerDueAt);
        }
      }
    },
    { runs: 25, lives: livesWith(commandOf(['changeSeverity', 'escalate', 'recordCustomerContact'])) },
  );
  expect(seen.running).toBeGreaterThan(100);
  expect(seen.broken).toBeGreaterThan(10);
  expect(seen.better).toBeGreaterThan(15);
});
