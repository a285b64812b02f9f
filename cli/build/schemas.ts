/** The schemas of everything a case can be sent, as JSON Schema for whoever does not write TypeScript. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { commandSchemas, openingSchema } from '../../client/schemas';

/** One under the name of its command; an opening is `CaseOpening`. */
export const jsonSchemas = (): Record<string, object> =>
  Object.fromEntries(
    Object.entries({ CaseOpening: openingSchema, ...commandSchemas }).map(([name, schema]) => [
      name,
      { title: name, ...z.toJSONSchema(schema, { io: 'input' }) },
    ]),
  );

/** A file each, and all of them in `index.json`. */
export function writeSchemas(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const schemas = jsonSchemas();
  for (const [name, schema] of [...Object.entries(schemas), ['index', schemas] as const])
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(schema, null, 2)}\n`);
}
