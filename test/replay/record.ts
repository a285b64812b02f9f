/**
 * `npm run replay:record [LIFE…]`: plays the lives on a real server and keeps their histories. Run it when a change of the workflow
 * is meant to change what new cases do. It writes over the histories of the same lives: those that cases in the field may
 * still follow are given another name first, and stay. Nothing is written unless every life was played to its end and its
 * history fits the code that made it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON, type History } from '@temporalio/common/lib/proto-utils';
import { historiesOf } from '../../client/histories';
import { recordedIn, replay } from '../../worker/replay';
import { Company } from '../support/company';
import { workflowBundle } from '../support/bundle';
import { LIVES } from './lives';

const FOLDER = join(__dirname, 'histories');

async function main(): Promise<void> {
  const texts = new Map<string, string>();
  const company = await Company.start();
  try {
    const wanted = process.argv.slice(2);
    for (const [name, play] of Object.entries(LIVES)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const began = Date.now();
      const live = await play(company).catch((error: unknown) => {
        throw new Error(`the life ${name} was not played to its end`, { cause: error });
      });
      const runs = await historiesOf(company.tocsin, live.number);
      runs.forEach(({ history }, index) => texts.set(index === 0 ? name : `${name}-${index + 1}`, compact(history)));
      console.log(`${name}: ${runs.length} runs, ${((Date.now() - began) / 1_000).toFixed(1)} s`);
      await company.endCases();
    }
  } finally {
    await company.stop();
  }
  for (const { workflowId, fits, why } of await replay(
    [...texts.values()].map((text) => recordedIn(JSON.parse(text))),
    await workflowBundle(),
  ))
    if (!fits) throw new Error(`${workflowId} does not fit the code that made it: ${why}`);
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, text] of texts) {
    writeFileSync(join(FOLDER, `${name}.json`), `${text}\n`);
    console.log(`${name}.json: ${Math.round(text.length / 1024)} kB`);
  }
}

/** Who ran it, where its code lay and how the server keeps it say nothing about a case. */
const LEFT_OUT = new Set(['identity', 'taskId', 'stackTrace', 'workerVersion', 'binaryChecksum', 'deploymentOptions']);

function compact(history: History): string {
  const json: unknown = JSON.parse(historyToJSON(history));
  return JSON.stringify(json, (key, value: unknown) => (LEFT_OUT.has(key) ? undefined : value));
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
