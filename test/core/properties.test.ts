/** What holds in every life of a case, whoever does what, in whatever order, with whatever failing. */
import fc from '../support/random';
import { agenda, nextDue } from '../../workflows/core/agenda';
import { attentionOf } from '../../workflows/core/views/attention';
import { fold } from '../../workflows/core/evolve';
import { LEVELS, type Attention, type Role } from '../../workflows/core/language/vocabulary';
import type { CommandName } from '../../workflows/core/language/inputs';
import type { CaseEvent } from '../../workflows/core/language/events';
import type { CaseState, Need } from '../../workflows/core/language/state';
import { asksOf, barredFrom, holderOf, needOf, pageOf, personOf } from '../../workflows/core/paging/find';
import { levelOf, ownerOf } from '../../workflows/core/paging/levels';
import { NEED_KINDS, rowOf, type NeedKind } from '../../workflows/core/paging/needs';
import { mayOwn } from '../../workflows/core/rules/answer';
import { ownership } from '../../workflows/core/views/queries';
import { completeAnswers } from '../support/story';
import { acts, commandOf, namesAPage, type Act } from '../support/life';
import { inEveryLife, ofType, policy } from '../support/lives';
import { roleOf } from '../support/org';

const MINUTE = 60_000;

/** On its way, asked, held, or resting until a moment that comes: somebody or something is waited for. */
function isWaitedFor(state: CaseState, { kind, turn, asked }: Need, now: number): boolean {
  switch (turn.is) {
    case 'NEXT':
      return false;
    case 'SENDING':
      return (pageOf(state, turn.pageId)?.sends.length ?? 0) > 0;
    case 'ASKED':
      return (
        asked.includes(turn.person) &&
        pageOf(state, turn.pageId) !== undefined &&
        (turn.answerDueAt === null ? rowOf(kind).audience === 'CONTACT' : turn.answerDueAt >= now)
      );
    case 'RESTING':
      return turn.until >= now;
    case 'HELD':
      return turn.expiresAt >= now;
    default:
      return turn satisfies never;
  }
}

const isAlive = (state: CaseState, kind: NeedKind, now: number): boolean => {
  const need = state.needs.find((candidate) => candidate.kind === kind);
  return need !== undefined && isWaitedFor(state, need, now);
};

test('B1 the state is the fold of its events, in every life; only the answers that were given are kept beside', () => {
  inEveryLife(
    ({ after, simulation }) => expect({ ...fold(simulation.events), requests: after.requests }).toEqual(after),
    { runs: 25 },
  );
});

test('B1 events are gapless from 1, and events and state are JSON-safe', () => {
  inEveryLife(
    ({ after, simulation }) => {
      expect(simulation.events.map(({ seq }) => seq)).toEqual(simulation.events.map((_, index) => index + 1));
      expect(JSON.parse(JSON.stringify(after))).toEqual(after);
      expect(JSON.parse(JSON.stringify(simulation.events))).toEqual(simulation.events);
    },
    { runs: 20, length: 15 },
  );
});

test('no command breaks a reachable state: noise is refused, changes nothing and pages nobody', () => {
  inEveryLife(({ act, before, after, outcome, events }) => {
    if (outcome?.refusal && events.length === 0) expect(after).toEqual(before);
    if (act.kind === 'noise' && outcome?.refusal)
      expect(events.filter(({ type }) => type === 'PageRequested')).toEqual([]);
  });
});

test('B3 everything overdue is done when the clock has been looked at, and a case that is open and waiting has a next due, or a page on its way', () => {
  inEveryLife(({ act, after, simulation }) => {
    if (act.kind === 'pass')
      expect(agenda(after).filter(({ at, key }) => at < simulation.now && key !== 'reopen window')).toEqual([]);
    expect(ownership(after, simulation.now).owner).not.toBe('');
    const isSending = after.pages.some(({ sends }) => sends.length > 0);
    if (after.needs.length > 0 && !isSending) expect(nextDue(after)).toBeDefined();
  });
});

test('R49 a need that is open is on its way, asked, held, or rests until a moment that comes', () => {
  inEveryLife(({ act, after, simulation }) => {
    // What fell due in an outage is done in the ticks that follow it.
    if (act.kind === 'outage') return;
    const lost = after.needs.filter((need) => !isWaitedFor(after, need, simulation.now));
    expect(lost).toEqual([]);
  });
});

