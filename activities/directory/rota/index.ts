/**
 * When a team is on call, and whose turn it is: all that asks for it asks `ladderAt` and `edges`, or what is made of these
 * two, so that a page, a hand-over, the check and the calendar cannot disagree.
 */
export { layersOf } from './compiled';
export { edges } from './edges';
export { ladderAt } from './ladder';
export { layerShiftsBetween, type LayerShift } from './layer-shifts';
export { everybodyOf, membersAt, membersOf } from './members';
export {
  firstEndsAt,
  ladderNow,
  ladderThen,
  nextTime,
  opensAt,
  spanAt,
  spansOf,
  stretchesBetween,
  stretchesWhere,
  type Span,
  type Stretch,
} from './spans';
export { weekdayOf } from './steps';
export { unclaimedSwaps } from './swaps';
