/** Completion, asked as the shells ask: bash runs the script; zsh and fish do where they are installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../workflows/core/language/inputs';
import { typed } from '../support/typed';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-completion-'));

async function scriptFor(shell: string): Promise<string> {
  const { exitCode, out } = await typed(['completion', shell]);
  expect(exitCode).toBe(0);
  const file = join(folder, `tocsin.${shell}`);
  writeFileSync(file, `${out}\n`);
  return file;
}

const isInstalled = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;
/** They are not on every machine, and a test that is skipped counts as one that nobody ran. */
const where = (shell: string, name: string, run: () => Promise<void>): void => {
  if (isInstalled(shell)) test(name, run);
};

describe('bash', () => {
  let script: string;
  beforeAll(async () => {
    script = await scriptFor('bash');
  });
  /** What is offered after `tocsin` and these words; the last one is what has been typed so far. */
  const offered = (...words: string[]): string[] =>
    execFileSync('bash', [
      '-c',
      'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tocsin; printf "%s\\n" "${COMPREPLY[@]}"',
      'bash',
      script,
      'tocsin',
      ...words,
    ])
      .toString()
      .split('\n')
      .filter(Boolean);

  test('commands', () => {
    expect(offered('')).toEqual(expect.arrayContaining(['case', 'ack', 'mine', 'help', 'completion']));
    expect(offered('case', '')).toEqual(expect.arrayContaining(['open', 'list', 'show', 'timeline']));
    expect(offered('di')).toEqual(['directory']);
  });
  test('the commands of a case, after the case', () => {
    expect(offered('case', 'do', 'C1234567', '')).toEqual(expect.arrayContaining([...COMMANDS]));
    expect(offered('case', 'do', 'C1234567', 'recordP')).toEqual(['recordProgress']);
    expect(offered('help', 'recordP')).toEqual(['recordProgress']);
  });
  test('options, and what they can be', () => {
    expect(offered('case', 'list', '--em')).toEqual(['--emergency']);
    expect(offered('case', 'list', '--sort', '')).toEqual(['urgency', 'due', 'severity', 'case']);
    expect(offered('case', 'escalate', 'C1', '--role', 'M')).toEqual(['MANAGER']);
  });
});

where('zsh', 'zsh reads its script', async () => {
  execFileSync('zsh', ['-c', `autoload -U compinit; compinit -D; source ${await scriptFor('zsh')}; whence _tocsin`]);
});

where('fish', 'fish offers the same', async () => {
  const out = execFileSync('fish', [
    '-c',
    `source ${await scriptFor('fish')}; complete -C "tocsin case do C1 recordP"`,
  ]);
  expect(out.toString()).toMatch(/^recordProgress/m);
});
