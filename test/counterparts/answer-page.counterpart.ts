/**
 * The answer page in a real browser, on a telephone's screen, by day and by night: axe finds nothing, it needs no script, it
 * loads nothing from anywhere, and one tap answers. With SCREENSHOTS set, a picture of each state is kept in docs/images.
 */
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { PACKAGE_ROOT } from '../../worker/package-root';
import { answerPageStates, type AnswerPageState } from '../support/answer-pages';
import { serveGateway, type Served } from '../support/gateway';
import { chromium } from './tools';

const PHONE = { width: 390, height: 844 };
/** As narrow as telephones are. */
const NARROW = { width: 320, height: 640 };

let served: Served;
let browser: Browser;
let states: AnswerPageState[];
beforeAll(async () => {
  served = await serveGateway();
  states = await answerPageStates(served);
  browser = await playwright.launch({ executablePath: chromium(), args: ['--no-sandbox'] });
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

async function look(
  link: string,
  options: Parameters<Browser['newContext']>[0],
  during: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: PHONE, ...options });
  const page = await context.newPage();
  await page.goto(link);
  // A page of another state, or one without its style, would pass every check below.
  const said = await page.getByRole('heading').textContent();
  const { heading } = states.find((state) => state.link === link) ?? {};
  if (heading) expect(said).toMatch(heading);
  expect(await page.locator('main').evaluate('element => getComputedStyle(element).maxWidth')).not.toBe('none');
  await during(page, context);
  await context.close();
}

test.each(['light', 'dark'] as const)('axe has no violation to name in any state (%s)', async (colorScheme) => {
  for (const { name, link } of states) {
    await look(link, { colorScheme }, async (page) => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      expect([name, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([name, []]);
    });
  }
});

test('nothing is loaded besides the page, and nothing stands outside of a narrow screen', async () => {
  for (const { link } of states) {
    const asked: string[] = [];
    const context = await browser.newContext({ viewport: NARROW });
    const page = await context.newPage();
    page.on('request', (request) => void asked.push(request.url()));
    await page.goto(link);
    // The browser asks for an icon by itself; the page names none.
    expect(asked.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([link]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(NARROW.width);
    await context.close();
  }
});

test('one tap answers, without script', async () => {
  await served.open('C5000009');
  const link = await served.linkTo('eng-lee', 'C5000009');
  await look(link, { javaScriptEnabled: false }, async (page) => {
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('heading', { name: /^You have had it since/ }).waitFor();
  });
  const { events } = await served.tocsin.getTimeline('C5000009');
  expect(events.filter(({ type }) => type === 'PageAcknowledged')).toMatchObject([{ data: { means: 'LINK' } }]);
});

/** Those that the documents show; with SCREENSHOTS a folder, each state is kept there, to be looked at. */
const SHOWN = ['asked', 'taken', 'emergency', 'chinese'];

test('pictures for whoever reads the documents', async () => {
  const wanted = process.env['SCREENSHOTS'];
  if (wanted === undefined) return;
  const folder = wanted === '1' ? join(PACKAGE_ROOT, 'docs', 'images') : wanted;
  for (const { name, link } of states) {
    if (wanted === '1' && !SHOWN.includes(name)) continue;
    const file = name === 'asked' ? 'answer-page.png' : `answer-page-${name}.png`;
    const colorScheme = name === 'emergency' ? 'dark' : 'light';
    await look(link, { colorScheme, deviceScaleFactor: 1.5 }, async (page) => {
      await page.screenshot({ path: join(folder, file), fullPage: true });
    });
  }
});
