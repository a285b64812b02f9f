/** What holds in every life of a case, whoever does what, in whatever order, with whatever failing. */
import fc from 'fast-check';
import { agenda, nextDue } from '../../workflows/case/agenda';
import { attentionOf } from '../../workflows/case/attention';
import { fold } from '../../workflows/case/evolve';
import { LEVELS, type ManagedLevel } from '../../workflows/case/vocabulary';
import type { CommandName } from '../../workflows/case/inputs';
import type { CaseEvent } from '../../workflows/case/events';
import type { CaseState, Ladder } from '../../workflows/case/state';
import { ownership } from '../../workflows/case/queries';
import { policyFrom } from '../../worker/config/policy';
import { completeAnswers } from '../support/story';
import { acts, live, type Act } from '../support/life';
import { Phones } from '../support/org';
import { Simulation, type Network } from '../support/simulation';

const START = Date.parse('2026-11-24T07:30:00Z');
const policy = policyFrom({ hotline: '+1 555 0100' });

function born(engineer: 'lee' | undefined, afterMs: number): { simulation: Simulation; phones: Phones } {
  const phones = new Phones();
  const opening = {
    by: 'maria',
    role: 'CUSTOMER' as const,
    caseNumber: 'C1000001',
    title: 'MES down',
    severity: 2 as const,
    environment: 'PRODUCTION' as const,
    customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
    ...(engineer && { engineer }),
  };
  const network: Network = { page: (order, now) => ({ ...phones.page(order, now), afterMs }) };
  return { simulation: new Simulation(opening, policy, network, START), phones };
}

/** Runs lives, and looks after every act. */
function inEveryLife(look: (now: Look) => void, { runs = 60, length = 25, lives = acts(3, length) } = {}): void {
  fc.assert(
    // Lines that answer at once, and lines that take their time, so that much happens while a page is on its way.
    fc.property(fc.constantFrom('lee' as const, undefined), fc.constantFrom(0, 40, 20_000), lives, (engineer, afterMs, life) => {
      const { simulation, phones } = born(engineer, afterMs);
      for (const act of life) {
        const before = simulation.state;
        const seen = simulation.events.length;
        const outcome = live(simulation, phones, act);
        look({ act, before, after: simulation.state, events: simulation.events.slice(seen), simulation, ...(outcome && { outcome }) });
      }
    }),
    { numRuns: runs },
  );
}

interface Look {
  readonly act: Act;
  readonly before: CaseState;
  readonly after: CaseState;
  readonly events: readonly CaseEvent[];
  readonly simulation: Simulation;
  readonly outcome?: ReturnType<Simulation['give']>;
}

/** Somebody is being paged, has it, or the next try is due. */
const isAlive = (state: CaseState, ladder: Ladder | undefined): boolean =>
  ladder !== undefined &&
  (ladder.ack !== null || ladder.answerDueAt !== null || ladder.retryAt !== null || state.pages.some((page) => page.ladder === ladder.key && page.status === 'SENDING'));

test('B1 the state is the fold of its events, in every life', () => {
  inEveryLife(({ after, simulation }) => expect(fold(simulation.events)).toEqual(after), { runs: 25 });
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
    if (act.kind === 'noise' && outcome?.refusal) expect(events.filter(({ type }) => type === 'PageRequested')).toEqual([]);
  });
});

test('B3 everything overdue is done when the clock has been looked at, and a case that is open and waiting has a next due, or a page on its way', () => {
  inEveryLife(({ act, after, simulation }) => {
    if (act.kind === 'pass') expect(agenda(after).filter(({ at, key }) => at < simulation.now && key !== 'reopen window')).toEqual([]);
    expect(ownership(after).owner).not.toBe('');
    const isSending = after.pages.some(({ status }) => status === 'SENDING');
    if (after.status === 'OPEN' && after.ladders.length > 0 && !isSending) expect(nextDue(after)).toBeDefined();
  });
});

