/** Finding cases by their search attributes: the question as a visibility query, the answer as rows. */
import type { WorkflowExecutionInfo } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { z } from 'zod';
import { SEARCH_ATTRIBUTES, WORKFLOW_TYPE } from '../workflows/messages';
import { ATTENTION, EMERGENCIES, LEVELS, SEVERITIES, STATUSES } from '../workflows/core/language/vocabulary';
import { literal } from '../workflows/literal';
import { endedIn, type EndedOutside } from './ended';
import { id, optional } from './schemas/scalars';

const oneOrMore = <S extends z.ZodType>(value: S) => z.union([value, z.array(value).min(1).max(10)]);

/** Each field narrows; several values of one field widen it again (`severity: [0, 1]`). */
export const filterSchema = z.strictObject({
  severity: optional(oneOrMore(z.literal(SEVERITIES))),
  level: optional(oneOrMore(z.enum(LEVELS))),
  emergency: optional(oneOrMore(z.enum(EMERGENCIES))),
  attention: optional(oneOrMore(z.enum(ATTENTION))),
  status: optional(oneOrMore(z.enum(STATUSES))),
  /** Customer number. */
  customer: optional(id(60)),
  /** Whoever manages the case now. */
  manager: optional(id(120)),
  engineer: optional(id(120)),
});
export type CaseFilter = z.input<typeof filterSchema>;

const ATTRIBUTE_OF = {
  severity: 'CaseSeverity',
  level: 'CaseLevel',
  emergency: 'CaseEmergency',
  attention: 'CaseAttention',
  status: 'CaseStatus',
  customer: 'CaseCustomer',
  manager: 'CaseManager',
  engineer: 'CaseEngineer',
} as const satisfies { readonly [K in keyof CaseFilter]-?: keyof typeof SEARCH_ATTRIBUTES };

/**
 * The visibility query of a filter. A case that has continued as new leaves closed runs behind, with attributes of
 * long ago, and a refused opening leaves a failed one: neither is a case.
 */
export function visibilityQuery(
  filter: CaseFilter,
  statuses: readonly ('Running' | 'Completed')[] = ['Running', 'Completed'],
): string {
  const of = `ExecutionStatus IN (${statuses.map(literal).join(', ')})`;
  return [`WorkflowType = ${literal(WORKFLOW_TYPE)}`, of, ...narrowed(filter)].join(' AND ');
}

/** The filter alone, as parts of any query. */
export function narrowed(filter: CaseFilter): string[] {
  const parts: string[] = [];
  for (const [field, attribute] of Object.entries(ATTRIBUTE_OF)) {
    const wanted = filter[field as keyof CaseFilter];
    if (wanted === undefined) continue;
    const values = (Array.isArray(wanted) ? wanted : [wanted]) as readonly (string | number)[];
    parts.push(
      values.length === 1 && values[0] !== undefined
        ? `${attribute} = ${literal(values[0])}`
        : `${attribute} IN (${values.map(literal).join(', ')})`,
    );
  }
  return parts;
}

/** A case as a list shows it: as of the last workflow task that the visibility store has heard of. */
export interface CaseRow {
  /** It was ended from outside, and nobody has opened its number again: what follows is how it stood. */
  readonly endedOutside?: EndedOutside;
  /** Of a case that is over: nothing of it is so any more, and a filter has found it by it. */
  readonly asItStood?: Pick<CaseRow, 'attention' | 'waitsFor' | 'urgency'>;
  readonly caseNumber: string;
  readonly runId: string;
  readonly title: string | null;
  readonly customer: { readonly number: string | null; readonly name: string | null };
  readonly severity: number | null;
  readonly level: string | null;
  readonly emergency: string | null;
  readonly status: string | null;
  readonly engineer: string | null;
  readonly manager: string | null;
  readonly attention: readonly string[];
  readonly nextDue: string | null;
  readonly eDownCount: number;
  /** Whoever is being asked now: of several, for what matters most. */
  readonly waitsFor: string | null;
  /** Not known of a case that an older version has opened, until something happens in it. */
  readonly openedAt: string | null;
  /** At this moment: an answer may be late by now of which the case itself has not said so yet (urgency.ts). */
  readonly urgency: number | null;
}

const key = <N extends keyof typeof SEARCH_ATTRIBUTES>(name: N) =>
  defineSearchAttributeKey(name, SEARCH_ATTRIBUTES[name]);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Nobody is asked for anything in a case that is over, nothing of it is due, and none of it needs a look. */
function over({ attention, waitsFor, urgency, ...row }: CaseRow): CaseRow {
  const asItStood = { attention, waitsFor, urgency };
  return { ...row, attention: [], waitsFor: null, nextDue: null, urgency: null, asItStood };
}

/** All that is due in a closed case of which nobody wants anything is the end of the time in which it can be reopened. */
const withoutItsEnd = (row: CaseRow): CaseRow =>
  row.status === 'CLOSED' && row.attention.length === 0 ? { ...row, nextDue: null } : row;

export function rowOf(info: WorkflowExecutionInfo): CaseRow {
  const row = publishedBy(info);
  const ended = endedIn(info);
  if (ended) return { endedOutside: ended, ...over(row) };
  return info.status.name === 'COMPLETED' ? over(row) : withoutItsEnd(row);
}

function publishedBy(info: WorkflowExecutionInfo): CaseRow {
  const attributes = info.typedSearchAttributes;
  return {
    caseNumber: info.workflowId,
    runId: info.runId,
    title: textOf(info.memo?.['title']),
    customer: { number: attributes.get(key('CaseCustomer')) ?? null, name: textOf(info.memo?.['customer']) },
    severity: attributes.get(key('CaseSeverity')) ?? null,
    level: attributes.get(key('CaseLevel')) ?? null,
    emergency: attributes.get(key('CaseEmergency')) ?? null,
    status: attributes.get(key('CaseStatus')) ?? null,
    engineer: attributes.get(key('CaseEngineer')) ?? null,
    manager: attributes.get(key('CaseManager')) ?? null,
    attention: attributes.get(key('CaseAttention')) ?? [],
    nextDue: attributes.get(key('CaseNextDue'))?.toISOString() ?? null,
    eDownCount: attributes.get(key('CaseEDownCount')) ?? 0,
    waitsFor: attributes.get(key('CaseWaitsFor')) ?? null,
    openedAt: attributes.get(key('CaseOpenedAt'))?.toISOString() ?? null,
    urgency: attributes.get(key('CaseUrgency')) ?? null,
  };
}
