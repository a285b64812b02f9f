/** What a worker remembers of the rota helps to tell an edit; whatever is in that file, a worker starts, and pages. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { directoryFrom } from '../../../worker/config';
import { LastSeen } from '../../../worker/word/last-seen';
import { RotaWord } from '../../../worker/word/rota-word';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-seen-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const DIRECTORY = directoryFrom({
  people: ['lee', 'kim'].map((id) => ({ id, name: id })),
  dutyManagers: ['lee'],
  onCall: [{ team: 'emea', timezone: 'UTC', windows: 'always', people: ['lee', 'kim'] }],
});
const log = pino({ level: 'silent' });

test.each([
  ['an object', '{}'],
  ['null', 'null'],
  ['a list of something else', '[1]'],
  ['teams of another version', '[{"team":"emea"}]'],
  ['one that is cut off', '[{"team":"em'],
  ['nothing', ''],
])('a file that is %s keeps no worker from starting, and is the rota of today afterwards', (_what, text) => {
  // Given what another version, or a disk that was full, has left
  const file = join(folder, 'rota-last-seen.json');
  writeFileSync(file, text);
  const lastSeen = new LastSeen(file, log);

  // When a worker starts, then it is as if there had been none
  const word = new RotaWord({
    directory: () => DIRECTORY,
    policy: () => ({ tellChanges: false, tellTurnBeginsMs: null }),
    lastSeen,
    log,
  });
  word.started(DIRECTORY);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject([{ team: 'emea', people: ['lee', 'kim'] }]);
  expect(lastSeen.read()).toHaveLength(1);
});