test('R27 an ACTIVE emergency always has a next alert, an owner, and somebody being asked or having it; or the desk sees that nobody is', () => {
  inEveryLife(({ act, after, simulation }) => {
    if (after.emergency.is !== 'ACTIVE') return;
    const alert = agenda(after).find(({ key }) => key === 'alert');
    expect(alert?.at).toBeLessThanOrEqual(simulation.now + policy.eDown.alertEveryMs);
    if (act.kind !== 'outage') expect(isAlive(after, 'E_DOWN_ALERT', simulation.now)).toBe(true);
    expect(ownership(after, simulation.now).owner).not.toBe('');
    const need = needOf(after, 'E_DOWN_ALERT');
    if (need?.turn.is === 'RESTING') expect(need.nobodyReached).toBe(true);
    if (need?.turn.is !== 'HELD') expect(attentionOf(after)).toContain('UNACKNOWLEDGED');
  });
});

test('R28, R29, H10 an emergency never ends without one of the three named events, by a person', () => {
  inEveryLife(({ before, after, events }) => {
    const ended = ofType(events, 'EmergencyEnded');
    if (before.emergency.is === 'ACTIVE' && after.emergency.is !== 'ACTIVE') expect(ended).toHaveLength(1);
    for (const { by, role, data } of ended) {
      expect(by).toEqual(expect.any(String));
      expect(role).not.toBe('SERVICE');
      expect(['WORKABLE_SYSTEM', 'SEVERITY_LOWERED', 'STEPPED_DOWN']).toContain(data.how);
    }
  });
});

test('H10 only people answer, decline, accept and close', () => {
  inEveryLife(({ events }) => {
    const ofPeople = ['PageAcknowledged', 'PageDeclined', 'EscalationAccepted', 'HandOverAccepted', 'CaseClosed'];
    for (const event of events) if (ofPeople.includes(event.type)) expect(event.role).not.toBe('SERVICE');
  });
});

test('R48, R49 a level that nobody has is asked for', () => {
  inEveryLife(({ act, after, simulation }) => {
    if (act.kind === 'outage') return;
    for (const { level, owner } of after.tiers)
      if (owner === null) expect([level, isAlive(after, level, simulation.now)]).toEqual([level, true]);
  });
});

test('B4, B8, H8 a promise that is broken, or a hand-over that is overdue, always has somebody asked for it, or having it', () => {
  // All day nobody has called the customer; whoever has been asked for it does other things.
  const late: Act = { kind: 'pass', ms: 8 * 60 * MINUTE };
  const does = (name: CommandName, fields: object): Act[] =>
    (['ana', 'ben', 'vera', 'dora', 'dirk'] as const).flatMap((by): Act => ({
      kind: 'command',
      name,
      page: 5,
      input: { by, role: 'MANAGER', ...fields },
    }));
  const busy = fc.constantFrom(
    ...does('acknowledge', {}),
    ...does('decline', {}),
    ...does('recordProgress', { summary: 'At it.', substantive: false }),
  );
  const lives = fc
    .tuple(
      acts(0, 5),
      fc.array(
        fc.oneof(
          busy,
          busy,
          acts(1, 1).map(([act]) => act as Act),
        ),
        { minLength: 10, maxLength: 20 },
      ),
    )
    .map(([before, after]) => [...before, late, ...after]);
  inEveryLife(
    ({ act, after, simulation }) => {
      if (act.kind === 'outage') return;
      const broken = after.clocks
        .filter(({ kind, brokenAt }) => brokenAt !== null && kind !== 'PROGRESS')
        .map(({ kind }): NeedKind => kind as NeedKind);
      const isAsked = (kind: NeedKind): boolean => isAlive(after, kind, simulation.now);
      for (const kind of [...broken, ...(after.handOver?.overdue ? (['HAND_OVER_OVERDUE'] as const) : [])]) {
        // One call keeps both: it is asked for once.
        const isSameCall = kind === 'CUSTOMER_UPDATE' && isAsked('FIRST_CONTACT');
        expect([kind, isAsked(kind) || isSameCall]).toEqual([kind, true]);
      }
    },
    { lives },
  );
});

