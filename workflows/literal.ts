/**
 * A literal that stays one: the parser of visibility queries takes both quotes and backslashes as its own. (The SQLite
 * store of the development server finds no value that has a backslash or a double quote in it, however it is written.)
 */
export const literal = (value: string | number): string =>
  typeof value === 'number' ? String(value) : `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
