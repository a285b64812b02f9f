/**
 * What one version hands on is what the next one reads: every form that was ever released comes up, with whoever is asked still
 * asked, and a form that changes has a number of its own.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agenda } from '../../workflows/core/agenda';
import { CARRIED_VERSION, upgraded, type Carried } from '../../workflows/core/carried';
import { pageOf } from '../../workflows/core/paging/find';
import { utc } from '../../workflows/core/words/catalogue';
import { en } from '../../workflows/core/words/en';
import { caseView, managerForCase, ownership } from '../../workflows/core/views/queries';
import { caseAt, HOUR, MINUTE, type Fixture } from '../support/cases';
import { shapeOf } from '../support/type-shape';

const FOLDER = join(__dirname, '..', 'carried');
/** Whose form is that of now. */
const PRESENT = '0.2.0';
const examples = ['0.1.0', PRESENT].flatMap((release) =>
  existsSync(join(FOLDER, release))
    ? readdirSync(join(FOLDER, release)).map((name) => ({ release, name: name.replace('.json', '') }))
    : [],
);

const stored = (release: string, name: string): never =>
  JSON.parse(readFileSync(join(FOLDER, release, `${name}.json`), 'utf8')) as never;

function comeUp(release: string, name: string): Carried {
  const carried = upgraded(stored(release, name));
  if ('newer' in carried) throw new Error(`form ${carried.newer} is newer`);
  return carried;
}

/** The company goes on with the case as it was carried, a minute after its last event. */
function goesOn(release: string, name: string): Fixture {
  const { state } = comeUp(release, name);
  const fixture = caseAt();
  fixture.simulation.state = state;
  fixture.simulation.now = Math.max(state.openedAt, ...state.tail.map(({ at }) => Date.parse(at))) + MINUTE;
  return fixture;
}

