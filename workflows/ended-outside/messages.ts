/**
 * The page of cases that were ended from outside: no case can send it. A type of its own, in no list of cases; its id is that of the
 * page, so that it is sent once, however many watch.
 */
export const ENDED_PAGE_TYPE = 'endedOutside';
export const endedPageId = (runId: string): string => `ended-${runId}`;
