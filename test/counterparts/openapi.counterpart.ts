/**
 * schemathesis reads our OpenAPI document and sends what it makes up from it, good and bad: no answer is a failure of ours, and
 * none is other than the document says.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { serveGateway, type Served } from '../support/gateway';
import { schemathesis } from './tools';

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'unsupported_method',
  'ignored_auth',
];

let served: Served;
beforeAll(async () => {
  served = await serveGateway();
}, 120_000);
afterAll(() => served?.close());

test('schemathesis finds nothing', async () => {
  const command = schemathesis();
  await served.open('C1234567');
  const key = served.key({ name: 'schemathesis', role: 'SERVICE', onBehalf: true });
  const args = [
    'run',
    `${served.url}/openapi.json`,
    // A stream does not end, which is what it is for; it has tests of its own.
    '--exclude-operation-id=streamCase',
    `--header=Authorization: Bearer ${key}`,
    `--checks=${CHECKS.join(',')}`,
    '--phases=examples,coverage,fuzzing',
    '--max-examples=12',
    '--seed=1',
    '--workers=2',
    '--request-timeout=15',
    '--no-color',
  ];
  // It keeps what it has found beside itself, and that is no part of the project.
  const child = spawn(command, args, { cwd: dirname(dirname(command)) });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(said.slice(-12_000));
}, 900_000);
