/** TOCSIN_CASE_TITLE: a switch for privacy that is misspelled must not count as on. */
import { hidesTitles } from '../../worker/config/case-title';

test.each([
  [undefined, false],
  ['', false],
  ['on', false],
  ['off', true],
])('%j', (text, hides) => expect(hidesTitles({ TOCSIN_CASE_TITLE: text })).toBe(hides));

test.each(['OFF', 'false', 'no'])('%j is no answer', (text) =>
  expect(() => hidesTitles({ TOCSIN_CASE_TITLE: text })).toThrow(/TOCSIN_CASE_TITLE: must be on or off, not/),
);
