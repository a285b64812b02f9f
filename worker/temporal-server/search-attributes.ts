import type { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages';

/** The server has an attribute of this name that means something else. */
export class SearchAttributeConflict extends Error {
  override readonly name = 'SearchAttributeConflict';
}

type Type = (typeof SEARCH_ATTRIBUTES)[keyof typeof SEARCH_ATTRIBUTES];
const { IndexedValueType } = temporal.api.enums.v1;
const TYPES: Readonly<Record<Type, temporal.api.enums.v1.IndexedValueType>> = {
  INT: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KEYWORD_LIST: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
};

const USABLE_MS = 30_000;

/**
 * Registers what a case publishes, before the first task: an upsert of an attribute that the server does not know fails
 * the workflow task (design, trap 9). Safe to do again, and at the same time as another worker.
 */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const wanted = Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => [name, TYPES[type]] as const);
  const deadline = Date.now() + USABLE_MS;
  for (;;) {
    const { customAttributes = {} } = await connection.operatorService.listSearchAttributes({ namespace });
    const wrong = wanted.filter(([name, type]) => name in customAttributes && customAttributes[name] !== type);
    if (wrong.length > 0) {
      throw new SearchAttributeConflict(`The server has search attributes of another type under these names: ${wrong.map(([name]) => name).join(', ')}.`);
    }
    const missing = wanted.filter(([name]) => !(name in customAttributes));
    if (missing.length === 0) return;
    if (Date.now() > deadline) throw new Error(`The server does not take these search attributes: ${missing.map(([name]) => name).join(', ')}.`);
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing) }).catch((error: unknown) => {
      // ALREADY_EXISTS: another worker was faster.
      if ((error as { code?: number }).code !== 6) throw error;
    });
  }
}
