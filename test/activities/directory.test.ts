/** R9, R10, R40, R45, R49, B9, D9, D11: who is the one, who comes next, and who was passed over, for whom and why. */
import { candidates, type Circumstances } from '../../activities/directory/candidates';
import { knownPerson } from '../../activities/directory/nearest';
import type { Directory, Person } from '../../activities/directory/types';
import type { Wanted } from '../../workflows/core/language/reach';
import { away, directoryOf, someone, teamOf } from '../support/paging';

const NOW = Date.parse('2026-06-01T12:00:00Z');

const chart = (over: Record<string, Partial<Person>> = {}, rest: Partial<Directory> = {}): Directory => {
  const people = [
    someone('lee', { manager: 'ana' }),
    someone('kim', { manager: 'ana' }),
    someone('ana', { manager: 'ben' }),
    someone('ben', { manager: 'vera' }),
    someone('vera'),
    someone('dora'),
    someone('dirk'),
    someone('eve'),
  ];
  return directoryOf(
    people.map((person) => ({ ...person, ...over[person.id] })),
    { dutyManagers: ['dora', 'dirk'], dutyExecutive: ['eve'], ...rest },
  );
};

/** `ana DIRECT, ben NEXT_UP | kim AWAY for ana`: everybody who can be paged, then those passed over before the first. */
function told(directory: Directory, wanted: Partial<Wanted>, circumstances: Partial<Circumstances> = {}): string {
  const { list, passedOver } = candidates(
    directory,
    { audience: 'ENGINEER', excluding: [], ...wanted },
    { engineer: 'lee', ...circumstances },
    NOW,
  );
  const people = list.map(({ person, route }) => `${person.id} ${route}`).join(', ');
  return [
    people,
    ...passedOver.map(({ person, why, for: whom }) => `${person} ${why}${whom === undefined ? '' : ` for ${whom}`}`),
  ].join(' | ');
}

describe('R9 the engineer', () => {
  test.each<[string, Record<string, Partial<Person>>, string]>([
    ['is there', {}, 'lee DIRECT'],
    ['is away: the delegate', { lee: { away: [away('kim')] } }, 'kim DELEGATE | lee AWAY'],
    [
      'is away, the delegate too: the delegate of the delegate',
      { lee: { away: [away('kim')] }, kim: { away: [away('ben')] } },
      'ben DELEGATE | lee AWAY | kim AWAY for lee',
    ],
    ['is away without a delegate: nobody', { lee: { away: [away()] } }, ' | lee AWAY'],
    [
      'and the delegate stand in for each other: nobody',
      { lee: { away: [away('kim')] }, kim: { away: [away('lee')] } },
      ' | lee AWAY | kim AWAY for lee | lee CYCLE',
    ],
    ['stands in for themselves: nobody', { lee: { away: [away('lee')] } }, ' | lee AWAY | lee CYCLE'],
    ['has a delegate nobody knows', { lee: { away: [away('ghost')] } }, ' | lee AWAY | ghost UNKNOWN_PERSON for lee'],
    ['has two absences, one with a delegate', { lee: { away: [away(), away('kim')] } }, 'kim DELEGATE | lee AWAY'],
    [
      'is back from the minute the absence ends',
      { lee: { away: [{ from: 0, to: NOW, delegate: 'kim' }] } },
      'lee DIRECT',
    ],
    [
      'is away from the minute it begins',
      { lee: { away: [{ from: NOW, to: NOW + 1, delegate: 'kim' }] } },
      'kim DELEGATE | lee AWAY',
    ],
  ])('%s', (_name, over, expected) => expect(told(chart(over), {})).toBe(expected));

  test('is not assigned, or unknown', () => {
    expect(told(chart(), {}, { engineer: null })).toBe('');
    expect(told(chart(), {}, { engineer: 'ghost' })).toBe(' | ghost UNKNOWN_PERSON');
  });
});

