/** Small parts of English sentences. */
import type { Prose } from '../catalogue';

export const list = (names: readonly string[]): string => names.join(', ');

/** What people wrote is a sentence, also where they left out its end. */
export const sentence = (text: string): string => (/[.!?…。！？]\s*$/.test(text) ? text : `${text}.`);

export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 2) return `${Math.max(1, Math.round(ms / 1_000))} seconds`;
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} hours` : `${hours} h ${minutes % 60} min`;
}

export function late(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 1_000) return '';
  if (minutes < 2) return ` (${Math.round(ms / 1_000)} s late)`;
  return minutes < 120 ? ` (${minutes} min late)` : ` (${Math.floor(minutes / 60)} h ${minutes % 60} min late)`;
}

export const among = {
  ACTIONS: 'requests to the contact can be open',
  SPRS: 'SPRs can be open',
  CONTACTS: 'contacts can be on file',
} as const;

export const yes = (value: boolean): string => (value ? 'yes' : 'no');

/** What is a sentence of its own elsewhere, inside of one. */
export const lowerFirst = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

export const upperFirst = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** Where a sentence goes on after it. */
export const withoutEnd = (text: string): string => text.replace(/[.。]\s*$/, '');

export const prose: Prose = {
  together: (sentences) => sentences.filter(Boolean).join(' '),
  wrong: (fields) => sentence(fields.map(({ field, problem }) => `${field} ${problem}`).join('; ')),
  alsoWrong: (fields) => `To be put right: ${list(fields)}.`,
};
