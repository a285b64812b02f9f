/** `tocsin watch --once` for people. */
import type { Finding } from '../../worker/watch/finding';
import type { Screen } from './case';
import { hanging, type Style } from './text';

const SHOWN: Readonly<Record<Finding['is'], readonly [Style, string]>> = {
  WELL: ['green', 'well '],
  WRONG: ['red', 'WRONG'],
  UNKNOWN: ['yellow', '?    '],
};

/** One check below the other. */
export const renderFindings = (findings: readonly Finding[], { paint, width }: Screen): string =>
  findings
    .map(({ is, words }) => {
      const [style, word] = SHOWN[is];
      const label = `${word}  `;
      return paint(style, word) + hanging(label, words, width).slice(word.length);
    })
    .join('\n');
