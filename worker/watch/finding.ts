/** What the watch looks at, and what it has found. */

/** In the order of what they say: while one of the first is wrong, what comes after it cannot be known. */
export const CHECKS = ['TEMPORAL', 'WORKERS', 'CANARY', 'OVERDUE'] as const;
export type Check = (typeof CHECKS)[number];

export type Finding =
  | { readonly check: Check; readonly is: 'WELL'; readonly words: string }
  /** One sentence for whoever is woken by it. */
  | { readonly check: Check; readonly is: 'WRONG'; readonly words: string }
  /** Neither is known: it waits for a check before it. */
  | { readonly check: Check; readonly is: 'UNKNOWN'; readonly words: string };

export const isWell = (findings: readonly Finding[]): boolean => findings.every(({ is }) => is === 'WELL');
