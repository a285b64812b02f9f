/** The command line: how it reads what is typed, and how it ends (0 done, 1 refused, 2 bad usage or input, 3 not reachable). */
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { endingOf } from '../../cli/exit';
import { jsonArgument, asTyped, mergeFlags, openingFrom } from '../../cli/input';
import { cells } from '../../cli/render/text';
import type { Terminal } from '../../cli/terminal';
import { CaseNotFound, CaseRejected, ServiceUnavailable } from '../../client/errors';
import { refusal, refusalOf } from '../../workflows/core/language/refusal';
import { openingSchema } from '../../client/schemas';
import { tocsinIn } from '../support/shell';
import { typed, type Typed } from '../support/typed';

const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-cli-'));
const file = (name: string, content: string): string => {
  const target = path.join(folder, name);
  writeFileSync(target, content);
  return target;
};

async function spawned(argv: readonly string[], stdin?: string): Promise<Typed> {
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    TEMPORAL_CONFIG_FILE: path.join(folder, 'none.toml'),
    TEMPORAL_ADDRESS: '',
  };
  const child = spawn(process.execPath, [path.resolve('client/tocsin.js'), ...argv], { env, stdio: 'pipe' });
  child.stdin.end(stdin ?? '');
  const [out, err, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1))),
  ]);
  return { exitCode, out, err };
}

/** A port that nobody answers on, held so that nobody else takes it meanwhile. */
async function silentServer(): Promise<{ server: Server; address: string }> {
  const server = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, address: `127.0.0.1:${address.port}` };
}

const who = ['--by', 'maria', '--role', 'CUSTOMER'];

describe('bad usage ends with 2 and one sentence', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown command', ['explode'], /unknown command 'explode'/],
    ['a near miss', ['case', 'shwo', 'C1234567'], /Did you mean show/],
    ['a missing case', ['case', 'show'], /missing required argument 'case'/],
    ['a severity that is none', ['case', 'severity', 'C1234567', '7', ...who], /'7' is invalid/],
    ['nobody who acts', ['case', 'escalate', 'C1234567'], /--by/],
    ['a role that is none', ['case', 'escalate', 'C1234567', '--by', 'm', '--role', 'BOSS'], /'BOSS' is invalid/],
    ['a command of the case that is none', ['case', 'do', 'C1234567', 'explode'], /'explode' is invalid/],
    ['input that is not JSON', ['case', 'do', 'C1234567', 'escalate', '--input', '{oops'], /The input is not JSON/],
    ['input that is no object', ['case', 'do', 'C1234567', 'escalate', '--input', '[1]'], /must be one JSON object/],
    [
      'a file that is not there',
      ['case', 'open', '--file', '/no/such.json'],
      /^\/no\/such\.json cannot be read: there is no such file\.\n/,
    ],
    ['a deadline that is none', ['case', 'list', '--deadline', 'soon'], /500ms, 10s or 1m/],
    ['whose help to see', ['case', 'escalate', 'C1234567'], /\nSee tocsin case escalate --help\.$/],
    [
      'whose help to see, options first',
      ['--address', '127.0.0.1:1', 'case', 'list', '--limit', 'x'],
      /\nSee tocsin case list --help\.$/,
    ],
    ['a limit that is none', ['case', 'list', '--limit', '-5'], /whole number/],
  ])('%s', async (_, argv, sentence) => {
    const { exitCode, out, err } = await typed(argv);
    expect(exitCode).toBe(2);
    expect(err).toMatch(sentence);
    expect(out).toBe('');
  });

  test('no line of it is wider than the terminal, and nothing of it is cut', async () => {
    const argv = ['case', 'severity', 'C1234567', '1', '--by', 'm', '--role', 'x'.repeat(40)];
    const wide = await typed(argv);
    const { err } = await typed(argv, { errWidth: 60 });
    expect(wide.err.split('\n')).toHaveLength(2);
    for (const line of err.split('\n')) expect(cells(line)).toBeLessThanOrEqual(60);
    expect(err.replaceAll('\n', ' ')).toBe(wide.err.replaceAll('\n', ' '));
  });

  test('with --json as a problem document', async () => {
    const { exitCode, err } = await typed(['case', 'do', 'C1234567', 'escalate', '--input', '{oops', '--json']);
    expect(exitCode).toBe(2);
    expect(JSON.parse(err)).toMatchObject({
      code: 'BAD_USAGE',
      detail: expect.stringContaining('not JSON') as string,
      fields: [],
      hint: 'See tocsin case do --help.',
    });
  });

  test('an incomplete command shows its help', async () => {
    const { exitCode, err } = await typed(['case']);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/Usage: tocsin case/);
  });

  test('help that was asked for is no failure', async () => {
    const { exitCode, out, err } = await typed(['case', 'escalate', '--help']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/--dissatisfaction <text>/);
    expect(err).toBe('');
  });
});

