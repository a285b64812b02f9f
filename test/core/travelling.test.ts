/** B2: what a case takes from run to run stays well below the 2 MB that Temporal carries; a case that outgrew them would end. */
import type { CommandName } from '../../workflows/case/inputs';
import { remember, type AnsweredRequest } from '../../workflows/case/requests';
import { travelling } from '../../workflows/case/state';
import { caseAt, type Fixture } from '../support/cases';
import { completeAnswers } from '../support/story';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const carried = ({ simulation: { state } }: Fixture) => ({ ...state, tail: travelling(state.tail) });
/** Three bytes a character. */
const full = (characters: number): string => '停'.repeat(characters);
const contact = (nth: number) => ({ name: `${nth}${full(100)}`, reach: 'ON_SITE', number: full(40), email: full(200) });

const longest: readonly (readonly [CommandName, string, (nth: number) => Record<string, unknown>])[] = [
  ['updateContacts', 'maria', (nth) => ({ add: Array.from({ length: 10 }, (_, index) => contact(10 * nth + index)) })],
  ['updateContacts', 'maria', (nth) => ({ [nth < 10 ? 'add' : 'replace']: [contact(nth % 10)] })],
  ['requestEDown', 'maria', () => ({ eDown: { ...completeAnswers(), justification: full(1200), actionsTaken: full(4000), contactChanges: Array.from({ length: 10 }, (_, nth) => contact(nth)) } })],
  ['recordProgress', 'lee', () => ({ summary: full(1200), substantive: true })],
  ['handOver', 'lee', () => ({ to: 'kim', state: full(1200), tried: full(1200), nextStep: full(1200), promise: full(1200) })],
];

test.each(longest)('%s of the greatest length, again and again', (name, by, fields) => {
  const c = caseAt({ emergency: true });
  for (let nth = 0; nth < 200; nth++) c.give(name, by, fields(nth));
  expect(bytesOf(carried(c))).toBeLessThan(1_500_000);
});

test('two hundred refusals that name everything wrong', () => {
  const c = caseAt();
  const wrong = Object.fromEntries(Object.keys(completeAnswers()).map((field) => [field, {}]));
  const contacts = Array.from({ length: 10 }, () => Object.fromEntries(Object.keys(completeAnswers().technicalContact).map((field) => [field, {}])));
  let requests: AnsweredRequest[] = [];
  for (let nth = 0; nth < 200; nth++) {
    const { refusal } = c.give('changeSeverity', 'maria', { severity: 0, eDown: { ...wrong, contactChanges: contacts, technicalContact: contacts[0] } });
    requests = remember(requests, { id: `${nth}`, hash: '', ...(refusal && { refusal }) });
  }
  expect(bytesOf(requests)).toBeGreaterThan(1_500_000);
  expect(bytesOf({ ...carried(c), requests: travelling(requests) })).toBeLessThan(1_500_000);
  expect(travelling(requests).at(-1)).toEqual(requests.at(-1));
});

test('of an ordinary case everything goes along', () => {
  const c = caseAt({ emergency: true });
  for (let nth = 0; nth < 200; nth++) c.do('recordProgress', 'lee', { summary: `Step ${nth} of the rebuild.`, substantive: true });
  expect(carried(c)).toEqual(c.simulation.state);
});

test('of long events the youngest go along, in order', () => {
  const c = caseAt({ emergency: true });
  for (let nth = 0; nth < 200; nth++) c.do('recordProgress', 'lee', { summary: `${nth} ${full(1190)}`, substantive: true });
  const { tail } = carried(c);
  expect(tail.length).toBeGreaterThan(50);
  expect(tail).toEqual(c.simulation.state.tail.slice(-tail.length));
});
