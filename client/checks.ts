/** What can be refused before anything is sent, in the words in which the case itself would refuse it. */
import type { z } from 'zod';
import { refusal, refusalOf } from '../workflows/case/codes';
import type { Problem, Shape } from '../workflows/case/shape';
import { COMMANDS, type CommandName } from '../workflows/messages';
import { CaseRejected } from './errors';

/** The parsed input, or a refusal that names every wrong field at once. */
export function checked<T>(schema: z.ZodType<T>, shape: Shape<unknown>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems: Problem[] = [];
  shape.check(input, '', problems);
  throw new CaseRejected(refusalOf(problems.length > 0 ? problems : problemsOf(parsed.error)));
}

/** As `checked`, for what no case ever sees. */
export function checkedLocally<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new CaseRejected(refusalOf(problemsOf(parsed.error)));
}

const problemsOf = (error: z.ZodError): Problem[] =>
  error.issues.map(({ path, message }) => ({ field: path.map(String).join('.') || 'input', problem: `is not valid: ${message}` }));

/**
 * A case number is a workflow id. Its pattern is the policy's business; this only keeps out what can be no number
 * under any policy, such as an empty text, which Temporal would answer with an error of its own.
 */
export function checkedCaseNumber(caseNumber: unknown): string {
  if (caseNumber === undefined || caseNumber === '') throw new CaseRejected(refusal('CASE_NUMBER_REQUIRED'));
  if (typeof caseNumber !== 'string' || caseNumber.length > 40 || !/^[^\s\p{C}]+$/u.test(caseNumber)) {
    throw new CaseRejected(refusal('INVALID_CASE_NUMBER'));
  }
  return caseNumber;
}

/** A command's name, when it comes from where the compiler has not seen it. */
export function checkedCommand(name: string): CommandName {
  if (!(COMMANDS as readonly string[]).includes(name)) throw new CaseRejected(refusal('UNKNOWN_COMMAND', `It was "${name.slice(0, 40)}".`));
  return name as CommandName;
}

const MESSAGE_BYTES = 1_000_000;

/** Temporal refuses what is too large with an error of the transport, which would look like an outage. */
export function checkedSize<T>(input: T): T {
  let problem: string | undefined;
  try {
    const json = JSON.stringify(input) as string | undefined;
    if (json !== undefined && Buffer.byteLength(json) > MESSAGE_BYTES) problem = `must be at most ${MESSAGE_BYTES} bytes of JSON`;
  } catch {
    problem = 'must be something that JSON can carry';
  }
  if (problem !== undefined) throw new CaseRejected(refusalOf([{ field: 'input', problem }]));
  return input;
}
