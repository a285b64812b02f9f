/** B9: who could not be reached is a number before it is a night: counted at each scrape, of the directory as it is then. */
import type { Directory } from '../../activities/directory/types';
import { Telemetry } from '../../worker/telemetry';
import { org as company } from '../support/org';
import { heard } from '../support/paging';

const HOUR = 3_600_000;
const org = (): Directory => heard(company());
const POLICY = { channels: { urgent: ['webhook', 'console'], normal: ['console'] } };

async function problems(telemetry: Telemetry): Promise<string[]> {
  const text = await telemetry.registry.getSingleMetricAsString('tocsin_readiness_problems');
  return text.split('\n').filter((line) => !line.startsWith('#') && line !== '');
}

test('an edit of the directory counts at the next scrape, and what is mended is gone', async () => {
  let directory: Directory = org();
  const telemetry = new Telemetry();
  telemetry.watchReadiness(
    () => directory,
    () => POLICY,
  );
  expect(await problems(telemetry)).toEqual([]);

  const soon = Date.now() + HOUR;
  directory = {
    ...org(),
    onCall: [],
    people: org().people.map((person) =>
      person.id === 'lee' ? { ...person, away: [{ from: soon, to: soon + HOUR }] } : person,
    ),
  };
  expect((await problems(telemetry)).sort()).toEqual([
    'tocsin_readiness_problems{what="ENGINEER",reason="AWAY",severity="DEGRADED",when="WITHIN_7_DAYS"} 1',
    'tocsin_readiness_problems{what="ON_CALL",reason="NOBODY_ON_CALL",severity="DEGRADED",when="NOW"} 1',
  ]);

  directory = org();
  expect(await problems(telemetry)).toEqual([]);
});

test('B2 people whose pages are lines on a log are a number that an alert can be set on', async () => {
  const telemetry = new Telemetry();
  telemetry.watchReadiness(
    () => ({ ...org(), people: company().people }),
    () => POLICY,
  );
  expect(await problems(telemetry)).toEqual([
    'tocsin_readiness_problems{what="PEOPLE",reason="CONSOLE_ONLY",severity="DEGRADED",when="NOW"} 1',
  ]);
});

test('a scrape is cheap: a company of a thousand is worked out once a minute', async () => {
  const people = Array.from({ length: 1000 }, (_, index) => ({
    ...(org().people[0] as Directory['people'][number]),
    id: `eng-${index}`,
    away: [{ from: Date.now() + index * 60_000, to: Date.now() + 3 * HOUR }],
  }));
  const directory = { ...org(), people: [...org().people, ...people] };
  const telemetry = new Telemetry();
  telemetry.watchReadiness(
    () => directory,
    () => POLICY,
  );
  const began = performance.now();
  for (let scrape = 0; scrape < 50; scrape++) await problems(telemetry);
  // Pages wait for as long as it takes: about 0.2 s here, and 20 s when everybody is looked at whenever anybody goes away.
  expect(performance.now() - began).toBeLessThan(5_000);
});
