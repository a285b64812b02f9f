/** What `tocsin policy explain` says is what a case would do: R9, R27, R40, R45, R49, H2, H3 without a server. */
import type { Directory, Person } from '../../activities/directory/types';
import { parseAct } from '../../cli/acts';
import { OpeningRefused } from '../../rehearsal/dry-run';
import { explain, type Part } from '../../rehearsal/explain';
import type { Act } from '../../rehearsal/explain-acts';
import { policy as policyOf } from '../support/cases';
import { org } from '../support/org';

const START = Date.parse('2026-11-24T09:00:00Z');
const OPENING = {
  caseNumber: 'C1000001',
  title: 'MES down',
  severity: 2,
  environment: 'PRODUCTION',
  engineer: 'lee',
  customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
  by: 'maria',
  role: 'CUSTOMER',
};

const change = (id: string, changed: Partial<Person>): Directory => ({
  ...org(),
  people: org().people.map((person) => (person.id === id ? { ...person, ...changed } : person)),
});
const acts = (...words: string[]): Act[] => words.map((word) => parseAct(word) as Act);

interface Asked {
  readonly directory?: Directory;
  readonly opening?: Record<string, unknown>;
  readonly acts?: Act[];
  readonly hours?: number;
  readonly policy?: Record<string, unknown>;
}

const asked = ({ directory = org(), opening = {}, policy = {}, ...rest }: Asked = {}): Part[] =>
  explain({ directory, policy: policyOf(policy) }, { opening: { ...OPENING, ...opening }, at: START, ...rest });
const lines = (part: Part | undefined): string[] =>
  (part?.told ?? []).map(
    ({ afterMs, purpose, person, route, failed }) =>
      `${afterMs / 60_000} ${purpose} ${person ?? 'nobody'} ${failed ?? route ?? ''}`,
  );
const of = (purpose: string, part: Part | undefined): string[] =>
  lines(part).filter((line) => line.includes(` ${purpose} `));

test('the usual parts: opened, M1, M2, E-Down, each with what it adds', () => {
  const [opened, m1, m2, eDown] = asked();
  expect(of('ASSIGNED', opened).slice(0, 6)).toEqual([
    '0 ASSIGNED lee DIRECT',
    '30 ASSIGNED ana DIRECT',
    '60 ASSIGNED ben NEXT_UP',
    '90 ASSIGNED vera NEXT_UP',
    '120 ASSIGNED dora DUTY_MANAGER',
    '150 ASSIGNED dirk DUTY_MANAGER',
  ]);
  expect(lines(m1).slice(0, 6)).toEqual([
    '0 ESCALATED_M1 ana DIRECT',
    '30 ESCALATED_M1 ben NEXT_UP',
    '60 ESCALATED_M1 vera NEXT_UP',
    '90 ESCALATED_M1 dora DUTY_MANAGER',
    '120 ESCALATED_M1 dirk DUTY_MANAGER',
    '150 ESCALATED_M1 ana DIRECT',
  ]);
  expect(of('ESCALATED_M2', m2).slice(0, 3)).toEqual([
    '0 ESCALATED_M2 ben DIRECT',
    '30 ESCALATED_M2 vera NEXT_UP',
    '60 ESCALATED_M2 eve DUTY_EXECUTIVE',
  ]);
  expect(of('E_DOWN_ALERT', eDown).slice(0, 4)).toEqual([
    '0 E_DOWN_ALERT maier ON_CALL',
    '15 E_DOWN_ALERT lee ON_CALL',
    '30 E_DOWN_ALERT smith NEXT_TEAM',
    '45 E_DOWN_ALERT jones NEXT_TEAM',
  ]);
  // What the opening would do anyway is told once, with the opening.
  expect([m1, m2, eDown].flatMap((part) => of('ASSIGNED', part))).toEqual([]);
});

test('of each it is said whether it rings, and what it says first', () => {
  const [opened, m1, , eDown] = asked({ hours: 1 });
  const heard = (part: Part | undefined): string[] =>
    (part?.told ?? []).slice(0, 3).map(({ mode, person, what }) => `${mode} ${person}: ${what}`);
  expect(heard(opened)[0]).toBe('ASK lee: This case is yours. Please take it. Please answer by 2026-11-24 09:30 UTC.');
  expect(heard(m1)[0]).toBe(
    'RING ana: Please take this case as manager (M1): staff it and call Acme. Please answer by 2026-11-24 09:30 UTC.',
  );
  expect(heard(eDown)).toEqual([
    'RING maier: Please take this E-Down. Please answer by 2026-11-24 09:15 UTC.',
    'RING lee: Your case is an E-Down now. Please take it. Please answer by 2026-11-24 09:15 UTC.',
    'WORD eve: E-Down 1 has started: work goes on 24x7.',
  ]);
});

test('H2 what goes to one person at the same moment is told once', () => {
  const [part] = asked({ opening: { engineer: 'maier' }, acts: acts('e-down'), hours: 1 });
  const first = part?.told.filter(({ afterMs, person }) => afterMs === 0 && person === 'maier') ?? [];
  expect(first.map(({ mode, purpose }) => [mode, purpose])).toEqual([
    ['ASK', 'ASSIGNED'],
    ['RING', 'E_DOWN_ALERT'],
  ]);
});

test('nobody is told before the time, nor after the hours that were asked for', () => {
  for (const part of asked({ hours: 6 })) {
    expect(part.hours).toBe(6);
    for (const { afterMs } of part.told) expect(afterMs >= 0 && afterMs <= 6 * 3_600_000).toBe(true);
  }
});

