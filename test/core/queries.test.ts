/** R3, R16, R26, R50, B3: what a case answers when it is asked. */
import { eDownCategories, impact, managerForCase, ownership, timeline } from '../../workflows/core/views/queries';
import type { TimelineRequest } from '../../workflows/core/views/view';
import { MOST } from '../../workflows/core/language/bounds';
import { bytesOf } from '../../workflows/core/language/text';
import { iso } from '../../workflows/core/language/time';
import { caseAt, HOUR, MINUTE, type Fixture } from '../support/cases';
import { org } from '../support/org';

test('R3 figures that nobody gave are unknown, never 0', () => {
  const { simulation } = caseAt({ severity: 1 });
  expect(impact(simulation.state, simulation.now)).toMatchObject({
    severity: 1,
    level: 'NORMAL',
    totalUsers: null,
    affectedUsers: null,
    category: null,
    downForMinutes: null,
    eDownCount: 0,
  });
});

test('R3, R26 an E-Down tells who is affected and for how long, and the time goes on', () => {
  const { simulation } = caseAt({ emergency: true });
  simulation.pass(10 * MINUTE);
  expect(impact(simulation.state, simulation.now)).toMatchObject({
    totalUsers: 400,
    affectedUsers: 380,
    category: 'MOST_USERS_NO_ACCESS',
    downForMinutes: 30,
    eDownCount: 1,
  });
});

test('R16 there are exactly five categories, in the guide’s order and words', () => {
  expect(eDownCategories().map(({ code }) => code)).toEqual([
    'MOST_USERS_NO_ACCESS',
    'SERVER_UNRESPONSIVE',
    'SUPPLIERS_NO_ACCESS',
    'USER_PRODUCTIVITY_LOSS',
    'SERVER_PERFORMANCE_LOSS',
  ]);
  for (const { words } of eDownCategories()) expect(words).toMatch(/\.$/);
});

