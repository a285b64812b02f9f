import type { z } from 'zod';

const KINDS: Readonly<Record<string, string>> = {
  object: 'a block of settings',
  record: 'a block of settings',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** What zod found, for a person who edits a file and knows nothing of types. */
export const wordingOf: z.core.$ZodErrorMap = (issue) => {
  const missing = issue.input === undefined ? 'is missing; it ' : '';
  switch (issue.code) {
    case 'invalid_type':
      return `${missing}must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `${missing}must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string'
        ? 'must not be empty'
        : `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'array' ? ' entries' : issue.origin === 'string' ? ' characters' : ''}`;
    case 'invalid_union':
      return issue.errors.length > 0 ? either(issue.errors.flat()) : undefined;
    default:
      return undefined;
  }
};

/** `must be a length of time such as 15m, or a block of settings`. */
const either = (issues: readonly z.core.$ZodIssue[]): string =>
  issues.map(({ message }, index) => (index === 0 ? message : message.replace(/^must be /, ''))).join(', or ');
