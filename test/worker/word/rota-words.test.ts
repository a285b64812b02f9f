/** Who hears of the rota, when, and that it is never in their night unless it must be. */
import { changeWords, staleWord, tellTurnAt, turnWord } from '../../../worker/word/rota';
import { turnsBetween } from '../../../activities/directory/turns';
import type { Directory } from '../../../activities/directory/types';
import { directoryFrom } from '../../../worker/config';
import type { ToTell } from '../../../worker/word/tell';

const PEOPLE = [
  { id: 'lee', name: 'Lee', timezone: 'UTC' },
  { id: 'kim', name: 'Kim', timezone: 'UTC' },
  { id: 'sato', name: 'Sato', timezone: 'Asia/Tokyo' },
];
const WEEKDAYS = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }];

interface Rota {
  readonly team?: string;
  readonly people: readonly unknown[];
  readonly windows?: unknown;
  readonly more?: object;
}
const company = (...rotas: readonly Rota[]): Directory =>
  directoryFrom({
    people: PEOPLE.map((person) => ({ languages: ['en'], channels: [{ kind: 'console' }], ...person })),
    dutyManagers: ['lee', 'sato'],
    onCall: rotas.map(({ team = 'emea', people, windows = 'always', more = {} }) => ({
      team,
      timezone: 'UTC',
      windows,
      people,
      rotation: { every: 'week', from: '2026-11-02', at: 'mon 09:00' },
      ...more,
    })),
  });

function wordsOf(before: Directory, after: Directory, now: string): ToTell[] {
  const words = changeWords(before, after, Date.parse(now));
  for (let step = words.next(); ; step = words.next()) if (step.done) return step.value;
}
const NOON = '2026-11-25T12:00:00Z';

