/** A link answers one page as one person, cannot be made by anybody else, is short, and says the same on every retry. */
import fc from '../support/random';
import { answerUrl, BadLinkKeys, mintToken, parseLinkKeys, verifyToken } from '../../activities/answer-links';

const secret = (letter: string): string => letter.repeat(44);
const keys = parseLinkKeys(`k2:${secret('b')},k1:${secret('a')}`);
const orderedAt = Date.UTC(2026, 10, 27, 3, 7, 21);
const page = { pageId: 'C1234567-3', person: 'mgr-ana', orderedAt };

function verified(token: string, by = keys) {
  const result = verifyToken(by, token);
  if (!result.ok) throw new Error(result.why);
  return result.link;
}

test('it names the page, the person and when the page was ordered', () => {
  const link = verified(mintToken(keys, page));
  expect(link).toMatchObject({
    pageId: 'C1234567-3',
    caseNumber: 'C1234567',
    orderedAt: Date.UTC(2026, 10, 27, 3, 7),
  });
  expect(link.isFor('mgr-ana')).toBe(true);
  expect(link.isFor('mgr-ben')).toBe(false);
});

test('a retry within the same order says the same link', () => {
  expect(mintToken(keys, page)).toBe(mintToken(keys, { ...page }));
});

test('it has at most 60 characters behind the public URL, and ends in one that no mail program cuts off', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999 }),
      fc.stringMatching(/^[a-z]{1,120}$/),
      fc.date({ min: new Date('2026-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
      (number, person, at) => {
        const url = answerUrl('https://x.example/', keys, {
          pageId: `C123456789-${number}`,
          person,
          orderedAt: at.getTime(),
        });
        expect(url.length - 'https://x.example'.length).toBeLessThanOrEqual(60);
        expect(url).toMatch(/^https:\/\/x\.example\/p\/[A-Za-z0-9._-]+[A-Za-z0-9]$/);
      },
    ),
  );
});

test('a change of any character is noticed', () => {
  const token = mintToken(keys, page);
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === 'x' ? 'y' : 'x';
    const changed = `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
    expect(verifyToken(keys, changed).ok).toBe(false);
  }
});

test('keys rotate: the first signs, the older still verify, a withdrawn one does not', () => {
  const before = mintToken(parseLinkKeys(`k1:${secret('a')}`), page);
  expect(verified(before).pageId).toBe('C1234567-3');
  expect(mintToken(keys, page)).toMatch(/\.k2$/);
  expect(verifyToken(parseLinkKeys(`k2:${secret('b')}`), before)).toEqual({ ok: false, why: 'UNKNOWN_KEY' });
  // The same id with another secret is another key.
  expect(verifyToken(parseLinkKeys(`k1:${secret('z')}`), before)).toEqual({ ok: false, why: 'FORGED' });
});

test('whatever arrives is answered, and a case number may hold what it likes', () => {
  fc.assert(fc.property(fc.string(), (text) => expect(verifyToken(keys, text).ok).toBe(false)));
  const odd = { ...page, pageId: 'CS.2026/1-12-5' };
  expect(verified(mintToken(keys, odd))).toMatchObject({ pageId: 'CS.2026/1-12-5', caseNumber: 'CS.2026/1-12' });
});

test.each([
  ['', /at least one key/],
  ['k1', /key 1 must be <id>:<secret>/],
  [`long-id:${secret('a')}`, /one to four letters or digits/],
  ['k1:short', /at least 32 characters/],
  [`k1:${secret('a')},k1:${secret('b')}`, /twice/],
])('%j is no list of keys, and the answer does not repeat a secret', (text, sentence) => {
  expect(() => parseLinkKeys(text)).toThrow(BadLinkKeys);
  expect(() => parseLinkKeys(text)).toThrow(sentence);
});
