/**
 * How much is on its way at once. Temporal takes ten updates of one case at a time and refuses the eleventh; the SDK would try
 * that one again and again while its caller waits. And pages wait behind what waits in Temporal. So commands wait here, in line, and
 * not for long: whoever has waited too long, or comes to a line that is too long, is told when to come again.
 */
import { ServiceUnavailable } from '../../client/errors';
import { Problem } from '../problems';
import { CasePace } from './case-pace';
import { LearnedLimit } from './learned-limit';

/**
 * Of one case at a time, waiting ones too. Below Temporal's ten, because other callers than this gateway send updates too; a program
 * that only writes down leaves places for whoever asks for help.
 */
const MOST_OF_CASE = { RECORD: 6, HELP: 8, ANSWER: Infinity } as const satisfies Record<Rank, number>;
/** Whoever waits longer is better served by coming again: their own deadline is running. */
const MOST_WAITING_MS = 2_000;
/** More than that would only wait in vain. */
const MOST_WAITING = 400;
/** What takes longer waits for something itself, and loads nothing: a case that no worker serves just now must not hold up the others. */
const COUNTED_MS = 250;

/** Where only one may be on its way, the next would still follow at once and keep the service busy: two thirds of the time are for pages. */
const PAUSE = 2;

/**
 * A person's answer waits for nothing that programs send, as little as one by link does; who asks for help goes before what is only to
 * be written down.
 */
export type Rank = 'ANSWER' | 'HELP' | 'RECORD';

/** So many go before others who wait, then one of the others: a single program that asks for help again and again would keep all of them out. */
const MOST_HELP_IN_A_ROW = 2;

export interface Sent {
  readonly caseNumber: string;
  readonly rank?: Rank;
}

interface Waiting {
  readonly go: () => void;
  readonly giveUp: () => void;
  readonly isForHelp: boolean;
}

export class InFlight {
  private readonly cases = new Map<string, number>();
  private readonly limit = new LearnedLimit();
  private readonly pace = new CasePace();
  private line: Waiting[] = [];
  private onTheWay = 0;
  private helpInARow = 0;

  /** @throws Problem 429 where the case has its fill, 503 where the gateway has */
  async send<T>({ caseNumber, rank = 'RECORD' }: Sent, command: () => Promise<T>): Promise<T> {
    const ofCase = this.cases.get(caseNumber) ?? 0;
    if (ofCase >= MOST_OF_CASE[rank])
      throw full('CASE_BUSY', 429, 'This case has as many commands on their way as it can take.');
    this.cases.set(caseNumber, ofCase + 1);
    try {
      if (rank === 'ANSWER') return await command();
      const pauseMs = this.pace.waitOf(`${caseNumber} ${rank}`, performance.now());
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      return await this.inTurn(rank === 'HELP', () => this.timed(command));
    } finally {
      const left = (this.cases.get(caseNumber) ?? 1) - 1;
      if (left > 0) this.cases.set(caseNumber, left);
      else this.cases.delete(caseNumber);
    }
  }

  /** A look at a case takes a worker's time as well, but not as long as a command. @throws Problem 503 where the gateway has its fill */
  async look<T>(ask: () => Promise<T>): Promise<T> {
    return await this.inTurn(false, ask);
  }

  private async inTurn<T>(isForHelp: boolean, work: () => Promise<T>): Promise<T> {
    await this.turn(isForHelp);
    const from = performance.now();
    let isCounted = true;
    const leave = (): void => {
      if (!isCounted) return;
      isCounted = false;
      this.onTheWay -= 1;
      this.callUp();
    };
    const leaving = setTimeout(leave, COUNTED_MS);
    try {
      return await work();
    } catch (error) {
      // No answer of one case says nothing of the service: it may be a case that no worker serves.
      if (error instanceof ServiceUnavailable && error.reason === 'OVERLOADED') this.limit.tooMany(performance.now());
      throw error;
    } finally {
      clearTimeout(leaving);
      const pause = this.limit.most === 1 ? PAUSE * (performance.now() - from) : 0;
      if (pause > 0) setTimeout(leave, Math.min(pause, COUNTED_MS));
      else leave();
    }
  }

  private async turn(isForHelp: boolean): Promise<void> {
    if (this.onTheWay < this.limit.most) {
      this.onTheWay += 1;
      return;
    }
    if (this.line.length >= MOST_WAITING) this.makeRoom(isForHelp);
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        isForHelp,
        go: () => {
          clearTimeout(timer);
          resolve();
        },
        giveUp: () => {
          clearTimeout(timer);
          this.line = this.line.filter((other) => other !== waiting);
          reject(busy());
        },
      };
      const timer = setTimeout(waiting.giveUp, MOST_WAITING_MS);
      this.line.push(waiting);
    });
  }

  /** Who asks for help takes the place of whoever came last with something to be written down. @throws Problem 503 where there is none */
  private makeRoom(isForHelp: boolean): void {
    const last = isForHelp ? this.line.findLast((waiting) => !waiting.isForHelp) : undefined;
    if (!last) throw busy();
    last.giveUp();
  }

  /** What is refused may not have left this process, and says nothing of how long a command takes. */
  private async timed<T>(command: () => Promise<T>): Promise<T> {
    const from = performance.now();
    const before = this.onTheWay;
    const answer = await command();
    const now = performance.now();
    this.limit.took(now - from, Math.max(before, this.onTheWay, 1) - 1, now);
    return answer;
  }

  private callUp(): void {
    while (this.onTheWay < this.limit.most && this.line.length > 0) {
      const isForOthers = this.helpInARow >= MOST_HELP_IN_A_ROW;
      const first = this.line.findIndex(({ isForHelp }) => isForHelp !== isForOthers);
      const [next] = this.line.splice(Math.max(first, 0), 1);
      this.helpInARow = next?.isForHelp === true && !isForOthers ? this.helpInARow + 1 : 0;
      this.onTheWay += 1;
      next?.go();
    }
  }
}

const full = (code: string, status: number, detail: string): Problem =>
  new Problem(code, status, { detail, hint: 'Nothing was done. Send it again in a moment.', retryAfter: 1 });

const busy = (): Problem => full('SERVICE_BUSY', 503, 'There is more on its way than can be done at once.');
