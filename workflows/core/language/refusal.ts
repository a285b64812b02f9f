/** A refusal is a value until it is shown: its sentences, and the way out of each, stand in the catalogue (words/). */
import type { NeedEnd, NeedKey } from '../paging/needs';
import type { Code } from './codes';
import type { Nothing, Problem, Said } from './shape';
import type { Attested, Level, ManagedLevel, Role, Severity } from './vocabulary';

/** What only this case knows about a refusal. */
export interface DetailFacts {
  FIELDS: Nothing;
  IT_WAS: { readonly text: string };
  ALLOWED_ROLES: { readonly roles: readonly Role[] };
  NO_SERVICE: Nothing;
  NOT_A_CONTACT: { readonly person: string; readonly onFile: readonly string[] };
  WORKFLOW_ID: { readonly workflowId: string };
  HAS_IT: { readonly person: string; readonly since?: string };
  NO_SUCH_PAGE: { readonly pageId: string };
  LONG_OVER: Nothing;
  /** What was asked, and what has ended it, where the case still knows. */
  OVER: { readonly need: NeedKey; readonly why?: NeedEnd; readonly at?: string; readonly by?: string };
  NOTHING_FOR_YOU: { readonly person: string };
  OWNED_BY: { readonly owners: readonly { readonly level: ManagedLevel; readonly person: string }[] };
  YOU_HAVE_IT: { readonly since?: string };
  YOU_ARE_THE_ENGINEER: Nothing;
  YOU_HAVE: { readonly level: ManagedLevel };
  YOU_ARE_ASKED: { readonly level: ManagedLevel };
  MANAGES_NOBODY: { readonly person: string };
  NOT_KNOWN: { readonly person: string };
  YOU_STAND_BELOW: { readonly person: string };
  NOT_YOURS: Nothing;
  NEXT_LEVEL: { readonly level: Level };
  NOT_BACK_TO_NORMAL: Nothing;
  AT_M1: { readonly person: string | null };
  MANAGER_REMINDED: { readonly isPaged: boolean };
  OWNER: { readonly person: string | null };
  NOT_JOINED: { readonly people: readonly string[] };
  NOT_IN_PLAN: { readonly people: readonly string[] };
  ENVIRONMENT: { readonly environment: string };
  MISSING_ANSWERS: { readonly fields: readonly string[]; readonly hotline?: string };
  FIGURES: { readonly affected: number; readonly total: number };
  NOBODY_AFFECTED: Nothing;
  LOSS: { readonly percent: number };
  CONTACT_LACKS: { readonly person: string; readonly lacks: readonly Attested[] };
  CATEGORIES: Nothing;
  IS_SEVERITY: { readonly severity: Severity };
  REASON_NEEDED: Nothing;
  ENGLISH_READING: Nothing;
  NO_PAST_EPISODE: Nothing;
  REVIEWED_WHEN_OVER: { readonly episode: number };
  NOBODY_TO_ASK: Nothing;
  NO_SUCH_ACTION: { readonly actionId: string };
  NOT_LINKED: { readonly sprNumber: string };
  OFFERED_TO: { readonly person: string };
  NOT_YOUR_CASE: { readonly person: string | null };
  TO_SOMEBODY_ELSE: Nothing;
  OPEN_AT_MOST: { readonly what: 'ACTIONS' | 'SPRS' | 'CONTACTS'; readonly most: number };
  FUTURE_CONTACT: Nothing;
}
export type Detail = Said<DetailFacts>;

export interface Refusal {
  readonly code: Code;
  /** What only this case knows: who has it, which field is missing. */
  readonly detail?: Detail;
  readonly fields?: readonly Problem[];
}

export const refusal = (code: Code, detail?: Detail, fields: readonly Problem[] = []): Refusal => ({
  code,
  ...(detail && { detail }),
  ...(fields.length > 0 && { fields }),
});

/** All that is wrong in one answer: the one code when the problems share it, `INVALID_INPUT` otherwise. */
export function refusalOf(problems: readonly Problem[]): Refusal {
  const codes = new Set(problems.map((problem) => problem.code ?? 'INVALID_INPUT'));
  const [only] = codes;
  return refusal(codes.size === 1 && only ? only : 'INVALID_INPUT', { key: 'FIELDS' }, problems);
}
