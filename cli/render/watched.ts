/** `tocsin watch --once` for people. */
import { clean } from '../../client/untrusted';
import type { Finding } from '../../worker/watch/finding';
import type { Screen } from './case';
import type { Style } from './text';

const SHOWN: Readonly<Record<Finding['is'], readonly [Style, string]>> = {
  WELL: ['green', 'well '],
  WRONG: ['red', 'WRONG'],
  UNKNOWN: ['yellow', '?    '],
};

/** One check a line. */
export const renderFindings = (findings: readonly Finding[], { paint }: Screen): string =>
  findings.map(({ is, words }) => `${paint(...SHOWN[is])}  ${clean(words)}`).join('\n');
