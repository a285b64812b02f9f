/** What an answer takes, and what an act answers, in every life of a case: D3, D5. */
import fc from '../support/random';
import type { Who } from '../../workflows/core/concern';
import type { CommandName } from '../../workflows/core/language/inputs';
import type { CaseState, Need } from '../../workflows/core/language/state';
import { asksOf, facedBy, holderOf, isKnown, needOf } from '../../workflows/core/paging/find';
import { MANAGED_LEVELS, managedLevel, ownerOf } from '../../workflows/core/paging/levels';
import { mayOwn } from '../../workflows/core/rules/answer';
import { byWhoIsAsked, commandOf, livesWith, strangers } from '../support/life';
import { accepted, inEveryLife, ofType } from '../support/lives';

/** Work for the case, whoever did it. */
const WORK: readonly CommandName[] = [
  'recordProgress',
  'recordCustomerContact',
  'linkSpr',
  'escalateSpr',
  'recordSprStatus',
  'confirmStaffing',
  'confirmResources',
  'requestContactAction',
  'completeContactAction',
  'handOver',
  'acceptHandOver',
  'assignEngineer',
  'changeSeverity',
];
const NO_ANSWER: readonly CommandName[] = ['decline', 'escalate', 'requestManagerContact', 'requestEDown', 'closeCase'];

/** A question that only its own answer ends. */
const ONLY_BY_ITSELF: readonly Need['kind'][] = ['HAND_OVER_ACCEPT', 'CONFIRM_WORKABLE_SYSTEM', 'REVIEW_DUE'];
const ITS_OWN: Readonly<Partial<Record<CommandName, Need['kind']>>> = {
  acceptHandOver: 'HAND_OVER_ACCEPT',
  confirmWorkableSystem: 'CONFIRM_WORKABLE_SYSTEM',
  reviewEDown: 'REVIEW_DUE',
};

const isStaff = ({ role }: Who): boolean => role === 'ENGINEER' || role === 'MANAGER';

test('D3 an act answers what the actor is asked and may own; a question that only its own answer ends stays', () => {
  const seen = { answered: 0, levels: 0, stays: 0 };
  inEveryLife(
    ({ steps }) => {
      for (const { name, who, before, decision } of steps.flatMap(accepted)) {
        if (!WORK.includes(name) || !isStaff(who)) continue;
        const { state: after, events } = decision;
        // What is only on record is no act (D15).
        if (ofType(events, 'OlderFactRecorded').length > 0) continue;
        const ended = ofType(events, 'NeedEnded');
        for (const need of asksOf(before, who.person)) {
          const now = needOf(after, need.key);
          if (ONLY_BY_ITSELF.includes(need.kind)) {
            if (ITS_OWN[name] === need.kind) continue;
            seen.stays += 1;
            const isTheirs = now !== undefined && holderOf(now) === who.person;
            const why = ended.find(({ data }) => data.need === need.key)?.data.why;
            expect({ name, need: need.key, isTheirs }).toEqual({ name, need: need.key, isTheirs: false });
            expect(['ANSWERED', 'ACTED_ON']).not.toContain(why);
            continue;
          }
          // What has come up by the act itself is another question, and is asked as one.
          if (mayOwn(before, need, who) || (now && now.since !== need.since)) continue;
          if (now && mayOwn(after, now, who)) continue;
          seen.answered += 1;
          const isAnswered = now === undefined || holderOf(now) === who.person;
          expect({ name, who, need: need.key, turn: now?.turn, isAnswered }).toMatchObject({ isAnswered: true });
          const level = managedLevel(need.kind);
          if (level) {
            seen.levels += 1;
            const taken = ofType(events, 'EscalationAccepted').map(({ data }) => data);
            expect({ name, taken }).toEqual({ name, taken: [{ level, owner: who.person }] });
          }
        }
      }
    },
    { runs: 25, lives: livesWith(fc.oneof(byWhoIsAsked(WORK), byWhoIsAsked(['handOver', 'recordProgress']))) },
  );
  expect(seen.answered).toBeGreaterThan(30);
  expect(seen.levels).toBeGreaterThan(1);
  expect(seen.stays).toBeGreaterThan(1);
});