test('R27 an ACTIVE emergency always has a next alert, an owner, and somebody being paged or having it; or all lines have failed', () => {
  inEveryLife(({ after, simulation }) => {
    if (after.emergency !== 'ACTIVE') return;
    const alert = agenda(after).find(({ key }) => key === 'alert');
    expect(alert?.at).toBeGreaterThan(simulation.now - 1);
    expect(alert?.at).toBeLessThanOrEqual(simulation.now + policy.eDown.alertEveryMs);
    const ladder = after.ladders.find(({ key }) => key === 'E_DOWN_ALERT');
    expect(isAlive(after, ladder)).toBe(true);
    expect(ownership(after).owner).not.toBe('');
    // Nobody is being asked only where nobody could be, which the desk sees; the next alert tries again.
    if (ladder?.retryAt != null) expect([ladder.nobodyReached, ladder.tried.length > 0 || after.pages.some(({ ladder: of, status }) => of === 'E_DOWN_ALERT' && status === 'FAILED')]).toEqual([true, true]);
  });
});

test('R28, R29 an emergency never ends without one of the three named events', () => {
  inEveryLife(({ before, after, events }) => {
    const ended = events.filter((event) => event.type === 'EmergencyEnded');
    if (before.emergency === 'ACTIVE' && after.emergency !== 'ACTIVE') expect(ended).toHaveLength(1);
    for (const event of ended) expect(event).toMatchObject({ by: expect.any(String) as unknown, data: { how: expect.stringMatching(/^(WORKABLE_SYSTEM|SEVERITY_LOWERED|STEPPED_DOWN)$/) as unknown } });
  });
});

test('R49 a PENDING level always has somebody being paged or a retry due', () => {
  inEveryLife(({ after }) => {
    for (const level of ['M1', 'M2'] as const) {
      const tier = level === 'M1' ? after.escalation.m1 : after.escalation.m2;
      if (tier?.status === 'PENDING') expect(isAlive(after, after.ladders.find(({ key }) => key === level))).toBe(true);
    }
  });
});

test('B4, B8 a promise that is broken, or a hand-over that is overdue, always has somebody asked for it, or having it', () => {
  // All day nobody has called the customer; whoever has been asked for it does other things.
  const late: Act = { kind: 'pass', ms: 8 * 60 * 60_000 };
  const does = (name: CommandName, fields: object): Act[] => (['ana', 'ben', 'vera', 'dora', 'dirk'] as const).flatMap((by): Act => ({ kind: 'command', name, page: 5, input: { by, role: 'MANAGER', ...fields } }));
  const busy = fc.constantFrom(...does('acknowledge', {}), ...does('recordProgress', { summary: 'At it.', substantive: false }));
  const lives = fc.tuple(acts(0, 5), fc.array(fc.oneof(busy, busy, acts(1, 1).map(([act]) => act as Act)), { minLength: 10, maxLength: 20 })).map(([before, after]) => [...before, late, ...after]);
  inEveryLife(
    ({ after }) => {
      const broken = after.clocks.filter(({ breachedAt, dueAt }) => breachedAt !== null && breachedAt >= dueAt).map(({ kind }): string => kind);
      for (const key of [...broken, ...(after.handOver?.overdue ? ['HAND_OVER_OVERDUE'] : [])]) expect([key, isAlive(after, after.ladders.find((ladder) => ladder.key === key))]).toEqual([key, true]);
    },
    { lives },
  );
});

