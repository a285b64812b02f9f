/** R38, R42, R45: who has which level. What happens to levels is in rules/escalation.ts. */
import type { Level, ManagedLevel } from '../language/vocabulary';
import type { NeedKind } from './needs';

/** One level of management attention; M1 and M2 each have one, with owners that always differ (R45). */
export interface Tier {
  readonly level: ManagedLevel;
  readonly since: number;
  /** Whoever has accepted; nobody while it is pending. */
  owner: string | null;
  acceptedAt: number | null;
  remindedAt: number | null;
}

/** The levels, one on top of the other: no M2 without M1. */
export type Tiers = readonly [] | readonly [Tier] | readonly [Tier, Tier];

/** Whatever has levels: the case. */
interface Levelled {
  readonly tiers: Tiers;
}

export const MANAGED_LEVELS: readonly ManagedLevel[] = ['M1', 'M2'];

export const levelOf = ({ tiers }: Levelled): Level => tiers.at(-1)?.level ?? 'NORMAL';

/** The level that a need of this kind looks for somebody to take. */
export const managedLevel = (kind: NeedKind): ManagedLevel | null => (kind === 'M1' || kind === 'M2' ? kind : null);

export const tierOf = ({ tiers }: Levelled, level: Level): Tier | null =>
  tiers.find((tier) => tier.level === level) ?? null;

/** The level's owner, once accepted. */
export const ownerOf = (state: Levelled, level: Level): string | null => tierOf(state, level)?.owner ?? null;

/** The highest level that somebody has accepted: while M2 is still looked for, the case is managed at M1. */
export function managedAt({ tiers }: Levelled): { level: ManagedLevel; owner: string } | null {
  const taken = tiers.findLast(({ owner }) => owner !== null);
  return taken?.owner == null ? null : { level: taken.level, owner: taken.owner };
}

/** A level was asked for and nobody has it yet. While that is M2, M1's owner goes on managing the case. */
export const isPending = ({ tiers }: Levelled): boolean => tiers.at(-1)?.owner === null;

/** Whoever owns a level. */
export const ownersOf = ({ tiers }: Levelled): string[] => tiers.flatMap(({ owner }) => owner ?? []);
