/** R9, R10, R40, R45, R49, B9: who is the one, who comes next, and who was passed over. */
import { candidates, type Wanted } from '../../activities/directory/candidates';
import type { Directory, Person } from '../../activities/directory/types';
import { away, directoryOf, someone } from '../support/paging';

const NOW = Date.parse('2026-06-01T12:00:00Z');

const chart = (over: Record<string, Partial<Person>> = {}, rest: Partial<Directory> = {}): Directory => {
  const people = [someone('lee', { manager: 'ana' }), someone('kim', { manager: 'ana' }), someone('ana', { manager: 'ben' }), someone('ben', { manager: 'vera' }), someone('vera'), someone('dora'), someone('dirk'), someone('eve')];
  return directoryOf(
    people.map((person) => ({ ...person, ...over[person.id] })),
    { dutyManagers: ['dora', 'dirk'], dutyExecutive: ['eve'], ...rest },
  );
};

/** `ana DIRECT, ben NEXT_UP | dan AWAY`: everybody who can be paged, then those passed over before the first. */
function told(directory: Directory, wanted: Partial<Wanted>): string {
  const { list, passedOver } = candidates(directory, { audience: 'ENGINEER', engineer: 'lee', excluding: [], ...wanted }, NOW);
  const people = list.map(({ person, route }) => `${person.id} ${route}`).join(', ');
  return [people, ...passedOver.map(({ person, why }) => `${person} ${why}`)].join(' | ');
}

describe('R9 the engineer', () => {
  test.each<[string, Record<string, Partial<Person>>, string]>([
    ['is there', {}, 'lee DIRECT'],
    ['is away: the delegate', { lee: { away: [away('kim')] } }, 'kim DELEGATE | lee AWAY'],
    ['is away, the delegate too: the delegate of the delegate', { lee: { away: [away('kim')] }, kim: { away: [away('ben')] } }, 'ben DELEGATE | lee AWAY | kim AWAY'],
    ['is away without a delegate: nobody', { lee: { away: [away()] } }, ' | lee AWAY'],
    ['and the delegate stand in for each other: nobody', { lee: { away: [away('kim')] }, kim: { away: [away('lee')] } }, ' | lee AWAY | kim AWAY | lee CYCLE'],
    ['stands in for themselves: nobody', { lee: { away: [away('lee')] } }, ' | lee AWAY | lee CYCLE'],
    ['has a delegate nobody knows', { lee: { away: [away('ghost')] } }, ' | lee AWAY | ghost UNKNOWN_PERSON'],
    ['has two absences, one with a delegate', { lee: { away: [away(), away('kim')] } }, 'kim DELEGATE | lee AWAY'],
    ['is back from the minute the absence ends', { lee: { away: [{ from: 0, to: NOW, delegate: 'kim' }] } }, 'lee DIRECT'],
    ['is away from the minute it begins', { lee: { away: [{ from: NOW, to: NOW + 1, delegate: 'kim' }] } }, 'kim DELEGATE | lee AWAY'],
  ])('%s', (_name, over, expected) => expect(told(chart(over), {})).toBe(expected));

  test('is not assigned, or unknown', () => {
    expect(told(chart(), { engineer: null })).toBe('');
    expect(told(chart(), { engineer: 'ghost' })).toBe(' | ghost UNKNOWN_PERSON');
  });
});

describe('R10, R40, R49 the manager', () => {
  test.each<[string, Record<string, Partial<Person>>, string]>([
    ['direct, and upwards', {}, 'ana DIRECT, ben NEXT_UP, vera NEXT_UP'],
    ['away: the delegate, then upwards', { ana: { away: [away('dora')] } }, 'dora DELEGATE, ben NEXT_UP, vera NEXT_UP | ana AWAY'],
    ['away without a delegate: the next one up', { ana: { away: [away()] } }, 'ben NEXT_UP, vera NEXT_UP | ana AWAY'],
    ['away with the engineer as the delegate: nobody manages their own work', { ana: { away: [away('lee')] } }, 'ben NEXT_UP, vera NEXT_UP | ana AWAY | lee SELF_MANAGED'],
    ['is the engineer: nobody', { lee: { manager: 'lee' } }, ' | lee SELF_MANAGED'],
    ['works for the engineer: the chart ends where it began', { ana: { manager: 'lee' } }, 'ana DIRECT'],
    ['and the next one up manage each other', { ben: { manager: 'ana' } }, 'ana DIRECT, ben NEXT_UP'],
    ['is at the top and says so by managing themselves', { ana: { manager: 'ana' } }, 'ana DIRECT'],
    ['is not in the directory', { lee: { manager: 'ghost' } }, ' | ghost UNKNOWN_PERSON'],
    ['has a manager who is not in the directory', { ana: { manager: 'ghost' } }, 'ana DIRECT'],
  ])('%s', (_name, over, expected) => expect(told(chart(over), { audience: 'MANAGER' })).toBe(expected));

  test('is not on file', () => {
    expect(told(chart(), { audience: 'MANAGER', engineer: 'vera' })).toBe('');
    expect(told(chart(), { audience: 'MANAGER', engineer: null })).toBe('');
  });

  test('was asked before: the next one up, and at the end why there is nobody', () => {
    expect(told(chart(), { audience: 'MANAGER', excluding: ['ana'] })).toBe('ben NEXT_UP, vera NEXT_UP');
    expect(told(chart({ ana: { manager: 'lee' } }), { audience: 'MANAGER', excluding: ['ana'] })).toBe(' | lee CYCLE');
  });

  test('was asked and went away since: the delegate is still to be asked', () => {
    expect(told(chart({ ana: { away: [away('dora')] } }), { audience: 'MANAGER', excluding: ['ana'] })).toContain('dora DELEGATE');
  });

  test('those passed over further up are not told with the first one', () => {
    const directory = chart({ ben: { away: [away()] } });
    expect(told(directory, { audience: 'MANAGER' })).toBe('ana DIRECT, vera NEXT_UP');
    const { allPassedOver } = candidates(directory, { audience: 'MANAGER', engineer: 'lee', excluding: [] }, NOW);
    expect(allPassedOver).toEqual([{ person: 'ben', why: 'AWAY' }]);
  });
});

