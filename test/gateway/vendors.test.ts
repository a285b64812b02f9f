/** Buttons in Slack, keys on a call, replies to a message: each signed by its vendor's own means, each the same answer. */
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { keyInPath } from '../../activities/channels/callback-key';
import { call, serveGateway, TWILIO_TOKEN, type Served } from '../support/gateway';
import { FORM, form, fromSlack, fromTwilio, press } from '../support/vendors';

let served: Served;
beforeAll(async () => {
  served = await serveGateway();
}, 120_000);
afterAll(() => served?.close());

const tokenOf = async (person: string, caseNumber: string): Promise<string> =>
  new URL(await served.linkTo(person, caseNumber)).pathname.slice('/p/'.length);
const answers = async (caseNumber: string) =>
  (await served.tocsin.getTimeline(caseNumber, { limit: 1_000 })).events.filter(
    ({ type }) => type === 'PageAcknowledged' || type === 'PageDeclined',
  );
const slack = (payload: object, signing?: Parameters<typeof fromSlack>[2]) => fromSlack(served.url, payload, signing);
const twilio = (path: string, fields: Record<string, string>, token?: string) =>
  fromTwilio(served.url, path, fields, token);

describe('Slack', () => {
  test('the buttons answer, by the means of Slack', async () => {
    await served.open('C4000001');
    const token = await tokenOf('eng-lee', 'C4000001');
    expect((await slack(press('have', token))).status).toBe(200);
    expect((await slack(press('cannot', token))).status).toBe(200);
    expect(await answers('C4000001')).toMatchObject([
      { type: 'PageAcknowledged', by: 'eng-lee', data: { means: 'SLACK' } },
      { type: 'PageDeclined', by: 'eng-lee', data: { means: 'SLACK' } },
    ]);
  });

  test('unsigned, wrongly signed and old requests do nothing', async () => {
    await served.open('C4000002');
    const token = await tokenOf('eng-lee', 'C4000002');
    const sent = [
      await slack(press('have', token), { secret: 'another' }),
      await slack(press('have', token), { at: Date.now() / 1000 - 301 }),
      await slack(press('have', token), { at: Date.now() / 1000 + 301 }),
      await call(served.url, '/in/slack', {
        method: 'POST',
        body: form({ payload: JSON.stringify(press('have', token)) }),
        headers: FORM,
      }),
    ];
    for (const { status, headers } of sent) {
      expect(status).toBe(401);
      expect(headers.get('content-type')).toBe('application/problem+json');
    }
    expect(await answers('C4000002')).toEqual([]);
  });

  test('Slack says who has pressed: another of us answers for themselves, a stranger for nobody', async () => {
    await served.open('C4000010', { engineer: 'eng-wei' });
    const token = await tokenOf('eng-wei', 'C4000010');
    await slack(press('have', token, 'USTRANGER'));
    await slack(press('cannot', token, 'USTRANGER'));
    expect(await answers('C4000010')).toEqual([]);
    await slack(press('have', token, 'U0KIM'));
    expect(await answers('C4000010')).toMatchObject([{ by: 'eng-kim', data: { person: 'eng-kim', means: 'SLACK' } }]);
    await slack(press('have', token, 'U0WEI'));
    expect((await answers('C4000010'))[1]).toMatchObject({ by: 'eng-wei' });
  });

  test('what is no button of ours is taken and does nothing; what is nothing at all is refused', async () => {
    expect((await slack({ type: 'view_closed' })).status).toBe(200);
    expect((await slack(press('other', 'x'))).status).toBe(200);
    expect((await slack(press('have', 'x'))).status).toBe(200);
  });
});

