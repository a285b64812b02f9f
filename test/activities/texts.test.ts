/** Texts: each form holds what it must, what a customer wrote is cut first, and five escapings hold whatever they write. */
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from '../support/random';
import { messageOf } from '../../activities/channels/slack/message';
import { factsOf, requestOf } from '../../activities/channels/presets/run';
import { shippedPresets } from '../../activities/channels/presets';
import { spokenOf } from '../../activities/channels/voice/voice';
import { MOST_TWIML, twimlOf } from '../../activities/channels/voice/twiml';
import { oneLine } from '../../activities/templates/one-line';
import { Layouts } from '../../activities/texts/layouts';
import { MOST_SEGMENTS, segmentsOf, Texts } from '../../activities/texts/texts';
import type { OutgoingPage } from '../../activities/channels/channel';
import { pageOf } from '../support/outgoing';

const texts = new Texts();

test('an SMS has two parts at most: what the customer wrote goes first, the link never', () => {
  const { parts } = pageOf();
  for (const subject of ['MES down', 'x'.repeat(200), '生产线停了'.repeat(30), '🔥'.repeat(80)]) {
    const text = texts.short(
      pageOf({ parts: { ...parts, subject, customer: 'A customer with a name of forty letters!' } }),
    );
    expect(segmentsOf(text)).toBeLessThanOrEqual(MOST_SEGMENTS);
    expect(text).toContain('https://desk.example.com/p/k1.C1234567-3.abcdefgh');
    expect(text).toContain('C1234567');
  }
});

test('an operator’s layout goes before the shipped one, the more particular before the less', () => {
  const folder = mkdtempSync(join(tmpdir(), 'texts-'));
  mkdirSync(join(folder, 'en'));
  writeFileSync(join(folder, 'subject.liquid'), 'ours {{ page.case }}');
  writeFileSync(join(folder, 'E_DOWN_ALERT.spoken.liquid'), 'alert {{ page.customer }}');
  writeFileSync(join(folder, 'en', 'short.liquid'), 'english {{ page.state }}');
  const layouts = new Layouts(folder);
  expect(layouts.problems).toEqual([]);
  const own = new Texts(layouts);
  expect([own.subject(pageOf()), own.spoken(pageOf()), own.short(pageOf())]).toEqual([
    'ours C1234567',
    'alert Acme',
    'english E-DOWN',
  ]);
  expect(own.spoken(pageOf({ purpose: 'ASSIGNED' }))).toBe(texts.spoken(pageOf({ purpose: 'ASSIGNED' })));
});

test('a layout with a mistake is told with its line, and the shipped one is used', () => {
  const folder = mkdtempSync(join(tmpdir(), 'texts-'));
  writeFileSync(join(folder, 'subject.liquid'), '\n{{ page.custmer }}');
  writeFileSync(join(folder, 'long.liquid'), '{% if page.link %}');
  writeFileSync(join(folder, 'letter.liquid'), 'x');
  const layouts = new Layouts(folder);
  expect(layouts.problems.map(({ line, problem }) => `${line} ${problem}`).sort()).toEqual([
    expect.stringContaining('1 is no form of a text'),
    expect.stringContaining('1 tag {% if page.link %} not closed'),
    '2 there is no page.custmer',
  ]);
  expect(new Texts(layouts).subject(pageOf())).toBe(texts.subject(pageOf()));
});

test('a layout that nobody would ever read is told: of a language or a purpose that no page has', () => {
  const folder = mkdtempSync(join(tmpdir(), 'texts-'));
  mkdirSync(join(folder, 'zh'));
  mkdirSync(join(folder, 'zh-CN'));
  writeFileSync(join(folder, 'zh', 'short.liquid'), 'x');
  writeFileSync(join(folder, 'zh-CN', 'ASSIGNED.short.liquid'), 'x');
  writeFileSync(join(folder, 'zh-CN', 'TURN_BEGINS.short.liquid'), 'x');
  writeFileSync(join(folder, 'zh.E_DOWN.short.liquid'), 'x');
  writeFileSync(join(folder, 'E_DOWN.short.liquid'), 'x');
  expect(new Layouts(folder).problems.map(({ file, problem }) => `${basename(file)} ${problem}`).sort()).toEqual([
    'E_DOWN.short.liquid is of no purpose that a page has: E_DOWN',
    'short.liquid is in no language that pages are in: en, zh-CN',
    'zh.E_DOWN.short.liquid is of no purpose that a page has: zh.E_DOWN',
  ]);
});

