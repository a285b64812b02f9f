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

/** What may stand in the folder where somebody types. */
const files = mkdtempSync(join(tmpdir(), 'tocsin-files-'));
writeFileSync(join(files, 'opening.json'), '{}');
const NIGHTS = ['late', 'well-run', 'nobody', 'flapping', 'provider-down'];
const ORDERS = ['urgency', 'due', 'severity', 'case'];
const lines = (out: Buffer | string): string[] => out.toString().split('\n').filter(Boolean);

describe('bash', () => {
  let script: string;
  beforeAll(async () => {
    script = await scriptFor('bash');
  });
  /** What is offered after `tocsin` and these words, as bash has cut them; the last one is what has been typed so far. */
  const offered = (...words: string[]): string[] =>
    lines(
      execFileSync(
        'bash',
        [
          '-c',
          'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tocsin; printf "%s\\n" "${COMPREPLY[@]}"',
          'bash',
          script,
          'tocsin',
          ...words,
        ],
        { cwd: files },
      ),
    );

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
    expect(offered('case', 'list', '--sort', '')).toEqual(ORDERS);
    expect(offered('case', 'escalate', 'C1', '--role', 'M')).toEqual(['MANAGER']);
  });
  test('what an option can be after its =, too', () => {
    expect(offered('case', 'list', '--sort', '=')).toEqual(ORDERS);
    expect(offered('case', 'list', '--sort', '=', 'd')).toEqual(['due']);
  });
  test('the nights that can be rehearsed', () => {
    expect(offered('rehearse', '')).toEqual(expect.arrayContaining(NIGHTS));
  });
  test('where a file is wanted nothing stands in the way of what bash offers by itself', () => {
    expect(offered('case', 'open', '--file', '')).toEqual([]);
    expect(offered('case', 'open', '--file', '=')).toEqual([]);
    expect(offered('case', 'do', 'C1', 'decline', '--input', '@')).toEqual(['@opening.json']);
    expect(offered('case', 'do', 'C1', 'decline', '--input', '@', 'op')).toEqual(['@opening.json']);
  });
  test('what only its user knows is not guessed at', () => {
    expect(offered('case', 'escalate', 'C1', '--by', '')).toEqual([]);
  });
});

describe('zsh', () => {
  /** In a home of its own: a zsh without any configuration. */
  const zsh = (code: string, ...words: string[]): string[] =>
    lines(
      execFileSync('zsh', ['-f', '-c', code, 'zsh', ...words], {
        cwd: files,
        env: { PATH: process.env['PATH'], HOME: folder, ZDOTDIR: folder },
      }),
    );
  /** What it tells zsh after these words: words to offer, or that files are wanted. */
  const told = async (...words: string[]): Promise<string[]> =>
    zsh(
      'compdef() { :; }; source $1; shift; compset() { :; }; _files() { print FILES; }; compadd() { shift; print -l -- "$@"; };' +
        'words=("$@"); CURRENT=$#; _tocsin',
      await scriptFor('zsh'),
      'tocsin',
      ...words,
    );

  where('zsh', 'completes in a zsh that has no completion yet', async () => {
    expect(zsh('source $1; print $_comps[tocsin]', await scriptFor('zsh'))).toEqual(['_tocsin']);
  });
  where('zsh', 'completes from a folder of fpath at the first time already', async () => {
    const at = join(await scriptFor('zsh'), '..');
    expect(
      zsh(
        `cp ${at}/tocsin.zsh ${at}/_tocsin; fpath=(${at} $fpath); autoload -U _tocsin; compadd() { shift; print -l -- "$@"; };` +
          'words=(tocsin case ""); CURRENT=3; _tocsin',
      ),
    ).toEqual(expect.arrayContaining(['open', 'list']));
  });
  where('zsh', 'offers the same as bash', async () => {
    expect(await told('')).toEqual(expect.arrayContaining(['case', 'ack', 'mine']));
    expect(await told('case', 'list', '--sort', '')).toEqual(ORDERS);
    expect(await told('case', 'list', '--sort=')).toEqual(ORDERS);
    expect(await told('case', 'escalate', 'C1', '--by', '')).toEqual([]);
    expect(await told('rehearse', '')).toEqual(expect.arrayContaining([...NIGHTS, 'FILES']));
  });
  where('zsh', 'offers files where one is wanted', async () => {
    expect(await told('case', 'open', '--file', '')).toEqual(['FILES']);
    expect(await told('case', 'do', 'C1', 'decline', '--input', '@')).toEqual(['FILES']);
    expect(await told('directory', 'import', 'pagerduty', '--from-json', '')).toEqual(['FILES']);
  });
});

describe('fish', () => {
  /** Words alone, without what they mean; whatever goes wrong in it is on the screen of whoever types. */
  const offered = async (line: string): Promise<string[]> => {
    const { stdout, stderr } = spawnSync(
      'fish',
      ['-c', `source ${await scriptFor('fish')}; complete -C $argv[1]`, line],
      {
        cwd: files,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: folder },
      },
    );
    expect(stderr).toBe('');
    return lines(stdout).map((one) => one.split('\t')[0] ?? '');
  };

  where('fish', 'offers the same as bash', async () => {
    expect(await offered('tocsin ')).toEqual(expect.arrayContaining(['case', 'ack', 'mine']));
    expect(await offered('tocsin case do C1 recordP')).toEqual(['recordProgress']);
    expect((await offered('tocsin case list --sort ')).sort()).toEqual(ORDERS.toSorted());
    expect(await offered('tocsin case list --sort=u')).toEqual(['--sort=urgency']);
    expect(await offered('tocsin case escalate C1 --by ')).toEqual([]);
    expect(await offered('tocsin rehearse ')).toEqual(expect.arrayContaining([...NIGHTS, 'opening.json']));
  });
  where('fish', 'goes on after an option without a word on the screen', async () => {
    expect(await offered('tocsin --json case li')).toEqual(['list']);
    expect(await offered('tocsin --address localhost:7233 case li')).toEqual(['list']);
    expect(await offered('tocsin case list --sort due --em')).toEqual(['--emergency']);
  });
  where('fish', 'offers files where one is wanted, and nowhere else', async () => {
    expect(await offered('tocsin case open --file op')).toEqual(['opening.json']);
    expect(await offered('tocsin case open --file=op')).toEqual(['--file=opening.json']);
    expect(await offered('tocsin case do C1 decline --input @op')).toEqual(['@opening.json']);
    expect(await offered('tocsin case show op')).toEqual([]);
  });
});
