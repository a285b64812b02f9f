import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { request } from 'undici';
import type { Directory } from '../activities/directory/types';
import type { SentOfNoCase } from '../activities/observe';
import type { PageOrder, PageResult } from '../workflows/core/language/page';
import type { CasePolicy } from '../workflows/core/language/policy';
import type { CalendarState } from './calendars';
import type { Look } from './deployment/look';
import { readiness, type Finding } from '../rehearsal/readiness/readiness';
import { pageTimes, type RecordPageTime } from './metrics/page-times';

const MINUTE_MS = 60_000;
const CORE_MS = 1_000;
const AHEAD_MS = 7 * 24 * 60 * MINUTE_MS;

/** Numbers for Prometheus: the process, what became of every page, by the reason (B2), and who could not be reached (B9). */
export class Telemetry {
  readonly registry = new Registry();
  private readonly pages: Counter<'audience' | 'purpose' | 'outcome' | 'reason'>;
  private readonly pageTime: RecordPageTime;

  /** `core`: where the SDK's core tells its own numbers, such as free slots and failed calls. */
  constructor(private readonly core?: string) {
    collectDefaultMetrics({ register: this.registry });
    this.pages = new Counter({
      name: 'tocsin_pages_total',
      help: 'Pages by audience, purpose and what became of them',
      labelNames: ['audience', 'purpose', 'outcome', 'reason'],
      registers: [this.registry],
    });
    this.pageTime = pageTimes(this.registry);
  }

  /** For a scrape: ours, and below them those of the core, where they are to be had. */
  readonly metrics = async (): Promise<string> => {
    const [ours, core] = await Promise.all([this.registry.metrics(), this.ofTheCore().catch(() => '')]);
    return ours + core;
  };

  private async ofTheCore(): Promise<string> {
    if (this.core === undefined) return '';
    const { body } = await request(this.core, { signal: AbortSignal.timeout(CORE_MS) });
    return await body.text();
  }

  readonly recordPage = ({ wanted: { audience }, purpose }: PageOrder, result: PageResult, orderedAt: number): void => {
    const reason = reasonOf(result);
    this.pages.inc({ audience, purpose, outcome: result.outcome, reason });
    this.pageTime(result, orderedAt);
  };

  /** Whoever is told that a case was ended is in a hurry, as with a page of a case; a test and word of the rota are nobody's night. */
  readonly recordOfNoCase = ({ audience, purpose, channel, result, orderedAt }: SentOfNoCase): void => {
    const reason = result.outcome === 'ACCEPTED' ? result.route : result.reason;
    this.pages.inc({ audience, purpose, outcome: result.outcome, reason });
    if (purpose === 'ENDED_OUTSIDE' && channel !== undefined)
      this.pageTime({ outcome: result.outcome, channel }, orderedAt);
  };

  /** How old what a calendar says is, and whether the last look was refused. */
  watchCalendars(states: () => readonly CalendarState[]): void {
    const gauge = new Gauge({
      name: 'tocsin_calendar_age_seconds',
      help: 'Since a calendar was last read without a mistake; refused: the last look was not good',
      labelNames: ['team', 'refused'],
      registers: [this.registry],
      collect() {
        gauge.reset();
        for (const { team, readAt, refused } of states())
          gauge.set(
            { team, refused: String(refused !== null) },
            readAt === null ? Infinity : (Date.now() - readAt) / 1000,
          );
      },
    });
  }

  /** Counts what `tocsin directory check` would find, of the directory as it is whenever somebody asks for the numbers. */
  watchReadiness(directory: () => Directory, policy: () => Pick<CasePolicy, 'channels'>): void {
    const findings = remembered((current, channels, now) => readiness(current, { channels }, now, now + AHEAD_MS));
    new Gauge({
      name: 'tocsin_readiness_problems',
      help: 'Who could not be reached as they should be: now, or beginning within the next seven days',
      labelNames: ['what', 'reason', 'severity', 'when'],
      registers: [this.registry],
      collect() {
        const now = Date.now();
        this.reset();
        for (const { what, reason, severity, from } of findings(directory(), policy().channels, now)) {
          this.inc({ what, reason, severity, when: from <= now ? 'NOW' : 'WITHIN_7_DAYS' });
        }
      },
    });
  }

  /** Where cases are: a pipeline waits until none is on a version that is not current. */
  watchVersions(seen: () => Look): void {
    new Gauge({
      name: 'tocsin_cases_to_move',
      help: 'Running cases that are not on the current version yet',
      registers: [this.registry],
      collect() {
        this.set(seen().versions.reduce((sum, { isCurrent, cases }) => (isCurrent ? sum : sum + cases), 0));
      },
    });
    new Gauge({
      name: 'tocsin_cases_unserved',
      help: 'Running cases of versions that no worker serves: nobody is paged for them',
      registers: [this.registry],
      collect() {
        this.set(seen().unserved.reduce((sum, { cases }) => sum + cases, 0));
      },
    });
  }
}

function reasonOf(result: PageResult): string {
  switch (result.outcome) {
    case 'ACCEPTED':
      return result.route;
    case 'FAILED':
      return result.reason;
    case 'DEFERRED':
      return result.why;
    case 'MERGED':
      return '';
    default:
      return result satisfies never;
  }
}

type Channels = CasePolicy['channels'];

/** Worked out once a minute and for each configuration: a scrape must not keep pages waiting. */
function remembered(compute: (directory: Directory, channels: Channels, now: number) => Finding[]): typeof compute {
  let last: { directory: Directory; channels: Channels; minute: number; findings: Finding[] } | undefined;
  return (directory, channels, now) => {
    const minute = Math.floor(now / MINUTE_MS);
    if (last?.directory !== directory || last.channels !== channels || last.minute !== minute)
      last = { directory, channels, minute, findings: compute(directory, channels, minute * MINUTE_MS) };
    return last.findings;
  };
}
