/** What waits in Temporal, pages wait behind: so commands wait at the gateway, those of people first, and nobody waits long. */
import { ServiceUnavailable } from '../../client/errors';
import { InFlight, type Rank } from '../../gateway/cases/in-flight';
import { LearnedLimit } from '../../gateway/cases/learned-limit';
import { Problem } from '../../gateway/problems';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Commands that are done when told so. */
function service() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const command = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await jest.advanceTimersByTimeAsync(0);
  };
  return { begun, command, end };
}

describe('commands wait at the gateway, and not in Temporal', () => {
  test('an answer waits for nothing; who asks for help goes before what is only to be written down', async () => {
    const { begun, command, end } = service();
    const inFlight = new InFlight();
    const sent = [
      inFlight.send({ caseNumber: 'C1' }, command('first')),
      inFlight.send({ caseNumber: 'C2' }, command('progress')),
      inFlight.send({ caseNumber: 'C3', rank: 'HELP' }, command('help')),
      inFlight.send({ caseNumber: 'C4', rank: 'ANSWER' }, command('answer')),
      inFlight.look(command('look')),
    ];
    await jest.advanceTimersByTimeAsync(0);
    expect(begun.toSorted()).toEqual(['answer', 'first']);

    for (const name of ['first', 'help', 'progress', 'look', 'answer']) await end(name);

    expect(begun.slice(2)).toEqual(['help', 'progress', 'look']);
    expect(await Promise.all(sent)).toEqual(['first', 'progress', 'help', 'answer', 'look']);
  });

  test('who has waited two seconds is told when to come again, and is not done later', async () => {
    const { begun, command, end } = service();
    const inFlight = new InFlight();
    // One after the other, each for as long as a place is counted.
    const busy = Array.from({ length: 12 }, (_, n) => inFlight.send({ caseNumber: `C${n}` }, command(`b${n}`)));
    const settled = Promise.allSettled(busy);
    const late = inFlight.send({ caseNumber: 'C99' }, command('late'));
    const refused = expect(late).rejects.toMatchObject({
      code: 'SERVICE_BUSY',
      status: 503,
      more: { retryAfter: 1 },
    });
    await jest.advanceTimersByTimeAsync(2_000);
    await refused;
    for (let n = 0; n < 12; n++) {
      await jest.advanceTimersByTimeAsync(250);
      await end(`b${n}`);
    }
    expect(begun).not.toContain('late');
    await settled;
  });

  test('one who asks for help again and again keeps nobody else out', async () => {
    const inFlight = new InFlight();
    const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 100));
    let isOver = false;
    const again = async (): Promise<void> => {
      for (let n = 0; !isOver; n++) await inFlight.send({ caseNumber: `C${n}`, rank: 'HELP' }, slow);
    };
    const asking = again();
    const written = inFlight.send({ caseNumber: 'C99' }, () => Promise.resolve('written')).catch(() => 'refused');
    await jest.advanceTimersByTimeAsync(2_000);
    isOver = true;
    await jest.advanceTimersByTimeAsync(1_000);
    await asking;
    expect(await written).toBe('written');
  });

  test('a case that no worker serves just now does not hold up the others', async () => {
    const { begun, command, end } = service();
    const inFlight = new InFlight();
    const stuck = inFlight.send({ caseNumber: 'C1' }, command('stuck'));
    const other = inFlight.send({ caseNumber: 'C2' }, command('other'));
    await jest.advanceTimersByTimeAsync(249);
    expect(begun).toEqual(['stuck']);

    await jest.advanceTimersByTimeAsync(1);
    expect(begun).toEqual(['stuck', 'other']);

    await end('other');
    await end('stuck');
    expect(await Promise.all([stuck, other])).toEqual(['stuck', 'other']);
  });

  test('a case that gives no answer leaves the others as many places as they had', async () => {
    const { begun, command } = service();
    const inFlight = new InFlight();
    // Ten that are quick: from then on there may be two at once.
    for (let n = 0; n < 10; n++) await inFlight.send({ caseNumber: 'C1' }, () => Promise.resolve());
    const dead = new ServiceUnavailable('DEADLINE');
    for (let n = 0; n < 20; n++)
      await expect(inFlight.send({ caseNumber: `D${n}` }, () => Promise.reject(dead))).rejects.toBe(dead);

    for (const number of ['C3', 'C4', 'C5']) void inFlight.send({ caseNumber: number }, command(number)).catch(() => 0);
    await jest.advanceTimersByTimeAsync(0);

    expect(begun).toEqual(['C3', 'C4']);
  });

  test('who comes to a line of four hundred is told at once when to come again; who asks for help takes the last one’s place', async () => {
    const { begun, command, end } = service();
    const inFlight = new InFlight();
    const refused: number[] = [];
    for (let n = 0; n <= 400; n++)
      void inFlight.send({ caseNumber: `C${n}` }, command(`c${n}`)).catch(() => refused.push(n));
    await expect(inFlight.look(command('look'))).rejects.toMatchObject({ code: 'SERVICE_BUSY', status: 503 });
    expect(refused).toEqual([]);

    void inFlight.send({ caseNumber: 'C500', rank: 'HELP' }, command('help'));
    await jest.advanceTimersByTimeAsync(0);
    expect(refused).toEqual([400]);
    await end('c0');
    expect(begun).toEqual(['c0', 'help']);
  });

  test('of one case six to be written down are on their way, waiting ones too; the seventh is refused, others are not', async () => {
    const { command } = service();
    const inFlight = new InFlight();
    const ofOne = Array.from({ length: 7 }, (_, n) => inFlight.send({ caseNumber: 'C1' }, command(`c${n}`)));
    ofOne.slice(0, 6).forEach((sent) => void sent.catch(() => undefined));
    await expect(ofOne[6]).rejects.toMatchObject({ code: 'CASE_BUSY', status: 429, more: { retryAfter: 1 } });
    const { begun, command: ofOther } = service();
    void inFlight.send({ caseNumber: 'C1', rank: 'ANSWER' }, ofOther('answer'));
    expect(begun).toEqual(['answer']);
    const others = [
      inFlight.send({ caseNumber: 'C1', rank: 'HELP' }, ofOther('help')),
      inFlight.send({ caseNumber: 'C2', rank: 'HELP' }, ofOther('other')),
    ];
    for (const other of others) void other.catch(() => undefined);
    await expect(inFlight.send({ caseNumber: 'C1', rank: 'HELP' }, ofOther('too many'))).rejects.toMatchObject({
      code: 'CASE_BUSY',
    });
    await jest.advanceTimersByTimeAsync(500);
    expect(begun).toEqual(['answer', 'help', 'other']);
  });

  test('a program that writes into one case without a pause is done twenty times a second; other cases and help are not', async () => {
    const inFlight = new InFlight();
    const done: string[] = [];
    const send = (caseNumber: string, rank: Rank) =>
      inFlight.send({ caseNumber, rank }, () => Promise.resolve(done.push(caseNumber + rank)));
    const many = async (): Promise<void> => {
      for (let n = 0; n < 60; n++) await send('C1', 'RECORD');
    };
    const all = many();
    await jest.advanceTimersByTimeAsync(0);
    expect(done).toHaveLength(10);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(done).toHaveLength(30);

    await send('C1', 'HELP');
    await send('C1', 'ANSWER');
    await send('C2', 'RECORD');
    expect(done.slice(30)).toEqual(['C1HELP', 'C1ANSWER', 'C2RECORD']);
    await jest.advanceTimersByTimeAsync(2_000);
    await all;
    expect(done).toHaveLength(63);
  });

  test('while only one may be on its way, the service is left alone for twice as long as that took', async () => {
    const { begun, command, end } = service();
    const inFlight = new InFlight();
    const sent = [
      inFlight.send({ caseNumber: 'C1' }, command('first')),
      inFlight.send({ caseNumber: 'C2' }, command('next')),
    ];
    await jest.advanceTimersByTimeAsync(20);
    await end('first');
    await jest.advanceTimersByTimeAsync(39);
    expect(begun).toEqual(['first']);
    await jest.advanceTimersByTimeAsync(1);
    expect(begun).toEqual(['first', 'next']);
    await end('next');
    await Promise.all(sent);
  });

  test('an error gives the place back, and comes out as it is', async () => {
    const { begun, command } = service();
    const inFlight = new InFlight();
    const gone = new ServiceUnavailable('UNREACHABLE', 'no answer');
    await expect(inFlight.send({ caseNumber: 'C1' }, () => Promise.reject(gone))).rejects.toBe(gone);
    await expect(
      inFlight.send({ caseNumber: 'C1' }, () => Promise.reject(new Problem('X', 409, { detail: 'no' }))),
    ).rejects.toMatchObject({ code: 'X' });
    void inFlight.send({ caseNumber: 'C1' }, command('next'));
    await jest.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(['next']);
  });
});

