/**
 * One E-Down from the outside: six people on six channels, one of whom reads Chinese, each with exactly the messages that are
 * theirs, in order and language; a link, a button, a key and a reply each end a search, and nothing else is sent to anybody.
 */
import type { MailBox } from '../../worker/demo/mail-box/mail-box';
import { eDownAnswers } from '../support/answer-pages';
import { call, opening, type Served } from '../support/gateway';
import type { Received } from '../support/receiver';
import { PHONES, serveSixChannels, TWILIO_REST, type SixChannels } from '../support/six-channels';
import { fromSlack, fromTwilio, press } from '../support/vendors';

const CASE = 'C6000001';
const BY_BUTTON = 'C6000002';
const IN_TWO_MESSAGES = 'C6000003';
const TITLE = `${CASE} Acme: Everything is slow`;

let six: SixChannels;
let served: Served;
let box: MailBox;
let portal: string;
beforeAll(async () => {
  six = await serveSixChannels();
  ({ served, box } = six);
  portal = served.key({ name: 'portal', role: 'CUSTOMER', customer: '1001', activeSupport: true, enterprise: true });
}, 120_000);
afterAll(() => six?.close());

const to = (command: string, json: unknown) => call(served.url, `/v1/cases${command}`, { key: portal, json });
const at = (path: string): Received[] => served.receiver.requests.filter((request) => request.path === path);
const formOf = (request: Received | undefined) => Object.fromEntries(new URLSearchParams(request?.body));
const linkIn = (text = ''): string => /https?:\/\/[^\s"\\]+\/p\/[^\s"\\<>]+/.exec(text)?.[0] ?? '';
const click = async (link: string, answer: 'have' | 'cannot') =>
  (await call(link, '', { method: 'POST', body: new URLSearchParams({ answer }), headers: { accept: 'text/html' } }))
    .status;

const quiet = (caseNumber = CASE): Promise<void> => six.quiet(caseNumber);

/** What a person reads first of all that they were sent. */
const inbox = (address: string) => box.mails.filter((mail) => mail.to === address).map(({ subject }) => subject);
const inSlack = () =>
  at('/slack/chat.postMessage').map((request) => [formOf(request)['channel'], formOf(request)['text']]);
const cards = () =>
  at('/teams').map(({ body }) => {
    const { attachments } = JSON.parse(body) as {
      attachments: { content: { fallbackText: string; actions?: object[] } }[];
    };
    const { fallbackText = '', actions = [] } = attachments[0]?.content ?? {};
    return [fallbackText.replaceAll('\\', ''), actions.length];
  });
const calls = () =>
  at(`${TWILIO_REST}/Calls.json`).map((request) => ({ To: formOf(request)['To'], says: formOf(request)['Twiml'] }));
const messages = () =>
  at(`${TWILIO_REST}/Messages.json`).map((request) => ({ To: formOf(request)['To'], Body: formOf(request)['Body'] }));
const answersOf = async (caseNumber: string) => {
  const { events } = await served.tocsin.getTimeline(caseNumber, { limit: 1_000 });
  return events.flatMap(({ type, data }) =>
    type === 'PageAcknowledged' || type === 'PageDeclined' ? [[type, data.person, data.means]] : [],
  );
};
const atWebhook = () =>
  at('/dora').map(({ body }) => {
    const { type, data } = JSON.parse(body) as { type: string; data: { purpose?: string; outcome?: string } };
    return [type, data.purpose ?? data.outcome];
  });

