/** ical.js (MPL-2.0, used unchanged). Its types are of a module only; the package itself can be required. */
import type Ical from 'ical.js' with { 'resolution-mode': 'import' };

// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import of it would need all of this to be a module
const library = require('ical.js') as typeof Ical | { readonly default: typeof Ical };
export const ICAL: typeof Ical = 'default' in library ? library.default : library;