describe('how many at once is learned from how long they take', () => {
  /** `took(n)`: ms of a command while n are on their way. */
  function learn(
    took: (onTheWay: number) => number,
    commands: number,
    limit = new LearnedLimit(),
    from = 0,
  ): LearnedLimit {
    let now = from;
    for (let n = 0; n < commands; n++) {
      const ms = took(limit.most);
      now += ms / limit.most;
      limit.took(ms, limit.most - 1, now);
    }
    return limit;
  }

  test('where commands take as long beside others as alone, there may be many', () => {
    expect(learn(() => 20, 1_000).most).toBe(400);
  });

  test.each([1, 2, 8, 50])('where the service does %i at once, no more than about so many wait in it', (atOnce) => {
    const queued = (onTheWay: number): number => 20 * Math.max(1, onTheWay / atOnce);
    const limit = new LearnedLimit();
    const seen: number[] = [];
    for (let n = 0; n < 500; n++) seen.push(learn(queued, 10, limit, n * 200).most);
    const later = seen.slice(100);
    expect(Math.max(...later)).toBeLessThanOrEqual(Math.max(2, Math.ceil(atOnce * 1.25) + 1));
    expect(later.reduce((sum, most) => sum + most, 0) / later.length).toBeGreaterThanOrEqual(Math.max(1, atOnce * 0.6));
  });

  test('a single one that had to wait for something else changes nothing', () => {
    const limit = learn(() => 20, 50);
    const before = limit.most;
    limit.took(9_000, limit.most - 1, 10_000);
    learn(() => 20, 9, limit, 10_000);
    expect(limit.most).toBeGreaterThanOrEqual(before);
  });

  test('a service that does not answer in time gets fewer at once', () => {
    const limit = learn(() => 20, 1_000);
    limit.tooMany(20_000);
    expect(limit.most).toBe(300);
    for (let n = 0; n < 20; n++) limit.tooMany(20_000);
    expect(limit.most).toBe(1);
  });
});
