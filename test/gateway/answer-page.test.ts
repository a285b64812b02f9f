/**
 * A page is answered by one tap from a link, and by nothing else that happens to a link: being scanned, previewed, followed,
 * forwarded, kept for too long or tampered with.
 */
import { answerUrl, parseLinkKeys } from '../../activities/answer-links';
import { call, LINK_KEYS, opening, serveGateway, type Body, type Served } from '../support/gateway';

let served: Served;
beforeAll(async () => {
  served = await serveGateway();
}, 120_000);
afterAll(() => served?.close());

const browser = { accept: 'text/html,application/xhtml+xml' };
const show = async (link: string, init: RequestInit = {}) => {
  const response = await fetch(link, { headers: browser, ...init });
  return { status: response.status, headers: response.headers, html: await response.text() };
};
const tap = (link: string, answer: 'have' | 'cannot') =>
  show(link, {
    method: 'POST',
    body: new URLSearchParams({ answer }),
    headers: { ...browser, 'content-type': 'application/x-www-form-urlencoded' },
  });
const eventsOf = async (caseNumber: string, ...types: string[]) =>
  (await served.tocsin.getTimeline(caseNumber, { limit: 1_000 })).events.filter(({ type }) => types.includes(type));
const answers = (caseNumber: string) => eventsOf(caseNumber, 'PageAcknowledged', 'PageDeclined');
const post = (link: string, json?: unknown): Promise<{ status: number; body: Body }> => {
  const { origin, pathname } = new URL(link);
  return call(origin, pathname, {
    method: 'POST',
    ...(json !== undefined && { json }),
    headers: { accept: 'application/json' },
  });
};

test('the link is short, and shows what is wanted, by when, whose case, and as whom', async () => {
  await served.open('C2000001', { title: 'MES <b>down</b>' });
  const link = await served.linkTo('eng-lee', 'C2000001');
  expect(link.length - served.url.length).toBeLessThanOrEqual(60);
  const { status, html, headers } = await show(link);
  expect(status).toBe(200);
  expect(html).toContain('You are answering as Lee Min.');
  expect(html).toContain('The case is yours. Please take it.');
  expect(html).toMatch(/Please answer by [\d-]+ [\d:]+ South Korea Time\./);
  expect(html).toContain('MES &lt;b&gt;down&lt;/b&gt;');
  expect(html).toContain('href="tel:+15550100"');
  expect(html).toContain('<html lang="en">');
  expect(html).not.toMatch(/<script|https?:\/\//);
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-robots-tag')).toContain('noindex');
});

test('in the language of whoever is asked, on their clock', async () => {
  await served.open('C2000013', { engineer: 'eng-wei' });
  const link = await served.linkTo('eng-wei', 'C2000013');
  const { html } = await show(link);
  expect(html).toContain('<html lang="zh-CN">');
  expect(html).toContain('<h1>此案例由您负责，请接手。</h1>');
  expect(html).toMatch(/请在中国时间20[\d-]+ [\d:]+前答复。/);
  expect(html).toContain('您正以魏明的身份答复。');
  await served.tocsin.update('C2000013', 'acknowledge', { by: 'eng-wei', pageId: 'C2000013-1' });
  expect((await show(link)).html).toMatch(/<h1>您已于中国时间20.*接手。<\/h1>/);
});

test('a scanner that fetches, heads, asks for options or follows what it finds never answers', async () => {
  await served.open('C2000002');
  const link = await served.linkTo('eng-lee', 'C2000002');
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'GET']) {
    expect((await show(link, { method, headers: { ...browser, purpose: 'prefetch' } })).status).toBeLessThan(300);
  }
  for (const query of ['?answer=have', '?answer=cannot', '/', '#have']) await show(`${link}${query}`);
  const { html } = await show(link);
  for (const [, href] of html.matchAll(/href="([^"]+)"/g)) expect(href).toMatch(/^tel:/);
  expect(await answers('C2000002')).toEqual([]);
});

