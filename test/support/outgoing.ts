/** A page as it goes out, for the tests of channels and texts. */
import type { OutgoingPage } from '../../activities/channels/channel';

export const pageOf = (over: Partial<OutgoingPage> = {}): OutgoingPage => ({
  key: 'C1234567-3/1/lee/webhook',
  person: 'lee',
  name: 'Lee Min',
  language: 'en',
  orderedAt: Date.parse('2026-06-01T12:00:00Z'),
  title: '[E-DOWN] C1234567 Acme: E-Down alert — MES down',
  text: 'Please take this E-Down.\nNext due 12:15.',
  parts: {
    state: 'E-DOWN',
    customer: 'Acme',
    headline: 'E-Down alert',
    subject: 'MES down',
    hotline: '+1 555 0100',
    answerBy: 'Please answer by 2026-06-01 12:15 UTC.',
    lines: ['Please take this E-Down. Please answer by 2026-06-01 12:15 UTC.', 'You are on call.', 'Next due 12:15.'],
  },
  asks: [{ purpose: 'E_DOWN_ALERT', what: 'Please take this E-Down.', answerBy: '2026-06-01T12:15:00.000Z' }],
  pageId: 'C1234567-3',
  attempt: 1,
  audience: 'ON_CALL',
  purpose: 'E_DOWN_ALERT',
  urgent: true,
  caseNumber: 'C1234567',
  severity: 0,
  level: 'NORMAL',
  emergency: 'ACTIVE',
  ackUrl: 'https://desk.example.com/p/k1.C1234567-3.abcdefgh',
  ...over,
});
