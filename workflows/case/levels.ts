/** R38, R42, R45: looking up who has which level. What happens to levels is in escalation.ts. */
import type { CaseState, Tier } from './state';
import type { Level, ManagedLevel } from './vocabulary';

export const MANAGED_LEVELS: readonly ManagedLevel[] = ['M1', 'M2'];

/** The level that a ladder of this key looks for somebody to take. */
export const managedLevel = (key: string): ManagedLevel | null => MANAGED_LEVELS.find((level) => level === key) ?? null;

export const otherLevel = (level: ManagedLevel): ManagedLevel => (level === 'M1' ? 'M2' : 'M1');

export const tierOf = (state: CaseState, level: ManagedLevel): Tier | null =>
  level === 'M1' ? state.escalation.m1 : state.escalation.m2;

/** The level's owner, once accepted. */
export const ownerOf = (state: CaseState, level: Level): string | null =>
  level === 'NORMAL' ? null : (tierOf(state, level)?.owner ?? null);

/** The highest level that somebody has accepted: while M2 is still looked for, the case is managed at M1. */
export function managedAt(state: CaseState): { readonly level: ManagedLevel; readonly owner: string } | null {
  for (const level of ['M2', 'M1'] as const) {
    const owner = ownerOf(state, level);
    if (owner !== null) return { level, owner };
  }
  return null;
}
