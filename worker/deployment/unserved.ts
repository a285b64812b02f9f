/** Cases whose version nobody serves: what is said of them, on the log and by `tocsin deploy`. */

export interface Unserved {
  readonly build: string;
  readonly cases: number;
  /** The first of them, by name. */
  readonly waiting: readonly string[];
}

/** `why`: why this process does not. */
export function sentenceOfUnserved({ build, cases, waiting }: Unserved, why?: string): string {
  const more = cases > waiting.length ? ` and ${cases - waiting.length} more` : '';
  return [
    `Nobody serves version ${build}: ${waiting.join(', ')}${more} wait for it, and nobody is paged for them meanwhile.`,
    ...(why === undefined ? [] : [why]),
    'Start a worker of that version; then tocsin deploy move.',
  ].join(' ');
}

/** New cases go to the current version, whoever serves it. */
export const sentenceOfCurrentUnserved = (current: string, own: string): string =>
  `Nobody serves version ${current}, which is current: new cases wait, and nobody is paged for them. ` +
  `Start a worker of it; or tocsin deploy promote ${own}, which is served here.`;
