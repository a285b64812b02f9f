/** Contract, section 4: how urgent a case says that it is. The same rule sorts the Web UI's lists and the shell's. */
import { URGENCY, urgencyOfCase } from '../../workflows/core/views/urgency';
import { titleOf } from '../../workflows/core/views/title';
import { isPending } from '../../workflows/core/paging/levels';
import { askedBy, waitsFor } from '../../workflows/core/views/waits-for';
import { bytesOf } from '../../workflows/core/language/text';
import { caseAt, HOUR, MINUTE, type Fixture } from '../support/cases';
import { org } from '../support/org';
import fc from '../support/random';

const urgency = ({ simulation: { state, now } }: Fixture) => urgencyOfCase(state, now);
const asked = ({ simulation: { state } }: Fixture) => waitsFor(state);

test('nothing is asked: green, and it waits for nobody', () => {
  const c = caseAt();
  expect([urgency(c), asked(c)]).toEqual([URGENCY.GREEN, null]);
});

test('who is asked and has time is no reason to look; one minute late is', () => {
  const c = caseAt({ severity: 1, level: 'M1' });
  expect([urgency(c), asked(c)]).toEqual([URGENCY.ASKED_IN_TIME, 'ana']);
  c.simulation.pass(29 * MINUTE);
  expect(urgency(c)).toBe(URGENCY.ASKED_IN_TIME);
  c.simulation.pass(2 * MINUTE);
  expect([urgency(c), asked(c)]).toEqual([URGENCY.ANSWER_LATE, 'ben']);
  c.do('acknowledge', 'ben');
  expect([urgency(c), asked(c)]).toEqual([URGENCY.GREEN, null]);
});

test('who says at once that they cannot makes nobody late', () => {
  const c = caseAt({ severity: 1, level: 'M1' }).do('decline', 'ana');
  expect([urgency(c), asked(c)]).toEqual([URGENCY.ASKED_IN_TIME, 'ben']);
});

test('an emergency is of nobody until somebody takes it, whoever else is asked for something', () => {
  const c = caseAt({ emergency: true });
  expect([urgency(c), asked(c)]).toEqual([URGENCY.EMERGENCY_THAT_NOBODY_HAS, 'maier']);
  c.do('acknowledge', 'maier');
  c.do('acknowledge', 'lee');
  expect([urgency(c), asked(c)]).toEqual([URGENCY.GREEN, null]);
  c.do('escalate', 'maria');
  expect([urgency(c), asked(c)]).toEqual([URGENCY.ASKED_IN_TIME, 'ana']);
});

test('a promise that is broken stays in sight while whoever is told of it has it', () => {
  const c = caseAt({ severity: 1 });
  c.simulation.pass(HOUR - MINUTE);
  // Lee works on it, and has not called the customer.
  c.do('recordProgress', 'lee', { summary: 'The index is lost.', substantive: true });
  c.simulation.pass(HOUR + 2 * MINUTE);
  expect(urgency(c)).toBe(URGENCY.PROMISE_BROKEN);
  c.do('acknowledge', asked(c) ?? 'nobody is asked');
  expect(urgency(c)).toBe(URGENCY.PROMISE_BROKEN);
});

test('everybody who is asked is known by name, and so is who was asked before: nobody has it', () => {
  const c = caseAt({ emergency: true });
  c.do('escalate', 'maria');
  const everybody = (): string[] => askedBy(c.simulation.state);
  expect([asked(c), everybody()]).toEqual(['maier', ['ana', 'lee', 'maier']]);
  c.do('acknowledge', 'maier').do('acknowledge', 'lee');
  expect(everybody()).toEqual(['ana']);
  c.simulation.pass(31 * MINUTE);
  expect(everybody()).toEqual(expect.arrayContaining(['ana', 'ben']));
  c.do('acceptEscalation', 'ana');
  expect(everybody()).not.toEqual(expect.arrayContaining(['ana']));
});

test('a list takes so many bytes of one attribute: whoever the case waits for is among those that it shows', () => {
  const c = caseAt({ severity: 1, level: 'M1' });
  const { state } = c.simulation;
  const names = Array.from({ length: 16 }, (_, nth) => `${nth}${'经'.repeat(119)}`);
  const crowded = { ...state, needs: state.needs.map((need) => ({ ...need, asked: [...names, ...need.asked] })) };
  expect(askedBy(crowded)).toContain('ana');
  expect(askedBy(crowded).length).toBeGreaterThan(3);
  expect(bytesOf(askedBy(crowded))).toBeLessThanOrEqual(2_048);
});

test('a level that nobody has is pending, whoever has the one below it', () => {
  const c = caseAt();
  const pending = (): boolean => isPending(c.simulation.state);
  expect(pending()).toBe(false);
  c.do('escalate', 'maria');
  expect(pending()).toBe(true);
  c.do('acceptEscalation', 'ana');
  expect(pending()).toBe(false);
  c.do('escalate', 'maria', { level: 'M2', dissatisfaction: 'Nothing has happened.' });
  expect(pending()).toBe(true);
  c.do('acceptEscalation', 'ben');
  expect(pending()).toBe(false);
});

test('nobody was reached: first of all', () => {
  const c = caseAt({ severity: 1 });
  for (const { id } of org().people) c.phones.lines.set(id, 'down');
  c.do('escalate', 'maria');
  c.simulation.pass(3 * HOUR);
  expect([urgency(c), asked(c)]).toEqual([URGENCY.NOBODY_REACHED, null]);
});

test('of several who are asked it is whoever is asked for what matters most', () => {
  const c = caseAt({ level: 'M1' });
  c.declareEDown();
  expect(c.simulation.view.needs.map(({ need, person }) => [need, person])).toContainEqual(['M1', 'ana']);
  expect(asked(c)).toBe('maier');
});

test('a title is one line of 255 characters at most, in whole characters', () => {
  expect(titleOf(caseAt().simulation.state)).toBe('Acme · MES down');
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      (name, title) => {
        const { state } = caseAt().simulation;
        const said = titleOf({ customer: { ...state.customer, name }, title });
        expect(said.length).toBeLessThanOrEqual(255);
        expect(said).not.toMatch(/\n/);
        // Half of a character, alone.
        expect(said).not.toMatch(/[\ud800-\udfff]/u);
      },
    ),
    { numRuns: 50 },
  );
});
