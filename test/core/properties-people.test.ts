/** Only people answer, and whoever is not there is not asked: H10 and D9, in every life of a case. */
import fc from '../support/random';
import { decide } from '../../workflows/core/decide';
import { barredFrom, holderOf, isContact, isKnown, needOf } from '../../workflows/core/paging/find';
import { mayOwn } from '../../workflows/core/rules/answer';
import { commandOf, livesWith, type Act } from '../support/life';
import { accepted, inEveryLife, ofType } from '../support/lives';
import { roleOf } from '../support/org';

const MINUTE = 60_000;

const SERVICES = [
  'changeSeverity',
  'changeSeverity',
  'acknowledge',
  'decline',
  'acceptEscalation',
  'assignEngineer',
  'confirmWorkableSystem',
  'stepDown',
  'closeCase',
  'escalate',
  'requestEDown',
  'updateContacts',
  'recordSprStatus',
] as const;

test('H10 by nothing that a service does has anybody anything, and it ends and lowers no emergency', () => {
  let done = 0;
  inEveryLife(
    ({ steps }) => {
      for (const { who, before, decision } of steps.flatMap(accepted)) {
        if (who.role !== 'SERVICE') continue;
        done += 1;
        const { state: after, events } = decision;
        const held = after.needs.filter((need) => {
          const was = needOf(before, need.key);
          return holderOf(need) !== null && (was === undefined || holderOf(was) !== holderOf(need));
        });
        expect(held).toEqual([]);
        const ofPeople = [
          'PageAcknowledged',
          'PageDeclined',
          'EscalationAccepted',
          'EmergencyEnded',
          'CaseClosed',
          'DeEscalated',
        ];
        expect(events.filter(({ type }) => ofPeople.includes(type))).toEqual([]);
        expect(ofType(events, 'SeverityChanged').filter(({ data }) => data.before === 0)).toEqual([]);
      }
    },
    { runs: 25, lives: livesWith(commandOf(SERVICES, fc.constantFrom('crm', 'crm', 'lee', 'maria'), 'SERVICE')) },
  );
  expect(done).toBeGreaterThan(25);
});

test('H10 a name on no list of the case confirms nothing, and lowers nothing without the customer’s agreement', () => {
  let tried = 0;
  inEveryLife(
    ({ steps }) => {
      for (const { command, before, decision } of steps) {
        if (command.type !== 'command' || before.emergency.is !== 'ACTIVE') continue;
        const input = command.input as { by?: string; role?: string; requestedBy?: string; customerAgreed?: boolean };
        const { by = '', role, requestedBy } = input;
        const name = role === 'CONTACT' ? by : role === 'ASSISTANT' ? requestedBy : undefined;
        if (name === undefined || isContact(before, name) || isKnown(before, name) || before.accounts.includes(name))
          continue;
        tried += 1;
        const ended = ofType(decision.events, 'EmergencyEnded').map(({ data }) => data.how);
        expect(ended).not.toContain('WORKABLE_SYSTEM');
        if (ended.length > 0) expect(input.customerAgreed).toBe(true);
      }
    },
    {
      runs: 25,
      lives: livesWith(
        fc.oneof(
          ...['zoe', 'quinn', 'zed'].map((name) =>
            fc.oneof(
              commandOf(['confirmWorkableSystem', 'changeSeverity'], fc.constant(name), 'CONTACT'),
              commandOf(['confirmWorkableSystem', 'changeSeverity'], fc.constant('desk')).map((act) => ({
                ...act,
                input: { ...act.input, by: 'desk', role: 'ASSISTANT', channel: 'PHONE', requestedBy: name },
              })),
            ),
          ),
        ),
      ),
    },
  );
  expect(tried).toBeGreaterThan(10);
});

/** People go, and most of them name somebody: in a line, and in circles. */
const goes: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant('away' as const),
  person: fc.constantFrom('lee', 'ana', 'ben', 'vera', 'dora', 'dirk', 'maier', 'kim'),
  delegate: fc.constantFrom(undefined, 'kim', 'ana', 'ben', 'vera', 'dora', 'dirk', 'lee'),
  ms: fc.constantFrom(31 * MINUTE, 6 * 60 * MINUTE),
});

test('D9 nobody who is away is asked or told; a delegate stands in for somebody who is, by the names that they left', () => {
  const seen = { sent: 0, delegates: 0 };
  inEveryLife(
    ({ out, phones }) => {
      const away = (id: string, at: number) =>
        phones
          .people()
          .find((person) => person.id === id)
          ?.away.filter(({ from, to }) => from <= at && at < to) ?? [];
      for (const { result, at, order, state } of out) {
        if (result.outcome !== 'ACCEPTED' || order.wanted.audience === 'CONTACT') continue;
        const { person, route, passedOver, asks } = result;
        seen.sent += 1;
        expect({ person, away: away(person, at) }).toEqual({ person, away: [] });
        const once = passedOver.map((entry) => `${entry.person} ${entry.why}`);
        expect(new Set(once).size).toBe(once.length);
        for (const key of asks) {
          const need = needOf(state, key);
          if (need) expect(barredFrom(state, need.kind)).not.toContain(person);
        }
        if (route !== 'DELEGATE') continue;
        seen.delegates += 1;
        // Somebody who is away has named them, and the event says so.
        const named = passedOver.filter(
          ({ why, person: id }) => why === 'AWAY' && away(id, at).some(({ delegate }) => delegate === person),
        );
        expect({ person, passedOver, named: named.length }).not.toMatchObject({ named: 0 });
      }
    },
    { runs: 25, lives: livesWith(goes) },
  );
  expect(seen.sent).toBeGreaterThan(150);
  expect(seen.delegates).toBeGreaterThan(15);
});

test('D9 whoever is away is welcome while nobody has it', () => {
  let welcome = 0;
  inEveryLife(
    ({ out, steps, simulation }) => {
      const state = simulation.state;
      expect(steps.length).toBeGreaterThanOrEqual(0);
      for (const { result } of out) {
        if (result.outcome !== 'ACCEPTED' || result.route !== 'DELEGATE') continue;
        for (const { person, why, for: principal } of result.passedOver) {
          const role = roleOf(person);
          if (why !== 'AWAY' || principal !== undefined || (role !== 'MANAGER' && role !== 'ENGINEER')) continue;
          const free = state.needs.filter(
            (need) =>
              result.asks.includes(need.key) && holderOf(need) === null && !mayOwn(state, need, { person, role }),
          );
          if (free.length === 0) continue;
          welcome += 1;
          const answer = decide(
            state,
            { type: 'command', name: 'acknowledge', input: { by: person, role } },
            simulation.now + 2 * MINUTE,
          );
          expect(answer.refusal).toBeUndefined();
        }
      }
    },
    { runs: 25, lives: livesWith(goes) },
  );
  expect(welcome).toBeGreaterThan(10);
});