test('D3 a wish, a decline and the closing of a case answer nothing', () => {
  let looked = 0;
  inEveryLife(
    ({ steps }) => {
      for (const { name, who, before, decision } of steps.flatMap(accepted)) {
        if (!NO_ANSWER.includes(name) || asksOf(before, who.person).length === 0) continue;
        looked += 1;
        const { events } = decision;
        // Whoever of ours has just entered the customer's wish sees to it themselves: that is for no other wish.
        const taken = ofType(events, 'PageAcknowledged').flatMap(({ data }) => data.needs);
        const others = taken.filter((key) => name !== 'requestEDown' || key !== 'E_DOWN_REQUESTED');
        expect({ name, others }).toEqual({ name, others: [] });
        const ended = ofType(events, 'NeedEnded').filter(({ data }) => ['ANSWERED', 'ACTED_ON'].includes(data.why));
        expect({ name, ended }).toEqual({ name, ended: [] });
        expect(ofType(events, 'EscalationAccepted')).toEqual([]);
      }
    },
    { runs: 25, lives: livesWith(byWhoIsAsked(NO_ANSWER)) },
  );
  expect(looked).toBeGreaterThan(50);
});

const outsiders = fc.constantFrom(...strangers, ...strangers, 'sato', 'smith', 'jones', 'rita', 'vera', 'dirk');

test('D5 an answer by a name that nobody knows is void as soon as it is looked up, and nothing of it stays; who is known is recognised', () => {
  const seen = { voided: 0, levels: 0, recognised: 0 };
  inEveryLife(
    ({ act, before, after, steps, events, phones }) => {
      if (act.kind !== 'command') return;
      const [first, ...later] = steps;
      for (const { data } of ofType(first?.decision.events ?? [], 'PageAcknowledged')) {
        const { person, needs, means = 'CLI' } = data;
        // A link or a key is somebody's own; what somebody does is on record as theirs, and is no claim to be asked.
        if (isKnown(before, person) || data.byAct || !['CLI', 'WEB'].includes(means)) continue;
        expect(first?.decision.lookUp).toContain(person);
        expect(after.unverified).not.toContain(person);
        if (phones.people().some(({ id }) => id === person)) {
          seen.recognised += 1;
          expect(ofType(events, 'PersonRecognised').map((event) => event.data.person)).toEqual([person]);
          continue;
        }
        seen.voided += 1;
        const voided = ofType(events, 'AnswerVoided').map((event) => [event.data.person, event.data.nearest]);
        expect(voided).toEqual([[person, phones.lookUp(person).nearest]]);
        expect(after.needs.filter((need) => facedBy(need) === person || need.asked.includes(person))).toEqual([]);
        expect(MANAGED_LEVELS.map((level) => ownerOf(after, level))).not.toContain(person);
        expect({ person, isKnown: isKnown(after, person) }).toEqual({ person, isKnown: false });
        expect(factsOf(after)).toEqual(factsOf(before));
        const looked = later.find(({ command }) => command.type === 'personLookedUp')?.decision.state;
        for (const key of needs) {
          const was = needOf(before, key);
          if (!was) continue;
          if (managedLevel(was.kind)) seen.levels += 1;
          const is = looked && needOf(looked, key);
          expect({ key, ...placeIn(is) }).toEqual({ key, ...placeIn(was) });
          expect(['SENDING', 'RESTING', 'ASKED', 'HELD']).toContain(is?.turn.is);
        }
      }
    },
    { runs: 25, lives: livesWith(commandOf(['acknowledge', 'acknowledge', 'acceptEscalation'], outsiders)) },
  );
  expect(seen.voided).toBeGreaterThan(10);
  expect(seen.levels).toBeGreaterThan(1);
  expect(seen.recognised).toBeGreaterThan(10);
});

/** Where a search is: its rung, its round, and who was tried in it. */
const placeIn = (need: Need | undefined): object | undefined =>
  need && { rung: need.rung, round: need.round, tried: need.tried, declined: need.declined };

/** What an answer that is void must leave as it was. */
const factsOf = ({
  engineer,
  severity,
  emergency,
  handOver,
  clocks,
  tiers,
  contacts,
  escalation,
}: CaseState): object => ({
  engineer,
  severity,
  handOver,
  clocks,
  contacts,
  escalation,
  tiers,
  shift: emergency.is === 'ACTIVE' ? emergency.episode.shift : null,
  workedBy: emergency.is === 'ACTIVE' ? emergency.episode.workedBy : null,
});
