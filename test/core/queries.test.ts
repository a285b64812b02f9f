/** R3, R16, R26, R50, B3: what a case answers when it is asked. */
import { eDownCategories, impact, managerForCase, ownership, timeline } from '../../workflows/case/queries';
import type { TimelineRequest } from '../../workflows/case/view';
import { caseAt, HOUR, MINUTE } from '../support/cases';
import { org } from '../support/org';

test('R3 figures that nobody gave are unknown, never 0', () => {
  const { simulation } = caseAt({ severity: 1 });
  expect(impact(simulation.state, simulation.now)).toMatchObject({ severity: 1, level: 'NORMAL', totalUsers: null, affectedUsers: null, category: null, downForMinutes: null, eDownCount: 0 });
});

test('R3, R26 an E-Down tells who is affected and for how long, and the time goes on', () => {
  const { simulation } = caseAt({ emergency: true });
  simulation.pass(10 * MINUTE);
  expect(impact(simulation.state, simulation.now)).toMatchObject({ totalUsers: 400, affectedUsers: 380, category: 'MOST_USERS_NO_ACCESS', downForMinutes: 30, eDownCount: 1 });
});

test('R16 there are exactly five categories, in the guide’s order and words', () => {
  expect(eDownCategories().map(({ code }) => code)).toEqual(['MOST_USERS_NO_ACCESS', 'SERVER_UNRESPONSIVE', 'SUPPLIERS_NO_ACCESS', 'USER_PRODUCTIVITY_LOSS', 'SERVER_PERFORMANCE_LOSS']);
  for (const { words } of eDownCategories()) expect(words).toMatch(/\.$/);
});

test('R50 the manager can be asked for in every state', () => {
  const normal = caseAt();
  expect(managerForCase(normal.simulation.state)).toMatchObject({ manager: 'ana', how: 'DIRECT_MANAGER' });
  const pending = caseAt({ level: 'M1' });
  expect(managerForCase(pending.simulation.state)).toMatchObject({ manager: 'ana', how: 'BEING_PAGED', level: 'M1' });
  const between = caseAt({ level: 'M2' });
  expect(managerForCase(between.simulation.state)).toMatchObject({ manager: 'ana', how: 'ENGAGED', level: 'M2', sentence: 'ana manages the case at M1.' });
  const engaged = caseAt({ level: 'M2', accepted: true });
  expect(managerForCase(engaged.simulation.state)).toMatchObject({ manager: 'ben', how: 'ENGAGED', level: 'M2' });
  const unassigned = caseAt({ engineer: null });
  expect(managerForCase(unassigned.simulation.state)).toMatchObject({ manager: null, how: 'DUTY_MANAGER' });
  const closed = caseAt().do('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true });
  expect(managerForCase(closed.simulation.state)).toMatchObject({ manager: 'ana' });
});

test('R50 after a hand-over the manager of the one before is nobody’s direct manager', () => {
  const c = caseAt().do('handOver', 'lee', { to: 'kim', state: 'Half rebuilt.', tried: 'A restart.', nextStep: 'The rest.' });
  // No page tells who the new one's is.
  for (const { id } of org().people) c.phones.lines.set(id, 'down');
  c.do('acceptHandOver', 'kim');
  expect(managerForCase(c.simulation.state)).toMatchObject({ engineer: 'kim', manager: null, how: 'DUTY_MANAGER' });
});

test('R50 nor does a page that was on its way for the one before name theirs', () => {
  const c = caseAt();
  c.phones.change('kim', { manager: 'vera' });
  const page = c.phones.page.bind(c.phones);
  c.phones.page = (order, now) => ({ ...page(order, now), ...(order.purpose === 'MANAGER_REQUESTED' && { afterMs: MINUTE }) });
  c.do('requestManagerContact', 'maria').do('assignEngineer', 'crm', { engineer: 'kim' });
  c.simulation.pass(2 * MINUTE);
  expect(managerForCase(c.simulation.state)).toMatchObject({ engineer: 'kim', manager: 'vera' });
});

test('B3 there is always one owner, and what is due next is one sentence', () => {
  expect(ownership(caseAt({ engineer: null }).simulation.state)).toMatchObject({ owner: 'support-desk', ownerRole: 'SUPPORT_DESK' });
  const { state } = caseAt({ level: 'M1', accepted: true }).simulation;
  expect(ownership(state)).toMatchObject({ owner: 'lee', manager: 'ana' });
  expect(ownership(state).sentence).toMatch(/^lee owns the case\. ana manages it at M1\. Next, at 2026-11-24 \d\d:\d\d UTC: .+\.$/);
  expect(ownership(caseAt({ level: 'M2' }).simulation.state).sentence).toContain('ana manages it at M1.');
});

test('B1 the timeline pages, and says what the case no longer carries', () => {
  const fixture = caseAt({ emergency: true });
  fixture.simulation.pass(24 * HOUR);
  const { state } = fixture.simulation;
  const all = timeline(state);
  expect(all.seq).toBe(state.seq);
  expect(all.firstKept).toBe(state.seq - 99);
  const page = timeline(state, { after: all.firstKept + 9, limit: 5 });
  expect(page.events.map(({ seq }) => seq)).toEqual([10, 11, 12, 13, 14].map((offset) => all.firstKept + offset));
});

test.each([undefined, null, 5, 'all', [], {}, { after: null, limit: 'x' }])('a timeline asked for with %j is the timeline', (request) => {
  const { state } = caseAt({ severity: 1 }).simulation;
  expect(timeline(state, request as TimelineRequest)).toEqual(timeline(state));
});

test('B6 a running case keeps its policy; adopting another one is an event, and no promise gets longer', () => {
  const fixture = caseAt({ severity: 1 });
  const { policy } = fixture.simulation.state;
  const before = fixture.simulation.view.clocks;
  const longer = { ...policy, version: 'longer', hash: 'sha256:2', severities: { ...policy.severities, '1': { ...policy.severities['1'], firstContactMs: 9 * HOUR } } };
  fixture.do('adoptPolicy', 'crm', { policy: longer });
  expect(fixture.simulation.view).toMatchObject({ policy: { version: 'longer' }, clocks: before });
  const shorter = { ...longer, version: 'shorter', hash: 'sha256:3', severities: { ...policy.severities, '1': { ...policy.severities['1'], firstContactMs: 20 * MINUTE } } };
  fixture.do('adoptPolicy', 'crm', { policy: shorter });
  expect(Date.parse(fixture.simulation.view.clocks.find(({ kind }) => kind === 'FIRST_CONTACT')?.dueAt ?? '')).toBe(fixture.simulation.now + 20 * MINUTE);
  expect(fixture.simulation.events.filter(({ type }) => type === 'PolicyAdopted')).toHaveLength(2);
  expect(fixture.give('adoptPolicy', 'maria', { policy }).refusal?.code).toBe('FORBIDDEN_ROLE');
});