describe('R10, R40, R49 the manager', () => {
  test.each<[string, Record<string, Partial<Person>>, string]>([
    ['direct, and upwards', {}, 'ana DIRECT, ben NEXT_UP, vera NEXT_UP'],
    [
      'away: the delegate, then upwards',
      { ana: { away: [away('dora')] } },
      'dora DELEGATE, ben NEXT_UP, vera NEXT_UP | ana AWAY',
    ],
    ['away without a delegate: the next one up', { ana: { away: [away()] } }, 'ben NEXT_UP, vera NEXT_UP | ana AWAY'],
    [
      'away with the engineer as the delegate: nobody manages their own work',
      { ana: { away: [away('lee')] } },
      'ben NEXT_UP, vera NEXT_UP | ana AWAY | lee SELF_MANAGED for ana',
    ],
    ['is the engineer: nobody', { lee: { manager: 'lee' } }, ' | lee SELF_MANAGED'],
    ['works for the engineer: the chart ends where it began', { ana: { manager: 'lee' } }, 'ana DIRECT'],
    ['and the next one up manage each other', { ben: { manager: 'ana' } }, 'ana DIRECT, ben NEXT_UP'],
    ['is at the top and says so by managing themselves', { ana: { manager: 'ana' } }, 'ana DIRECT'],
    ['is not in the directory', { lee: { manager: 'ghost' } }, ' | ghost UNKNOWN_PERSON'],
    ['has a manager who is not in the directory', { ana: { manager: 'ghost' } }, 'ana DIRECT'],
  ])('%s', (_name, over, expected) => expect(told(chart(over), { audience: 'MANAGER' })).toBe(expected));

  test('is not on file', () => {
    expect(told(chart(), { audience: 'MANAGER' }, { engineer: 'vera' })).toBe('');
    expect(told(chart(), { audience: 'MANAGER' }, { engineer: null })).toBe('');
  });

  test('was asked before: the next one up, and at the end why there is nobody', () => {
    expect(told(chart(), { audience: 'MANAGER', excluding: ['ana'] })).toBe('ben NEXT_UP, vera NEXT_UP');
    expect(told(chart({ ana: { manager: 'lee' } }), { audience: 'MANAGER', excluding: ['ana'] })).toBe(' | lee CYCLE');
  });

  test('was asked and went away since: the delegate is still to be asked', () => {
    expect(told(chart({ ana: { away: [away('dora')] } }), { audience: 'MANAGER', excluding: ['ana'] })).toContain(
      'dora DELEGATE',
    );
  });

  test('those passed over further up are not told with the first one', () => {
    const directory = chart({ ben: { away: [away()] } });
    expect(told(directory, { audience: 'MANAGER' })).toBe('ana DIRECT, vera NEXT_UP');
    const { allPassedOver } = candidates(directory, { audience: 'MANAGER', excluding: [] }, { engineer: 'lee' }, NOW);
    expect(allPassedOver).toEqual([{ person: 'ben', why: 'AWAY' }]);
  });
});

describe('R45 the second level', () => {
  test.each<[string, Record<string, Partial<Person>>, string]>([
    ["is the manager's manager, then upwards, then the executive", {}, 'ben DIRECT, vera NEXT_UP, eve DUTY_EXECUTIVE'],
    [
      'is away: the delegate',
      { ben: { away: [away('dirk')] } },
      'dirk DELEGATE, vera NEXT_UP, eve DUTY_EXECUTIVE | ben AWAY',
    ],
    [
      'is away with the direct manager as the delegate: always another person',
      { ben: { away: [away('ana')] } },
      'vera NEXT_UP, eve DUTY_EXECUTIVE | ben AWAY | ana SELF_MANAGED for ben',
    ],
    [
      'is the direct manager, who manages themselves: the executive',
      { ana: { manager: 'ana' } },
      'eve DUTY_EXECUTIVE | ana SELF_MANAGED',
    ],
    ['is the engineer: the executive', { ana: { manager: 'lee' } }, 'eve DUTY_EXECUTIVE | lee CYCLE'],
    ['would be above the top: the executive', { lee: { manager: 'vera' } }, 'eve DUTY_EXECUTIVE'],
    ['without a direct manager there is none', { lee: { manager: 'lee' } }, ' | lee SELF_MANAGED'],
    ['with an unknown direct manager there is none', { lee: { manager: 'ghost' } }, ' | ghost UNKNOWN_PERSON'],
  ])('%s', (_name, over, expected) => expect(told(chart(over), { audience: 'SECOND_LEVEL_MANAGER' })).toBe(expected));

  test('the direct manager is not their own second level as the executive either', () => {
    const directory = chart({}, { dutyExecutive: ['ana', 'eve'] });
    expect(told(directory, { audience: 'SECOND_LEVEL_MANAGER', excluding: ['ben', 'vera'] })).toBe(
      'eve DUTY_EXECUTIVE | ana SELF_MANAGED',
    );
  });

  test('the owner of M1, whoever it is, is left out', () => {
    expect(told(chart(), { audience: 'SECOND_LEVEL_MANAGER', excluding: ['ben'] })).toBe(
      'vera NEXT_UP, eve DUTY_EXECUTIVE',
    );
  });
});