describe('a call', () => {
  test('4 has it, and a second call hears that it is theirs', async () => {
    await served.open('C4000003');
    const path = `/in/twilio/voice/${await tokenOf('eng-lee', 'C4000003')}`;
    const first = await twilio(path, { Digits: '4', CallSid: 'CA1' });
    expect(first.headers.get('content-type')).toContain('text/xml');
    expect(first.body['text']).toMatch(/<Say[^>]*>Thank you. You have it.<\/Say><Hangup\/>/);
    expect((await twilio(path, { Digits: '4', CallSid: 'CA2' })).body['text']).toContain('You have had it since');
    expect(await answers('C4000003')).toMatchObject([{ data: { means: 'VOICE' } }]);
  });

  test('6 cannot; no key and another key are no answer; a star says it again', async () => {
    await served.open('C4000004', { title: 'MES </Say> & down' });
    const token = await tokenOf('eng-lee', 'C4000004');
    const voice = (fields: Record<string, string>) => twilio(`/in/twilio/voice/${token}`, fields);
    expect((await voice({})).body['text']).toContain('<Hangup/>');
    expect((await voice({ Digits: '9' })).body['text']).toMatch(
      /That is no answer.*<Redirect[^>]*>.*\/in\/twilio\/say\//,
    );
    expect((await voice({ Digits: '*' })).body['text']).toMatch(/<Redirect method="POST">.*\/in\/twilio\/say\//);
    expect(await answers('C4000004')).toEqual([]);
    const said = (await twilio(`/in/twilio/say/${token}`, { CallSid: 'CA1' })).body['text'];
    expect(said).toMatch(/<Gather numDigits="1"[^>]*action="[^"]*\/in\/twilio\/voice\//);
    expect(said).toContain('Support page for Lee Min. Severity 1.');
    expect(said).toContain('To take it, press 4.');
    expect(said).toContain('The case is yours. Please take it.');
    expect(said).toContain('MES &lt;/Say&gt; &amp; down');
    expect((await voice({ Digits: '6' })).body['text']).toContain('The next person is asked now.');
    expect(await answers('C4000004')).toMatchObject([{ type: 'PageDeclined', data: { means: 'VOICE' } }]);
  });

  test('unsigned, signed with another token or for another address does nothing', async () => {
    await served.open('C4000005');
    const path = `/in/twilio/voice/${await tokenOf('eng-lee', 'C4000005')}`;
    const fields = { Digits: '4' };
    const signature = getExpectedTwilioSignature(TWILIO_TOKEN, `https://elsewhere.example${path}`, fields);
    const sent = [
      await twilio(path, fields, 'another'),
      await call(served.url, path, { method: 'POST', body: form(fields), headers: FORM }),
      await call(served.url, path, {
        method: 'POST',
        body: form(fields),
        headers: { ...FORM, 'x-twilio-signature': signature },
      }),
    ];
    for (const { status } of sent) expect(status).toBe(401);
    expect(await answers('C4000005')).toEqual([]);
  });
});

test('in the language of whoever is called', async () => {
  await served.open('C4000009', { engineer: 'eng-wei' });
  const token = await tokenOf('eng-wei', 'C4000009');
  const said = (await twilio(`/in/twilio/say/${token}`, { CallSid: 'CA1' })).body['text'];
  expect(said).toMatch(/<Say language="zh-CN">魏明，这是技术支持的通知。/);
  expect(said).toContain('接手请按4。');
  const voice = (Digits: string) => twilio(`/in/twilio/voice/${token}`, { Digits });
  expect((await voice('9')).body['text']).toContain('<Say language="zh-CN">无法识别您的答复。</Say><Redirect');
  expect((await voice('4')).body['text']).toContain('<Say language="zh-CN">谢谢，此案例由您处理。</Say><Hangup/>');
  expect((await voice('4')).body['text']).toMatch(/您已于.*接手。/);
});

describe('what is heard of a page afterwards', () => {
  const status = (key: string) => `/in/twilio/status/${keyInPath(key)}`;
  const news = async (caseNumber: string) =>
    (await served.tocsin.getTimeline(caseNumber, { limit: 1_000 })).events.filter(
      ({ type }) => type === 'PageDelivered' || type === 'PageUndelivered',
    );

  test('goes to the case: delivered, and that it has failed; neither is an answer, and what is unsigned is no news', async () => {
    await served.open('C4000006');
    await served.linkTo('eng-lee', 'C4000006');
    await untilSent('C4000006');
    const path = status('C4000006-1/1/eng-lee/webhook');
    expect((await twilio(path, { CallStatus: 'failed' }, 'another')).status).toBe(401);
    expect((await twilio(path, { MessageStatus: 'sent' })).status).toBe(204);
    expect((await twilio(path, { MessageStatus: 'delivered' })).status).toBe(204);
    expect((await twilio(path, { MessageStatus: 'undelivered', ErrorCode: '30003' })).status).toBe(204);
    const told = { pageId: 'C4000006-1', person: 'eng-lee', channel: 'webhook' };
    expect(await news('C4000006')).toMatchObject([
      { type: 'PageDelivered', data: told },
      { type: 'PageUndelivered', data: { ...told, why: 'FAILED', reason: 'handset unreachable' } },
    ]);
    expect(await answers('C4000006')).toEqual([]);
  });

  test('of a case that nobody knows, or with no key of ours, nothing is done, and Twilio has nothing to mend', async () => {
    const long = `C4999998-1/1/${'x'.repeat(120)}/sms`;
    for (const key of ['C4999999-1/1/eng-lee/sms', long, 'nonsense'])
      expect((await twilio(status(key), { CallStatus: 'busy' })).status).toBe(204);
  });
});

describe('a reply by SMS', () => {
  test('a number of nobody’s answers nothing', async () => {
    await served.open('C4000007');
    const { body } = await twilio('/in/twilio/sms', { From: '+15550000', Body: '4 C4000007' });
    expect(body['text']).toContain('This number belongs to nobody');
    expect(await answers('C4000007')).toEqual([]);
  });

  test('the number says who, the code which page; 4 has it', async () => {
    await served.open('C4000008');
    await served.linkTo('eng-lee', 'C4000008');
    const reply = (text: string) => twilio('/in/twilio/sms', { From: '+82 10 555 0177', Body: text });
    expect((await reply('What?')).body['text']).toContain('That is no answer. Reply 4 to take it, or 6');
    await untilSent('C4000008');
    // Whoever writes more, or a wrong number, is asked which they mean, and not told that nothing is asked of them.
    for (const text of ['4 C4999999', '4 please', '6 sorry'])
      expect((await reply(text)).body['text']).toMatch(
        new RegExp(`Which one\\? Reply with one of: .*${text.slice(0, 1)} C4000008-1`),
      );
    expect(await answers('C4000008')).toEqual([]);
    expect((await reply('4 C4000008')).body['text']).toContain('Thank you. You have it.');
    expect(await answers('C4000008')).toMatchObject([{ by: 'eng-lee', data: { means: 'SMS' } }]);
    // Twice is no mistake; and what they have they can give back.
    expect((await reply('4 C4000008')).body['text']).toContain('You have had it since');
    expect((await reply('６：c4000008。')).body['text']).toContain('The next person is asked now.');
    expect((await reply('4 C4000008')).body['text']).toContain('Thank you. You have it.');
    expect((await answers('C4000008')).map(({ type }) => type)).toEqual([
      'PageAcknowledged',
      'PageDeclined',
      'PageAcknowledged',
    ]);
  });

  describe('of a contact of the customer', () => {
    const contacts = [
      { name: 'Pat Lund', reach: 'PAGER' as const, number: '+1 (555) 0199-20' },
      { name: 'Sam Ode', reach: 'PAGER' as const, number: '0049 30 5550188' },
    ];
    const pat = (text: string, From = '+1555019920') => twilio('/in/twilio/sms', { From, Body: text });

    test('answers what the contact is asked, and the next contact is asked when they cannot', async () => {
      await served.open('C4000011', { contacts });
      await askContact('C4000011');
      await untilSent('C4000011', 'Pat Lund');
      expect((await pat('How?')).body['text']).toContain('Reply 4 to take it, or 6 if you cannot.');
      expect((await pat('6')).body['text']).toContain('The next person is asked now.');
      await untilSent('C4000011', 'Sam Ode');
      expect((await pat('4', '+49305550188')).body['text']).toContain('Thank you. You have it.');
      // Twice is no mistake, also where nothing in the case waits for anybody any more.
      await served.tocsin.update('C4000011', 'acknowledge', { by: 'eng-lee' });
      expect((await pat('4', '+49305550188')).body['text']).toContain('You have had it since');
      expect((await answers('C4000011')).slice(0, 2)).toMatchObject([
        { type: 'PageDeclined', by: 'Pat Lund', data: { person: 'Pat Lund', means: 'SMS' } },
        { type: 'PageAcknowledged', by: 'Sam Ode', data: { person: 'Sam Ode', means: 'SMS' } },
      ]);
    });

    test('who cannot is welcome again while nobody has it', async () => {
      await served.open('C4000016', { contacts: [{ name: 'Ida Voss', reach: 'PAGER', number: '+15550204' }] });
      await askContact('C4000016');
      await untilSent('C4000016', 'Ida Voss');
      expect((await pat('6', '+15550204')).body['text']).toContain('The next person is asked now.');
      expect((await pat('4', '+15550204')).body['text']).toContain('Thank you. You have it.');
    });

    test('who is asked nothing hears so, and a case that is not theirs is as good as none', async () => {
      await served.open('C4000012', { contacts: [{ name: 'Eve Hall', reach: 'PAGER', number: '+15550203' }] });
      expect((await pat('4', '+15550203')).body['text']).toContain('Nothing is asked of you just now.');
      const strangers = await Promise.all(
        ['4 C4000012', '4 C4999999', '4'].map(async (text) => (await pat(text, '+15550299')).body['text']),
      );
      expect(new Set(strangers).size).toBe(1);
      expect(strangers[0]).toContain('Use the link in the message, or call the hotline.');
      expect(await answers('C4000012')).toEqual([]);
    });

    test('with the number of one of ours answers as whom the page asks, says so, and asks where it is either', async () => {
      await served.open('C4000013', { contacts: [{ name: 'Kai Berg', reach: 'PAGER', number: '+82 10-555-0177' }] });
      await askContact('C4000013');
      await untilSent('C4000013', 'Kai Berg');
      await untilSent('C4000013');
      const { pages } = await served.tocsin.getCase('C4000013');
      const ofKai = pages.find(({ person }) => person === 'Kai Berg')?.pageId ?? '';
      const lee = (text: string) => pat(text, '+82105550177');
      expect((await lee('4 C4000013')).body['text']).toMatch(
        /Which one\? Reply with one of: 4 C4000013-\d+, 4 C4000013-\d+</,
      );
      expect(await answers('C4000013')).toEqual([]);
      expect((await lee(`4 ${ofKai}`)).body['text']).toContain('You have it. You are answering as Kai Berg.');
      expect((await lee('4 C4000013')).body['text']).toContain('You have it. You are answering as Lee Min.');
      expect(await answers('C4000013')).toMatchObject([{ by: 'Kai Berg' }, { by: 'eng-lee' }]);
    });
  });

  test('a number of two is never the answer of the other: who is asked answers, and hears as whom', async () => {
    await served.open('C4000014');
    const duty = (text: string) => twilio('/in/twilio/sms', { From: '+34 910 000 000', Body: text });
    const escalate = (level: 'M1' | 'M2') =>
      served.tocsin.update('C4000014', 'escalate', {
        by: 'maria',
        role: 'CUSTOMER',
        level,
        dissatisfaction: 'Nobody calls.',
      });
    await escalate('M1');
    await untilSent('C4000014', 'mgr-ana');
    expect((await duty('4 C4000014')).body['text']).toContain('You have it. You are answering as Ana Ruiz.');
    await escalate('M2');
    await untilSent('C4000014', 'mgr-ben');
    // One gives back, or the other cannot: only they know which.
    const both = (await duty('6 C4000014')).body['text'];
    expect(both).toMatch(/Which one\? Reply with one of: 6 C4000014-\d+, 6 C4000014</);
    await served.tocsin.update('C4000014', 'decline', { by: 'mgr-ben' });
    await served.tocsin.update('C4000014', 'decline', { by: 'mgr-ana' });
    expect(await answers('C4000014')).toMatchObject([{ by: 'mgr-ana' }, { by: 'mgr-ben' }, { by: 'mgr-ana' }]);
  });

  test('where the page does not tell two of one number apart, the reply names the person', async () => {
    await served.open('C4000015');
    const duty = async (text: string) =>
      (await twilio('/in/twilio/sms', { From: '+34910000000', Body: text })).body['text'];
    await served.tocsin.update('C4000015', 'escalate', { by: 'maria', role: 'CUSTOMER' });
    for (const person of ['mgr-ana', 'mgr-ben']) {
      await untilSent('C4000015', person);
      expect(await duty('6 C4000015')).toContain('You are answering as');
    }
    expect(await duty('4 C4000015')).toContain('Reply with one of: 4 C4000015 mgr-ana, 4 C4000015 mgr-ben<');
    expect(await duty('4 C4000015 mgr-max')).toContain('Reply with one of: 4 C4000015 mgr-ana, 4 C4000015 mgr-ben');
    expect(await duty('4 c4000015 MGR-BEN')).toContain('You have it. You are answering as Ben Okafor.');
    expect((await answers('C4000015')).map(({ type, by }) => `${type} ${by}`)).toEqual([
      'PageDeclined mgr-ana',
      'PageDeclined mgr-ben',
      'PageAcknowledged mgr-ben',
    ]);
  });
});

const askContact = (caseNumber: string) =>
  served.tocsin.update(caseNumber, 'requestContactAction', {
    by: 'eng-kim',
    role: 'ENGINEER',
    kind: 'GATHER_DATA',
    what: 'Send the log of the vault.',
  });

/** A reply names a page that the case knows as theirs, which it does as soon as the provider has taken it. */
async function untilSent(caseNumber: string, who = 'eng-lee'): Promise<void> {
  for (;;) {
    const { pages } = await served.tocsin.getCase(caseNumber);
    if (pages.some(({ person }) => person === who)) return;
  }
}