test('who is away is passed over, and it is said who and why', () => {
  const directory = change('ana', { away: [{ from: 0, to: Number.MAX_SAFE_INTEGER, delegate: 'kim' }] });
  const [part] = asked({ directory, acts: acts('escalate'), hours: 1 });
  const [first] = part?.told.filter(({ purpose }) => purpose === 'ESCALATED_M1') ?? [];
  expect(first).toMatchObject({
    person: 'kim',
    route: 'DELEGATE',
    channel: 'console',
    passedOver: [{ person: 'ana', why: 'AWAY' }],
  });
});

test('who has no channel is told as such, and the next one is asked at once', () => {
  const [part] = asked({ directory: change('ana', { channels: [] }), acts: acts('escalate'), hours: 1 });
  expect(of('ESCALATED_M1', part).slice(0, 2)).toEqual(['0 ESCALATED_M1 ana NO_ADDRESS', '0 ESCALATED_M1 ben NEXT_UP']);
});

test('a chart without managers goes to the duty managers, and says that there was nobody', () => {
  const directory: Directory = { ...org(), people: org().people.map(({ manager: _, ...person }) => person) };
  const [part] = asked({ directory, acts: acts('escalate'), hours: 1 });
  expect(of('ESCALATED_M1', part).slice(0, 2)).toEqual([
    '0 ESCALATED_M1 nobody NO_PERSON',
    '0 ESCALATED_M1 dora DUTY_MANAGER',
  ]);
});

test('acts are done one after the other, at their time', () => {
  const [part] = asked({ acts: acts('wait=10m', 'escalate', 'wait=31m', 'accept', 'escalate'), hours: 1 });
  expect(part?.title).toBe(
    'The case is opened, then left alone for 10 minutes, then escalated, then left alone for 31 minutes, then accepted, then escalated',
  );
  expect(of('ESCALATED_M1', part)).toEqual(['10 ESCALATED_M1 ana DIRECT', '40 ESCALATED_M1 ben NEXT_UP']);
  // Ben has M1: nobody has both levels (R45).
  expect(of('ESCALATED_M2', part)).toEqual(['41 ESCALATED_M2 vera NEXT_UP']);
});

test('both levels are accepted one after the other, each by whoever is asked for it', () => {
  const [part] = asked({ acts: acts('escalate', 'accept', 'escalate', 'accept', 'wait=1m'), hours: 1 });
  expect(part?.refusal).toBeNull();
  expect(of('ESCALATED_M2', part)).toEqual(['0 ESCALATED_M2 ben DIRECT']);
});

test('the timers are the policy that is given', () => {
  const [part] = asked({
    acts: acts('severity=1', 'escalate'),
    hours: 1,
    policy: { severities: { '1': { managerAck: '5m' } } },
  });
  expect(of('ESCALATED_M1', part).slice(0, 3)).toEqual([
    '0 ESCALATED_M1 ana DIRECT',
    '5 ESCALATED_M1 ben NEXT_UP',
    '10 ESCALATED_M1 vera NEXT_UP',
  ]);
});

test('what the case would refuse is said, and nobody is told', () => {
  const parts = asked({ opening: { customer: { ...OPENING.customer, enterprise: false } } });
  expect(parts.map(({ refusal }) => refusal?.code ?? 'done')).toEqual([
    'done',
    'done',
    'done',
    'NOT_ENTERPRISE_CUSTOMER',
  ]);
  expect(parts[3]?.told).toEqual([]);
  expect(asked({ acts: acts('escalate', 'escalate', 'severity=2') })[0]?.refusal?.code).toBe('SEVERITY_UNCHANGED');
});

test('where nobody can be asked for M1 nobody accepts it, and M2 is explained all the same', () => {
  const directory: Directory = { ...org(), people: org().people.map((person) => ({ ...person, channels: [] })) };
  const [, m1, m2] = asked({ directory, hours: 1 });
  expect(of('ESCALATED_M1', m1).every((line) => line.endsWith('NO_ADDRESS'))).toBe(true);
  expect(of('ESCALATED_M2', m2)[0]).toBe('0 ESCALATED_M2 ben NO_ADDRESS');
  expect(asked({ acts: acts('accept') })[0]?.refusal?.code).toBe('NOT_ESCALATED');
});

test('an opening that is none is refused as the case would refuse it', () => {
  expect(() => asked({ opening: { severity: 9 } })).toThrow(OpeningRefused);
});

test('a case that opens as E-Down is not declared E-Down a second time', () => {
  const eDown = {
    category: 'SERVER_UNRESPONSIVE',
    totalUsers: 9,
    affectedUsers: 9,
    actionsTaken: 'Restart.',
    contactChanges: 'none',
    downForMinutes: 5,
    allProductionStopped: true,
    confirmGenuine: true,
    technicalContact: {
      name: 'pat',
      reach: 'PAGER',
      number: '+1 555 0199',
      english: true,
      knowsSoftware: true,
      knowsEnvironment: true,
    },
  };
  const parts = asked({ opening: { severity: 0, eDown, channel: 'PHONE' } });
  expect(parts.map(({ title }) => title)).toEqual([
    'The case is opened',
    'The customer escalates (M1)',
    'The customer escalates again, once M1 is accepted (M2)',
  ]);
  expect(of('E_DOWN_ALERT', parts[0])[0]).toBe('0 E_DOWN_ALERT maier ON_CALL');
});

test.each(['explode', 'severity=4', 'severity', 'wait=soon', 'wait', 'toString', ''])('there is no act "%s"', (words) =>
  expect(parseAct(words)).toBeUndefined(),
);
