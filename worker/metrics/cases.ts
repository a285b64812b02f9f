/**
 * How the cases stand, counted by the lists of the server. Every worker counts all cases of the namespace: an alert takes the
 * maximum over workers, not the sum. While they cannot be counted there are no numbers: old ones would say that all is well.
 */
import { Gauge, type Registry } from 'prom-client';
import { ATTENTION, EMERGENCIES, SEVERITIES } from '../../workflows/core/language/vocabulary';
import { countOf, endedFromOutside, overdue, RUNNING, type Sight } from '../sight/cases';
import { remembered } from './remembered';

/** Some twenty questions: not for every scrape of every worker. */
const COUNTED_EVERY_MS = 20_000;
const DAY_MS = 24 * 3_600_000;
/** What a desk need not look at. */
const GREEN = 'NONE';

interface Series {
  readonly help: string;
  readonly label?: string;
  /** One question for each value of the label, or the only one. */
  readonly questions: (now: number) => Readonly<Record<string, string>>;
}

const each = <T extends string | number>(
  values: readonly T[],
  question: (value: T) => string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(values.map((value) => [String(value), `${RUNNING} AND ${question(value)}`]));

const SERIES: Readonly<Record<string, Series>> = {
  tocsin_cases_attention: {
    help: 'Running cases by what a desk must look at; a case may be in several, NONE is green',
    label: 'attention',
    questions: () => ({
      ...each(ATTENTION, (word) => `CaseAttention = '${word}'`),
      [GREEN]: `${RUNNING} AND CaseAttention IS NULL`,
    }),
  },
  tocsin_cases_emergency: {
    help: 'Running cases by emergency; ACTIVE is 24x7 work',
    label: 'emergency',
    questions: () => each(EMERGENCIES, (word) => `CaseEmergency = '${word}'`),
  },
  tocsin_cases_asked_without_answer: {
    help: 'Running cases by severity in which somebody is asked at this moment and nobody has answered',
    label: 'severity',
    questions: () => each(SEVERITIES, (severity) => `CaseSeverity = ${severity} AND CaseAttention = 'UNACKNOWLEDGED'`),
  },
  tocsin_cases_overdue: {
    help: 'Running cases of which something was due minutes ago and is not done: no worker serves them',
    questions: (now) => ({ '': overdue(now) }),
  },
};

type Counts = ReadonlyMap<string, Readonly<Record<string, number>>>;

export function caseMetrics(registry: Registry, sight: () => Sight | undefined, everyMs = COUNTED_EVERY_MS): void {
  const registers = [registry];
  let countedAt = 0;
  const count = remembered(async (): Promise<{ readonly counts: Counts; readonly ended: number } | undefined> => {
    const from = sight();
    if (!from) return undefined;
    try {
      const now = Date.now();
      const [counts, ended] = await Promise.all([countsOf(from, now), endedFromOutside(from, now - DAY_MS)]);
      countedAt = now;
      return { counts, ended: ended.length };
    } catch {
      // Temporal does not answer, or not to this question: readiness and the age of the last count say so.
      return undefined;
    }
  }, everyMs);

  for (const [name, { help, label }] of Object.entries(SERIES))
    new Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers,
      async collect() {
        const counted = await count();
        if (label === undefined) this.remove();
        else this.reset();
        for (const [value, cases] of Object.entries(counted?.counts.get(name) ?? {}))
          if (label === undefined) this.set(cases);
          else this.set({ [label]: value }, cases);
      },
    });
  new Gauge({
    name: 'tocsin_cases_ended_outside',
    help: 'Cases that were terminated, timed out or failed while open in the last 24 hours, and do not run again',
    registers,
    async collect() {
      const counted = await count();
      if (counted) this.set(counted.ended);
      else this.remove();
    },
  });
  new Gauge({
    name: 'tocsin_cases_counted_timestamp_seconds',
    help: 'Unix time of the last count of cases; 0 before the first',
    registers,
    async collect() {
      await count();
      this.set(countedAt / 1_000);
    },
  });
}

async function countsOf(sight: Sight, now: number): Promise<Counts> {
  const series = Object.entries(SERIES).map(async ([name, { questions }]) => {
    const counted = Object.entries(questions(now)).map(
      async ([value, question]) => [value, await countOf(sight, question)] as const,
    );
    return [name, Object.fromEntries(await Promise.all(counted))] as const;
  });
  return new Map(await Promise.all(series));
}
