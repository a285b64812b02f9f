/** D11, H5: in an emergency whoever is off sleeps, and whoever is on call is rung in their place; outside one R9 rings as ever. */
import { caseAt, HOUR, MINUTE, type Fixture } from '../support/cases';

/** kim has the case, and kim's team is on call from midnight to eight. It is nine. */
const atNine = (over: Parameters<typeof caseAt>[0] = {}): Fixture => caseAt({ engineer: 'kim', ...over });
const heard = (fixture: Fixture, act: (fixture: Fixture) => unknown): string[] => {
  const { sent } = fixture;
  act(fixture);
  return fixture.heardSince(sent);
};

test('the engineer who is off hears by word that their case is an E-Down, once, and whoever is on call is rung', () => {
  const c = atNine();
  expect(heard(c, () => c.declareEDown())).toEqual([
    'E_DOWN_ALERT + E_DOWN_STARTED rings maier',
    'E_DOWN_STARTED tells eve',
    'E_DOWN_STARTED tells kim',
  ]);
  const next = heard(c, () => c.simulation.pass(31 * MINUTE));
  expect(next.filter((line) => line.endsWith(' kim'))).toEqual([]);
});

test('nobody sends an engineer to sleep who works on it', () => {
  const c = atNine().declareEDown().do('acknowledge', 'kim');
  const later = heard(c, () =>
    c
      .do('escalate', 'maria')
      .do('acceptEscalation', 'ana')
      .do('escalate', 'maria', { level: 'M2', dissatisfaction: 'Nobody called.' }),
  );
  expect(later).toContain('ESCALATION_INFO rings kim');
  expect(later.filter((line) => /(maier|lee)$/.test(line))).toEqual([]);
});

test('outside an emergency the engineer is rung at severity 1, at whatever hour', () => {
  const c = atNine();
  expect(heard(c, () => c.do('changeSeverity', 'maria', { severity: 1 }))).toEqual(['SEVERITY_CHANGED rings kim']);
});

test('and is the one who is asked again as soon as the emergency is over', () => {
  const c = atNine().declareEDown().do('acknowledge', 'maier');
  const after = heard(c, () => c.do('changeSeverity', 'maria', { severity: 1, customerAgreed: true }));
  expect(after.filter((line) => line.endsWith(' kim'))).toEqual(['SEVERITY_CHANGED + E_DOWN_ENDED asks kim']);
});

test('H5 whoever has handed over hears that the emergency has ended, and nothing else', () => {
  const c = caseAt({ engineer: 'maier' }).declareEDown().do('acknowledge', 'maier');
  c.simulation.pass(7 * HOUR);
  c.do('acknowledge', 'smith').do('handOver', 'maier', {
    to: 'smith',
    state: 'Half way.',
    tried: 'A restart.',
    nextStep: 'The dump.',
  });
  c.do('acceptHandOver', 'smith');
  const night = heard(c, () => c.simulation.pass(3 * HOUR));
  expect(night.filter((line) => line.endsWith(' maier'))).toEqual([]);
  const end = heard(c, () => c.do('changeSeverity', 'maria', { severity: 1, customerAgreed: true }));
  expect(end.filter((line) => line.endsWith(' maier'))).toEqual(['E_DOWN_ENDED tells maier']);
});
