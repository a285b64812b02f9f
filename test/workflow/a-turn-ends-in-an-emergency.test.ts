/**
 * E1, B8: an E-Down whose engineer on call stops being that in the middle of a window round the clock, whatever the cause. Whoever
 * comes is asked to take it, whoever gives is asked to write the hand-over, and nobody else hears a thing.
 */
import type { Directory } from '../../activities/directory/types';
import { directoryFrom } from '../../worker/config';
import { HOUR, MINUTE, policy } from '../support/cases';
import { org } from '../support/org';
import { QUIET, SkippingCompany } from '../support/skipping';

const DAY = 24 * HOUR;

let company: SkippingCompany;
beforeAll(async () => {
  company = await SkippingCompany.start();
}, 60_000);
afterEach(() => company.endCases());
afterAll(() => company.stop());

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** Midnight of the Monday after the next: by the server's clock, which goes on from test to test. */
async function aMonday(): Promise<number> {
  const now = await company.now();
  const midnight = now - (now % DAY);
  return midnight + (((8 - new Date(midnight).getUTCDay()) % 7) + 7) * DAY;
}

/** One team round the clock, in UTC, as its file would have it. */
function teamOf(team: object, holidays: object = {}): Directory {
  const { people, dutyManagers, dutyExecutive } = org();
  const channels = [{ kind: 'console' }];
  return directoryFrom({
    people: people.map(({ id, name, manager }) => ({ id, name, channels, ...(manager !== undefined && { manager }) })),
    dutyManagers,
    dutyExecutive,
    holidays,
    onCall: [{ team: 'world', timezone: 'UTC', windows: 'always', ...team }],
  });
}

const weekly = (monday: number): object => ({ every: 'week', from: day(monday - 7 * DAY), at: 'mon 08:00' });
const OTHERS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Rota {
  readonly directory: Directory;
  /** When kim stops being the first, and sato begins. */
  readonly ends: number;
}

const CAUSES: readonly (readonly [string, (monday: number) => Rota])[] = [
  [
    'a turn',
    (monday) => ({
      directory: teamOf({ people: ['kim', 'sato', 'jones'], rotation: weekly(monday) }),
      ends: monday + 8 * HOUR,
    }),
  ],
  [
    'an override',
    (monday) => ({
      directory: teamOf({
        people: ['sato', 'jones', 'kim'],
        overrides: [{ person: 'kim', from: `${day(monday)}T02:00`, to: `${day(monday)}T08:00` }],
      }),
      ends: monday + 8 * HOUR,
    }),
  ],
  [
    'a turn that was swapped',
    (monday) => ({
      directory: teamOf({
        people: ['sato', 'kim', 'jones'],
        rotation: weekly(monday),
        overrides: [{ swap: ['sato', 'kim'], turns: [day(monday - 7 * DAY), day(monday)] }],
      }),
      ends: monday + 8 * HOUR,
    }),
  ],
  [
    'a holiday',
    (monday) => ({
      directory: teamOf(
        {
          windows: [
            { days: ['sun'], from: '00:00', to: '24:00', people: ['kim'] },
            { days: OTHERS, from: '00:00', to: '24:00', people: ['sato', 'jones'] },
          ],
          people: ['jones'],
          holidays: { calendar: 'all', as: 'sun' },
        },
        { all: { days: [day(monday)] } },
      ),
      ends: monday + DAY,
    }),
  ],
];

test.each(CAUSES)(
  '%s ends: the hand-over goes to whoever comes, and nobody else is rung',
  async (_cause, rotaOf) => {
    // Given kim is on call, and has the emergency; lee has the case
    const { directory, ends } = rotaOf(await aMonday());
    company.directory = directory;
    company.policy = policy({ ...QUIET, eDown: { ...QUIET.eDown, alertEvery: '60d' } });
    await company.until(ends - 2 * HOUR);
    const live = await company.open();
    await live.declareEDown();
    await live.answers('kim');
    await live.answers('lee');
    expect((await live.view()).owners).toMatchObject({ engineer: 'lee', onCall: 'kim' });
    expect(live.rang()).toEqual({
      'kim E_DOWN_ALERT': 1,
      'lee E_DOWN_STARTED': 1,
      'lee E_DOWN_STARTED (quietly)': 1,
      'eve E_DOWN_STARTED (word)': 1,
    });

    // When a minute is left, nothing has happened
    await company.until(ends - MINUTE);
    const before = live.rings.length;
    expect(before).toBe(4);

    // Then, as soon as it ends, sato is asked to take it and kim to write
    await company.until(ends + MINUTE);
    await live.atRest();
    expect(live.rang(before)).toEqual({ 'sato E_DOWN_ALERT': 1, 'kim HAND_OVER': 1 });
    for (const { at } of live.rings.slice(before)) expect(at - ends).toBeLessThan(MINUTE);
    expect((await live.timeline()).filter(({ type }) => type === 'ShiftEnded')).toMatchObject([
      { data: { team: 'world', from: 'kim' } },
    ]);

    // And once it is handed over, it is sato's, and stays quiet
    await live.do('handOver', 'kim', { to: 'sato', state: 'Down.', tried: 'Restart.', nextStep: 'Read the dump.' });
    await live.do('acceptHandOver', 'sato');
    await company.until(ends + 6 * HOUR);
    const { owners } = await live.atRest();
    expect(owners).toMatchObject({ onCall: 'sato' });
    const people = new Set(live.rings.map(({ person }) => person));
    expect([...people].sort()).toEqual(['eve', 'kim', 'lee', 'sato']);
    expect(
      live.rings
        .slice(before)
        .filter(({ urgent }) => urgent)
        .map(({ person }) => person)
        .sort(),
    ).toEqual(['kim', 'sato']);
  },
  60_000,
);
