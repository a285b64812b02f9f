/**
 * How much a case carries at most from run to run: Temporal ends one that carries 2 MB, and a case that is long takes
 * long to wake up. Where a person could go over a bound they are refused with the way out (`TOO_MANY_OPEN`); where the
 * case itself could, what is oldest and over makes room.
 */
export const MOST = {
  /** Bytes of the youngest events that go on into the next run, as JSON in UTF-8. */
  tailBytes: 64_000,
  /** Bytes of the events that a run keeps: what no run has handed on yet is in no history, and must not go. */
  runBytes: 160_000,
  /** All that is carried, likewise: where it is more, older events go first. */
  carriedBytes: 256_000,
  requests: 200,
  /** Of these many the answers are kept with what they noted. */
  requestsWithNotes: 20,
  answerBytes: 160,
  /** A request id that is longer is remembered by its hash. */
  requestId: 40,
  contacts: 20,
  accounts: 8,
  openActions: 12,
  closedActions: 8,
  openSprs: 20,
  closedSprs: 10,
  episodes: 10,
  /** Of a contact action that is over. */
  closedActionText: 120,
  /** Of one that is open: its page has room for less, and the timeline has it in full. */
  openActionText: 400,
  /** Of a review that is on the timeline in full. */
  reviewNote: 100,
  people: 24,
  closedPages: 16,
  /** People on one list of a need: who was asked, who was tried. */
  perNeed: 16,
  /** So often the same message goes out again when no result comes back; then others are asked instead. */
  timeouts: 2,
  merged: 8,
  tookIt: 8,
  /** People who wait for one call, besides whoever asked for it last. */
  waiting: 3,
  /** Things that one message tells besides. */
  tells: 8,
  later: 8,
  unverified: 8,
} as const;

/** The youngest so many; whatever may not go yet stays, however old. */
export function youngest<T>(items: readonly T[], most: number, mayGo: (item: T) => boolean): T[] {
  let over = items.filter(mayGo).length - most;
  return items.filter((item) => !mayGo(item) || over-- <= 0);
}
