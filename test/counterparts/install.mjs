/* global console, fetch, process */
/**
 * `npm run test:counterparts` begins with it: what was not written by us, and judges what we send. Into `.tocsin/counterparts`, once.
 * Mailpit by Go; Twilio's, Slack's and Standard Webhooks' own verifiers by pip; Prism and Microsoft's card library (and the Markdown that it asks for) by npm; Twilio's
 * OpenAPI document from TOCSIN_TWILIO_OAI, or from GitHub. What cannot be had is said, and its tests fail.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve('.tocsin', 'counterparts');
const TWILIO = 'https://raw.githubusercontent.com/twilio/twilio-oai/main/spec/json/twilio_api_v2010.json';
mkdirSync(FOLDER, { recursive: true });

const run = (command, args, options = {}) =>
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options });
async function install(what, file, how) {
  if (existsSync(join(FOLDER, file))) return;
  try {
    console.log(`${what} …`);
    await how();
  } catch (error) {
    console.log(`${what} cannot be had here, so its tests will fail: ${error.message.split('\n')[0]}`);
  }
}

await install('Mailpit', 'mailpit', () =>
  run('go', ['install', 'github.com/axllent/mailpit@v1.33.1'], { env: { ...process.env, GOBIN: FOLDER } }),
);
await install('verifiers of PyPI', 'venv/bin/verifiers', () => {
  run('python3', ['-m', 'venv', join(FOLDER, 'venv')]);
  run(join(FOLDER, 'venv/bin/pip'), ['-q', 'install', 'twilio>=9,<10', 'slack-sdk>=3,<4', 'standardwebhooks>=1,<2']);
  writeFileSync(join(FOLDER, 'venv/bin/verifiers'), '');
});
await install('Prism and adaptivecards', 'node_modules/markdown-it', () => {
  writeFileSync(join(FOLDER, 'package.json'), '{"private":true}');
  // The last Prism that runs on Node 20.
  run(
    'npm',
    ['install', '--no-audit', '--no-fund', '@stoplight/prism-cli@5.14.2', 'adaptivecards@3.0.5', 'markdown-it@14.1.0'],
    {
      cwd: FOLDER,
    },
  );
});
await install('Twilio’s OpenAPI document', 'twilio.json', async () => {
  const given = process.env['TOCSIN_TWILIO_OAI'];
  if (given) return copyFileSync(given, join(FOLDER, 'twilio.json'));
  const answer = await fetch(TWILIO);
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  writeFileSync(join(FOLDER, 'twilio.json'), await answer.text());
});
