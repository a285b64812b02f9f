/** B3: who has a case at every moment. */
import type { CaseState } from '../language/state';

/** While nobody is assigned the desk has the case: it always has one owner. */
const DESK = 'support-desk';

export const ownerName = ({ engineer }: Pick<CaseState, 'engineer'>): string => engineer ?? DESK;