describe('R47, R49, B9 people on duty', () => {
  test('duty managers in order, by whoever stands in', () => {
    expect(told(chart({ dora: { away: [away('vera')] } }), { audience: 'DUTY_MANAGER' })).toBe(
      'vera DELEGATE, dirk DUTY_MANAGER | dora AWAY',
    );
  });

  test('nobody is listed twice', () => {
    expect(told(chart({ dora: { away: [away('dirk')] } }), { audience: 'DUTY_MANAGER' })).toBe(
      'dirk DELEGATE | dora AWAY',
    );
  });

  test('executives; R&D, or the duty managers when nobody is named', () => {
    expect(told(chart(), { audience: 'DUTY_EXECUTIVE' })).toBe('eve DUTY_EXECUTIVE');
    expect(told(chart({}, { rnd: ['vera'] }), { audience: 'RND' })).toBe('vera NAMED');
    expect(told(chart(), { audience: 'RND' })).toBe('dora DUTY_MANAGER, dirk DUTY_MANAGER');
  });
});

describe('D9 whoever stands in', () => {
  const dora = { ana: { away: [away('dora')] } };

  test('is asked in the order of the list, and the principal is not', () => {
    expect(told(chart({ dirk: { away: [away('kim')] } }), { audience: 'DUTY_MANAGER' })).toBe(
      'dora DUTY_MANAGER, kim DELEGATE',
    );
  });

  test('was asked already, or may not have it: the next one up, and it is said for whom and why', () => {
    expect(told(chart(dora), { audience: 'MANAGER', excluding: ['dora'] })).toBe(
      'ben NEXT_UP, vera NEXT_UP | ana AWAY | dora BARRED for ana',
    );
  });

  test('stands in for two: once', () => {
    const both = { ana: { away: [away('kim')] }, ben: { away: [away('kim')] } };
    expect(told(chart(both), { audience: 'MANAGER' })).toBe('kim DELEGATE, vera NEXT_UP | ana AWAY');
  });

  test('stands further up in the chart: once, in the place of whoever is away', () => {
    expect(told(chart({ ana: { away: [away('vera')] } }), { audience: 'MANAGER' })).toBe(
      'vera DELEGATE, ben NEXT_UP | ana AWAY',
    );
  });

  test('has gone home from this emergency: somebody else, and it is said for whom and why', () => {
    const emergency = { isEmergency: true, off: ['kim'] };
    expect(told(chart({ ana: { away: [away('kim')] } }), { audience: 'MANAGER' }, emergency)).toBe(
      'ben NEXT_UP, vera NEXT_UP | ana AWAY | kim OFF_SHIFT for ana',
    );
  });

  test('is told with whom they stand in for', () => {
    const { list } = candidates(chart(dora), { audience: 'MANAGER', excluding: [] }, { engineer: 'lee' }, NOW);
    expect(list.map(({ person, for: whom }) => [person.id, whom])).toEqual([
      ['dora', 'ana'],
      ['ben', undefined],
      ['vera', undefined],
    ]);
  });
});