test('R25, R30 a page that arrives is for a contact as they are on file now, or had been called back', () => {
  const maria = (name: CommandName, input: object): Act => ({ kind: 'command', name, page: 0, input: { by: 'maria', role: 'CUSTOMER', ...input } });
  const lee = (name: CommandName, input: object): Act => ({ kind: 'command', name, page: 0, input: { by: 'lee', role: 'ENGINEER', ...input } });
  const contact = (name: string, number: string) => ({ name, number, reach: 'PAGER', english: true, knowsSoftware: true, knowsEnvironment: true });
  const change = fc.constantFrom('pat', 'quinn').chain((name) =>
    fc.constantFrom<Act>(
      maria('updateContacts', { add: [contact(name, '+1 555 0122')] }),
      maria('updateContacts', { add: [contact(name, '+1 555 0133')] }),
      maria('updateContacts', { remove: [name] }),
      maria('updateContacts', { replace: [{ name, with: contact('sam', '+1 555 0144') }] }),
    ),
  );
  const ask = fc.constantFrom<Act>(lee('requestContactAction', { kind: 'TEST', what: 'Log in.' }), lee('confirmWorkableSystem', {}), { kind: 'pass', ms: 10_000 }, { kind: 'pass', ms: 30 * 60_000 });
  const lives = fc.tuple(fc.boolean(), fc.array(fc.oneof(change, ask), { minLength: 8, maxLength: 25 })).map(([isEDown, life]): Act[] => [maria('updateContacts', { add: [contact('pat', '+1 555 0199')] }), ...(isEDown ? [maria('changeSeverity', { severity: 0, eDown: completeAnswers() })] : []), ...life]);
  inEveryLife(
    ({ before, after, events, simulation, act }) => {
      // While time passes nobody changes the contacts.
      const { contacts } = act.kind === 'pass' ? before : after;
      for (const event of events) {
        if (event.type !== 'PageSent' || event.data.overtaken) continue;
        const sent = simulation.sent.find(({ order }) => order.pageId === event.data.pageId && order.attempt === event.data.attempt);
        if (sent?.order.contact) expect(contacts.map(({ name, number }) => ({ name, number }))).toContainEqual({ name: sent.order.contact.name, number: sent.order.contact.number });
      }
    },
    { lives, runs: 100 },
  );
});

test('R38 levels move one step at a time; only closing leaves them', () => {
  inEveryLife(({ before, after, events }) => {
    const steps = Math.abs(LEVELS.indexOf(after.level) - LEVELS.indexOf(before.level));
    if (!events.some(({ type }) => type === 'CaseClosed')) expect(steps).toBeLessThanOrEqual(1);
  });
});

test('R45 M1 and M2 are never owned by one person', () => {
  inEveryLife(({ after }) => {
    const { m1, m2 } = after.escalation;
    if (m1?.owner != null && m2?.owner != null) expect(m1.owner).not.toBe(m2.owner);
  });
});

test('section 6: while somebody has an escalation, its ladder pages nobody', () => {
  inEveryLife(({ before, events }) => {
    const held = new Set((['M1', 'M2'] as ManagedLevel[]).filter((key) => before.ladders.find((ladder) => ladder.key === key)?.ack));
    for (const event of events) {
      if (event.type === 'AcknowledgementExpired' || event.type === 'LadderEnded') held.delete(event.data.ladder as ManagedLevel);
      if (event.type === 'PageRequested' && event.data.ladder) expect(held.has(event.data.ladder.key as ManagedLevel)).toBe(false);
    }
  });
});

test('section 3: a case that waits for an answer is never green', () => {
  inEveryLife(({ after }) => {
    if (after.ladders.some(({ ack }) => ack === null)) expect(attentionOf(after)).not.toEqual([]);
  });
});

test('B2 no two sends of a case have one key', () => {
  inEveryLife(({ simulation }) => {
    const keys = simulation.sent.map(({ order, result }) => `${order.pageId}/${order.attempt}/${'person' in result ? result.person : ''}/${'channel' in result ? result.channel : ''}`);
    expect(new Set(keys).size).toBe(keys.length);
  }, { runs: 25 });
});

test('contract: the state stays small, and an ordinary case is under 8 kB without its timeline', () => {
  const { simulation } = born('lee', 0);
  simulation.do('acknowledge', { by: 'lee', role: 'ENGINEER', pageId: 'C1000001-1' });
  simulation.do('recordCustomerContact', { by: 'lee', role: 'ENGINEER', how: 'PHONE', outcome: 'REACHED', summary: 'Called; a plan is agreed.' });
  expect(JSON.stringify(simulation.state).length).toBeLessThan(8_000);
});
