/** What can be refused before anything is sent, in the words in which the case itself would refuse it. */
import type { z } from 'zod';
import { refusal, refusalOf } from '../workflows/core/language/refusal';
import type { Problem, ProblemWords, Shape } from '../workflows/core/language/shape';
import { COMMANDS, type CommandName } from '../workflows/messages';
import { CaseRejected } from './errors';

/** The parsed input, or a refusal that names every wrong field at once. */
export function checked<T>(schema: z.ZodType<T>, shape: Shape<unknown>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems: Problem[] = [];
  shape.check(input, '', problems);
  throw CaseRejected.of(refusalOf(problems.length > 0 ? problems : problemsOf(parsed.error)));
}

/** As `checked`, for what no case ever sees. */
export function checkedLocally<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw CaseRejected.of(refusalOf(problemsOf(parsed.error)));
}

const problemsOf = (error: z.ZodError): Problem[] =>
  error.issues.map(({ path, message }) => ({
    field: path.map(String).join('.') || 'input',
    problem: { key: 'INVALID', why: message },
  }));

/**
 * A case number is a workflow id. Its pattern is the policy's business; this only keeps out what can be no number
 * under any policy, such as an empty text, which Temporal would answer with an error of its own.
 */
export function checkedCaseNumber(caseNumber: unknown): string {
  if (caseNumber === undefined || caseNumber === '') throw CaseRejected.of(refusal('CASE_NUMBER_REQUIRED'));
  if (typeof caseNumber !== 'string' || caseNumber.length > 40 || !/^[^\s\p{C}]+$/u.test(caseNumber)) {
    throw CaseRejected.of(refusal('INVALID_CASE_NUMBER'));
  }
  return caseNumber;
}

/** A command's name, when it comes from where the compiler has not seen it. */
export function checkedCommand(name: string): CommandName {
  if (!(COMMANDS as readonly string[]).includes(name))
    throw CaseRejected.of(refusal('UNKNOWN_COMMAND', { key: 'IT_WAS', text: name.slice(0, 40) }));
  return name as CommandName;
}

const MESSAGE_BYTES = 1_000_000;

/** Temporal refuses what is too large with an error of the transport, which would look like an outage. */
export function checkedSize<T>(input: T): T {
  let problem: ProblemWords | undefined;
  try {
    const json = JSON.stringify(input) as string | undefined;
    if (json !== undefined && Buffer.byteLength(json) > MESSAGE_BYTES)
      problem = { key: 'AT_MOST_BYTES', max: MESSAGE_BYTES };
  } catch {
    problem = { key: 'NOT_JSON' };
  }
  if (problem !== undefined) throw CaseRejected.of(refusalOf([{ field: 'input', problem }]));
  return input;
}