describe('D11 the engineer whose window is closed', () => {
  const asleep = (over: Partial<Directory> = {}): Directory =>
    chart(
      {},
      {
        onCall: [
          teamOf('night', 'UTC', '00:00-08:00', 'lee', 'eve'),
          teamOf('day', 'UTC', '08:00-16:00', 'kim', 'dirk'),
          teamOf('evening', 'UTC', '16:00-24:00', 'dora'),
        ],
        ...over,
      },
    );

  test('sleeps while there is an emergency: those on call are asked, and no team that is off', () => {
    expect(told(asleep(), {}, { isEmergency: true })).toBe('kim ON_CALL, dirk ON_CALL | lee OFF_SHIFT');
  });

  test('is asked as ever without one', () => expect(told(asleep(), {})).toBe('lee DIRECT'));

  test('is asked while they work on it: nobody sends them to sleep', () => {
    expect(told(asleep(), {}, { isEmergency: true, atWork: 'lee' })).toBe('lee DIRECT');
    expect(told(asleep(), {}, { isEmergency: true, atWork: 'kim' })).toBe('kim ON_CALL, dirk ON_CALL | lee OFF_SHIFT');
  });

  test('is asked where they have no shifts at all, or their window is open', () => {
    expect(told(asleep(), {}, { engineer: 'ben', isEmergency: true })).toBe('ben DIRECT');
    expect(told(asleep(), {}, { engineer: 'kim', isEmergency: true })).toBe('kim DIRECT');
  });

  test('is asked where they stand in for somebody whose window is open', () => {
    const directory = asleep();
    const people = directory.people.map((person) =>
      person.id === 'kim' ? { ...person, away: [away('lee')] } : person,
    );
    expect(told({ ...directory, people }, {}, { isEmergency: true })).toBe('lee DIRECT');
  });

  test('whoever was on call and has gone home is not asked in their place either', () => {
    expect(told(asleep(), {}, { isEmergency: true, off: ['kim'] })).toBe(
      'dirk ON_CALL | lee OFF_SHIFT | kim OFF_SHIFT',
    );
  });

  test('nobody is on call: nobody of this rung, and their managers come next', () => {
    const nobody = asleep({ onCall: [teamOf('night', 'UTC', '00:00-08:00', 'lee', 'eve')] });
    expect(told(nobody, {}, { isEmergency: true })).toBe(' | lee OFF_SHIFT');
  });

  test('who is meant by name is asked, whatever their window', () => {
    expect(told(asleep(), { person: 'lee' }, { isEmergency: true })).toBe('lee NAMED');
  });
});

describe('H5 whoever has gone home', () => {
  const world = (): Directory =>
    chart({}, { onCall: [teamOf('a', 'UTC', '04:00-13:00', 'kim'), teamOf('b', 'UTC', '20:00-04:00', 'lee', 'eve')] });
  const onCall = { audience: 'ON_CALL' } as const;

  test('is not woken as one of the team that opens next', () => {
    expect(told(world(), onCall, { off: ['lee'] })).toBe('kim ON_CALL, eve NEXT_TEAM');
    expect(told(world(), { ...onCall, excluding: ['kim'] }, { off: ['lee'] })).toBe('eve NEXT_TEAM | lee OFF_SHIFT');
  });

  test('is on call again when their window is open again', () => {
    expect(told(world(), onCall, { off: ['kim'] })).toBe('kim ON_CALL, lee NEXT_TEAM, eve NEXT_TEAM');
  });
});

describe('an engineer who has left the directory', () => {
  test('has the managers on record, before those on duty', () => {
    const left = { engineer: 'ghost', chart: ['ana', 'ben', 'vera'] };
    expect(told(chart(), { audience: 'MANAGER' }, left)).toBe(
      'ana DIRECT, ben NEXT_UP, vera NEXT_UP | ghost UNKNOWN_PERSON',
    );
    expect(told(chart(), { audience: 'SECOND_LEVEL_MANAGER' }, left)).toBe(
      'ben DIRECT, vera NEXT_UP, eve DUTY_EXECUTIVE | ghost UNKNOWN_PERSON',
    );
  });

  test('what is on record does not count while the directory knows better', () => {
    expect(told(chart(), { audience: 'MANAGER' }, { chart: ['dora', 'dirk'] })).toBe(
      'ana DIRECT, ben NEXT_UP, vera NEXT_UP',
    );
  });
});