describe('how an error ends', () => {
  const fields = [{ field: 'eDown.totalUsers', problem: 'must be a whole number' }];
  test.each<[string, Error, number, RegExp]>([
    [
      'a refusal',
      new CaseRejected({ code: 'ALREADY_M2', message: 'Already.', hint: 'Wait.' }),
      1,
      /^ALREADY_M2: Already\.$/,
    ],
    ['no such case', new CaseNotFound('C1234567'), 1, /^CASE_NOT_FOUND: There is no case C1234567\.$/],
    [
      'invalid input',
      new CaseRejected({ code: 'INVALID_INPUT', message: 'Wrong.', hint: 'Right it.', fields }),
      2,
      /^INVALID_INPUT: Wrong\.\n {2}eDown\.totalUsers must be a whole number$/,
    ],
    [
      'wrong fields, each named once, a line each',
      CaseRejected.of(
        refusalOf([
          { field: 'by', problem: { key: 'NOT_GIVEN' } },
          { field: 'pageId', problem: { key: 'MUST_BE', wanted: { key: 'ID', max: 60 } } },
        ]),
      ),
      2,
      /^INVALID_INPUT: The input is not valid\.[^;\n]*\n {2}by is missing\n {2}pageId must be one line of 1 to 60 printable characters$/,
    ],
    [
      'a question among wrong fields, each named once',
      CaseRejected.of(
        refusalOf([
          { field: 'by', problem: { key: 'NOT_GIVEN' } },
          { field: 'eDown.affectedUsers', problem: { key: 'NOT_ANSWERED', question: 'affectedUsers' } },
        ]),
      ),
      2,
      /^INVALID_INPUT: The input is not valid\.[^;\n]*\n {2}by is missing\n {2}eDown\.affectedUsers is not answered: How many of them are affected\?$/,
    ],
    [
      'E-Down questions, each asked once',
      CaseRejected.of(
        refusal(
          'E_DOWN_ANSWERS_INCOMPLETE',
          { key: 'MISSING_ANSWERS', fields: ['eDown.category', 'eDown.totalUsers'] },
          [
            { field: 'eDown.category', problem: { key: 'NOT_ANSWERED', question: 'category' } },
            { field: 'eDown.totalUsers', problem: { key: 'NOT_ANSWERED', question: 'totalUsers' } },
          ],
        ),
      ),
      1,
      /^E_DOWN_ANSWERS_INCOMPLETE: The E-Down questions are not all answered\.[^:\n]*\n {2}eDown\.category is not answered: What is your justification\? Choose one E-Down category\.\n {2}eDown\.totalUsers is not answered: How many users in total are on this production system\?$/,
    ],
    [
      'no answer',
      new ServiceUnavailable('DEADLINE'),
      3,
      /safe to send again\.\nSend it again with --request-id cli-7$/,
    ],
    [
      'no server',
      new ServiceUnavailable('UNREACHABLE'),
      3,
      /\nIs the Temporal server up \(`npm start` brings one\), and its address right \(--address, TEMPORAL_ADDRESS\)\?\nSend it again with --request-id cli-7$/,
    ],
    ['no worker', new ServiceUnavailable('NO_WORKER'), 3, /\nIs a worker up \(`npm start`, or `tocsin worker`\)\?\n/],
    [
      'text that steers a terminal',
      new CaseRejected({ code: 'STALE_ASSIGNMENT', message: 'Ana\u001b[2J has it.', hint: '' }),
      1,
      /^STALE_ASSIGNMENT: Ana has it\.$/,
    ],
  ])('%s', (_, error, exitCode, sentence) => {
    const ending = endingOf(error, { requestId: 'cli-7' });
    expect(ending.exitCode).toBe(exitCode);
    expect(ending.text).toMatch(sentence);
  });

  test('for a machine the request id of a lost answer is in the document', () => {
    expect(endingOf(new ServiceUnavailable('DEADLINE'), { requestId: 'cli-7' }).problem).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      requestId: 'cli-7',
    });
  });
});

