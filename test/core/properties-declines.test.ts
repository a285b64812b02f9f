/** Who cannot come costs no time, is left alone for a while, and is welcome all the same: D6, in every life of a case. */
import fc from '../support/random';
import { decide } from '../../workflows/core/decide';
import type { CommandName } from '../../workflows/core/language/inputs';
import { answerMsFor, facedBy, holderOf, isContact, needOf } from '../../workflows/core/paging/find';
import { MANAGED_LEVELS, ownerOf } from '../../workflows/core/paging/levels';
import { rowOf, type NeedKey } from '../../workflows/core/paging/needs';
import { mayOwn } from '../../workflows/core/rules/answer';
import { byWhoIsAsked, livesWith, type Act } from '../support/life';
import { accepted, inEveryLife, ofType } from '../support/lives';
import { completeAnswers } from '../support/story';

const MINUTE = 60_000;
const declining = livesWith(byWhoIsAsked(['decline', 'decline', 'acknowledge']));

test('D6 after a decline the next one is asked at once, and whose case it is does not change', () => {
  const seen = { passedOn: 0, levels: 0 };
  inEveryLife(
    ({ steps }) => {
      for (const { before, decision } of steps) {
        const { state: after, events } = decision;
        for (const { data } of ofType(events, 'PageDeclined')) {
          expect(after.engineer).toBe(before.engineer);
          expect(after.clocks).toEqual(before.clocks);
          for (const level of MANAGED_LEVELS) {
            if (ownerOf(before, level) !== data.person || !data.needs.includes(level)) continue;
            seen.levels += 1;
            expect([level, ownerOf(after, level), needOf(after, level)?.turn.is]).not.toContain(undefined);
            expect(ownerOf(after, level)).toBeNull();
          }
          for (const key of data.needs) {
            const was = needOf(before, key);
            const is = needOf(after, key);
            if (!was || !is || facedBy(was) !== data.person) continue;
            seen.passedOn += 1;
            const asked = ofType(events, 'PageRequested').filter((event) =>
              event.data.asks.some(({ need }) => need === key),
            );
            const rests = ofType(events, 'SearchPaused').filter((event) => event.data.need === key);
            expect({ key, turn: is.turn.is, next: asked.length + rests.length }).toMatchObject({ next: 1 });
            for (const { wanted } of asked.map((event) => event.data)) {
              expect(wanted.person).not.toBe(data.person);
              expect(wanted.excluding).toContain(data.person);
            }
          }
        }
      }
    },
    { runs: 25, lives: declining },
  );
  expect(seen.passedOn).toBeGreaterThan(25);
  expect(seen.levels).toBeGreaterThan(0);
});

test('D6 whoever has declined is not asked for it again within one answer time', () => {
  let later = 0;
  inEveryLife(
    ({ out, memory, steps }) => {
      const declined = (memory.get('declined') ?? new Map()) as Map<string, { at: number; openedAt: number }>;
      memory.set('declined', declined);
      const keyOf = (need: NeedKey, person: string): string => `${need} ${person}`;
      // In the order of things: what is declined, what is asked, what is taken again.
      for (const { before, decision, now } of steps) {
        for (const { data } of ofType(decision.events, 'PageDeclined'))
          for (const need of data.needs)
            declined.set(keyOf(need, data.person), { at: now, openedAt: needOf(before, need)?.openedAt ?? now });
        for (const { data } of ofType(decision.events, 'PageAcknowledged'))
          for (const need of data.needs) declined.delete(keyOf(need, data.person));
        for (const { data } of ofType(decision.events, 'NeedOpened'))
          for (const key of declined.keys())
            if (key.startsWith(`${data.need} `) && key !== keyOf(data.need, data.declinedBy ?? ''))
              declined.delete(key);
        for (const { order, result, state, at } of out) {
          if (!decision.send.includes(order) || result.outcome !== 'ACCEPTED' || result.mode === 'WORD') continue;
          for (const key of result.asks) {
            const before = declined.get(keyOf(key, result.person));
            const need = needOf(state, key);
            if (!before || !need) continue;
            later += 1;
            const patience = answerMsFor(state, need, rowOf(need.kind).audience);
            expect({ key, ...before, at, isTooSoon: at - before.at < patience }).toMatchObject({ isTooSoon: false });
            declined.delete(keyOf(key, result.person));
          }
        }
      }
    },
    {
      runs: 25,
      lives: livesWith(fc.oneof(byWhoIsAsked(['decline']), fc.constant<Act>({ kind: 'pass', ms: 31 * MINUTE }))),
    },
  );
  expect(later).toBeGreaterThan(5);
});

test('D6 whoever has declined is welcome while nobody has it', () => {
  let welcome = 0;
  inEveryLife(
    ({ steps }) => {
      for (const { name, who, command, decision, now } of steps.flatMap(accepted)) {
        if (name !== 'decline' || command.type !== 'command') continue;
        const { state, events } = decision;
        const declined = ofType(events, 'PageDeclined').flatMap(({ data }) => data.needs);
        const free = declined.filter((key) => {
          const need = needOf(state, key);
          return need && holderOf(need) === null && !mayOwn(state, need, who);
        });
        if (free.length === 0) continue;
        welcome += 1;
        // A moment later: a second click at once is no wish for more.
        const again = { by: who.person, role: who.role };
        const answer = decide(state, { type: 'command', name: 'acknowledge', input: again }, now + 2 * MINUTE);
        expect(answer.refusal).toBeUndefined();
      }
    },
    { runs: 25, lives: declining },
  );
  expect(welcome).toBeGreaterThan(25);
});

const by = (name: CommandName, input: Record<string, unknown>): Act => ({ kind: 'command', name, page: 5, input });
const cannot = fc.constantFrom('pat', 'pat', 'quinn').map((name) => by('decline', { by: name, role: 'CONTACT' }));
const asksTheContact = fc.constantFrom(
  by('requestContactAction', { by: 'lee', role: 'ENGINEER', kind: 'TEST', what: 'Log in.' }),
  by('confirmWorkableSystem', { by: 'lee', role: 'ENGINEER' }),
);

/** An emergency in which much is asked of contacts, and they cannot. */
const contactsDecline = livesWith(fc.oneof(cannot, asksTheContact)).map((life): Act[] => [
  by('changeSeverity', { by: 'maria', role: 'CUSTOMER', severity: 0, eDown: completeAnswers() }),
  by('requestContactAction', { by: 'lee', role: 'ENGINEER', kind: 'TEST', what: 'Log in.' }),
  ...life,
]);

test('D6 a contact who cannot has given a sign; with nobody else to ask, the emergency has none, and nobody proposes to lower for it', () => {
  const seen = { signs: 0, alone: 0 };
  inEveryLife(
    ({ steps }) => {
      for (const { before, decision } of steps) {
        const { state: after, events } = decision;
        for (const { data } of ofType(events, 'PageDeclined')) {
          if (before.emergency.is !== 'ACTIVE' || !isContact(before, data.person)) continue;
          seen.signs += 1;
          expect(ofType(events, 'ContactSeen')).toHaveLength(1);
          expect(ofType(events, 'LoweringProposed')).toEqual([]);
          const others = before.contacts.filter(({ name }) => name !== data.person);
          if (others.length > 0 || after.emergency.is !== 'ACTIVE') continue;
          seen.alone += 1;
          expect(after.emergency.episode.contactStage).toBe('DECLINED');
        }
      }
    },
    { lives: contactsDecline, runs: 12 },
  );
  expect(seen.signs).toBeGreaterThan(5);
  expect(seen.alone).toBeGreaterThan(1);
});
