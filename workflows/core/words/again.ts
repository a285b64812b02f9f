/** How a case that was ended from outside is opened again: by whoever reads it in the night, or in a terminal. */

/** Nobody but whoever opened it has its opening: the line works once that stands in a file. */
export const openAgainCommand = (caseNumber: string): string =>
  `tocsin case open --number ${caseNumber} --file opening.json`;

/** What stands in the file. The request of the opening before is done, and is not done twice. */
export const OPENING_FILE =
  'opening.json has its title, severity, customer, environment, by and role, and no requestId (tocsin help case open)';
