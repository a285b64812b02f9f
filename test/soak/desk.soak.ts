/**
 * `npm run soak:desk`: a thousand cases in mixed states on a real server. Each view of the desk has the cases that are so by their own
 * word and no others, counted by the server's lists. `DESK_CASES=200` for fewer.
 */
import type { CaseView } from '../../client';
import { eachOf } from '../../client/each-of';
import { DESK_VIEWS, eDownsOf, endedView, viewOf, type DeskView } from '../../workflows/desk';
import { AT_ONCE, isMine, isUseOf, openDesk, settled, SHOWN, STILL, type Desk } from '../support/desk';

const CASES = Number(process.env['DESK_CASES'] ?? 1_000);
/** Kinds of cases that a desk has (test/support/desk.ts). */
const KINDS = 20;
const PEOPLE = ['mgr-ana', 'mgr-ben', 'mgr-olu', 'eng-lee', 'eng-maier', 'mgr-duty-1', 'nobody-at-all'];
const CUSTOMERS = ['1001', '1002', '1003', '1004', '1999'];

let desk: Desk;
let cases: CaseView[];
/** In one view only: what a customer has used is not undone by a click. */
let ended: CaseView;

beforeAll(async () => {
  desk = await openDesk(Math.ceil(CASES / KINDS), STILL);
  cases = await settled(desk);
  ended = await desk.tocsin.getCase(desk.ended);
}, 1_800_000);
afterAll(() => desk?.close());

const viewNamed = (name: string): DeskView => DESK_VIEWS.find((view) => view.name === name) as DeskView;

/** The server's own count, and which cases these are. */
async function shown({ query }: DeskView): Promise<{ readonly count: number; readonly numbers: readonly string[] }> {
  const { workflow } = desk.tocsin.temporal;
  const { count } = await workflow.count(query);
  const numbers: string[] = [];
  for await (const { workflowId } of workflow.list({ query, pageSize: 1_000 })) numbers.push(workflowId);
  return { count, numbers: numbers.sort() };
}

async function expectShown(
  view: DeskView,
  holds: (view: CaseView) => boolean,
  among: readonly CaseView[] = cases,
): Promise<void> {
  const { count, numbers } = await shown(view);
  const wanted = among.filter(holds).map(({ caseNumber }) => caseNumber);
  const unlike = (some: readonly string[], others: readonly string[]): readonly string[] => {
    const known = new Set(others);
    return some.filter((number) => !known.has(number)).map((number) => `${number} ${titleOf(number)}`);
  };
  expect({ missing: unlike(wanted, numbers), tooMany: unlike(numbers, wanted) }).toEqual({ missing: [], tooMany: [] });
  expect([count, numbers.length]).toEqual([wanted.length, wanted.length]);
  console.log(`${view.title}: ${count} of ${among.length}`);
}

const titleOf = (number: string): string => cases.find(({ caseNumber }) => caseNumber === number)?.title ?? '';

test('there are as many cases as were opened, in states that differ', () => {
  expect(cases.length).toBeGreaterThanOrEqual(CASES);
  expect(new Set(cases.map(({ level, status, emergency }) => `${level} ${status} ${emergency}`)).size).toBeGreaterThan(
    6,
  );
});

test.each(Object.entries(SHOWN))('%s', async (name, holds) => {
  expect(cases.filter(holds).length).toBeGreaterThan(1);
  await expectShown(viewNamed(name), holds);
});

test('ended from outside', async () => {
  expect(await shown(endedView(Date.now()))).toEqual({ count: 1, numbers: [desk.ended] });
});

test.each(PEOPLE)('mine: %s, as `tocsin mine` has it', async (person) => expectShown(viewOf(person), isMine(person)));

test.each(CUSTOMERS)('E-Downs of customer %s', async (number) =>
  expectShown(eDownsOf(number), isUseOf(number), [...cases, ended]),
);

test('a row says what the case says', async () => {
  const rows = new Map((await desk.tocsin.list({}, { limit: 10_000 })).map((row) => [row.caseNumber, row]));
  const said = await eachOf(AT_ONCE, cases, async ({ caseNumber }) => desk.tocsin.getCase(caseNumber));
  for (const view of said)
    expect(rows.get(view.caseNumber)).toMatchObject({
      title: view.title,
      customer: { number: view.customer.number, name: view.customer.name },
      severity: view.severity,
      level: view.level,
      emergency: view.emergency,
      status: view.status,
      engineer: view.owners.engineer,
      manager: view.owners.secondLevelManager ?? view.owners.manager,
      attention: view.attention,
    });
}, 600_000);
