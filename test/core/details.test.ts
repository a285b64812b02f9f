/** The panel of a case in the Web UI, as whoever opens it in the night reads it. */
import { detailsOf } from '../../workflows/core/views/details';
import { ownership } from '../../workflows/core/views/queries';
import { caseAt, HOUR, MINUTE, type Fixture } from '../support/cases';

const NASTY = '# Down! | **now** [click](http://evil.example) <img src=x> `rm`\n- a\tlist';

const panel = ({ simulation: { state, now } }: Fixture): string => detailsOf(state, ownership(state, now));
/** Two spaces end a line in Markdown; what comes first is one paragraph of such lines. */
const firstLines = (c: Fixture): string[] => (panel(c).split('\n\n')[0] ?? '').split('  \n');

test('whose case it is, how it stands, who has it: in this order', () => {
  const c = caseAt({ severity: 1, level: 'M1', opening: { product: 'Vault 12' } });
  expect(firstLines(c)).toEqual([
    '**Acme** (1001) · MES down · Vault 12',
    '**Severity 1** (Business Critical) · **escalated to M1** · open · needs a look: **waits for an answer**',
    expect.stringMatching(
      /^lee owns the case\. Next, at 2026-11-24 09:30 UTC: M1: ana answers, or the next one is asked\.$/,
    ),
  ]);
});

test('an E-Down in one paragraph: since when, whom it hurts, whom to call, who has the alerts', () => {
  const c = caseAt({ emergency: true });
  const [, , , down, ...rest] = firstLines(c);
  expect(rest).toEqual([]);
  expect(down).toBe(
    '**Down since 2026-11-24 08:40 UTC**: most end users cannot access the server software; 380 of 400 users. ' +
      'Contact: **pat**, pager \\+1 555 0199. Alerts: **maier** is asked to take them, next at 2026-11-24 09:15 UTC. ' +
      'Hotline: \\+1 555 0100.',
  );
  c.do('acknowledge', 'maier');
  expect(panel(c)).toContain('Alerts: **maier** has them, next at');
  c.do('confirmWorkableSystem', 'pat');
  expect(panel(c)).not.toContain('Down since **');
  expect(panel(c)).not.toContain('Alerts:');
});

test('each who is asked has one line, and what stands there is taken as an answer', () => {
  const c = caseAt({ severity: 1, level: 'M1' });
  const answers = (): [string, string][] =>
    [...panel(c).matchAll(/Send an Update: \*\*(\w+)\*\* `(\{.*\})`/g)].map(([, name = '', json = '']) => [name, json]);
  expect(answers()).toEqual([['acknowledge', '{"by":"ana"}']]);
  expect(panel(c)).toContain('- **ana** is asked: M1; answer due 2026-11-24 09:30 UTC.');
  for (const [name, json] of answers())
    expect(c.simulation.give(name as 'acknowledge', JSON.parse(json) as object).refusal).toBeUndefined();
  expect(answers()).toEqual([]);
  expect(panel(c)).toContain('- **ana** has it: M1');
});

test('what people did is not pushed out by how pages fared, which is counted', () => {
  const c = caseAt({ emergency: true, level: 'M1' });
  c.simulation.pass(HOUR);
  const [, happened = ''] = panel(c).split('What happened, the newest first:');
  expect(happened).toContain('E-Down 1 declared by maria');
  expect(happened).toContain('Escalated to M1 by maria.');
  expect(happened).toMatch(/- and [1-9]\d* page events: see getTimeline under Queries$/);
  expect(happened).not.toMatch(/Page C1000001|alert \d+/);
});

test('a long night still fits a screen, in words', () => {
  const c = caseAt({ emergency: true, level: 'M1' });
  for (let hour = 0; hour < 12; hour += 1) {
    c.simulation.pass(HOUR);
    const lines = panel(c).split('\n').filter(Boolean);
    expect(lines.length).toBeLessThanOrEqual(30);
    // No code of ours, but in JSON to be copied.
    expect(panel(c).replace(/`[^`]*`/g, '')).not.toMatch(/[A-Z]{2,}\\?_[A-Z]/);
  }
});

test('text of the customer draws nothing, wherever it stands', () => {
  const c = caseAt({
    opening: {
      title: NASTY,
      product: NASTY,
      customer: { number: '1', name: NASTY, activeSupport: true, enterprise: true },
    },
  });
  c.do('recordProgress', 'lee', { summary: NASTY, substantive: true });
  c.declareEDown({
    technicalContact: {
      name: 'pat*',
      reach: 'PAGER',
      number: '[1](x)',
      english: true,
      knowsSoftware: true,
      knowsEnvironment: true,
    },
  });
  c.simulation.pass(MINUTE);
  const said = panel(c).replace(/`[^`]*`/g, '');
  expect(said).toContain('click');
  expect(said).not.toMatch(/(^|[^\\])[[\]<>|`]/);
  expect(said).not.toMatch(/^(#|- a list)/m);
  // Drawn as a link wherever it stands, without any mark.
  expect(said).toContain('evil.example');
  expect(said).not.toMatch(/:\/\/|\bwww\./);
  expect(said).not.toContain('pat* ');
});

test('a long text of an event takes two lines of it and no more: the timeline has all of it', () => {
  const c = caseAt();
  for (let nth = 0; nth < 12; nth += 1)
    c.do('recordProgress', 'lee', { summary: `Step ${nth}: ${'looked at the log. '.repeat(50)}`, substantive: true });
  const events = panel(c)
    .split('\n')
    .filter((line) => line.includes('Step '));
  expect(events).toHaveLength(10);
  for (const line of events) {
    expect(line).toMatch(/^- `\d\d-\d\d \d\d:\d\d` .*…$/);
    expect(line.length).toBeLessThanOrEqual(230);
  }
});
