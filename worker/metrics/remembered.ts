/** One answer for all who ask within a moment: a scrape reads several series, and several may scrape. */
export function remembered<T>(ask: () => Promise<T>, forMs: number): () => Promise<T> {
  let last: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    const now = Date.now();
    if (!last || now - last.at >= forMs) last = { at: now, answer: ask() };
    return last.answer;
  };
}