test('one tap is the answer, on record with its means; a second is no second one, and no error', async () => {
  await served.open('C2000003');
  const link = await served.linkTo('eng-lee', 'C2000003');
  const first = await tap(link, 'have');
  expect(first.status).toBe(200);
  expect(first.html).toMatch(/You have had it since 20[\d-]+ /);
  const second = await tap(link, 'have');
  expect(second.status).toBe(200);
  expect(second.html).toMatch(/You have had it since /);
  const given = await answers('C2000003');
  expect(given).toMatchObject([{ type: 'PageAcknowledged', by: 'eng-lee', channel: 'API', data: { means: 'LINK' } }]);
  expect((await show(link)).html).toContain('I cannot any more');
});

test('ten taps at once are one answer', async () => {
  await served.open('C2000004');
  const link = await served.linkTo('eng-lee', 'C2000004');
  const taps = await Promise.all(Array.from({ length: 10 }, () => tap(link, 'have')));
  expect(taps.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(await answers('C2000004')).toHaveLength(1);
});

test('"I cannot" counts though the provider has yet to say that the page is out, however long it takes', async () => {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  served.receiver.respond('/mgr-ana', () => held.then(() => ({})));
  await served.open('C2000014');
  await served.tocsin.update('C2000014', 'escalate', { by: 'maria', role: 'CUSTOMER' });
  const link = await served.linkTo('mgr-ana', 'C2000014');
  const pressed = await post(link, { answer: 'cannot' });
  expect(pressed).toMatchObject({ status: 200, body: { done: true } });
  // The next one is asked while the provider has still said nothing.
  await served.linkTo('mgr-ben', 'C2000014');
  expect(await eventsOf('C2000014', 'PageSent')).not.toContainEqual(
    expect.objectContaining({ data: expect.objectContaining({ person: 'mgr-ana' }) as unknown }),
  );
  expect(await answers('C2000014')).toMatchObject([{ type: 'PageDeclined', by: 'mgr-ana' }]);
  letGo();
  served.receiver.respond('/mgr-ana', () => ({}));
});

test('"I cannot" asks the next person at once, and says so', async () => {
  await served.open('C2000005');
  await served.tocsin.update('C2000005', 'escalate', { by: 'maria', role: 'CUSTOMER' });
  const link = await served.linkTo('mgr-ana', 'C2000005');
  const { status, html } = await tap(link, 'cannot');
  expect(status).toBe(200);
  expect(html).toContain('You said that you cannot.');
  await served.linkTo('mgr-ben', 'C2000005');
  expect(await eventsOf('C2000005', 'PageDeclined')).toMatchObject([{ by: 'mgr-ana', data: { means: 'LINK' } }]);
  // Whoever cannot and then can is welcome while nobody has it.
  expect((await tap(link, 'have')).html).toMatch(/You have had it since /);
});

test('late while nobody has it takes it; late when somebody has it says who', async () => {
  await served.open('C2000006');
  await served.tocsin.update('C2000006', 'escalate', { by: 'maria', role: 'CUSTOMER' });
  const anas = await served.linkTo('mgr-ana', 'C2000006');
  await tap(anas, 'cannot');
  const bens = await served.linkTo('mgr-ben', 'C2000006');
  await expectEventually(async () => (await show(anas)).html, 'Ben Okafor is being asked. You can still take it.');
  expect((await tap(anas, 'have')).status).toBe(200);
  const late = await tap(bens, 'have');
  expect(late.status).toBe(409);
  expect(late.html).toMatch(/Ana Ruiz has had it since 20.*UTC\./);
  expect(late.html).toContain('You do not need to do anything.');
  expect(late.html).not.toContain('<button');
  expect(await post(bens, { answer: 'have' })).toMatchObject({
    status: 409,
    body: { by: 'mgr-ana', detail: expect.stringMatching(/^Ana Ruiz has had it since 20.*UTC\.$/) as string },
  });
  expect((await eventsOf('C2000006', 'PageAcknowledged')).map(({ by }) => by)).toEqual(['mgr-ana']);
});

test('forwarded, it acts as the person that it was made for', async () => {
  await served.open('C2000007');
  const link = await served.linkTo('eng-lee', 'C2000007');
  const { html } = await show(link, { headers: { ...browser, 'user-agent': "somebody else's" } });
  expect(html).toContain('You are answering as Lee Min.');
  await tap(link, 'have');
  expect(await answers('C2000007')).toMatchObject([{ by: 'eng-lee', data: { person: 'eng-lee', means: 'LINK' } }]);
});

test('tampered, of a withdrawn key, of another case, or of nobody: refused, and nothing is told or done', async () => {
  await served.open('C2000008');
  const link = await served.linkTo('eng-lee', 'C2000008');
  const page = { pageId: 'C2000008-1', person: 'eng-lee', orderedAt: Date.now() };
  const links = [
    link.replace('C2000008.1', 'C2000008.2'),
    `${link}x`,
    `${served.url}/p/x`,
    `${served.url}/p/${'x'.repeat(190)}`,
    answerUrl(served.url, parseLinkKeys(`k0:${'z'.repeat(40)}`), page),
    answerUrl(served.url, parseLinkKeys(`k1:${'z'.repeat(40)}`), page),
    answerUrl(served.url, LINK_KEYS, { ...page, person: 'nobody' }),
    answerUrl(served.url, LINK_KEYS, { ...page, pageId: 'C7777777-1' }),
  ];
  const told = new Set<string>();
  for (const bad of links) {
    for (const shown of [await show(bad), await tap(bad, 'have')]) {
      expect([bad, shown.status]).toEqual([bad, 404]);
      told.add(shown.html);
    }
    expect((await post(bad)).body).toMatchObject({ code: 'LINK_NOT_VALID' });
  }
  expect(told.size).toBe(1);
  expect([...told][0]).toContain('This link is not valid');
  expect(await answers('C2000008')).toEqual([]);
});

test('a link works until seven days after its need is over, and then no more', async () => {
  await served.open('C2000009');
  const lee = await served.linkTo('eng-lee', 'C2000009');
  const weekOld = (person: string, page: number) =>
    answerUrl(served.url, LINK_KEYS, {
      pageId: `C2000009-${page}`,
      person,
      orderedAt: Date.now() - 8 * 24 * 3_600_000,
    });
  // Nothing is over yet, however old the message is.
  expect((await show(weekOld('eng-lee', 1))).html).toContain('I have it');
  expect((await show(lee)).status).toBe(200);
  // Nothing was ever asked of Kim here.
  const expired = await show(weekOld('eng-kim', 77));
  expect(expired.status).toBe(410);
  expect(expired.html).toContain('This link has expired');
  expect((await tap(weekOld('eng-kim', 77), 'have')).status).toBe(410);
  expect(await answers('C2000009')).toEqual([]);
});

describe('programs, such as the button of a chat message', () => {
  test('a bare POST is "I have it", and the answer is JSON', async () => {
    await served.open('C2000010');
    const link = await served.linkTo('eng-lee', 'C2000010');
    expect(await post(link)).toMatchObject({ status: 200, body: { done: true, standing: 'YOURS', person: 'eng-lee' } });
    expect(await post(link, {})).toMatchObject({ status: 200, body: { done: false, code: 'ALREADY_ACKNOWLEDGED' } });
    expect(await post(link, { answer: 'cannot' })).toMatchObject({ status: 200, body: { done: true } });
  });

  test('what is no answer is refused', async () => {
    await served.open('C2000011');
    const link = await served.linkTo('eng-lee', 'C2000011');
    expect(await post(link, { answer: 'maybe' })).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'answer' }] },
    });
    expect(await answers('C2000011')).toEqual([]);
  });

  test('only nothing at all is "I have it": an answer that is written otherwise is refused, and never its opposite', async () => {
    await served.open('C2000017');
    const link = await served.linkTo('eng-lee', 'C2000017');
    const sent = (type: string, body: string) =>
      fetch(link, { method: 'POST', body, headers: { 'content-type': type, accept: 'application/json' } });
    const json = 'application/json';
    const written = [
      [json, '"cannot"'],
      [json, '["cannot"]'],
      [json, 'null'],
      [json, '[]'],
      ['text/plain', 'cannot'],
    ] as const;
    for (const [type, body] of written) expect((await sent(type, body)).status).toBe(422);
    expect(await answers('C2000017')).toEqual([]);
    // Clients name the type of a body that they do not send.
    expect((await sent(json, '')).status).toBe(200);
    expect(await answers('C2000017')).toMatchObject([{ type: 'PageAcknowledged' }]);
  });
});

