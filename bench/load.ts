/**
 * What a service sends the gateway, from a process of its own: on the worker's it would take the time of pages. Prints one line of JSON.
 * Arguments: URL, key, requests a second, seconds, case numbers.
 */
import { Agent, fetch } from 'undici';

export interface Tally {
  readonly statuses: Readonly<Record<string, number>>;
  /** ms, the median; of what was done, and of all. */
  readonly doneIn: number;
  readonly answeredIn: number;
  /** Request ids that were accepted, by case. */
  readonly accepted: Readonly<Record<string, readonly string[]>>;
  readonly withoutRetryAfter: number;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

async function load(url: string, key: string, rate: number, seconds: number, cases: readonly string[]): Promise<Tally> {
  const statuses: Record<string, number> = {};
  const accepted: Record<string, string[]> = {};
  const took: number[] = [];
  const done: number[] = [];
  let withoutRetryAfter = 0;
  const dispatcher = new Agent({ connections: 1_000 });
  const send = async (n: number): Promise<void> => {
    const caseNumber = cases[n % cases.length] ?? '';
    const id = `load-${n}`;
    const from = performance.now();
    const answer = await fetch(`${url}/v1/cases/${caseNumber}/recordProgress`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify({ summary: `Step ${n}.`, substantive: false }),
      dispatcher,
    });
    await answer.arrayBuffer();
    const ms = performance.now() - from;
    took.push(ms);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    if (answer.ok) {
      done.push(ms);
      (accepted[caseNumber] ??= []).push(id);
    } else if (answer.headers.get('retry-after') === null) withoutRetryAfter += 1;
  };
  const sent: Promise<void>[] = [];
  const begin = performance.now();
  for (let n = 0; n < rate * seconds; n++) {
    const early = begin + (n * 1_000) / rate - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    sent.push(send(n));
  }
  await Promise.all(sent);
  await dispatcher.close();
  return { statuses, doneIn: median(done), answeredIn: median(took), accepted, withoutRetryAfter };
}

if (require.main === module) {
  const [url = '', key = '', rate = '', seconds = '', ...cases] = process.argv.slice(2);
  console.log('ready');
  void load(url, key, Number(rate), Number(seconds), cases).then((tally) => console.log(JSON.stringify(tally)));
}
