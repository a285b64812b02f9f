/**
 * The desk in a real browser: the product (`tocsin up`) with some tens of cases in mixed states, seen through the Temporal Web UI
 * as support staff see it. With SCREENSHOTS set, pictures are kept in docs/images.
 */
import { join } from 'node:path';
import { chromium as playwright, type Browser, type Locator, type Page } from 'playwright-core';
import type { CaseView } from '../../client';
import {
  columnsBookmark,
  DESK_VIEWS,
  eDownsOf,
  endedView,
  linkTo,
  savingLinkTo,
  viewOf,
  type DeskView,
} from '../../workflows/desk';
import { PACKAGE_ROOT } from '../../worker/package-root';
import { eventually } from '../support/company';
import { isMine, isUseOf, openDesk, openOne, settled, SHOWN, type Desk } from '../support/desk';
import { tocsin } from '../support/tocsin-process';
import { chromium } from './tools';

const LAPTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const CASE = /^C\d{7}$/;
/** An act is on the panel and in lists after so long at most; of it the page's own turns take most. */
const SEEN_MS = 2_000;

let desk: Desk;
let browser: Browser;
let page: Page;
let cases: CaseView[];
const ui = (): { url: string; namespace: string } => ({ url: desk.uiUrl, namespace: 'default' });

beforeAll(async () => {
  desk = await openDesk();
  cases = await settled(desk);
  browser = await playwright.launch({ executablePath: chromium(), args: ['--no-sandbox'] });
  page = await browser.newPage({ viewport: LAPTOP });
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await desk?.close();
});

/** The cases of a list, once it is there. */
async function listed(view: DeskView): Promise<string[]> {
  await page.goto(linkTo(ui(), view));
  const { numbers } = await eventually(
    async () => ({
      numbers: (await page.locator('tbody').getByRole('link').allInnerTexts()).filter((text) => CASE.test(text)).sort(),
      count: Number(await page.getByTestId('workflow-count').first().innerText()),
    }),
    (seen) => seen.count > 0 && seen.numbers.length === seen.count,
  );
  return numbers;
}

const numbersOf = (holds: (view: CaseView) => boolean): string[] =>
  cases
    .filter(holds)
    .map(({ caseNumber }) => caseNumber)
    .sort();

/** A link to a case leads on to its present run. */
async function openCase(caseNumber: string): Promise<void> {
  await page.goto(`${desk.uiUrl}/namespaces/default/workflows/${caseNumber}`);
  await page.waitForURL(/\/timeline/);
}

/** What the case says of itself: the Web UI renders it in a frame of its own. */
async function openPanel(caseNumber: string): Promise<{ readonly frame: Locator; readonly text: Locator }> {
  await openCase(caseNumber);
  await page.getByText('User Metadata', { exact: true }).click();
  const frame = page.locator('iframe').last();
  const text = frame.contentFrame().locator('body').filter({ hasText: 'What happened, the newest first:' });
  await text.waitFor();
  return { frame, text };
}

