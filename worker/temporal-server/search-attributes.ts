/** What cases publish has to be known to the server before the first task: an upsert of an unknown name fails it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages';

/** The server does not take the attributes, or has others under their names. */
export class SearchAttributesFailed extends Error {
  override readonly name = 'SearchAttributesFailed';
}

const { IndexedValueType } = temporal.api.enums.v1;
type Type = (typeof SEARCH_ATTRIBUTES)[keyof typeof SEARCH_ATTRIBUTES];
const TYPES: Readonly<Record<Type, temporal.api.enums.v1.IndexedValueType>> = {
  INT: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KEYWORD_LIST: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  BOOL: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
};
/** As the `temporal` command writes them. */
const CLI_TYPES: Readonly<Record<Type, string>> = {
  INT: 'Int',
  KEYWORD: 'Keyword',
  KEYWORD_LIST: 'KeywordList',
  DATETIME: 'Datetime',
  BOOL: 'Bool',
};
const WANTED = Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => ({ name, type, code: TYPES[type] }));

const GRPC = { INVALID_ARGUMENT: 3, NOT_FOUND: 5, ALREADY_EXISTS: 6, PERMISSION_DENIED: 7, UNIMPLEMENTED: 12 } as const;
const USABLE_MS = 30_000;
const POLL_MS = 100;

/**
 * Registers what is missing and waits until it can be used. Safe to do again, and at the same time as another worker.
 * @throws SearchAttributesFailed
 */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const missing = await missingOf(connection, namespace);
  if (missing.length > 0) await add(connection, namespace, missing);
  const deadline = Date.now() + USABLE_MS;
  while (!(await areUsable(connection, namespace))) {
    if (Date.now() > deadline)
      throw new SearchAttributesFailed(
        `The search attributes of namespace ${namespace} are registered, and still unknown after ${USABLE_MS / 1000} s.`,
      );
    await delay(POLL_MS);
  }
}

type Attribute = (typeof WANTED)[number];

async function missingOf(connection: Connection, namespace: string): Promise<readonly Attribute[]> {
  const customAttributes = await registered(connection, namespace);
  if (customAttributes === 'UNKNOWN') return WANTED;
  if (customAttributes === 'SECRET') return (await areUsable(connection, namespace)) ? [] : WANTED;
  const other = WANTED.filter(
    ({ name, code }) => customAttributes[name] !== undefined && customAttributes[name] !== code,
  );
  if (other.length > 0) {
    const names = other.map(({ name, type }) => `${name} is not ${type}`).join(', ');
    throw new SearchAttributesFailed(
      `Namespace ${namespace} has search attributes of another type (${names}): use another namespace, or remove them.`,
    );
  }
  return WANTED.filter(({ name }) => customAttributes[name] === undefined);
}

type Book = Readonly<Record<string, temporal.api.enums.v1.IndexedValueType | null>>;

/** A managed server shows its book to administrators only; the time-skipping one has none to show, and takes entries. */
async function registered(connection: Connection, namespace: string): Promise<Book | 'SECRET' | 'UNKNOWN'> {
  try {
    return (await connection.operatorService.listSearchAttributes({ namespace })).customAttributes;
  } catch (error) {
    const code = codeOf(error);
    if (code === GRPC.PERMISSION_DENIED) return 'SECRET';
    if (code === GRPC.UNIMPLEMENTED) return 'UNKNOWN';
    if (code === GRPC.NOT_FOUND)
      throw new SearchAttributesFailed(
        `There is no namespace ${namespace} on this server: create it, or set TEMPORAL_NAMESPACE to another.`,
        { cause: error },
      );
    throw error;
  }
}

async function add(connection: Connection, namespace: string, missing: readonly Attribute[]): Promise<void> {
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, code }) => [name, code])),
    });
  } catch (error) {
    // Another worker was faster.
    if (codeOf(error) === GRPC.ALREADY_EXISTS) return;
    throw new SearchAttributesFailed(
      `Namespace ${namespace} takes no search attributes from a worker (${detailsOf(error)}). Somebody with the right has to run:\n${commandsFor(namespace, missing)}`,
      { cause: error },
    );
  }
}

/** To be pasted: the command takes many names, and one type. */
const commandsFor = (namespace: string, missing: readonly Attribute[]): string =>
  [...new Set(missing.map(({ type }) => type))]
    .map((type) => {
      const names = missing.filter((attribute) => attribute.type === type).map(({ name }) => `--name ${name}`);
      return `temporal operator search-attribute create --namespace ${namespace} --type ${CLI_TYPES[type]} ${names.join(' ')}`;
    })
    .join('\n');

/** A query is judged by the same book as what a case publishes. */
async function areUsable(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await connection.workflowService.countWorkflowExecutions({
      namespace,
      query: WANTED.map(({ name }) => `${name} IS NULL`).join(' AND '),
    });
    return true;
  } catch (error) {
    // Whatever else it answers is no objection to the names: the time-skipping server cannot count at all.
    return codeOf(error) !== GRPC.INVALID_ARGUMENT;
  }
}

const codeOf = (error: unknown): number | undefined => (error as { code?: number }).code;
const detailsOf = (error: unknown): string => (error as { details?: string }).details ?? String(error);