describe('D5 a name that has answered', () => {
  test.each([
    ['eng-lee', { name: 'Lee Min', isManager: true, nearest: null }],
    ['eng-lea', { name: null, nearest: 'eng-lee' }],
    ['ENG-LEE', { name: null, nearest: 'eng-lee' }],
    ['egn-lee', { name: null, nearest: 'eng-lee' }],
    ['eng-le', { name: null, nearest: 'eng-lee' }],
    ['nobody-at-all', { name: null, nearest: null }],
    ['', { name: null, nearest: null }],
  ])('%p', (id, expected) => {
    const directory = directoryOf([someone('eng-lee', { name: 'Lee Min' }), someone('eng-maier')]);
    expect(knownPerson(directory, id)).toEqual(expected);
  });

  test.each([
    ['lee', false],
    ['ana', true],
    ['vera', true],
    ['dora', true],
    ['eve', true],
    ['kim', true],
  ])('D4 whether a level may be theirs: %s', (id, isManager) => {
    const away = [{ from: 0, to: 1, delegate: 'kim' }];
    const { people, ...org } = directoryOf(
      [
        someone('lee', { manager: 'ana' }),
        someone('kim', { manager: 'ana' }),
        someone('ana', { manager: 'vera', away }),
        someone('vera'),
        someone('dora', { manager: 'vera' }),
        someone('eve', { manager: 'vera' }),
      ],
      { dutyManagers: ['dora'], dutyExecutive: ['eve'] },
    );
    expect(knownPerson({ people, ...org }, id).isManager).toBe(isManager);
  });
});

describe('B2 exactly this person', () => {
  test('excluded or not', () => {
    expect(told(chart(), { audience: 'MANAGER', person: 'ana', excluding: ['ana'] })).toBe('ana NAMED');
  });

  test('B9 away: whoever stands in for them, unless asked before', () => {
    const directory = chart({ ana: { away: [away('dora')] } });
    expect(told(directory, { audience: 'MANAGER', person: 'ana', excluding: ['ana'] })).toBe(
      'dora DELEGATE | ana AWAY',
    );
    expect(told(directory, { audience: 'MANAGER', person: 'ana', excluding: ['ana', 'dora'] })).toBe(
      ' | ana AWAY | dora BARRED for ana',
    );
  });

  test('whoever has a page gets its next message, and nobody in their place; not once they are away', () => {
    expect(told(chart(), { audience: 'MANAGER', person: 'ana', exact: true, excluding: ['ana'] })).toBe('ana NAMED');
    const directory = chart({ ana: { away: [away('dora')] } });
    expect(told(directory, { audience: 'MANAGER', person: 'ana', exact: true })).toBe(' | ana AWAY');
  });

  test('unknown: nobody else instead', () => {
    expect(told(chart(), { audience: 'MANAGER', person: 'ghost' })).toBe(' | ghost UNKNOWN_PERSON');
  });

  test('preferred: first while they are among those to ask', () => {
    expect(told(chart(), { audience: 'DUTY_MANAGER', prefer: 'dirk' })).toBe('dirk DUTY_MANAGER, dora DUTY_MANAGER');
    expect(told(chart(), { audience: 'DUTY_MANAGER', prefer: 'vera' })).toBe('dora DUTY_MANAGER, dirk DUTY_MANAGER');
  });
});

describe('R30 the contact', () => {
  const contacts = [
    { name: 'ana', reach: 'ON_SITE', timezone: 'Asia/Tokyo' },
    { name: 'quinn', reach: 'PAGER' },
  ] as const;
  const directory = chart({}, { contactChannels: [{ kind: 'webhook', url: 'http://gateway' }] });
  const found = (wanted: Partial<Wanted>) =>
    candidates(directory, { audience: 'CONTACT', excluding: [], ...wanted }, { engineer: 'lee', contacts }, NOW).list;

  test('is the person of the case, not of the directory, by their own clock', () => {
    expect(found({ person: 'ana' })).toMatchObject([
      { route: 'CONTACT', person: { id: 'ana', name: 'ana', timezone: 'Asia/Tokyo', channels: [{ kind: 'webhook' }] } },
    ]);
  });

  test('in the order of the case; who was asked before is not asked again', () => {
    expect(found({}).map(({ person }) => person.id)).toEqual(['ana', 'quinn']);
    expect(found({ excluding: ['ana'] }).map(({ person }) => person.id)).toEqual(['quinn']);
  });

  test('is not on file: nobody, and nobody of the directory in their place', () => {
    expect(told(chart(), { audience: 'CONTACT' })).toBe('');
    expect(found({ person: 'ben' })).toEqual([]);
  });
});
