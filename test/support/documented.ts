/** Programs as a document has them, to be run word for word: an example that nobody has run is a promise that nobody holds. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The first program of a language below a heading of the document. */
export function programIn(document: string, heading: string, language: string): string {
  const text = readFileSync(resolve('docs', document), 'utf8');
  const section = text.slice(text.indexOf(`\n## ${heading}`));
  const [, program] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\``).exec(section) ?? [];
  if (program === undefined) throw new Error(`docs/${document} has no ${language} below "${heading}"`);
  return `${program}\n`;
}