test('six people on six channels, and each hears exactly what is theirs', async () => {
  await to('', opening(CASE, { severity: 2 }));
  await quiet();
  expect(await click(linkIn(box.mails[0]?.text), 'have')).toBe(200);
  const pat = { name: 'pat', reach: 'ON_SITE', number: '+1 555 0199', email: 'pat@acme-motors.example' } as const;
  expect((await to(`/${CASE}/changeSeverity`, { severity: 0, eDown: eDownAnswers(pat) })).status).toBe(200);
  await quiet();

  // Kim cannot, by a button in Slack; Wei is rung, in Chinese, and takes it by a key.
  const { blocks = '' } = formOf(at('/slack/chat.postMessage')[0]);
  const button = /"action_id":"cannot".*?"value":"([^"]+)"/.exec(blocks)?.[1] ?? '';
  expect((await fromSlack(served.url, press('cannot', button, 'UKIM'))).status).toBe(200);
  await quiet();
  const { Twiml: twiml = '' } = formOf(at(`${TWILIO_REST}/Calls.json`)[0]);
  const { pathname } = new URL(/action="([^"]+)"/.exec(twiml)?.[1] ?? '');
  expect(twiml).toContain('<Say language="zh-CN">魏明，这是技术支持的通知。');
  const heard = await fromTwilio(served.url, pathname, { Digits: '4', CallSid: 'CA1' });
  expect(heard.body['text']).toContain('<Say language="zh-CN">谢谢，此案例由您处理。</Say><Hangup/>');
  await quiet();

  // Ana cannot, by a reply to her SMS; nor can Vera, by the link of her card; Dora's program has it.
  expect((await to(`/${CASE}/escalate`, {})).status).toBe(200);
  await quiet();
  const reply = { From: PHONES.ana, Body: `6 ${CASE}`, MessageSid: 'SM1' };
  expect((await fromTwilio(served.url, '/in/twilio/sms', reply)).status).toBe(200);
  await quiet();
  expect(await click(linkIn(at('/teams').at(-1)?.body), 'cannot')).toBe(200);
  await quiet();
  expect(await click(linkIn(at('/dora')[0]?.body), 'have')).toBe(200);
  await quiet();

  // What tells a channel that the page is over goes out after the answer.
  await served.receiver.waitFor(() => at('/slack/chat.update').length > 0 && at('/dora').length > 1);
  expect(inbox('lee@acme.example')).toEqual([
    `[SEV 2 · the case is yours] ${TITLE}`,
    `[E-DOWN · E-Down has started] ${TITLE}`,
    `[E-DOWN · E-Down has started] ${TITLE}`,
  ]);
  expect(box.mails.at(-1)?.text).toContain('魏明 has it for now.');
  expect(inSlack()).toEqual([['UKIM', `[E-DOWN · E-Down alert 1] ${TITLE}`]]);
  expect(at('/slack/chat.update')).toHaveLength(1);
  expect(calls()).toEqual([{ To: PHONES.wei, says: expect.stringContaining('请接手此E-Down。') as string }]);
  expect(messages()).toEqual([
    { To: PHONES.ana, Body: expect.stringMatching(/^\[E-DOWN M1\].*Spain Time\. http/) as string },
  ]);
  expect(cards()).toEqual([
    ['[E-DOWN] C6000001 Acme: E-Down 1 has started — Everything is slow', 0],
    ['[E-DOWN M1] C6000001 Acme: escalated to you (M1) — Everything is slow', 1],
  ]);
  expect(atWebhook()).toEqual([
    ['tocsin.page', 'ESCALATED_M1'],
    ['tocsin.page.settled', 'ANSWERED'],
  ]);
  // And nobody else: neither the customer's contact, nor anybody twice.
  expect(box.mails).toHaveLength(3);
  expect(served.receiver.requests).toHaveLength(8);

  const { needs } = await served.tocsin.getCase(CASE);
  expect(needs.map(({ need, status, person: by }) => [need, status, by])).toEqual([
    ['E_DOWN_STARTED', 'HELD', 'eng-wei'],
    ['E_DOWN_ALERT', 'HELD', 'eng-wei'],
    ['M1', 'HELD', 'mgr-duty'],
  ]);
  expect(await answersOf(CASE)).toEqual([
    ['PageAcknowledged', 'eng-lee', 'LINK'],
    ['PageDeclined', 'eng-kim', 'SLACK'],
    ['PageAcknowledged', 'eng-wei', 'VOICE'],
    ['PageDeclined', 'mgr-ana', 'SMS'],
    ['PageDeclined', 'vp-ops', 'LINK'],
    ['PageAcknowledged', 'mgr-duty', 'LINK'],
  ]);
}, 60_000);

test('whoever has it by a button stops the search: the next on call is not rung, and the buttons go', async () => {
  const before = { calls: calls().length, updates: at('/slack/chat.update').length, slack: inSlack().length };
  await to('', opening(BY_BUTTON, { severity: 2 }));
  await quiet(BY_BUTTON);
  const pat = { name: 'pat', reach: 'ON_SITE', number: '+1 555 0199' } as const;
  await to(`/${BY_BUTTON}/changeSeverity`, { severity: 0, eDown: eDownAnswers(pat) });
  await quiet(BY_BUTTON);
  const { blocks = '' } = formOf(at('/slack/chat.postMessage').at(-1));
  const button = /"action_id":"have".*?"value":"([^"]+)"/.exec(blocks)?.[1] ?? '';
  expect((await fromSlack(served.url, press('have', button, 'UKIM'))).status).toBe(200);
  await quiet(BY_BUTTON);
  await served.receiver.waitFor(() => at('/slack/chat.update').length > before.updates);
  expect(formOf(at('/slack/chat.update').at(-1))['text']).toBe('Kim Su has it.');
  expect(inSlack()).toHaveLength(before.slack + 1);
  expect(calls()).toHaveLength(before.calls);
  expect(await answersOf(BY_BUTTON)).toEqual([['PageAcknowledged', 'eng-kim', 'SLACK']]);
}, 60_000);

test('a page of two messages in Slack: by a button of either it is answered, and no button is left', async () => {
  const before = { updates: at('/slack/chat.update').length, sent: inSlack().length };
  await to('', opening(IN_TWO_MESSAGES, { severity: 3, engineer: 'eng-kim' }));
  await quiet(IN_TWO_MESSAGES);
  await to(`/${IN_TWO_MESSAGES}/changeSeverity`, { severity: 2 });
  await quiet(IN_TWO_MESSAGES);
  const sent = at('/slack/chat.postMessage').slice(before.sent).map(formOf);
  expect(sent.map(({ blocks = '' }) => blocks.includes('"action_id":"have"'))).toEqual([true, true]);
  const button = /"action_id":"have".*?"value":"([^"]+)"/.exec(sent[0]?.['blocks'] ?? '')?.[1] ?? '';
  expect((await fromSlack(served.url, press('have', button, 'UKIM'))).status).toBe(200);
  await quiet(IN_TWO_MESSAGES);
  await served.receiver.waitFor(() => at('/slack/chat.update').length >= before.updates + 2);
  const updated = at('/slack/chat.update').slice(before.updates).map(formOf);
  expect(updated.map(({ ts }) => ts).sort()).toEqual([1, 2].map((nth) => `1.${before.sent + nth}`));
  expect(updated.map(({ text }) => text)).toEqual(['Kim Su has it.', 'Kim Su has it.']);
  expect(await answersOf(IN_TWO_MESSAGES)).toEqual([['PageAcknowledged', 'eng-kim', 'SLACK']]);
}, 60_000);