describe.each(examples)('$release, $name', ({ release, name }) => {
  test('comes up: it has the present form, and every view of it can be shown', () => {
    const { version, state } = comeUp(release, name);
    expect(version).toBe(CARRIED_VERSION);
    expect(caseView(state, state.openedAt + HOUR)).toMatchObject({
      caseNumber: state.caseNumber,
      status: state.status,
    });
    expect(ownership(state, state.openedAt + HOUR).sentence).toEqual(expect.any(String));
    expect(managerForCase(state).sentence).toEqual(expect.any(String));
    for (const event of state.tail) expect(en.event(event, utc)).toMatch(/\S.*\.$/);
    expect(state.tailBytes).toHaveLength(state.tail.length);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  test('nobody is lost: whoever is asked has a page that says so, and everything else falls due', () => {
    const { state } = comeUp(release, name);
    for (const { key, turn, asked, fact } of state.needs) {
      expect(turn.is).not.toBe('NEXT');
      expect(en.event(fact, utc)).toMatch(/\S/);
      if (turn.is !== 'ASKED') continue;
      expect(asked).toContain(turn.person);
      expect(pageOf(state, turn.pageId)).toMatchObject({ person: turn.person, closedAt: null });
      expect(pageOf(state, turn.pageId)?.says.map(({ need }) => need)).toContain(key);
    }
    if (state.status === 'OPEN' && state.needs.some(({ turn }) => turn.is !== 'HELD'))
      expect(agenda(state)).not.toEqual([]);
  });

  test('it goes on: a day passes, and every command is answered', () => {
    const c = goesOn(release, name);
    c.simulation.pass(24 * HOUR);
    if (c.simulation.state.status === 'CLOSED') c.do('reopenCase', 'maria', { reason: 'It is back.' });
    c.do('recordProgress', 'lee', { summary: 'It goes on.', substantive: true });
    c.simulation.pass(HOUR);
    expect(c.simulation.view.status).toBe('OPEN');
  });
});

describe('a case of 0.1.0', () => {
  test('whoever was asked for M1 has it with one word, by the page that they were sent', () => {
    const c = goesOn('0.1.0', 'm1-pending');
    expect(c.simulation.view).toMatchObject({
      level: 'M1',
      attention: ['UNACKNOWLEDGED'],
      pages: [{ pageId: 'C2000002-3', person: 'ana' }],
    });
    c.do('acknowledge', 'ana', { pageId: 'C2000002-3' });
    expect(c.simulation.view).toMatchObject({ owners: { manager: 'ana' }, attention: [] });
    expect(c.sent).toBe(caseAt().sent);
  });

  test('nobody answers: the next one is asked when the time of 0.1.0 is over, not anew', () => {
    const c = goesOn('0.1.0', 'm1-pending');
    const { escalation } = c.simulation.state.policy;
    expect(escalation.nextPersonAfterMs).toBe(30_000);
    const before = c.sent;
    c.simulation.now = 1795714323308 - MINUTE;
    c.simulation.pass(30_000);
    expect(c.heardSince(before)).toEqual([]);
    c.simulation.pass(MINUTE);
    expect(c.heardSince(before)).toContainEqual('ESCALATED_M1 rings ben');
  });

  test('an emergency goes on: its alerts come, who was asked is asked, and its end is told to all who were woken', () => {
    const c = goesOn('0.1.0', 'e-down');
    expect(c.simulation.view).toMatchObject({ emergency: 'ACTIVE', owners: { onCall: 'smith' } });
    c.do('acknowledge', 'smith', { pageId: 'C2000003-4' });
    c.do('acceptHandOver', 'kim');
    c.simulation.pass(20 * MINUTE);
    expect(c.simulation.events.map(({ type }) => type)).toContain('EmergencyAlerted');
    const before = c.sent;
    c.do('confirmWorkableSystem', 'pat');
    const told = c.heardSince(before).filter((line) => line.includes('E_DOWN_ENDED'));
    expect(told.map((line) => line.split(' ').at(-1)).sort()).toEqual(['eve', 'kim', 'lee', 'smith']);
  });

  test('a request that 0.1.0 has answered is answered again, and nothing is done twice', () => {
    const { state } = comeUp('0.1.0', 'quiet');
    const { requests } = stored('0.1.0', 'quiet') as { requests: { id: string }[] };
    expect(state.requests.map(({ id }) => id)).toEqual(requests.map(({ id }) => id));
  });

  test('a closed one can be opened again', () => {
    const c = goesOn('0.1.0', 'closed');
    c.do('reopenCase', 'maria', { reason: 'It is back.' });
    expect(c.simulation.view).toMatchObject({ status: 'OPEN', severity: 2 });
  });

  test('what an older version has written is told in the words of now', () => {
    const old = stored('0.1.0', 'm1-pending') as { state: { tail: object[] } };
    const at = '2026-11-26T17:00:00.000Z';
    const event = (type: string, data: object) => ({ seq: 1, type, at, by: 'maria', role: 'CUSTOMER', data });
    const written = [
      event('Escalated', { level: 'M1', reason: 'RESOLUTION_TIME', noEngineer: false }),
      event('PageRequested', {
        pageId: 'C2000002-3',
        attempt: 1,
        audience: 'MANAGER',
        purpose: 'ESCALATED_M1',
        urgent: true,
        ladder: { key: 'M1', start: 'MANAGER', rung: 0, round: 1 },
        excluding: ['lee'],
        used: [],
        what: 'The customer escalates.',
      }),
      event('PageSent', {
        pageId: 'C2000002-3',
        attempt: 1,
        person: 'ana',
        name: 'Ana',
        route: 'DIRECT',
        channel: 'console',
        channelsLeft: 0,
        passedOver: [],
        directManager: { person: 'ana', name: 'Ana' },
      }),
      event('PageAcknowledged', { pageId: 'C2000002-3', person: 'ana' }),
      event('AcknowledgementKept', { ladder: 'M1', person: 'ana', expiresAt: at }),
      event('AcknowledgementExpired', { ladder: 'M1', person: 'ana' }),
      event('LadderPaused', { ladder: 'M1', round: 3, retryAt: at }),
      event('NoManagerReached', { ladder: 'M1', purpose: 'ESCALATED_M1', rounds: 3 }),
      event('LadderEnded', { ladder: 'SPR-SPR123456', why: 'ACTED_ON' }),
      event('EDownRequested', { missing: ['category', 'nonsense'] }),
      event('EDownRefused', { code: 'NOT_PRODUCTION', message: 'E-Down is reserved …', fields: [] }),
      event('EmergencyAlerted', { episode: 1, alert: 2, lateMs: 0 }),
      event('ContactsUpdated', { contacts: [], added: ['pat'], changed: [], removed: [], takesOver: 'pat' }),
      event('ContactActionOverdue', { actionId: 'C2000002-A1', lateMs: 0 }),
      event('ManagerContactRequested', {}),
    ];
    const carried = upgraded({ ...old, state: { ...old.state, tail: written } } as never);
    if ('newer' in carried) throw new Error('newer');
    expect(carried.state.tail.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['Escalated', 'PageRequested', 'PageSent', 'NeedEnded', 'SearchPaused', 'EDownRefused']),
    );
    expect(carried.state.tail).toHaveLength(written.length);
    for (const told of carried.state.tail) {
      const sentence = en.event(told, utc);
      expect(sentence).toMatch(/\S.*\.$/);
      expect(sentence).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

test('what this version has written comes up as it is', () => {
  for (const { name } of examples.filter(({ release }) => release === PRESENT))
    expect(comeUp(PRESENT, name)).toEqual(stored(PRESENT, name));
});

test('what a newer version has written is named, and nothing of it is guessed at', () => {
  const { state, published } = comeUp(PRESENT, 'quiet');
  expect(upgraded({ version: CARRIED_VERSION + 1, state, published })).toEqual({ newer: CARRIED_VERSION + 1 });
});

/** The form of now, and examples of it: written anew only as long as no release has written any. */
const lives: Readonly<Record<string, () => Fixture>> = {
  quiet: () => caseAt({ severity: 2 }),
  'm1-pending': () => caseAt({ severity: 2, level: 'M1' }),
  'm2-team': () => caseAt({ severity: 1, level: 'M2', accepted: true }),
  'e-down': () => {
    const c = caseAt({ emergency: true });
    c.simulation.pass(20 * MINUTE);
    return c.do('requestContactAction', 'lee', { kind: 'GATHER_DATA', what: 'Send the log.' });
  },
  closed: () =>
    caseAt({ emergency: true })
      .do('confirmWorkableSystem', 'pat')
      .do('changeSeverity', 'maria', { severity: 2, customerAgreed: true })
      .do('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true }),
};

test('a change of what is carried has a number of its own', () => {
  const shape = shapeOf('workflows/core/carried/index.ts', 'Carried');
  const file = join(FOLDER, `form-${CARRIED_VERSION}.txt`);
  if (process.env['REWRITE_CARRIED']) {
    writeFileSync(file, shape);
    mkdirSync(join(FOLDER, PRESENT), { recursive: true });
    for (const [name, life] of Object.entries(lives)) {
      const example: Carried = {
        version: CARRIED_VERSION,
        state: life().simulation.state,
        published: { CaseSeverity: '2' },
      };
      writeFileSync(join(FOLDER, PRESENT, `${name}.json`), `${JSON.stringify(example, null, 1)}\n`);
    }
  }
  const isSame = existsSync(file) && readFileSync(file, 'utf8') === shape;
  // Was this form released? Then: one more in CARRIED_VERSION, a way up (from-….ts), examples of the form before. Otherwise: REWRITE_CARRIED=1.
  expect(
    isSame ? 'the form is as it was' : 'the form has changed: see docs/operations.md, "A change of what is carried"',
  ).toBe('the form is as it was');
}, 60_000);
