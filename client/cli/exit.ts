/** How a command ends (contract, section 7): 0 done, 1 refused, 2 bad usage or input, 3 service not reachable. */
import { CommanderError } from 'commander';
import type { CaseNotFound, CaseRejected} from '../errors';
import { BadConfiguration, isTocsinError, problemOf, ServiceUnavailable } from '../errors';
import { clean } from '../untrusted';

export const EXIT = { DONE: 0, REFUSED: 1, BAD_INPUT: 2, UNAVAILABLE: 3 } as const;

/** What was typed or piped in cannot be a command; the service was not asked. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** The files of TOCSIN_CONFIG hold mistakes: each is told, with its place. */
export class BrokenConfiguration extends Error {
  override readonly name = 'BrokenConfiguration';
  constructor(readonly mistakes: readonly { readonly place: string; readonly problem: string }[]) {
    super('The configuration is broken.');
  }
}

export interface Ending {
  readonly exitCode: number;
  /** One sentence or several lines for people. */
  readonly text: string;
  /** The same for machines. */
  readonly problem: object;
}

/** Codes that say "this is not a message at all", wherever it was noticed. */
const BAD_INPUT_CODES = new Set(['INVALID_INPUT', 'UNKNOWN_COMMAND', 'CASE_NUMBER_REQUIRED']);

/** `requestId` is the one the command went out with: with the same one it can be sent again without being done twice. */
export function endingOf(error: unknown, requestId?: string): Ending {
  if (isTocsinError(error)) {
    const problem = problemOf(error);
    const again = error instanceof ServiceUnavailable && requestId !== undefined;
    return {
      exitCode: exitCodeOf(error),
      text: [
        `${error.code}: ${clean(error.message)}`,
        ...(problem.fields ?? []).map(({ field, problem: words }) => `  ${clean(field)} ${clean(words)}`),
        // A refusal carries its way out in the sentence already; an outage has a better one here.
        again ? `Send it again with --request-id ${requestId}` : '',
      ]
        .filter(Boolean)
        .join('\n'),
      problem: again ? { ...problem, requestId } : problem,
    };
  }
  if (error instanceof CommanderError) return usage(error.message.replace(/^error: /, ''));
  if (error instanceof BrokenConfiguration) return broken(error);
  if (error instanceof BadInput || error instanceof BadConfiguration) return usage(error.message);
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exitCode: EXIT.UNAVAILABLE, text: `Unexpected: ${words}`, problem: problem('UNEXPECTED', 'Unexpected failure.', words) };
}

function exitCodeOf(error: CaseRejected | CaseNotFound | ServiceUnavailable): number {
  if (error instanceof ServiceUnavailable) return EXIT.UNAVAILABLE;
  return BAD_INPUT_CODES.has(error.code) ? EXIT.BAD_INPUT : EXIT.REFUSED;
}

const usage = (detail: string): Ending => ({
  exitCode: EXIT.BAD_INPUT,
  text: `${clean(detail)}\nSee tocsin --help.`,
  problem: problem('BAD_USAGE', 'Bad usage or input.', detail),
});

const broken = ({ message, mistakes }: BrokenConfiguration): Ending => ({
  exitCode: EXIT.BAD_INPUT,
  text: [message, ...mistakes.map(({ place, problem: words }) => clean(`${place}: ${words}`))].join('\n'),
  problem: {
    ...problem('BROKEN_CONFIGURATION', message, `${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'}; nothing was started.`),
    fields: mistakes.map(({ place, problem: words }) => ({ field: place, problem: words })),
    hint: 'See docs/configuration.md.',
  },
});

const problem = (code: string, title: string, detail: string): object => ({
  type: `urn:tocsin:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title,
  code,
  detail,
  fields: [],
  hint: 'See tocsin --help.',
});
