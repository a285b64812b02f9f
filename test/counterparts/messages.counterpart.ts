/**
 * What people are sent, as their programs show it: a mail as HTML and as text, a message in Slack, a card in Teams (by Microsoft's
 * own library). Each is of a real case. With SCREENSHOTS, pictures are kept in docs/images.
 */
import { join } from 'node:path';
import type { KnownBlock } from '@slack/web-api';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';
import { PACKAGE_ROOT } from '../../worker/package-root';
import { eDownAnswers } from '../support/answer-pages';
import { opening } from '../support/gateway';
import { PHONES, serveSixChannels, type SixChannels } from '../support/six-channels';
import { slackLikeness } from '../support/slack-blocks';
import { fromTwilio } from '../support/vendors';
import { chromium, installed } from './tools';

const CASE = 'C7100001';
const TITLE = 'MES cannot reach the file vault; no line can start';
const CARD_STYLE =
  'p { margin: 0; } body { margin: 16px; width: 560px; font-family: "Segoe UI", "Noto Sans", sans-serif; }';

let six: SixChannels;
let browser: Browser;
beforeAll(async () => {
  six = await serveSixChannels();
  browser = await playwright.launch({ executablePath: chromium(), args: ['--no-sandbox'] });
  const { served, quiet } = six;
  const pat = { name: 'Pat Lund', reach: 'ON_SITE', number: '+1 555 0199', email: 'pat@acme-motors.example' } as const;
  const maria = { by: 'maria', role: 'CUSTOMER', channel: 'CASE_TRACKER' } as const;
  await served.tocsin.open({ ...opening(CASE), title: TITLE });
  await quiet(CASE);
  await served.tocsin.update(CASE, 'changeSeverity', { ...maria, severity: 0, eDown: eDownAnswers(pat) });
  await quiet(CASE);
  // Ana cannot, so that the card asks for something.
  await served.tocsin.update(CASE, 'escalate', maria);
  await quiet(CASE);
  await fromTwilio(served.url, '/in/twilio/sms', { From: PHONES.ana, Body: `6 ${CASE}` });
  await quiet(CASE);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await six?.close();
});

/** Shows it, looks at it, and keeps a picture where pictures are wanted. */
async function shown(name: string, html: string, look: (page: Page) => Promise<void>, width = 640): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 200 }, deviceScaleFactor: 1.5 });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  await page.setContent(html);
  await look(page);
  // A message that has to fetch something is empty where there is no network, and tells others that it was read.
  expect(asked).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  const wanted = process.env['SCREENSHOTS'];
  const folder = wanted === '1' ? join(PACKAGE_ROOT, 'docs', 'images') : wanted;
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await context.close();
}

const mailToLee = () =>
  six.box.mails.findLast(({ to, subject }) => to.startsWith('lee@') && subject.includes('E-Down has'));

test.each([
  ['mail', 640],
  ['mail-on-a-telephone', 360],
])('the mail as HTML (%s): what is wanted, by when, and a button', async (name, width) => {
  await shown(
    name,
    mailToLee()?.html ?? '',
    async (page) => {
      expect(await page.getByText('Please answer by').count()).toBe(1);
      expect(await page.getByRole('link').getAttribute('href')).toMatch(/\/p\/C7100001\./);
    },
    width,
  );
});

test('the mail as text', async () => {
  const text = (mailToLee()?.text ?? '').replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const style = 'margin: 16px; font: 14px/1.45 monospace; white-space: pre-wrap; overflow-wrap: anywhere';
  await shown(
    'mail-as-text',
    `<!doctype html><meta charset="utf-8"><pre style="${style}">${text}</pre>`,
    async (page) => {
      expect(await page.getByText('To say that you have it, or that you cannot:').count()).toBe(1);
    },
  );
});

test('Slack: two buttons and the link', async () => {
  const [request] = six.served.receiver.requests.filter(({ path }) => path === '/slack/chat.postMessage');
  const blocks = JSON.parse(new URLSearchParams(request?.body).get('blocks') ?? '[]') as KnownBlock[];
  await shown('slack', slackLikeness(blocks), async (page) => {
    expect(await page.getByRole('button').allTextContents()).toEqual(['I have it', 'I cannot']);
  });
});

test('Teams: the card, drawn by Microsoft’s library', async () => {
  const request = six.served.receiver.requests.findLast(({ path }) => path === '/teams');
  const { attachments } = JSON.parse(request?.body ?? '') as { attachments: { content: object }[] };
  const html = `<!doctype html><meta charset="utf-8"><style>${CARD_STYLE}</style><main></main>`;
  await shown('teams-card', html, async (page) => {
    for (const library of ['markdown-it/dist/markdown-it.js', 'adaptivecards/dist/adaptivecards.js'])
      await page.addScriptTag({ path: installed(`node_modules/${library}`) });
    await page.evaluate(
      `(() => {
        AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
          result.outputHtml = markdownit().render(text);
          result.didProcess = true;
        };
        const card = new AdaptiveCards.AdaptiveCard();
        card.parse(${JSON.stringify(attachments[0]?.content)});
        document.querySelector('main').append(card.render());
      })()`,
    );
    expect(await page.getByRole('link').allTextContents()).toEqual(['I have it / I cannot']);
    expect(await page.locator('main').textContent()).toContain(TITLE);
    expect(await page.locator('main').textContent()).not.toContain('\\');
  });
});