test('a case that was ended from outside says so to whoever comes by a link, and where to call', async () => {
  for (const [caseNumber, engineer, words] of [
    ['C2000018', 'eng-lee', 'nobody is asked for it any more'],
    ['C2000019', 'eng-wei', '请拨打热线'],
  ] as const) {
    await served.open(caseNumber, { engineer });
    const link = await served.linkTo(engineer, caseNumber);
    await served.tocsin.temporal.workflow.getHandle(caseNumber).terminate('a click');
    for (const { status, html } of [await show(link), await tap(link, 'have')]) {
      expect(status).toBe(410);
      expect(html).toContain(words);
      expect(html).toContain('tel:+15550100');
      expect(html).not.toContain('<form');
    }
    expect(await post(link)).toMatchObject({ status: 410, body: { code: 'CASE_CLOSED' } });
  }
});

test.each([
  ['their own clock', 'C2000015', { timezone: 'Asia/Tokyo' }, 'Japan Time'],
  ['their customer’s clock', 'C2000016', {}, 'Germany Time'],
])('a contact reads times on %s, with the name of its zone', async (_whose, caseNumber, own, zone) => {
  const customer = { ...opening('').customer, timezone: 'Europe/Berlin' };
  await served.open(caseNumber, { customer, contacts: [{ name: 'pat', reach: 'ON_SITE', number: '1', ...own }] });
  const link = await linkOfContact(caseNumber);
  expect((await show(link)).html).toMatch(new RegExp(`[\\d-]+ [\\d:]+ ${zone}`));
  expect((await show(link)).html).not.toContain('UTC');
});

