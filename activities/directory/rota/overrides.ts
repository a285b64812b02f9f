/**
 * T5, T7: what was said for a time, on top of the order of turns. Taken in the order of the file, so that what stands later
 * is on top of what stands before it.
 */
import type { Override } from '../types';

export interface OnDuty {
  /** The holders of the turns, layer by layer. */
  readonly heads: readonly { readonly person: string; readonly layer: string | undefined }[];
  /** Who is asked after them. */
  readonly others: readonly string[];
  /** A window is open, and it is somebody's turn. */
  readonly isOpen: boolean;
}

export function withOverrides(
  overrides: readonly Override[],
  onDuty: OnDuty,
  at: number,
): Pick<OnDuty, 'heads' | 'others'> {
  let { heads, others } = onDuty;
  for (const override of overrides) {
    if (override.from <= at && at < override.to) ({ heads, others } = withOne(override, { ...onDuty, heads, others }));
  }
  return { heads, others };
}

function withOne(override: Override, { heads, others, isOpen }: OnDuty): Pick<OnDuty, 'heads' | 'others'> {
  const { layer } = override;
  const isMeant = (head: OnDuty['heads'][number]): boolean => layer === undefined || head.layer === layer;
  if ('off' in override) {
    const { off } = override;
    return {
      heads: heads.filter((head) => head.person !== off || !isMeant(head)),
      others: layer === undefined ? others.filter((id) => id !== off) : others,
    };
  }
  const { person, instead } = override;
  if (instead !== undefined) {
    const isTheirs = (head: OnDuty['heads'][number]): boolean => head.person === instead && isMeant(head);
    if (!heads.some(isTheirs)) return { heads, others };
    return {
      heads: heads.map((head) => (isTheirs(head) ? { ...head, person } : head)),
      // Whoever is replaced is not asked as the next one.
      others: others.filter((id) => id !== instead),
    };
  }
  if (!isOpen && override.open !== true) return { heads, others };
  const place = layer === undefined ? 0 : heads.findIndex(isMeant);
  return { heads: heads.toSpliced(place < 0 ? heads.length : place, 0, { person, layer }), others };
}