test('R25, R30 a page that arrives is for a contact as they are on file now, or had been called back', () => {
  const maria = (name: CommandName, input: object): Act => ({
    kind: 'command',
    name,
    page: 0,
    input: { by: 'maria', role: 'CUSTOMER', ...input },
  });
  const lee = (name: CommandName, input: object): Act => ({
    kind: 'command',
    name,
    page: 0,
    input: { by: 'lee', role: 'ENGINEER', ...input },
  });
  const contact = (name: string, number: string) => ({
    name,
    number,
    reach: 'PAGER',
    english: true,
    knowsSoftware: true,
    knowsEnvironment: true,
  });
  const change = fc
    .constantFrom('pat', 'quinn')
    .chain((name) =>
      fc.constantFrom<Act>(
        maria('updateContacts', { add: [contact(name, '+1 555 0122')] }),
        maria('updateContacts', { add: [contact(name, '+1 555 0133')] }),
        maria('updateContacts', { remove: [name] }),
        maria('updateContacts', { replace: [{ name, with: contact('sam', '+1 555 0144') }] }),
      ),
    );
  const ask = fc.constantFrom<Act>(
    lee('requestContactAction', { kind: 'TEST', what: 'Log in.' }),
    lee('confirmWorkableSystem', {}),
    { kind: 'pass', ms: 10_000 },
    { kind: 'pass', ms: 30 * MINUTE },
  );
  const lives = fc
    .tuple(fc.boolean(), fc.array(fc.oneof(change, ask), { minLength: 8, maxLength: 25 }))
    .map(([isEDown, life]): Act[] => [
      maria('updateContacts', { add: [contact('pat', '+1 555 0199')] }),
      ...(isEDown ? [maria('changeSeverity', { severity: 0, eDown: completeAnswers() })] : []),
      ...life,
    ]);
  let arrived = 0;
  inEveryLife(
    ({ before, after, events, simulation, act }) => {
      if (simulation.isTooLateToCallBack?.({} as never)) return;
      // While time passes nobody changes the contacts.
      const { contacts } = act.kind === 'pass' ? before : after;
      for (const { data } of ofType(events, 'PageSent')) {
        const sent = simulation.messages.find(
          ({ order }) => order.pageId === data.pageId && order.attempt === data.attempt,
        );
        const rung = sent?.order.contacts?.find(({ name }) => name === data.person);
        if (!rung) continue;
        arrived += 1;
        expect(contacts.map(({ name, number }) => ({ name, number }))).toContainEqual({
          name: rung.name,
          number: rung.number,
        });
      }
    },
    { lives, runs: 100 },
  );
  expect(arrived).toBeGreaterThan(100);
});

test('R38 levels move one step at a time; only closing leaves them', () => {
  inEveryLife(({ before, after, events }) => {
    const steps = Math.abs(LEVELS.indexOf(levelOf(after)) - LEVELS.indexOf(levelOf(before)));
    if (!events.some(({ type }) => type === 'CaseClosed')) expect(steps).toBeLessThanOrEqual(1);
  });
});

test('R45 M1 and M2 are never owned by one person, nor asked of one at a time', () => {
  inEveryLife(({ after }) => {
    const [m1, m2] = [ownerOf(after, 'M1'), ownerOf(after, 'M2')];
    if (m1 !== null && m2 !== null) expect(m1).not.toBe(m2);
    const [first, second] = (['M1', 'M2'] as const).map((level) => needOf(after, level)?.turn);
    if (first?.is === 'ASKED' && second?.is === 'ASKED') expect(first.person).not.toBe(second.person);
  });
});

test('R40 nobody manages their own case', () => {
  inEveryLife(({ after }) => {
    if (after.engineer !== null) expect([ownerOf(after, 'M1'), ownerOf(after, 'M2')]).not.toContain(after.engineer);
  });
});

