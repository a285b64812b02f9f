/** Many questions, some at a time; the answers in the order of what was asked. */
export async function eachOf<T, R>(atATime: number, items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  const queue = [...items.entries()];
  const asking = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await ask(next[1]);
  };
  await Promise.all(Array.from({ length: atATime }, asking));
  return results;
}
