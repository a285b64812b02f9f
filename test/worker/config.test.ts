/** What holds where a file is silent, and what a file becomes. */
import { stretchesBetween } from '../../activities/directory/rota';
import { policyShape } from '../../workflows/core/language/policy';
import { directoryFrom, loadConfig, policyFrom } from '../../worker/config';
import { withoutSecrets } from '../../worker/config/secrets';

const S = 1_000;
const MIN = 60 * S;
const H = 60 * MIN;
const D = 24 * H;

describe('the policy', () => {
  test('has the default timers of the requirements where the file is silent', () => {
    const { hash, ...policy } = policyFrom({ hotline: '+1 555 0100' });
    expect(hash).toMatch(/^sha256:[0-9a-f]{16}$/);
    expect(policy).toEqual({
      version: 'default',
      hotline: '+1 555 0100',
      caseNumber: '^C\\d{7,9}$',
      severities: {
        '0': {
          firstContactMs: H,
          engineerAckMs: 15 * MIN,
          managerAckMs: 15 * MIN,
          managerContactMs: 30 * MIN,
          staffingMs: H,
          customerUpdateMs: H,
          progressStallMs: 2 * H,
          ackExpiresMs: 75 * MIN,
          suggest: { M1Ms: 2 * H, M2Ms: 4 * H, executiveMs: 24 * H },
        },
        '1': {
          firstContactMs: 2 * H,
          engineerAckMs: 30 * MIN,
          managerAckMs: 30 * MIN,
          managerContactMs: H,
          staffingMs: 2 * H,
          customerUpdateMs: 4 * H,
          progressStallMs: 8 * H,
          ackExpiresMs: H,
          suggest: { M1Ms: 4 * H, M2Ms: 24 * H },
        },
        '2': {
          firstContactMs: 4 * H,
          engineerAckMs: 30 * MIN,
          managerAckMs: 30 * MIN,
          managerContactMs: 4 * H,
          staffingMs: 4 * H,
          customerUpdateMs: D,
          ackExpiresMs: 4 * H,
          suggest: {},
        },
        '3': {
          firstContactMs: 4 * H,
          engineerAckMs: 30 * MIN,
          managerAckMs: 30 * MIN,
          managerContactMs: 8 * H,
          staffingMs: 8 * H,
          customerUpdateMs: 2 * D,
          ackExpiresMs: 8 * H,
          suggest: {},
        },
      },
      eDown: {
        alertEveryMs: 15 * MIN,
        contactCheck: {
          firstMs: 30 * MIN,
          secondMs: H,
          proposeLoweringMs: 4 * H,
          idleMs: 4 * H,
          quiet: { from: '22:00', to: '07:00' },
        },
        contactActionMs: H,
        handOver: { acceptMs: 15 * MIN, overlapMs: 30 * MIN },
        recentProgressMs: 2 * H,
        stepDownReading: 'CHINESE',
        reviewBusinessDays: 5,
      },
      escalation: {
        rounds: 3,
        keepTryingEveryMs: 15 * MIN,
        remindAtMostEveryMs: 15 * MIN,
        nextChannelAfter: { urgentMs: 20 * S, normalMs: 5 * MIN },
        nextPersonAfterMs: 30 * S,
        retryForMs: MIN,
      },
      reopenWindowMs: 14 * D,
      channels: {
        urgent: ['voice', 'sms', 'slack', 'http', 'webhook', 'email', 'console'],
        normal: ['slack', 'http', 'webhook', 'email', 'console'],
      },
      warnAt: [50, 75],
      pageWarnings: true,
    });
  });

  test('is one that a case takes', () => {
    const problems: never[] = [];
    policyShape.check(policyFrom({ hotline: '1' }), 'policy', problems);
    expect(problems).toEqual([]);
  });

  test('keeps the defaults beside what the file says, key by key', () => {
    const policy = policyFrom({
      hotline: '1',
      severities: { 1: { managerAck: '5m', suggest: { M2: '2d' } }, 3: { progressStall: '1d' } },
      eDown: { contactCheck: { first: '10m' }, alertEvery: '500ms' },
    });
    expect(policy.severities['1']).toMatchObject({
      managerAckMs: 5 * MIN,
      engineerAckMs: 30 * MIN,
      suggest: { M1Ms: 4 * H, M2Ms: 2 * D },
    });
    expect(policy.severities['3'].progressStallMs).toBe(D);
    expect(policy.eDown).toMatchObject({
      alertEveryMs: 500,
      contactCheck: { firstMs: 10 * MIN, secondMs: H },
      handOver: { acceptMs: 15 * MIN },
    });
  });

  test('one length of time for the next channel is that of pages that ring and of those that do not', () => {
    const { escalation } = policyFrom({ hotline: '1', escalation: { nextChannelAfter: '2m' } });
    expect(escalation.nextChannelAfter).toEqual({ urgentMs: 2 * MIN, normalMs: 2 * MIN });
    const { escalation: partly } = policyFrom({ hotline: '1', escalation: { nextChannelAfter: { urgent: '5s' } } });
    expect(partly.nextChannelAfter).toEqual({ urgentMs: 5 * S, normalMs: 5 * MIN });
  });

  test('the night of contacts may be another, or none', () => {
    const nightOf = (quiet: object): object =>
      policyFrom({ hotline: '1', eDown: { contactCheck: { quiet } } }).eDown.contactCheck.quiet;
    expect(nightOf({ from: '23:30' })).toEqual({ from: '23:30', to: '07:00' });
    expect(nightOf({ from: '00:00', to: '00:00' })).toEqual({ from: '00:00', to: '00:00' });
  });

  test('is told apart by its hash from another of the same version, and from no other spelling of itself', () => {
    const hashOf = (over: object): string => policyFrom({ version: '1', hotline: '1', ...over }).hash;
    expect(hashOf({ reopenWindow: '1d' })).not.toBe(hashOf({}));
    expect(hashOf({ reopenWindow: '14d', warnAt: [50, 75] })).toBe(hashOf({}));
    expect(hashOf({ reopenWindow: '24h' })).toBe(hashOf({ reopenWindow: '1d' }));
  });
});