describe('what is typed becomes a message', () => {
  const flags = {
    number: 'C1234567',
    title: 'Slow',
    severity: '1',
    customerNumber: '100200',
    customerName: 'Acme',
    activeSupport: 'yes',
    enterprise: 'unknown',
    environment: 'PRODUCTION',
    by: 'maria',
    role: 'CUSTOMER',
  };

  test('an opening from flags alone', () => {
    const opening = openingFrom(undefined, flags);
    expect(opening).toEqual({
      by: 'maria',
      role: 'CUSTOMER',
      caseNumber: 'C1234567',
      title: 'Slow',
      severity: 1,
      environment: 'PRODUCTION',
      customer: { number: '100200', name: 'Acme', activeSupport: true, enterprise: 'UNKNOWN' },
    });
    expect(openingSchema.safeParse(opening).success).toBe(true);
  });

  test('flags are laid over the file, inside the customer too', () => {
    const json = {
      title: 'From file',
      severity: 3,
      product: 'Vault',
      customer: { number: '1', name: 'Old', activeSupport: false },
    };
    expect(openingFrom(json, { title: 'Typed', customerName: 'New' })).toEqual({
      title: 'Typed',
      severity: 3,
      product: 'Vault',
      customer: { number: '1', name: 'New', activeSupport: false },
    });
  });

  test('what was not typed is not there, so that the case can say what is missing', () => {
    expect(openingFrom(undefined, {})).toEqual({});
    expect(mergeFlags({ by: 'ana' }, { by: undefined, role: 'MANAGER' })).toEqual({ by: 'ana', role: 'MANAGER' });
  });

  test('whoever types it answers by these means, and what came another way says so', () => {
    expect(asTyped({ by: 'ana' })).toEqual({ by: 'ana', means: 'CLI' });
    expect(asTyped({ by: 'ana', channel: 'API' })).toMatchObject({ means: 'CLI' });
    expect(asTyped({ by: 'ana', means: 'SMS' })).toMatchObject({ means: 'SMS' });
    expect(asTyped({ by: 'desk', channel: 'PHONE' })).not.toHaveProperty('means');
  });

  test('JSON comes inline, from a file or from standard input', async () => {
    const terminal = { stdin: () => Promise.resolve('{"from":"stdin"}') } as Terminal;
    expect(await jsonArgument('{"from":"inline"}', terminal)).toEqual({ from: 'inline' });
    expect(await jsonArgument('-', terminal)).toEqual({ from: 'stdin' });
    expect(await jsonArgument(`@${file('input.json', '{"from":"file"}')}`, terminal)).toEqual({ from: 'file' });
  });
});

describe('as a process', () => {
  test('bad JSON on standard input ends with 2', async () => {
    const { exitCode, out, err } = await spawned(['case', 'open', '--file', '-'], '{"title": oops');
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toMatch(/Standard input is not JSON/);
  });

  test('a server that does not answer ends with 3, within the deadline', async () => {
    const { server, address } = await silentServer();
    const before = Date.now();
    const { exitCode, out, err } = await spawned([
      'case',
      'escalate',
      'C1234567',
      ...who,
      '--address',
      address,
      '--deadline',
      '1s',
      '--request-id',
      'esc-1',
    ]);
    expect({ exitCode, out }).toEqual({ exitCode: 3, out: '' });
    expect(err).toMatch(new RegExp(`could not be reached.*${address}.*safe to send again`));
    expect(err).toMatch(/--request-id esc-1/);
    expect(Date.now() - before).toBeLessThan(15_000);
    server.close();
  });

  test('nobody at the address ends with 3, and says so to a machine', async () => {
    // Port 1 of the loopback is nobody's: the connection is refused at once.
    const { exitCode, err } = await spawned([
      '--json',
      'case',
      'list',
      '--address',
      '127.0.0.1:1',
      '--deadline',
      '500ms',
    ]);
    expect(exitCode).toBe(3);
    expect(JSON.parse(err)).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      detail: expect.stringContaining('127.0.0.1:1') as string,
    });
  });

  test.each(['TEMPORAL_TLS_SERVER_CA_CERT_PATH', 'TEMPORAL_TLS_CLIENT_CERT_PATH'])(
    'a file of the connection that is not there is named with its variable (%s)',
    async (variable) => {
      const { exitCode, err } = await tocsinIn('', ['case', 'list'], {
        TEMPORAL_CONFIG_FILE: path.join(folder, 'none.toml'),
        TEMPORAL_ADDRESS: '127.0.0.1:1',
        [variable]: '/nope.pem',
      });
      expect({ exitCode, err }).toEqual({
        exitCode: 2,
        err: `${variable} names /nope.pem, which cannot be read: there is no such file.\n`,
      });
    },
  );

  test('a broken configuration ends with 2', async () => {
    const config = file('temporal.toml', 'not = [ toml');
    const child = spawn(process.execPath, [path.resolve('client/tocsin.js'), 'case', 'list'], {
      env: { ...process.env, NODE_ENV: 'test', TEMPORAL_CONFIG_FILE: config },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [err, exitCode] = await Promise.all([
      text(child.stderr),
      new Promise((resolve) => child.once('close', resolve)),
    ]);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/Temporal configuration cannot be read/);
  });
});
