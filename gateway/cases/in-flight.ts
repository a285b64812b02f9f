/**
 * How much is on its way at once. Temporal takes ten updates of one case at a time and refuses the eleventh; the SDK would try
 * that one again and again while its caller waits. It is refused here at once instead, with the time after which to come again.
 */
import { Problem } from '../problems';

/** Below Temporal's ten, because other callers than this gateway send updates too. */
const PER_CASE = 8;
/** More than that only wait for each other. */
const IN_ALL = 400;

export class InFlight {
  private readonly cases = new Map<string, number>();
  private all = 0;

  /** @throws Problem 429 where the case has its fill, 503 where the gateway has */
  async run<T>(caseNumber: string, send: () => Promise<T>): Promise<T> {
    const now = this.cases.get(caseNumber) ?? 0;
    if (now >= PER_CASE) throw full('CASE_BUSY', 429, 'This case has as many commands on their way as it can take.');
    if (this.all >= IN_ALL) throw full('SERVICE_BUSY', 503, 'There is more on its way than can be done at once.');
    this.cases.set(caseNumber, now + 1);
    this.all += 1;
    try {
      return await send();
    } finally {
      this.all -= 1;
      const left = (this.cases.get(caseNumber) ?? 1) - 1;
      if (left > 0) this.cases.set(caseNumber, left);
      else this.cases.delete(caseNumber);
    }
  }
}

const full = (code: string, status: number, detail: string): Problem =>
  new Problem(code, status, { detail, hint: 'Nothing was done. Send it again in a moment.', retryAfter: 1 });
