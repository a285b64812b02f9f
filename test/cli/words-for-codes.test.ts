/** Whoever reads a case at night knows none of the codes: whatever is shown of it says words, and fits a terminal of 80 columns. */
import { renderAnswer } from '../../cli/render/answer';
import { renderCase, type Screen } from '../../cli/render/case';
import { renderMine, renderWho } from '../../cli/render/mine';
import { DEFAULT_WIDTH, cells, painter } from '../../cli/render/text';
import { renderTimeline } from '../../cli/render/timeline';
import type { CaseRow } from '../../client/listing';
import { detailsOf } from '../../workflows/core/views/details';
import { caseView, managerForCase, ownership } from '../../workflows/core/views/queries';
import type { CommandName } from '../../workflows/core/language/inputs';
import { en } from '../../workflows/core/words/en';
import type { CaseEvent } from '../../workflows/messages';
import { caseAt, HOUR } from '../support/cases';
import { inEveryLife } from '../support/lives';
import type { Simulation } from '../support/simulation';

/** `E_DOWN_ALERT`, and the states that are one word. */
const CAPITALS = /\b[A-Z]+(_[A-Z0-9]+)+\b|\b(OPEN|CLOSED|NORMAL|PENDING|ENGAGED|PRESENT|SENT|SENDING|PAGER|LINKED)\b/;
/** Names of fields are for whoever sends them: an answer may have them, a picture of the case may not. */
const FIELD = /\beDown\.\w+/;

/** All that a desk sees of it. */
function shown({ state, now }: Simulation): string[] {
  const screen: Screen = { now, paint: painter(false), width: DEFAULT_WIDTH };
  const view = caseView(state, now);
  const events = state.tail.map(en.told);
  const owns = ownership(state, now);
  const row = {
    ...view,
    engineer: view.owners.engineer,
    manager: view.owners.manager,
    nextDue: view.nextDue?.at ?? null,
  };
  const asked = view.needs.filter(({ status }) => status === 'ASKED');
  return [
    renderCase(view, events, screen),
    renderTimeline(events, screen),
    renderWho(owns, asked, screen),
    renderMine([{ row: row as unknown as CaseRow, asked, held: view.needs, isTheirs: true }], 'lee', screen),
  ];
}

const said = ({ state, now }: Simulation): string[] => [
  detailsOf(state, ownership(state, now)),
  managerForCase(state).sentence,
  ...state.tail.map((event) => en.event(event)),
];

function expectWords(simulation: Simulation): void {
  const screens = shown(simulation);
  for (const text of [...screens, ...said(simulation)]) {
    expect(text).not.toMatch(CAPITALS);
    expect(text).not.toMatch(FIELD);
    expect(text).not.toMatch(/undefined|\[object/);
  }
  for (const line of screens.join('\n').split('\n'))
    expect(`${cells(line) <= DEFAULT_WIDTH}: ${line}`).toMatch(/^true/);
}

test('in no life of a case does anything of it show a code, or is wider than the terminal', () => {
  inEveryLife(({ simulation }) => expectWords(simulation), { runs: 12 });
});

test('nor does the answer to a command', () => {
  inEveryLife(
    ({ simulation: { now }, outcome }) => {
      if (!outcome?.answer) return;
      expect(renderAnswer(outcome.answer, { now, paint: painter(false), width: DEFAULT_WIDTH })).not.toMatch(CAPITALS);
    },
    { runs: 8 },
  );
});

test('nor does what a life has by chance: reports, requests, a plan, a hand-over, a review, a refused command', () => {
  const c = caseAt({ severity: 1, level: 'M1', opening: { product: 'Vault 12' } });
  const after = (name: CommandName, by: string, fields: Record<string, unknown> = {}): void => {
    c.do(name, by, fields);
    expectWords(c.simulation);
  };
  const screen = (): string => (shown(c.simulation)[0] ?? '').replace(/\s+/g, ' ');
  after('requestEDown', 'maria', { eDown: { category: 'SERVER_UNRESPONSIVE' } });
  c.declareEDown({ totalUsers: 400, affectedUsers: 100, allProductionStopped: false });
  expect(screen()).toContain('to be reviewed: fewer than most users are affected');
  after('linkSpr', 'lee', { sprNumber: 'SPR123456', sprSeverity: 'high' });
  after('acceptEscalation', 'ana');
  after('escalateSpr', 'ana', { sprNumber: 'SPR123456', reason: 'It stops everything.' });
  after('linkSpr', 'lee', { sprNumber: 'SPR123456' });
  after('requestContactAction', 'lee', { kind: 'GATHER_DATA', what: 'Send the log.' });
  after('handOver', 'lee', { to: 'kim', state: 'It runs.', tried: 'A restart.', nextStep: 'Look at six.' });
  after('recordCustomerContact', 'lee', { how: 'PHONE', outcome: 'NO_ANSWER', summary: 'Nobody picks up.' });
  after('acknowledge', 'maier', { means: 'SLACK' });
  c.simulation.pass(5 * HOUR);
  expectWords(c.simulation);
  after('confirmWorkableSystem', 'pat');
  expect(screen()).toContain('the system works again; not reviewed yet');
  after('reviewEDown', 'ana', { verdict: 'PROPOSE_LOWER', note: 'It was not one.' });
  expect(screen()).toContain('reviewed: a lower severity is proposed by ana: It was not one.');
});

test('nor does a signal that was refused: it is the only answer that whoever sent it gets', () => {
  const rejected = { command: 'escalate', code: 'CASE_CLOSED', fields: ['level'] };
  const event = { seq: 9, at: '2026-11-24T09:00:00.000Z', type: 'CommandRejected', by: 'maria', data: rejected };
  expect(en.event(event as CaseEvent)).toBe(
    `escalate by maria was refused. ${en.codes.CASE_CLOSED.sentence} Fields: level.`,
  );
});