describe('R45 the second level', () => {
  test.each<[string, Record<string, Partial<Person>>, string]>([
    ["is the manager's manager, then upwards, then the executive", {}, 'ben DIRECT, vera NEXT_UP, eve DUTY_EXECUTIVE'],
    ['is away: the delegate', { ben: { away: [away('dirk')] } }, 'dirk DELEGATE, vera NEXT_UP, eve DUTY_EXECUTIVE | ben AWAY'],
    ['is away with the direct manager as the delegate: always another person', { ben: { away: [away('ana')] } }, 'vera NEXT_UP, eve DUTY_EXECUTIVE | ben AWAY | ana SELF_MANAGED'],
    ['is the direct manager, who manages themselves: the executive', { ana: { manager: 'ana' } }, 'eve DUTY_EXECUTIVE | ana SELF_MANAGED'],
    ['is the engineer: the executive', { ana: { manager: 'lee' } }, 'eve DUTY_EXECUTIVE | lee CYCLE'],
    ['would be above the top: the executive', { lee: { manager: 'vera' } }, 'eve DUTY_EXECUTIVE'],
    ['without a direct manager there is none', { lee: { manager: 'lee' } }, ' | lee SELF_MANAGED'],
    ['with an unknown direct manager there is none', { lee: { manager: 'ghost' } }, ' | ghost UNKNOWN_PERSON'],
  ])('%s', (_name, over, expected) => expect(told(chart(over), { audience: 'SECOND_LEVEL_MANAGER' })).toBe(expected));

  test('the direct manager is not their own second level as the executive either', () => {
    const directory = chart({}, { dutyExecutive: ['ana', 'eve'] });
    expect(told(directory, { audience: 'SECOND_LEVEL_MANAGER', excluding: ['ben', 'vera'] })).toBe('eve DUTY_EXECUTIVE | ana SELF_MANAGED');
  });

  test('the owner of M1, whoever it is, is left out', () => {
    expect(told(chart(), { audience: 'SECOND_LEVEL_MANAGER', excluding: ['ben'] })).toBe('vera NEXT_UP, eve DUTY_EXECUTIVE');
  });
});

describe('R47, R49, B9 people on duty', () => {
  test('duty managers in order, by whoever stands in', () => {
    expect(told(chart({ dora: { away: [away('vera')] } }), { audience: 'DUTY_MANAGER' })).toBe('vera DELEGATE, dirk DUTY_MANAGER | dora AWAY');
  });

  test('nobody is listed twice', () => {
    expect(told(chart({ dora: { away: [away('dirk')] } }), { audience: 'DUTY_MANAGER' })).toBe('dirk DELEGATE | dora AWAY');
  });

  test('executives; R&D, or the duty managers when nobody is named', () => {
    expect(told(chart(), { audience: 'DUTY_EXECUTIVE' })).toBe('eve DUTY_EXECUTIVE');
    expect(told(chart({}, { rnd: ['vera'] }), { audience: 'RND' })).toBe('vera NAMED');
    expect(told(chart(), { audience: 'RND' })).toBe('dora DUTY_MANAGER, dirk DUTY_MANAGER');
  });
});

describe('B2 exactly this person', () => {
  test('excluded or not', () => {
    expect(told(chart(), { audience: 'MANAGER', person: 'ana', excluding: ['ana'] })).toBe('ana NAMED');
  });

  test('B9 away: whoever stands in for them, unless asked before; on the next channel the same person', () => {
    const directory = chart({ ana: { away: [away('dora')] } });
    expect(told(directory, { audience: 'MANAGER', person: 'ana', excluding: ['ana'] })).toBe('dora DELEGATE | ana AWAY');
    expect(told(directory, { audience: 'MANAGER', person: 'ana', excluding: ['ana', 'dora'] })).toBe(' | ana AWAY');
    expect(told(directory, { audience: 'MANAGER', person: 'ana', used: ['console'] })).toBe('ana NAMED');
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
  const contact = { name: 'ana', reach: 'ON_SITE' } as const;

  test('is the person of the case, not of the directory', () => {
    const { list } = candidates(chart({}, { contactChannels: [{ kind: 'webhook', url: 'http://gateway' }] }), { audience: 'CONTACT', engineer: 'lee', excluding: [], contact, person: 'ana' }, NOW);
    expect(list).toMatchObject([{ route: 'CONTACT', person: { id: 'ana', name: 'ana', channels: [{ kind: 'webhook' }] } }]);
  });

  test('is not known: nobody', () => expect(told(chart(), { audience: 'CONTACT' })).toBe(''));
});
