/** What a service installs: the client alone, which works from CommonJS, ESM and strict TypeScript, against a real server. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { buildProgram } from '../../cli/program';
import { processTerminal } from '../../cli/terminal';
import { COMMANDS } from '../../workflows/core/language/inputs';
import { ended, ports, startCommand } from '../support/command';
import { programIn } from '../support/documented';
import { installPackage, type Installed } from '../support/packed';
import { serveCases, type ServedCases } from '../support/served-cases';

// It builds, packs and installs: on a busy machine that takes minutes.
jest.setTimeout(600_000);

let service: Installed;
let cases: ServedCases;
beforeAll(async () => {
  [service, cases] = await Promise.all([installPackage(), serveCases()]);
});
afterAll(async () => {
  await cases?.close();
});

const OPENING = {
  by: 'crm',
  role: 'SERVICE',
  channel: 'API',
  title: 'Everything is slow',
  severity: 1,
  customer: { number: '100200', name: 'Acme', activeSupport: true, enterprise: true },
  environment: 'PRODUCTION',
  engineer: 'eng-lee',
};
/** A case is opened, signalled and updated, and a refusal is known by its class. */
const story = (caseNumber: string): string => `
  const tocsin = await TocsinClient.connect({ address: process.env.SERVER });
  await tocsin.open({ ...${JSON.stringify(OPENING)}, caseNumber: '${caseNumber}' });
  await tocsin.signal('${caseNumber}', 'recordProgress', { by: 'eng-lee', role: 'ENGINEER', summary: 'Found.', substantive: true });
  const answer = await tocsin.update('${caseNumber}', 'escalate', { by: 'crm', role: 'SERVICE' });
  const refused = await tocsin.update('${caseNumber}', 'handOver', { by: 'eng-lee' }).catch((error) => error);
  await tocsin.close();
  console.log(answer.level, refused instanceof CaseRejected, refused.code);`;
const TOLD = 'M1 true INVALID_INPUT\n';

/** Each that there is, with something for what it must be given: a new one cannot be forgotten. */
function everyCommand(): string[][] {
  const within = (command: Command, path: readonly string[]): string[][] => {
    if (command.commands.length > 0) return command.commands.flatMap((child) => within(child, [...path, child.name()]));
    const given = command.registeredArguments
      .filter(({ required }) => required || command.name() === 'replay')
      .map(({ argChoices }) => argChoices?.[0] ?? 'C2000001');
    const options = command.options
      .filter(({ mandatory }) => mandatory)
      .flatMap(({ long, argChoices }) => [long ?? '', argChoices?.[0] ?? 'nothing']);
    return [[...path, ...given, ...options]];
  };
  return within(buildProgram({ terminal: processTerminal() }), []);
}

/** What a configuration is judged by: how messages are laid out is no code. */
const isLayout = (file: string): boolean => /^activities\/.+\.(yaml|liquid)$/.test(file);

test('the tarball holds the client, its types, the schemas and the shell, and nothing that only we need', () => {
  expect(service.files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'client/tocsin.js',
      'dist/client/index.js',
      'dist/client/index.d.ts',
      'dist/tocsin.js',
    ]),
  );
  const unwanted = service.files.filter(
    (file) =>
      /^(dist\/)?(test|bench|worker|gateway|activities|rehearsal|docs|\.)|\.map$|\.ts$/.test(file) && !isLayout(file),
  );
  expect(unwanted.filter((file) => !file.endsWith('.d.ts'))).toEqual([]);
  const manifest = JSON.parse(readFileSync(join(service.folder, 'node_modules/tocsin/package.json'), 'utf8')) as object;
  expect(manifest).toMatchObject({ license: 'Apache-2.0', types: expect.any(String) as string });
  expect(manifest).not.toHaveProperty('private');
});

test('with it come the packages of its client, and neither a worker nor a compiler', () => {
  const modules = join(service.folder, 'node_modules');
  const installed = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((scoped) => `${name}/${scoped}`) : [name],
  );
  expect(installed.filter((name) => name.startsWith('@temporalio/')).sort()).toEqual(
    ['client', 'common', 'envconfig', 'proto', 'workflow'].map((name) => `@temporalio/${name}`),
  );
  expect(installed).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/swc|typescript|esbuild|ts-node|commander|webpack/)]),
  );
  expect(installed.length).toBeLessThan(70);
});