/** As somebody does it who reads the list of messages and types what it says. */
async function openDialog(kind: 'Update' | 'Signal', name: string, json: string): Promise<Locator> {
  await page.getByRole('button', { name: 'More Actions' }).click();
  await page.getByRole('menuitem', { name: new RegExp(`Send an? ${kind}`) }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.getByRole('button', { name: new RegExp(`Select an? ${kind}`) }).click();
  await dialog
    .getByRole('option')
    .filter({ hasText: new RegExp(`^\\s*${name}`) })
    .click();
  await dialog.locator('.cm-content').click();
  await page.keyboard.insertText(json);
  // The first click after typing is lost to the editor, which reformats what was typed (docs/desk.md).
  await dialog.getByText('Single JSON payload supported.').click();
  return dialog;
}

const submit = (dialog: Locator): Promise<void> => dialog.getByRole('button', { name: 'Submit' }).click();

describe('a view has the cases that are so by their own word, and no others', () => {
  test.each(DESK_VIEWS.filter(({ name }) => name in SHOWN).map((view) => [view.name, view] as const))(
    '%s',
    async (name, view) => {
      const wanted = numbersOf(SHOWN[name] ?? (() => false));
      expect(wanted.length).toBeGreaterThan(1);
      expect(wanted.length).toBeLessThan(cases.length);
      expect(await listed(view)).toEqual(wanted);
    },
    60_000,
  );

  test('ended from outside', async () => {
    expect(await listed(endedView(Date.now()))).toEqual([desk.ended]);
  }, 60_000);

  test('mine: whose engineer or manager I am, and what waits for me, first or second', async () => {
    const wanted = numbersOf(isMine('mgr-ana'));
    expect(wanted.length).toBeGreaterThan(1);
    expect(await listed(viewOf('mgr-ana'))).toEqual(wanted);
  }, 60_000);

  test('E-Downs of a customer, those that are over too', async () => {
    const wanted = numbersOf(isUseOf('1001'));
    expect(wanted.length).toBeGreaterThan(1);
    expect(await listed(eDownsOf('1001'))).toEqual(wanted);
  }, 60_000);

  test('tocsin desk prints links that are these, and each stays as a saved view', async () => {
    const env = { TOCSIN_UI_URL: desk.uiUrl };
    const { out } = await tocsin(desk.folder, ['desk', '--json', '--by', 'mgr-ana', '--address', desk.address], env);
    const { views } = JSON.parse(out) as { readonly views: readonly (DeskView & { readonly url: string })[] };
    // This one goes by the moment at which it is printed.
    const [ended] = views.filter(({ name }) => name === 'ended');
    expect(views.map(({ url }) => url)).toEqual(
      [...DESK_VIEWS, ended as DeskView, viewOf('mgr-ana')].map((view) => savingLinkTo(ui(), view)),
    );
    expect(desk.service.log).toContain(`look now     ${linkTo(ui(), DESK_VIEWS[0])}\n`);
    for (const { url } of views) {
      await page.goto(url);
      await page.waitForURL((now) => !now.searchParams.has('savedQuery'));
    }
    const kept = await page.evaluate<string>("localStorage.getItem('saved-workflow-queries')");
    for (const { title } of views) expect(kept).toContain(JSON.stringify(title));
  }, 120_000);

  test('columns come with one bookmark, and say whose case it is', async () => {
    await page.goto(linkTo(ui(), DESK_VIEWS[0]));
    await page.evaluate(columnsBookmark(ui()).replace(/^javascript:/, ''));
    await page.getByRole('columnheader', { name: 'CaseTitle' }).waitFor();
    const titles = cases
      .filter(SHOWN['now'] ?? (() => false))
      .map(({ customer, title }) => `${customer.name} · ${title}`);
    for (const title of new Set(titles)) await page.getByText(title).first().waitFor();
    await picture('desk-list');
  }, 60_000);
});

describe('a case on one panel', () => {
  const eDown = (): string => cases.find(({ title }) => title.startsWith('MES cannot'))?.caseNumber ?? '';

  test('whose it is, since when it is down, whom to call, who is asked and how they answer', async () => {
    const text = await (await openPanel(eDown())).text.innerText();
    for (const told of [
      'Acme Motors (1001) · MES cannot reach the file vault · Vault 12',
      'Down since ',
      'Contact: pat, pager +1 555 0199.',
      'Hotline: +1 555 0100.',
      'mgr-ana is asked: M1',
      '{"by":"mgr-ana"}',
      'Escalated to M1 by maria',
    ])
      expect(text).toContain(told);
    expect(text).not.toMatch(/\\|\*\*/);
    await tall(() => picture('desk-panel'));
  }, 60_000);

  test('text of a customer stays text: no link, no picture, no heading', async () => {
    const caseNumber = 'C2000998';
    await openOne(desk.tocsin, caseNumber, {
      title:
        '# Down [click](http://evil.example) <img src=x onerror=alert(1)> https://evil.example www.evil.example **x** | a |',
      customer: ['1009', '<b>Bold</b> *Ltd*'],
      severity: 3,
    });
    const { text } = await openPanel(caseNumber);
    // What keeps an address from being a link is not to be seen.
    expect((await text.innerText()).replaceAll('\u2060', '')).toContain(
      '<b>Bold</b> *Ltd* (1009) · # Down [click](http://evil.example) <img src=x',
    );
    for (const drawn of ['a', 'img', 'h1', 'table', 'b'])
      expect([drawn, await text.locator(drawn).count()]).toEqual([drawn, 0]);
  }, 60_000);

  test('its timeline says in sentences who was paged and what is next', async () => {
    await openCase(eDown());
    await page
      .getByText(/E-Down alert 2 to on-call/)
      .first()
      .waitFor();
    await page
      .getByText(/Page \d+ to .*E-Down 1 has started/)
      .first()
      .waitFor();
    await page.getByText('Timeline', { exact: true }).last().evaluate(toTheTop);
    await picture('case-in-web-ui');
  }, 60_000);

  test('on a telephone it is as wide as the screen', async () => {
    await page.setViewportSize(PHONE);
    try {
      const { frame, text } = await openPanel(eDown());
      await frame.scrollIntoViewIfNeeded();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
      const { width = 0, x = -1 } = (await frame.boundingBox()) ?? {};
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(PHONE.width);
      expect(await text.evaluate(isWiderThanShown)).toBe(false);
      await picture('desk-phone');
    } finally {
      await page.setViewportSize(LAPTOP);
    }
  }, 60_000);
});

describe('a dialog', () => {
  const m1 = (): CaseView =>
    cases.find(({ title, level }) => title === 'Nightly export is empty' && level === 'M1') as CaseView;

  test('says of each message what it is for, who may send it and what to type', async () => {
    await openCase(m1().caseNumber);
    await page.getByRole('button', { name: 'More Actions' }).click();
    await page.getByRole('menuitem', { name: /Send an Update/ }).click();
    await page
      .locator('dialog[open]')
      .getByRole('button', { name: /Select an Update/ })
      .click();
    await page.locator('dialog[open]').getByRole('option').first().waitFor();
    const options = (await page.locator('dialog[open]').getByRole('option').allInnerTexts()).filter((text) =>
      /^[a-z]/.test(text),
    );
    expect(options.length).toBe(29);
    for (const option of options) expect(option).toMatch(/Who: [^.]+\. Shortest: \{"by":/);
    await picture('desk-dialog');
  }, 60_000);

  test('that is refused says one sentence, and nothing of our files', async () => {
    await openCase(m1().caseNumber);
    const dialog = await openDialog(
      'Update',
      'deEscalate',
      '{"by":"eng-lee","role":"ENGINEER","reason":"x","customerAgreed":true}',
    );
    await submit(dialog);
    const refused = dialog.getByText(/This role may not/);
    await refused.waitFor();
    expect(await refused.count()).toBe(1);
    expect(await dialog.innerText()).not.toMatch(/\.ts:\d|\.js:\d|\bat \w+ \(/);
    await picture('desk-refused');
    await dialog.getByRole('button', { name: 'Cancel' }).last().click();
    expect((await desk.tocsin.getCase(m1().caseNumber)).level).toBe('M1');
  }, 60_000);

  test('that is accepted is seen on the panel and in the list within 2 s', async () => {
    const { caseNumber } = m1();
    await openCase(caseNumber);
    const dialog = await openDialog('Update', 'acknowledge', '{"by":"mgr-ana"}');
    await submit(dialog);
    await dialog.waitFor({ state: 'hidden' });
    const from = Date.now();
    await eventually(
      () => desk.tocsin.list({ manager: 'mgr-ana' }),
      (rows) => rows.some((row) => row.caseNumber === caseNumber && row.waitsFor === null),
      SEEN_MS,
    );
    expect(Date.now() - from).toBeLessThan(SEEN_MS);
    const { text } = await openPanel(caseNumber);
    expect(await text.innerText()).toContain('mgr-ana has it: M1');
    expect(await listed(DESK_VIEWS.find(({ name }) => name === 'escalated') as DeskView)).not.toContain(caseNumber);
  }, 60_000);
});

/** All of a panel on one picture. */
async function tall(during: () => Promise<void>): Promise<void> {
  await page.setViewportSize({ ...LAPTOP, height: 1_300 });
  await during();
  await page.setViewportSize(LAPTOP);
}

const toTheTop = (element: unknown): void => (element as { scrollIntoView: () => void }).scrollIntoView();

const isWiderThanShown = (element: unknown): boolean => {
  const { scrollWidth, clientWidth } = element as { readonly scrollWidth: number; readonly clientWidth: number };
  return scrollWidth > clientWidth;
};

async function picture(name: string): Promise<void> {
  const wanted = process.env['SCREENSHOTS'];
  if (wanted === undefined) return;
  const folder = wanted === '1' ? join(PACKAGE_ROOT, 'docs', 'images') : wanted;
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