describe('an edit', () => {
  test('tells those whose next turn moved, once each, when it was and when it is; and nobody else', () => {
    // The weeks from 11-23: lee, kim, sato.
    const before = company({ people: ['lee', 'kim', 'sato'] });
    const overrides = [{ person: 'sato', from: '2026-11-30T09:00', to: '2026-12-07T09:00' }];
    const [words, ...more] = wordsOf(before, company({ people: ['lee', 'kim', 'sato'], more: { overrides } }), NOON);
    expect(more).toEqual([]);
    const [first, second, third] = ['2026-11-30', '2026-12-07', '2026-12-21'].map((day) => `${day}T09:00:00.000Z`);
    const said = (moved: object) => ({ key: 'ROTA_CHANGED', moved: [{ team: 'emea', ...moved }] });
    expect(words?.word.tellings).toEqual([
      { whom: { person: 'kim' }, audience: 'ON_CALL', said: said({ before: first, after: third }) },
      { whom: { person: 'sato' }, audience: 'ON_CALL', said: said({ before: second, after: first }) },
    ]);
  });

  test('of two teams tells one person once, with the first of them', () => {
    const before = company({ people: ['lee', 'kim'] }, { team: 'apac', people: ['kim', 'lee'] });
    const after = company({ people: ['lee', 'sato', 'sato', 'kim'] }, { team: 'apac', people: ['kim', 'sato', 'lee'] });
    const words = wordsOf(before, after, NOON);
    const told = words.flatMap(({ word }) => word.tellings.map(({ whom }) => whom.person));
    expect([...told].sort()).toEqual([...new Set(told)].sort());
    const [kims] = words.flatMap(({ word }) => word.tellings.filter(({ whom }) => whom.person === 'kim'));
    expect(kims?.said).toMatchObject({ moved: [{ team: 'emea' }, { team: 'apac' }] });
  });

  test('has the same names to all who notice it, made of what it says; the other way round it is another', () => {
    const [before, after] = [company({ people: ['lee', 'kim', 'sato'] }), company({ people: ['lee', 'sato', 'kim'] })];
    const namesOf = (...edit: Parameters<typeof wordsOf>): readonly unknown[] =>
      (wordsOf(...edit)[0]?.sameAs?.named ?? []).map(({ idOf, content }) => [idOf(1), idOf(2), content]);
    const names = namesOf(before, after, NOON);
    // The turn of the week before, which ends at nine, is another one's too. Never by the name of a turn itself.
    expect(names).toEqual([
      ['rota-emea-2026-11-23T00:00:00.001Z', 'rota-emea-2026-11-23T00:00:00.002Z', expect.anything()],
    ]);
    // Later, with a turn begun meanwhile, by another worker.
    expect(namesOf(before, after, '2026-11-27T23:59:59Z')).toEqual(names);
    const back = namesOf(after, before, NOON);
    expect(back).toEqual([[...(names[0] as unknown[]).slice(0, 2), expect.anything()]]);
    expect(back).not.toEqual(names);
    // As a week begins somebody may have noticed it in the week before.
    expect(namesOf(before, after, '2026-11-30T00:10:00Z')[0]).toEqual(names[0]);
  });

  test('that changes no turn tells nobody', () => {
    expect(wordsOf(company({ people: ['lee', 'kim'] }), company({ people: ['lee', 'kim'] }), NOON)).toEqual([]);
  });

  test('in the night waits for the morning of each, by their own clock; not where the turn comes before it', () => {
    const before = company({ people: ['lee', 'kim', 'sato'] });
    const after = company({ people: ['lee', 'sato', 'kim'] });
    // 15:00 UTC is midnight in Tokyo.
    const waits = (now: string) =>
      Object.fromEntries(
        wordsOf(before, after, now).flatMap(({ word }) =>
          word.tellings.map(({ whom, notBefore }) => [whom.person, notBefore]),
        ),
      ) as Record<string, string | undefined>;
    expect(waits('2026-11-25T15:00:00Z')).toMatchObject({ sato: '2026-11-25T22:00:00.000Z' });
    expect(waits('2026-11-25T15:00:00Z')['kim']).toBeUndefined();
    // The turn of Monday 09:00 UTC is 18:00 in Tokyo; lee's night ends at 07:00 and is waited for, one minute before the turn not.
    expect(waits('2026-11-30T03:00:00Z')['kim']).toBe('2026-11-30T07:00:00.000Z');
  });

  test('of a calendar that was not seen tells nobody', () => {
    const before = company({ people: ['lee', 'kim'] });
    const calendar = {
      file: 'rota.ics',
      person: 'title',
      dayStarts: '09:00',
      refreshMs: 1,
      staleAfterMs: 1,
      names: {},
    };
    const unseen = before.onCall.map((team) => ({ ...team, calendar: { ...calendar, from: { file: 'rota.ics' } } }));
    expect(wordsOf({ ...before, onCall: unseen }, company({ people: ['kim', 'lee'] }), NOON)).toEqual([]);
  });
});

describe('a calendar that goes on', () => {
  const withShifts = (...shifts: readonly (readonly [string, string, string])[]): Directory => {
    const read = company({ people: ['lee'] });
    const made = shifts.map(([id, from, to]) => ({ people: [id], from: Date.parse(from), to: Date.parse(to) }));
    const source = {
      from: { file: 'rota.ics' },
      person: 'title',
      dayStarts: '00:00',
      refreshMs: 1,
      staleAfterMs: 1,
      names: {},
    };
    return { ...read, onCall: read.onCall.map((one) => ({ ...one, calendar: source, shifts: made })) };
  };
  const [first, second] = [
    ['kim', '2026-11-23T00:00Z', '2026-11-30T00:00Z'],
    ['sato', '2026-11-30T00:00Z', '2026-12-07T00:00Z'],
  ] as const;

  test('tells whoever comes next; not those who are asked while it says nothing', () => {
    const words = wordsOf(withShifts(first), withShifts(first, second), NOON);
    expect(words.flatMap(({ word }) => word.tellings)).toEqual([
      expect.objectContaining({
        whom: { person: 'sato' },
        said: { key: 'ROTA_CHANGED', moved: [{ team: 'emea', before: null, after: '2026-11-30T00:00:00.000Z' }] },
      }),
    ]);
  });

  test('tells a turn of whoever would be asked anyhow, which changes nobody', () => {
    const words = wordsOf(
      withShifts(first),
      withShifts(first, ['lee', '2026-11-30T00:00Z', '2026-12-07T00:00Z']),
      NOON,
    );
    expect(words.flatMap(({ word }) => word.tellings.map(({ whom }) => whom))).toEqual([{ person: 'lee' }]);
    expect(words[0]?.sameAs?.named.map(({ idOf }) => idOf(1))).toEqual(['rota-emea-2026-11-23T00:00:00.001Z']);
  });
});