test('section 6: while somebody has it, nobody is asked for it', () => {
  inEveryLife(({ before, events }) => {
    const held = new Set<string>(before.needs.filter((need) => holderOf(need) !== null).map(({ key }) => key));
    for (const event of events) {
      if (event.type === 'PageAcknowledged') for (const key of event.data.needs) held.add(key);
      if (event.type === 'PageDeclined' || event.type === 'AnswerVoided')
        for (const key of event.data.needs) held.delete(key);
      if (event.type === 'AcknowledgementExpired' || event.type === 'NeedEnded' || event.type === 'SearchRestarted')
        held.delete(event.data.need);
      if (event.type === 'PageRequested')
        expect(event.data.asks.map(({ need }) => need).filter((need) => held.has(need))).toEqual([]);
    }
  });
});

test('H2 a case has one open page with a person at most, and it says all that is asked of them', () => {
  inEveryLife(({ after, simulation }) => {
    const open = after.pages.filter(
      ({ person, closedAt, says }) => person !== null && closedAt === null && says.length > 0,
    );
    const whose = open.map(({ person }) => person);
    expect(new Set(whose).size).toBe(whose.length);
    for (const { person, says, sends } of open) {
      if (person === null || sends.length > 0 || personOf(after, person)?.isOff) continue;
      const asked = asksOf(after, person).map(({ key }) => key);
      const said = says.map(({ need }) => need);
      expect({ person, missing: asked.filter((key) => !said.includes(key)) }).toEqual({ person, missing: [] });
      // What they have answered themselves is no news to them, nor what they may not have just now; but what somebody
      // else has, or is over, they have heard.
      const answers = [...ofType(simulation.events, 'PageAcknowledged'), ...ofType(simulation.events, 'PageDeclined')];
      const answered = answers.flatMap(({ data }) => (data.person === person ? data.needs : []));
      const stale = said.filter((key) => {
        const need = needOf(after, key);
        if (asked.includes(key) || answered.includes(key)) return false;
        return need === undefined || (holderOf(need) !== person && !barredFrom(after, need.kind).includes(person));
      });
      expect({ person, stale }).toEqual({ person, stale: [] });
    }
  });
});

test('H2 nobody is rung again within one answer time, but for something more urgent', () => {
  inEveryLife(({ simulation: { events } }) => {
    const requested = new Map(
      ofType(events, 'PageRequested').map(({ data }) => [`${data.pageId}/${data.attempt}`, data]),
    );
    const answerMs = answerTimes(events);
    const rung = new Map<string, { readonly at: number; readonly rank: number }>();
    for (const event of events) {
      const at = Date.parse(event.at);
      // Whoever answers, or does something for the case, has heard it; at another number a contact is rung anew.
      if (event.type === 'PageAcknowledged') rung.delete(event.data.person);
      else if (event.type === 'ContactsUpdated') for (const name of event.data.changed) rung.delete(name);
      else if (event.by !== undefined) rung.delete(event.requestedBy ?? event.by);
      if (event.type !== 'PageSent' || event.data.mode !== 'RING') continue;
      const { pageId, attempt, person } = event.data;
      const { rank = 2, used = [] } = requested.get(`${pageId}/${attempt}`) ?? {};
      const before = rung.get(person);
      const requestedAt = sentAt(events, pageId, attempt);
      // Another channel of the same try is the same ring; and what was on its way already could not know.
      const isAnother = used.length === 0 && before !== undefined && requestedAt > before.at;
      if (isAnother && rank >= before.rank)
        expect({ person, at: event.at, afterMs: requestedAt - before.at >= answerMs(requestedAt) }).toEqual({
          person,
          at: event.at,
          afterMs: true,
        });
      if (used.length === 0) rung.set(person, { at, rank: isAnother ? rank : Math.min(rank, before?.rank ?? 2) });
    }
  });
});

const sentAt = (events: readonly CaseEvent[], pageId: string, attempt: number): number =>
  Date.parse(
    events.findLast(
      (event) => event.type === 'PageRequested' && event.data.pageId === pageId && event.data.attempt === attempt,
    )?.at ?? '',
  );

/** The shortest answer time by the severity of a moment. */
function answerTimes(events: readonly CaseEvent[]): (at: number) => number {
  const changes = [
    { at: 0, severity: 2 },
    ...ofType(events, 'SeverityChanged').map(({ at, data }) => ({ at: Date.parse(at), severity: data.severity })),
  ];
  return (moment) => {
    const severity = changes.findLast(({ at }) => at <= moment)?.severity ?? 2;
    const { engineerAckMs, managerAckMs } = policy.severities[`${severity as 0 | 1 | 2 | 3}`];
    return Math.min(engineerAckMs, managerAckMs);
  };
}