test('R50 the manager can be asked for in every state', () => {
  const normal = caseAt();
  expect(managerForCase(normal.simulation.state)).toMatchObject({ manager: 'ana', how: 'DIRECT_MANAGER' });
  const pending = caseAt({ level: 'M1' });
  expect(managerForCase(pending.simulation.state)).toMatchObject({ manager: 'ana', how: 'BEING_PAGED', level: 'M1' });
  const between = caseAt({ level: 'M2' });
  expect(managerForCase(between.simulation.state)).toMatchObject({
    manager: 'ana',
    how: 'ENGAGED',
    level: 'M2',
    sentence: 'ana manages the case at M1.',
  });
  const engaged = caseAt({ level: 'M2', accepted: true });
  expect(managerForCase(engaged.simulation.state)).toMatchObject({ manager: 'ben', how: 'ENGAGED', level: 'M2' });
  const unassigned = caseAt({ engineer: null });
  expect(managerForCase(unassigned.simulation.state)).toMatchObject({ manager: null, how: 'DUTY_MANAGER' });
  const closed = caseAt().do('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true });
  expect(managerForCase(closed.simulation.state)).toMatchObject({ manager: 'ana' });
});

test('R50 after a hand-over the manager of the one before is nobody’s direct manager', () => {
  const c = caseAt().do('handOver', 'lee', {
    to: 'kim',
    state: 'Half rebuilt.',
    tried: 'A restart.',
    nextStep: 'The rest.',
  });
  // No page tells who the new one's is.
  for (const { id } of org().people) c.phones.lines.set(id, 'down');
  c.do('acceptHandOver', 'kim');
  expect(managerForCase(c.simulation.state)).toMatchObject({ engineer: 'kim', manager: null, how: 'DUTY_MANAGER' });
});

test.each(['is called back', 'is out already'])(
  'R50 nor does a page that was on its way for the one before name theirs, when it %s',
  (how) => {
    const c = caseAt({ severity: 1 });
    c.phones.change('kim', { manager: 'vera' });
    const page = c.phones.page.bind(c.phones);
    c.phones.page = (order, now) => ({
      ...page(order, now),
      ...((order.engineer === 'lee' || order.wanted.exact) && { afterMs: MINUTE }),
    });
    c.simulation.isTooLateToCallBack = () => how === 'is out already';
    c.do('changeSeverity', 'maria', { severity: 2 });
    c.simulation.pass(MINUTE / 2);
    c.do('assignEngineer', 'crm', { engineer: 'kim' });
    for (const seconds of [1, 31, 91]) {
      c.simulation.pass(seconds * 1_000);
      expect(managerForCase(c.simulation.state)).toMatchObject({ manager: 'vera', how: 'DIRECT_MANAGER' });
    }
  },
);

test('R50 a manager who was paged before the engineer changed is being paged still', () => {
  const c = caseAt();
  c.phones.change('kim', { manager: 'vera' });
  c.do('requestManagerContact', 'maria').do('assignEngineer', 'crm', { engineer: 'kim' });
  expect(managerForCase(c.simulation.state)).toMatchObject({ engineer: 'kim', manager: 'ana', how: 'BEING_PAGED' });
});

test('B3 there is always one owner, and what is due next is one sentence', () => {
  const whose = ({ simulation }: Fixture) => ownership(simulation.state, simulation.now);
  expect(whose(caseAt({ engineer: null }))).toMatchObject({
    owner: 'support-desk',
    ownerRole: 'SUPPORT_DESK',
    onCall: null,
  });
  const managed = whose(caseAt({ level: 'M1', accepted: true }));
  expect(managed).toMatchObject({ owner: 'lee', manager: 'ana' });
  expect(managed.sentence).toMatch(
    /^lee owns the case\. ana manages it at M1\. Next, at 2026-11-24 \d\d:\d\d UTC: .+\.$/,
  );
  expect(whose(caseAt({ level: 'M2' })).sentence).toContain('ana manages it at M1.');
});

test('B3 in an emergency it is said who works on it, or is asked to, or that nobody is', () => {
  const c = caseAt({ emergency: true });
  const said = (): string => ownership(c.simulation.state, c.simulation.now).sentence;
  expect(said()).toContain('maier is asked to take the emergency.');
  c.do('acknowledge', 'maier');
  expect(said()).toContain('maier is working on the emergency.');
  for (const { id } of org().people) c.phones.lines.set(id, 'down');
  c.do('decline', 'maier');
  expect(said()).toContain('Nobody has the emergency yet.');
});

test('B3 what is overdue is due now, not in the past', () => {
  const { state, now } = caseAt({ emergency: true }).simulation;
  expect(ownership(state, now + HOUR).nextDue?.at).toBe(iso(now + HOUR));
});

test('H1, H2 the view has each need with everybody who may take it, and each page with all of its lines', () => {
  const c = caseAt({ severity: 1, level: 'M1' });
  c.simulation.pass(30 * MINUTE);
  const { needs, pages } = c.simulation.view;
  expect(needs.map(({ need, status, person, asked }) => [need, status, person, asked])).toEqual([
    ['ASSIGNED', 'HELD', 'lee', []],
    ['M1', 'ASKED', 'ben', ['ana', 'ben']],
  ]);
  // Both may answer, and only ben's time runs.
  expect(pages.map(({ pageId, person, asks, answerDueAt }) => [pageId, person, asks, answerDueAt])).toEqual([
    ['C1000001-2', 'ana', ['M1'], null],
    ['C1000001-3', 'ben', ['M1'], '2026-11-24T10:00:00.000Z'],
  ]);
  c.do('acknowledge', 'ana');
  expect(c.simulation.view.pages).toEqual([]);
  expect(c.simulation.view.needs.at(-1)).toMatchObject({ need: 'M1', status: 'HELD', person: 'ana', asked: [] });
});

test('B1 the timeline pages, and says what the case no longer carries', () => {
  const fixture = caseAt({ emergency: true });
  fixture.simulation.pass(24 * HOUR);
  const { state } = fixture.simulation;
  const all = timeline(state);
  expect(all.seq).toBe(state.seq);
  expect(all.events).toHaveLength(100);
  expect(all.firstKept).toBe(state.tail[0]?.seq);
  expect(all.firstKept).toBeGreaterThan(1);
  // The youngest reach to the end without a gap.
  expect(state.tail.map(({ seq }) => seq)).toEqual(
    Array.from({ length: state.tail.length }, (_, index) => all.firstKept + index),
  );
  expect(state.tail.at(-1)?.seq).toBe(state.seq);
  const page = timeline(state, { after: all.firstKept + 9, limit: 5 });
  expect(page.events.map(({ seq }) => seq)).toEqual([10, 11, 12, 13, 14].map((offset) => all.firstKept + offset));
});

test('each event of the timeline has its facts and one sentence, and all that a run keeps is an answer of some kilobytes', () => {
  const fixture = caseAt({ emergency: true });
  fixture.simulation.pass(24 * HOUR);
  const { state } = fixture.simulation;
  const { events } = timeline(state, { limit: 100_000 });
  expect(events.map(({ sentence: _, ...facts }) => facts)).toEqual(state.tail);
  for (const { sentence } of events) expect(sentence).toMatch(/^\S.*\S$/);
  expect(events.find(({ type }) => type === 'PageUnanswered')?.sentence).toMatch(/^No answer from /);
  // Sentences are made of facts: the longest answer stays far below the 2 MB that a server passes on.
  expect(bytesOf(events)).toBeLessThan(3 * bytesOf(state.tail));
  expect(3 * MOST.runBytes).toBeLessThan(1_000_000);
});

test.each([undefined, null, 5, 'all', [], {}, { after: null, limit: 'x' }])(
  'a timeline asked for with %j is the timeline',
  (request) => {
    const { state } = caseAt({ severity: 1 }).simulation;
    expect(timeline(state, request as TimelineRequest)).toEqual(timeline(state));
  },
);

test('B6 a running case keeps its policy; adopting another one is an event, and no promise gets longer', () => {
  const fixture = caseAt({ severity: 1 });
  const { policy } = fixture.simulation.state;
  const before = fixture.simulation.view.clocks;
  const longer = {
    ...policy,
    version: 'longer',
    hash: 'sha256:2',
    severities: { ...policy.severities, '1': { ...policy.severities['1'], firstContactMs: 9 * HOUR } },
  };
  fixture.do('adoptPolicy', 'crm', { policy: longer });
  expect(fixture.simulation.view).toMatchObject({ policy: { version: 'longer' }, clocks: before });
  const shorter = {
    ...longer,
    version: 'shorter',
    hash: 'sha256:3',
    severities: { ...policy.severities, '1': { ...policy.severities['1'], firstContactMs: 20 * MINUTE } },
  };
  fixture.do('adoptPolicy', 'crm', { policy: shorter });
  expect(Date.parse(fixture.simulation.view.clocks.find(({ kind }) => kind === 'FIRST_CONTACT')?.dueAt ?? '')).toBe(
    fixture.simulation.now + 20 * MINUTE,
  );
  expect(fixture.simulation.events.filter(({ type }) => type === 'PolicyAdopted')).toHaveLength(2);
  expect(fixture.give('adoptPolicy', 'maria', { policy }).refusal?.code).toBe('FORBIDDEN_ROLE');
});
