/** How a command ends: 0 done, 1 refused, 2 bad usage or input, 3 service not reachable. */
import { CommanderError } from 'commander';
import {
  BadConfiguration,
  type CaseNotFound,
  type CaseRejected,
  isTocsinError,
  type ProblemDocument,
  problemOf,
  ServiceUnavailable,
  type UnavailableReason,
} from '../client/errors';
import { clean } from '../client/untrusted';
import { sentence } from '../workflows/core/words/en/prose';
import { isService } from './services';

export const EXIT = { DONE: 0, REFUSED: 1, BAD_INPUT: 2, UNAVAILABLE: 3 } as const;

/** What was typed or piped in cannot be a command; the service was not asked. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** Another system said no, or could not be reached, while somebody moves in from it. */
export class NotMoved extends Error {
  override readonly name = 'NotMoved';
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

/** How things stand does not let it be done; the message says why, and the way out. */
export class NotDone extends Error {
  override readonly name = 'NotDone';
}

/** The files of TOCSIN_CONFIG, or a scenario, hold mistakes: each is told, with its place. */
export class BrokenConfiguration extends Error {
  override readonly name = 'BrokenConfiguration';
  constructor(
    readonly mistakes: readonly { readonly place: string; readonly problem: string }[],
    readonly what: 'configuration' | 'scenario' = 'configuration',
  ) {
    super(`The ${what} is broken.`);
  }
}

export interface Ending {
  readonly exitCode: number;
  /** One sentence or several lines for people. */
  readonly text: string;
  /** A stack, or places in files: programs read them too, line by line. */
  readonly keepsLines?: boolean;
  /** The same for machines. */
  readonly problem: object;
}

/** Codes that say "this is not a message at all", wherever it was noticed. */
const BAD_INPUT_CODES = new Set(['INVALID_INPUT', 'UNKNOWN_COMMAND', 'CASE_NUMBER_REQUIRED']);

interface Circumstances {
  /** The one the command went out with: with the same one it can be sent again without being done twice. */
  readonly requestId?: string;
  /** What was called, in words: `tocsin case show`. */
  readonly command?: string;
}

const SENT_AGAIN = ' A command with a requestId is safe to send again.';

/** What can be done here about an answer that did not come. */
const WAYS_OUT: Partial<Record<UnavailableReason, string>> = {
  UNREACHABLE:
    'Is the Temporal server up (`npm start` brings one), and its address right (--address, TEMPORAL_ADDRESS)?',
  NO_WORKER: 'Is a worker up (`npm start`, or `tocsin worker`)?',
  NAMESPACE_NOT_FOUND: 'Is the namespace right (--namespace, TEMPORAL_NAMESPACE)?',
};

export function endingOf(error: unknown, { requestId, command = 'tocsin' }: Circumstances = {}): Ending {
  const help = `See ${command} --help.`;
  if (isTocsinError(error)) {
    const again = error instanceof ServiceUnavailable && requestId !== undefined;
    const told = problemOf(error);
    // What only looked has nothing to be sent again.
    const detail = again ? told.detail : told.detail.replace(SENT_AGAIN, '');
    const problem = { ...told, detail, fields: told.fields ?? [] };
    return {
      exitCode: exitCodeOf(error),
      text: [
        `${error.code}: ${clean(sentenceOf(problem))}`,
        ...problem.fields.map(({ field, problem: words }) => `  ${clean(field)} ${clean(words)}`),
        // A refusal carries its way out in the sentence already; an outage has a better one here.
        error instanceof ServiceUnavailable ? WAYS_OUT[error.reason] : '',
        again ? `Send it again with --request-id ${requestId}` : '',
      ]
        .filter(Boolean)
        .join('\n'),
      problem: again ? { ...problem, requestId } : problem,
    };
  }
  if (error instanceof CommanderError) return usage(error.message.replace(/^error: /, ''), help);
  if (error instanceof BrokenConfiguration) return broken(error);
  if (error instanceof NotMoved)
    return {
      exitCode: error.exitCode,
      text: clean(error.message),
      problem: problem('NOT_MOVED', 'The other system did not answer.', error.message, help),
    };
  if (error instanceof BadInput) return usage(error.message, help);
  // What is wrong stands in no word of the command: its help would lead nowhere.
  if (error instanceof BadConfiguration)
    return { ...usage(error.message, 'See docs/operations.md.'), text: clean(error.message) };
  const service = notInstalled(error);
  if (service !== undefined) return usage(service, 'See docs/operations.md.');
  if (error instanceof NotDone)
    return {
      exitCode: EXIT.REFUSED,
      text: clean(error.message),
      problem: problem('NOT_DONE', 'It was not done.', error.message, help),
    };
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exitCode: EXIT.UNAVAILABLE,
    text: `Unexpected: ${words}`,
    keepsLines: true,
    problem: problem('UNEXPECTED', 'Unexpected failure.', words, help),
  };
}

/** The package that a service installs has the client and the shell; what runs until it is stopped comes with the repository. */
function notInstalled(error: unknown): string | undefined {
  const { code, message = '' } = error as NodeJS.ErrnoException;
  const [, missing] = /^Cannot find module '\.\/([^']+)'/.exec(message) ?? [];
  return code === 'MODULE_NOT_FOUND' && missing !== undefined && isService(missing)
    ? 'This is not part of the installed package: run it from the repository, or from its image.'
    : undefined;
}

/** Without the fields that have lines of their own below. */
function sentenceOf({ detail, fields = [] }: ProblemDocument): string {
  const named = fields.map(({ field, problem: words }) => `${field} ${words}`).join('; ');
  // A question ends by itself, everything else with a full stop.
  return detail
    .replace(` ${sentence(named)}`, '')
    .replace(` Missing: ${fields.map(({ field }) => field).join(', ')}.`, '');
}

function exitCodeOf(error: CaseRejected | CaseNotFound | ServiceUnavailable): number {
  if (error instanceof ServiceUnavailable) return EXIT.UNAVAILABLE;
  return BAD_INPUT_CODES.has(error.code) ? EXIT.BAD_INPUT : EXIT.REFUSED;
}

const usage = (detail: string, help: string): Ending => ({
  exitCode: EXIT.BAD_INPUT,
  text: `${clean(detail)}\n${help}`,
  problem: problem('BAD_USAGE', 'Bad usage or input.', detail, help),
});

const broken = ({ message, mistakes, what }: BrokenConfiguration): Ending => ({
  exitCode: EXIT.BAD_INPUT,
  text: [message, ...mistakes.map(({ place, problem: words }) => clean(`${place}: ${words}`))].join('\n'),
  keepsLines: true,
  problem: {
    ...problem(
      `BROKEN_${what.toUpperCase()}`,
      message,
      `${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'}; nothing was started.`,
      what === 'scenario' ? 'See docs/readiness.md.' : 'See docs/configuration.md.',
    ),
    fields: mistakes.map(({ place, problem: words }) => ({ field: place, problem: words })),
  },
});

const problem = (code: string, title: string, detail: string, hint: string): object => ({
  type: `urn:tocsin:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title,
  code,
  detail,
  fields: [],
  hint,
});