test('an answer to a page of a contact is the contact’s', async () => {
  await served.open('C2000012', { contacts: [{ name: 'pat', reach: 'ON_SITE', number: '+1 555 0199' }] });
  const link = await linkOfContact('C2000012');
  expect((await show(link)).html).toContain('The engineer asks you for help.');
  expect((await tap(link, 'have')).status).toBe(200);
  expect((await answers('C2000012')).at(-1)).toMatchObject({ by: 'pat', data: { person: 'pat', means: 'LINK' } });
});

/** Asks pat for something, and makes the link that pat is sent. */
async function linkOfContact(caseNumber: string): Promise<string> {
  await served.tocsin.update(caseNumber, 'requestContactAction', {
    by: 'eng-lee',
    role: 'ENGINEER',
    kind: 'TEST',
    what: 'Please restart it.',
  });
  const sent = await expectEventuallyOf(
    () => eventsOf(caseNumber, 'PageSent'),
    (events) => events.some(({ data }) => (data as { person?: string }).person === 'pat'),
  );
  const page = sent.find(({ data }) => (data as { person?: string }).person === 'pat')?.data as { pageId: string };
  return answerUrl(served.url, LINK_KEYS, { pageId: page.pageId, person: 'pat', orderedAt: Date.now() });
}

async function expectEventually(ask: () => Promise<string>, words: string): Promise<void> {
  await expectEventuallyOf(ask, (text) => text.includes(words));
}

/** What comes by the activity's result a moment later; asked until it is so, or the test's own time is over. */
async function expectEventuallyOf<T>(ask: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask();
    if (isSo(value)) return value;
  }
}