test('H1 an answer is refused only where somebody else has it, it is over, or they may not have it', () => {
  const answer = commandOf(['acknowledge', 'acknowledge', 'acceptEscalation']);
  const lives = fc.array(
    fc.oneof(
      answer,
      acts(1, 1).map(([act]) => act as Act),
    ),
    { minLength: 10, maxLength: 30 },
  );
  let refused = 0;
  inEveryLife(
    ({ act, before, outcome }) => {
      if (act.kind !== 'command' || !outcome?.refusal) return;
      if (act.name !== 'acknowledge' && act.name !== 'acceptEscalation') return;
      const { code, message } = outcome.refusal;
      const by = String(act.input['by']);
      const who = { person: by, role: (act.input['role'] ?? roleOf(by)) as Role };
      const holders = before.needs.flatMap((need) => holderOf(need) ?? []);
      const owners = before.tiers.flatMap(({ owner }) => owner ?? []);
      refused += 1;
      if (code === 'STALE_ASSIGNMENT' || code === 'ALREADY_ACCEPTED')
        expect([...holders, ...owners].some((person) => message.includes(person))).toBe(true);
      if (code !== 'NOTHING_ASKED' || namesAPage(act)) return;
      // Nothing is left that nobody has and they may have.
      const free = before.needs.filter((need) => holderOf(need) === null && mayOwn(before, need, who) === undefined);
      expect(free).toEqual([]);
    },
    { lives },
  );
  expect(refused).toBeGreaterThan(100);
});

test('H4 nobody of the customer’s is asked anything at night, unless work waits for them', () => {
  const isNight = (at: number): boolean => {
    const hour = new Date(at).getUTCHours();
    return hour >= 22 || hour < 7;
  };
  inEveryLife(({ simulation, before, events }) => {
    for (const { data, at } of ofType(events, 'PageSent')) {
      if (data.route !== 'CONTACT' || data.mode === 'WORD' || !isNight(Date.parse(at))) continue;
      const work = data.asks.filter((key) => key === 'CONFIRM_WORKABLE_SYSTEM' || key.startsWith('CONTACT_ACTION'));
      expect({ at, night: simulation.now > 0 && before.seq > 0, work: work.length > 0 }).toEqual({
        at,
        night: true,
        work: true,
      });
    }
  });
});

test('section 3, H9: a case that waits for an answer is never green', () => {
  inEveryLife(({ after }) => {
    if (after.needs.some(({ turn }) => turn.is !== 'HELD')) expect(attentionOf(after)).not.toEqual([]);
  });
});

test('H9 what a desk must look at has somebody who is asked', () => {
  const askedFor: Readonly<Partial<Record<Attention, readonly NeedKind[]>>> = {
    NO_ENGINEER: ['ENGINEER_NEEDED'],
    E_DOWN_REQUESTED: ['E_DOWN_REQUESTED'],
    E_DOWN_REFUSED: ['E_DOWN_REFUSED', 'E_DOWN_REQUESTED'],
    SEVERITY_ZERO_IDLE: ['SEVERITY_ZERO_IDLE'],
    PROGRESS_STALLED: ['PROGRESS_STALLED'],
    UPDATE_OVERDUE: ['CUSTOMER_UPDATE', 'FIRST_CONTACT'],
    PROVISIONAL_ENTITLEMENT: ['ENTITLEMENT_CHECK'],
  };
  inEveryLife(({ after }) => {
    for (const word of attentionOf(after)) {
      const kinds = askedFor[word] ?? NEED_KINDS;
      expect([word, after.needs.some(({ kind }) => kinds.includes(kind))]).toEqual([word, true]);
    }
  });
});

test('B2 no two sends of a case have one key', () => {
  inEveryLife(
    ({ simulation }) => {
      const keys = simulation.messages.flatMap(({ order, result }) => {
        if (!('channel' in result)) return [];
        const { pageId, attempt } = result.joined ?? order;
        return [`${pageId}/${attempt}/${result.person}/${result.channel}`];
      });
      expect(new Set(keys).size).toBe(keys.length);
    },
    { runs: 25 },
  );
});
