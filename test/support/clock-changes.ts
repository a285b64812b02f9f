/** Clock changes to come, so that a test of them does not lie in the past one day. */
import { IANAZone } from 'luxon';
import { HOUR } from './cases';

/** The first moment after `from` at which this zone's clocks go forward, or back. */
export function clockChange(zone: string, direction: 'FORWARD' | 'BACK', from: number): number {
  const offset = (at: number): number => IANAZone.create(zone).offset(at);
  const first = Math.ceil(from / HOUR) * HOUR;
  for (let at = first; at < first + 400 * 24 * HOUR; at += HOUR) {
    const change = offset(at) - offset(at - 1);
    if (direction === 'FORWARD' ? change > 0 : change < 0) return at;
  }
  throw new Error(`${zone} does not change its clocks`);
}
