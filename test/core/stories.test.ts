/** Every story still happens as it is written. `npm run stories:rewrite` writes them anew; review that like code. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyFrom } from '../../worker/config/policy';
import { tell } from '../support/story';

const folder = join(__dirname, '..', 'stories');
const policy = (over: Record<string, unknown>) => policyFrom({ hotline: '+1 555 0100', ...over });

test.each(readdirSync(folder).filter((name) => name.endsWith('.txt')))('%s', (name) => {
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  const told = tell(text, policy);
  if (process.env['REWRITE_STORIES']) writeFileSync(file, told);
  else expect(told).toBe(text);
});
