/** The live feed: every event once, in order, from where whoever looks has left off, whatever run of the case it stands in. */
import { call, serveGateway, type Served } from '../support/gateway';

let served: Served;
let crm: string;
beforeAll(async () => {
  served = await serveGateway();
  crm = served.key({ name: 'crm', role: 'SERVICE', onBehalf: true });
}, 120_000);
afterAll(() => served?.close());

interface Told {
  readonly id: number | undefined;
  readonly event: string;
  readonly data: { readonly seq?: number; readonly type?: string; readonly endedOutside?: object };
}

/** Reads a stream as a browser would. */
class Looking {
  readonly told: Told[] = [];
  readonly ended: Promise<void>;
  private readonly stop = new AbortController();
  private waiting: (() => void) | undefined;

  private constructor(response: Response, stop: AbortController) {
    this.stop = stop;
    this.ended = this.read(response);
  }

  static async at(caseNumber: string, headers: Record<string, string> = {}, query = ''): Promise<Looking> {
    const stop = new AbortController();
    const response = await fetch(`${served.url}/v1/cases/${caseNumber}/stream${query}`, {
      headers: { authorization: `Bearer ${crm}`, ...headers },
      signal: stop.signal,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    return new Looking(response, stop);
  }

  private async read(response: Response): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.keep(block);
      }
    } catch (error) {
      if (!this.stop.signal.aborted) throw error;
    }
  }

  private keep(block: string): void {
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const data = field('data');
    if (data === undefined) return;
    const id = field('id');
    this.told.push({
      id: id === undefined ? undefined : Number(id),
      event: field('event') ?? '',
      data: JSON.parse(data) as Told['data'],
    });
    this.waiting?.();
  }

  async until(isSo: (told: readonly Told[]) => boolean): Promise<void> {
    while (!isSo(this.told)) await new Promise<void>((resolve) => (this.waiting = resolve));
  }

  leave(): void {
    this.stop.abort();
  }
}

const progress = (caseNumber: string, summary: string) =>
  served.tocsin.update(caseNumber, 'recordProgress', { by: 'eng-lee', role: 'ENGINEER', summary, substantive: false });
const has = (type: string) => (told: readonly Told[]) => told.some(({ event }) => event === type);
const numbers = ({ told }: Looking): (number | undefined)[] => told.flatMap(({ id }) => (id === undefined ? [] : [id]));
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);

test('what has happened comes at once, what happens comes as it does, to everybody who looks', async () => {
  await served.open('C3000001');
  const [one, other] = [await Looking.at('C3000001'), await Looking.at('C3000001')];
  await one.until(has('CaseOpened'));
  await progress('C3000001', 'A rebuild runs.');
  const { seq } = await served.tocsin.getTimeline('C3000001');
  for (const looking of [one, other]) {
    await looking.until(has('ProgressRecorded'));
    expect(numbers(looking).slice(0, seq)).toEqual(upTo(1, seq));
    expect(looking.told[0]).toMatchObject({ event: 'CaseOpened', data: { seq: 1, type: 'CaseOpened' } });
    looking.leave();
  }
});

test('whoever comes back hears what they have missed, and nothing twice', async () => {
  await served.open('C3000002');
  const first = await Looking.at('C3000002');
  await first.until(has('PageSent'));
  first.leave();
  const last = numbers(first).at(-1) ?? 0;
  await progress('C3000002', 'Missed.');
  const second = await Looking.at('C3000002', { 'last-event-id': String(last) });
  await second.until(has('ProgressRecorded'));
  expect(numbers(second)[0]).toBe(last + 1);
  second.leave();
  const third = await Looking.at('C3000002', {}, `?after=${last}`);
  await third.until(has('ProgressRecorded'));
  expect(numbers(third)[0]).toBe(last + 1);
  third.leave();
});

test('it goes on across continue-as-new, without a gap and without a word of it', async () => {
  await served.open('C3000003');
  const handle = served.tocsin.temporal.workflow.getHandle('C3000003');
  const { runId } = await handle.describe();
  const looking = await Looking.at('C3000003');
  await looking.until(has('CaseOpened'));
  let sent = 0;
  // A case goes on in a new run after a thousand events of its history.
  while ((await handle.describe()).runId === runId) {
    await Promise.all(Array.from({ length: 8 }, () => progress('C3000003', `Step ${(sent += 1)}.`)));
  }
  await progress('C3000003', 'In the new run.');
  const { seq } = await served.tocsin.getTimeline('C3000003', { limit: 1 });
  await looking.until((told) => told.some(({ id }) => id === seq));
  expect(numbers(looking).slice(0, seq)).toEqual(upTo(1, seq));
  looking.leave();
}, 120_000);

test('whose key is withdrawn hears nothing more of what they were looking at', async () => {
  await served.open('C3000010');
  const key = served.key({ name: 'portal', role: 'SERVICE' });
  const looking = await Looking.at('C3000010', { authorization: `Bearer ${key}` });
  await looking.until(has('CaseOpened'));
  served.revoke(key);
  await progress('C3000010', 'Not for them.');
  await looking.ended;
  expect(has('ProgressRecorded')(looking.told)).toBe(false);
});

test('a case that somebody ends from outside says so with its last word, also to who comes later', async () => {
  await served.open('C3000005');
  const looking = await Looking.at('C3000005');
  await looking.until(has('CaseOpened'));
  await served.tocsin.temporal.workflow.getHandle('C3000005').terminate('a click');
  const over = {
    id: undefined,
    event: 'Over',
    data: {
      endedOutside: {
        how: 'TERMINATED',
        at: expect.any(String) as string,
        by: expect.any(String) as string,
        reason: 'a click',
      },
    },
  };
  await looking.ended;
  expect(looking.told.at(-1)).toEqual(over);
  const later = await Looking.at('C3000005');
  await later.ended;
  expect([later.told[0]?.event, later.told.at(-1)]).toEqual(['CaseOpened', over]);
});

test('whoever asks for its headers only has them at once, and is kept waiting for nothing', async () => {
  await served.open('C2100009');
  const head = (caseNumber: string): Promise<Response> =>
    fetch(`${served.url}/v1/cases/${caseNumber}/stream`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${crm}` },
      signal: AbortSignal.timeout(5_000),
    });
  const { status, headers } = await head('C2100009');
  expect({ status, type: headers.get('content-type') }).toEqual({
    status: 200,
    type: 'text/event-stream; charset=utf-8',
  });
  expect((await head('C2199999')).status).toBe(404);
});

test('a number that is none, and a case that nobody has, are problem documents', async () => {
  await served.open('C3000004');
  const ask = (caseNumber: string, id: string) =>
    call(served.url, `/v1/cases/${caseNumber}/stream`, { key: crm, headers: { 'last-event-id': id } });
  expect(await ask('C3000004', 'x')).toMatchObject({ status: 422, body: { fields: [{ field: 'Last-Event-ID' }] } });
  expect(await ask('C3999999', '1')).toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
});