describe('a turn', () => {
  const [from, to] = [Date.parse('2026-11-24T00:00Z'), Date.parse('2026-12-12T00:00Z')];

  test('begins when somebody else comes: not each morning of one person, nor after a closed weekend', () => {
    const directory = company({ people: ['lee', 'kim'], windows: WEEKDAYS });
    const turns = directory.onCall.flatMap((team) => turnsBetween(team, from, to));
    expect(turns.map(({ at, person }) => `${new Date(at).toISOString()} ${person}`)).toEqual([
      '2026-11-30T09:00:00.000Z lee',
      '2026-12-07T09:00:00.000Z kim',
    ]);
    const alone = company({ people: ['lee'], windows: WEEKDAYS });
    expect(alone.onCall.flatMap((team) => turnsBetween(team, from, to))).toEqual([]);
  });

  test('is told so long before; in a night, in the morning before it or in the evening before', () => {
    const directory = company({ people: ['lee', 'sato'] });
    const at = (begins: string, person: string, leadMs: number): string =>
      new Date(tellTurnAt(directory, { team: 'gone', at: Date.parse(begins), person }, leadMs)).toISOString();
    const hour = 3_600_000;
    expect(at('2026-11-30T12:00:00Z', 'lee', hour)).toBe('2026-11-30T11:00:00.000Z');
    // An hour before is 06:30.
    expect(at('2026-11-30T07:30:00Z', 'lee', hour)).toBe('2026-11-30T07:00:00.000Z');
    expect(at('2026-11-30T06:00:00Z', 'lee', hour)).toBe('2026-11-29T22:00:00.000Z');
    // 09:00 UTC is 18:00 in Tokyo.
    expect(at('2026-11-30T09:00:00Z', 'sato', hour)).toBe('2026-11-30T08:00:00.000Z');
  });

  test('is one page for everybody who notices it', () => {
    const turn = { team: 'emea', at: Date.parse('2026-11-30T09:00:00Z'), person: 'lee' };
    expect(turnWord(turn).word).toEqual(turnWord({ ...turn }).word);
    expect(turnWord(turn).word.pageId).toBe('rota-emea-2026-11-30T09:00:00.000Z');
  });
});

test('a stale calendar is told to the duty managers, each once and not in their night; at once where there is no copy', () => {
  const directory = company({ people: ['lee'] });
  const [team] = directory.onCall;
  if (!team) throw new Error('no team');
  const midnightInTokyo = Date.parse('2026-11-25T15:00:00Z');
  const readAt = Date.parse('2026-11-24T10:00:00Z');
  const { word } = staleWord(directory, team, readAt, midnightInTokyo);
  expect(word.tellings.map(({ whom, notBefore }) => [whom.person, notBefore])).toEqual([
    ['lee', undefined],
    ['sato', '2026-11-25T22:00:00.000Z'],
  ]);
  const none = staleWord(directory, team, null, midnightInTokyo).word;
  expect(none.tellings.map(({ notBefore }) => notBefore)).toEqual([undefined, undefined]);
  expect(none.tellings[0]?.said).toEqual({ key: 'CALENDAR_STALE', team: 'emea', readAt: null });
});