/** What somebody would write who wants more than to be read. */
const HOSTILE = [
  '<!channel>',
  '<@U123>',
  '<https://evil.example|click>',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/p.png)',
  '</Say><Hangup/>',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '","text":"',
  '\\',
  '{{ page.link }}',
  '{% raw %}',
  '\u202egnirts',
  '\u0000',
  '\ud83d',
  '*bold* _it_ `code` ~no~',
  '@everyone',
  '&amp;lt;',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 20 })), { maxLength: 6 })
  .map((some) => oneLine(some.join(' ')));
const pages = fc
  .record({ subject: hostile, customer: hostile, line: hostile })
  .map(({ subject, customer, line }): OutgoingPage => {
    const { parts } = pageOf();
    return pageOf({
      title: `[E-DOWN] ${customer}: ${subject}`,
      parts: { ...parts, subject, customer, lines: ['Please take it.', line] },
    });
  });

test('what a stranger wrote is text, in HTML, mrkdwn, cards, TwiML and JSON', () => {
  const presets = [...shippedPresets().byName.values()];
  const { link } = factsOf(pageOf(), texts);
  fc.assert(
    fc.property(pages, (page) => {
      // HTML: no tag but ours.
      const html = texts.html(page);
      expect(html.match(/<(script|img|hangup|!channel|@)/gi)).toBeNull();
      expect(html.match(/href="[^"]*"/g)).toEqual([`href="${link}"`]);
      // mrkdwn: every angle bracket is that of our link.
      const { blocks, text } = messageOf(page, texts);
      const said = JSON.stringify(blocks).replace(`<${link}>`, '') + text;
      expect(said).not.toMatch(/[<>]/);
      // TwiML: it has our elements and no others.
      const twiml = twimlOf(spokenOf(page, texts, 'https://desk.example.com'));
      expect(new Set([...twiml.matchAll(/<\/?([A-Za-z]+)/g)].map(([, name]) => name))).toEqual(
        new Set(['Response', 'Gather', 'Say']),
      );
      expect(twiml.length).toBeLessThanOrEqual(MOST_TWIML);
      // JSON and cards: one value stays one value, and no link is made.
      for (const preset of presets) {
        const values = Object.fromEntries(Object.keys(preset.fields).map((key) => [key, 'http://127.0.0.1/']));
        const words = { have_it: 'I have it', cannot: 'I cannot' };
        const facts = { page: factsOf(page, texts), words };
        const { body = '' } = requestOf(preset, values, preset.url, preset.body, facts);
        const shape = JSON.stringify(JSON.parse(body), (_key, value: unknown) =>
          typeof value === 'string' ? '' : value,
        );
        const plain = {
          page: factsOf(
            pageOf({ ...page, title: 'x', parts: { ...page.parts, subject: 'x', customer: 'x', lines: ['x', 'x'] } }),
            texts,
          ),
          words,
        };
        const ours = requestOf(preset, values, preset.url, preset.body, plain).body ?? '';
        expect(shape).toBe(
          JSON.stringify(JSON.parse(ours), (_key, value: unknown) => (typeof value === 'string' ? '' : value)),
        );
        if (['teams', 'wecom', 'dingtalk', 'mattermost'].includes(preset.name)) {
          expect(textsIn(JSON.parse(body)).join(' ')).not.toMatch(/(?<!\\)\]\((?!https:\/\/desk)/);
        }
      }
      // Mail: one line of subject.
      expect(texts.subject(page)).not.toMatch(/[\r\n]/);
    }),
  );
});

const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

test('half a character, a mark that turns text round, and a line end do not go out', () => {
  expect(oneLine('MES down \ud83d')).toBe('MES down \ufffd');
  expect(oneLine('\u202eabc\u2069')).toBe('abc');
  expect(oneLine('a\r\nb\u2028c')).toBe('a b c');
  expect(oneLine('🔥 ok')).toBe('🔥 ok');
});
