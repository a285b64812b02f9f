/** The last of a list in rising order that has begun at this instant; nothing before the first. */
export function lastBegun<T extends { readonly from: number }>(inOrder: readonly T[], at: number): T | undefined {
  let [low, high] = [0, inOrder.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((inOrder[middle]?.from ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return inOrder[low - 1];
}