test('what was built serves: cases, gateway and the pages of its libraries', async () => {
  const { env } = await ports();
  const up = startCommand(service.folder, 'up', { NODE_ENV: 'production', ...env });
  try {
    await up.says('Tocsin is up.');
    const answers = await Promise.all(
      ['/readyz', '/openapi.json', '/docs/'].map((path) => fetch(`http://127.0.0.1:${env['TOCSIN_HTTP_PORT']}${path}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  } finally {
    expect(await ended(up.child, 'SIGTERM')).toBe(0);
  }
});

test('from CommonJS', async () => {
  service.write(
    'cjs.cjs',
    `const { TocsinClient, CaseRejected } = require('tocsin'); (async () => {${story('C2000001')}})();`,
  );
  expect(await service.run('node', ['cjs.cjs'], { SERVER: cases.address })).toEqual({
    out: TOLD,
    err: '',
    exitCode: 0,
  });
});

test('from ESM, by names', async () => {
  service.write('esm.mjs', `import { TocsinClient, CaseRejected } from 'tocsin';${story('C2000002')}`);
  expect(await service.run('node', ['esm.mjs'], { SERVER: cases.address })).toEqual({
    out: TOLD,
    err: '',
    exitCode: 0,
  });
});

test('from strict TypeScript as Node resolves it, which knows every field of a command', async () => {
  service.write(
    'typed.mts',
    `import { TocsinClient, CaseRejected, type Answer, type CaseOpening, type Input } from 'tocsin';
import { queries, signals, updates } from 'tocsin/messages';
export const names: string[] = [queries.getCase.name, signals.decline.name, updates.escalate.name];
export const escalate: Input<'escalate'> = { by: 'crm', role: 'SERVICE' };
export const opened: keyof CaseOpening = 'caseNumber';
export const levelOf = (answer: Answer): 'NORMAL' | 'M1' | 'M2' => answer.level;
// @ts-expect-error there is no such command
export const wrong = (tocsin: TocsinClient) => tocsin.update('C1', 'explode', escalate);
// @ts-expect-error a summary is a text
export const bad: Input<'recordProgress'> = { by: 'a', role: 'ENGINEER', summary: 1, substantive: true };
const tocsin = await TocsinClient.connect({ address: process.env['SERVER']! });
const answer = await tocsin.update('C2000001', 'requestManagerContact', escalate);
console.log(answer.level, CaseRejected.name);
await tocsin.close();
`,
  );
  const flags = [
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--strict',
    '--skipLibCheck',
    '--types',
    'node',
    'typed.mts',
  ];
  const types = resolve('node_modules/@types');
  expect(
    await service.run('node', [resolve('node_modules/typescript/bin/tsc'), ...flags, '--typeRoots', types]),
  ).toEqual({
    out: '',
    err: '',
    exitCode: 0,
  });
  const { out } = await service.run('node', ['typed.mjs'], { SERVER: cases.address });
  expect(out).toBe('M1 CaseRejected\n');
});

test('the program of docs/integrate.md, word for word', async () => {
  service.write('documented.mjs', programIn('integrate.md', 'TypeScript', 'ts').replaceAll('C1234567', 'C2000002'));
  const { out, err, exitCode } = await service.run('node', ['documented.mjs'], { TEMPORAL_ADDRESS: cases.address });
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  // It was escalated a moment ago by the same caller: the same wish is one.
  expect(out).toMatch(/^M1 /);
});

test('the schema of every message, for whoever does not write TypeScript', async () => {
  service.write(
    'schemas.cjs',
    `console.log(JSON.stringify([require('tocsin/schemas'), require('tocsin/schemas/escalate.json')]))`,
  );
  const { out } = await service.run('node', ['schemas.cjs']);
  const [all, escalate] = JSON.parse(out) as [Record<string, object>, object];
  expect(Object.keys(all).sort()).toEqual(['CaseOpening', ...COMMANDS].sort());
  expect(all['escalate']).toEqual(escalate);
  expect(escalate).toMatchObject({ type: 'object', required: ['by', 'role'] });
});

describe('its command', () => {
  const tocsin = (...words: string[]) => service.run('node', ['node_modules/tocsin/client/tocsin.js', ...words]);

  test('shows a case, twice: once compiled, once from what was kept', async () => {
    for (const _ of ['compiled', 'kept']) {
      const { out, exitCode } = await tocsin('case', 'show', 'C2000001', '--address', cases.address);
      expect(exitCode).toBe(0);
      expect(out).toMatch(/^C2000001 · severity 1 · escalated to M1, /);
    }
    expect(readdirSync(join(service.folder, 'cache', 'tocsin'))).toEqual([expect.stringMatching(/-case\.code$/)]);
  });

  test('checks a configuration, with what is in it and nothing besides', async () => {
    expect(await tocsin('policy', 'check')).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/is in order/) as string,
    });
    expect(await tocsin('rehearse', 'late', '--hours', '1')).toMatchObject({ exitCode: 0 });
  });

  test('says in a sentence which of its commands are not part of it, and every other one is', async () => {
    const absent: string[] = [];
    const left = everyCommand();
    // Each is a process of its own, and two of them are as fast as this machine is.
    const one = async (): Promise<void> => {
      for (let words = left.pop(); words; words = left.pop()) {
        const { exitCode, err } = await tocsin(...words, '--address', cases.address);
        expect(`${words.join(' ')}: ${err}`).not.toMatch(/Unexpected|Cannot find module/);
        if (!/^This is not part of the installed package: run it from the repository/.test(err)) continue;
        expect(exitCode).toBe(2);
        absent.push(words.join(' '));
      }
    };
    await Promise.all([one(), one()]);
    expect(absent.sort()).toEqual([
      'demo',
      'deploy move',
      'deploy promote',
      'deploy status',
      'gateway',
      'replay C2000001',
      'up',
      'watch',
      'worker',
    ]);
  });
});

test('what only the worker brings is used somewhere: a package that nothing needs is not carried along', () => {
  const { dependencies } = JSON.parse(readFileSync('worker/package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const folders = ['activities', 'cli', 'client', 'rehearsal', 'worker', 'gateway', 'test', 'bench', '.ci'];
  const sources = folders.flatMap((folder) => {
    try {
      return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|js|mjs)$/.test(name))
        .map((name) => readFileSync(join(folder, name), 'utf8'));
    } catch {
      return [];
    }
  });
  /** By the compiler and by npm's scripts, by the logger, or by another package for us. */
  const notImported = [
    '@swc/core',
    '@types/luxon',
    '@types/node',
    'pino-pretty',
    'protobufjs',
    'ts-node',
    'typescript',
  ];
  const unused = Object.keys(dependencies).filter(
    (name) => !notImported.includes(name) && !sources.some((text) => text.includes(`'${name}`)),
  );
  expect(unused).toEqual([]);
});