describe('the directory', () => {
  test('is plain data: times in milliseconds, secrets from the environment, nothing undefined', () => {
    const directory = directoryFrom(
      {
        people: [
          {
            id: 'lee',
            name: 'Lee',
            channels: [{ kind: 'webhook', url: 'env:URL', secret: 'env:KEY' }, { kind: 'console' }],
            away: [{ from: '2026-01-01T09:00:00+09:00', to: '2026-01-02T00:00:00Z' }],
          },
          { id: 'ana', name: 'Ana', timezone: 'Asia/Tokyo' },
        ],
        dutyManagers: ['ana'],
        onCall: [
          {
            team: 'apac',
            timezone: 'Asia/Tokyo',
            windows: [{ days: ['mon'], from: '22:00', to: '06:00' }],
            people: ['lee'],
            rotation: { every: '7d', from: '2026-01-05' },
          },
        ],
      },
      { URL: 'http://127.0.0.1:9000/lee', KEY: 's3cret' },
    );
    expect(JSON.parse(JSON.stringify(directory))).toEqual(directory);
    expect(directory).toEqual({
      people: [
        {
          id: 'lee',
          name: 'Lee',
          timezone: 'UTC',
          languages: ['en'],
          channels: [{ kind: 'webhook', url: 'http://127.0.0.1:9000/lee', secret: 's3cret' }, { kind: 'console' }],
          away: [{ from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 2) }],
        },
        {
          id: 'ana',
          name: 'Ana',
          timezone: 'Asia/Tokyo',
          languages: ['en'],
          channels: [{ kind: 'console' }],
          away: [],
        },
      ],
      dutyManagers: ['ana'],
      dutyExecutive: [],
      rnd: [],
      contactChannels: [{ kind: 'console' }],
      onCall: [
        {
          team: 'apac',
          timezone: 'Asia/Tokyo',
          windows: [{ days: ['mon'], from: '22:00', to: '06:00' }],
          people: ['lee'],
          rotation: { every: { unit: 'DAYS', count: 7 }, from: '2026-01-05' },
          overrides: [],
        },
      ],
    });
  });
});

describe('the shipped example', () => {
  test('is used when nobody configured anything, and says so', () => {
    expect(loadConfig(undefined, {}).isExample).toBe(true);
  });

  test('has somebody on call at every moment of two years, on days when clocks change too', () => {
    const { directory } = loadConfig(undefined, {});
    const gaps: string[] = [];
    const end = Date.UTC(2028, 0, 1);
    let covered = Date.UTC(2026, 0, 1);
    const stretches = directory.onCall
      .flatMap((team) => stretchesBetween(team, covered, end))
      .sort((a, b) => a.from - b.from);
    for (const { from, to } of stretches) {
      if (from > covered) gaps.push(`${new Date(covered).toISOString()} to ${new Date(from).toISOString()}`);
      covered = Math.max(covered, to);
    }
    expect(covered).toBeGreaterThanOrEqual(end);
    expect(gaps).toEqual([]);
  });
});

test('what a preset asks for is judged without the secrets of production too, as every other channel is', () => {
  const { env, unset } = withoutSecrets({});
  const teams = { kind: 'http', preset: 'teams', url: 'env:LEE_TEAMS' };
  const lee = { id: 'lee', name: 'Lee', channels: [teams, { kind: 'webhook', url: 'env:LEE_URL' }] };
  const directory = directoryFrom({ people: [lee], dutyManagers: ['lee'] }, env);
  expect(directory.people[0]?.channels).toEqual([
    { kind: 'http', preset: 'teams', fields: { url: 'env:LEE_TEAMS' } },
    { kind: 'webhook', url: 'env:LEE_URL' },
  ]);
  expect([...unset].sort()).toEqual(['LEE_TEAMS', 'LEE_URL']);
});
