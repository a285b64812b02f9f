/**
 * A night in memory: the case, its people and its providers over one clock. What came of it is for whoever counts it
 * (rehearse.ts) or tells it (explain.ts).
 */
import { personOf } from '../activities/directory/present';
import { troubleOf } from '../activities/page';
import type { Directory } from '../activities/directory/types';
import { usable } from '../activities/channels/usable';
import { knownPerson } from '../activities/directory/nearest';
import type { PageOrder } from '../workflows/core/language/page';
import type { CasePolicy } from '../workflows/core/language/policy';
import type { CaseState } from '../workflows/core/language/state';
import { iso } from '../workflows/core/language/time';
import { needOf, pageOf } from '../workflows/core/paging/find';
import type { RefusalInWords } from '../workflows/core/words/en';
import { actOf, reactionsTo, type Act } from './company';
import { DryRun, lookedUp, type Delivery, type Network, type Sent } from './dry-run';
import type { Outage, Scenario } from './scenario';

export interface Means {
  readonly directory: Directory;
  readonly policy: CasePolicy;
}

/** Something that was done and refused. */
export interface Refused {
  readonly at: string;
  readonly by: string;
  readonly do: string;
  readonly isAnswer: boolean;
  /** Somebody could still have had what was answered for: whoever comes is turned away (H1). */
  readonly wasFree: boolean;
  readonly refusal: RefusalInWords;
}

/** Something that was to happen, and there was nobody to do it. */
export interface Undone {
  readonly at: string;
  readonly part: string;
  readonly do: string;
}

const HOUR_MS = 3_600_000;

/** @throws OpeningRefused */
export class Night {
  readonly run: DryRun;
  readonly end: number;
  readonly refused: Refused[] = [];
  readonly undone: Undone[] = [];
  /** Answers, by person. */
  readonly answers = new Map<string, number>();
  /** What people have had: of a message over one channel after the other, the first that arrived. */
  readonly heard: Sent[] = [];
  /** When somebody had it first. */
  firstHolderAt: number | null = null;
  /** The longest time in which something was open, and nobody was asked or had it. */
  longestWithNobodyMs = 0;
  private nobodySince: number | null = null;
  private acts: Act[] = [];
  private seen = 0;
  private readonly heardPages = new Set<string>();
  private readonly answeredAt = new Map<string, number>();

  constructor(
    private readonly means: Means,
    private readonly scenario: Scenario,
  ) {
    this.end = scenario.start + scenario.hours * HOUR_MS;
    this.run = new DryRun(scenario.opening, means.policy, network(means, scenario), scenario.start);
  }

  play(): this {
    const happenings = [...this.scenario.events].sort((a, b) => a.atMs - b.atMs);
    this.look();
    for (;;) {
      const [happening] = happenings;
      const [act] = this.acts;
      const happensAt = happening ? this.scenario.start + happening.atMs : Infinity;
      const doneAt = Math.min(happensAt, act?.at ?? Infinity);
      const next = Math.min(doneAt, this.run.next);
      if (next >= this.end) break;
      // What is done at the moment at which it is due is in time: the clock looks a moment later.
      this.passTo(doneAt <= next ? next - 1 : next);
      if (doneAt > next) continue;
      this.run.now = next;
      if (act && act.at <= next) this.perform(this.acts.shift() ?? act);
      else if (happening) {
        happenings.shift();
        const { by, do: name } = happening;
        const does = actOf(happening, this.run.state, next);
        if (does) this.perform(does);
        else this.undone.push({ at: iso(next), part: typeof by === 'string' ? by : by.part, do: name });
      }
    }
    this.passTo(this.end);
    return this;
  }

  private passTo(at: number): void {
    this.run.pass(Math.max(0, at - this.run.now));
    this.look();
  }

  /** What came of it: whoever was rung will answer, and somebody may have it now. */
  private look(): void {
    const { run, scenario, means } = this;
    for (; this.seen < run.messages.length; this.seen++) {
      const sent = run.messages[this.seen];
      if (!sent || !this.isHeard(sent)) continue;
      this.heard.push(sent);
      this.acts.push(...reactionsTo(scenario, means.directory, sent));
    }
    this.acts.sort((a, b) => a.at - b.at);
    if (this.firstHolderAt === null && isHeld(run.state)) this.firstHolderAt = run.now;
    if (!isLeftAlone(run.state)) this.nobodySince = null;
    else {
      this.nobodySince ??= run.now;
      this.longestWithNobodyMs = Math.max(this.longestWithNobodyMs, run.now - this.nobodySince);
    }
  }

  /** A further channel says the same again to whoever was reached on the one before. */
  private isHeard({ order, result }: Sent): boolean {
    const page = ('joined' in result ? result.joined?.pageId : undefined) ?? order.pageId;
    if (order.used.length === 0) this.heardPages.delete(page);
    if (result.outcome !== 'ACCEPTED' || this.heardPages.has(page)) return false;
    this.heardPages.add(page);
    return true;
  }

  private perform({ at, by, do: name, input, answersAt }: Act): void {
    // Whoever has answered since this message does not answer it as well.
    if (answersAt !== null && answersAt < (this.answeredAt.get(by) ?? 0)) return;
    const isAnswer = answersAt !== null;
    const wasFree = isFree(this.run.state, input['pageId']);
    const { refusal } = this.run.give(name, input);
    if (isAnswer) this.answers.set(by, (this.answers.get(by) ?? 0) + 1);
    if (isAnswer && !refusal) this.answeredAt.set(by, at);
    if (refusal) this.refused.push({ at: iso(at), by, do: name, isAnswer, wasFree, refusal });
    this.look();
  }
}

/** Somebody has the emergency, or without one anything at all. */
function isHeld(state: CaseState): boolean {
  const alerts = needOf(state, 'E_DOWN_ALERT');
  return alerts ? alerts.turn.is === 'HELD' : state.needs.some(({ turn }) => turn.is === 'HELD');
}

/** Something is open, and all of it rests. */
const isLeftAlone = ({ needs }: CaseState): boolean =>
  needs.length > 0 && needs.every(({ turn }) => turn.is === 'RESTING');

/** Something that this page asks is open, and nobody has it. */
const isFree = (state: CaseState, pageId: unknown): boolean =>
  pageOf(state, String(pageId))?.says.some(({ need }) => {
    const open = needOf(state, need);
    return open !== undefined && open.turn.is !== 'HELD';
  }) === true;

/** Providers take what they are given, but for the channels that are down: those are tried again for their time. */
function network({ directory }: Pick<Means, 'directory'>, scenario: Scenario): Network {
  return {
    lookUp: (person) => knownPerson(directory, person),
    page: (order, now) => delivery(directory, scenario, order, now),
  };
}

function delivery(directory: Directory, scenario: Scenario, order: PageOrder, now: number): Delivery {
  const result = lookedUp(directory, order, now);
  if (result.outcome !== 'ACCEPTED') return { result };
  const { person, channel } = result;
  const allowed = result.mode === 'RING' ? order.channels.urgent : order.channels.normal;
  const own = personOf(directory, person)?.channels ?? directory.contactChannels;
  const first = usable(own, allowed)[0]?.name;
  const isDown = ({ channel: which, fromMs, toMs }: Outage): boolean =>
    (which === 'FIRST' ? channel === first : channel === which || channel.startsWith(`${which}#`)) &&
    now >= scenario.start + fromMs &&
    now < scenario.start + toMs;
  if (!scenario.down.some(isDown)) return { result };
  const { retryForMs } = order;
  const { outcome: _, shift: __, ...addressed } = result;
  return {
    result: { ...addressed, outcome: 'FAILED', reason: 'PROVIDER_DOWN', detail: 'down' },
    afterMs: retryForMs,
    trouble: { ...troubleOf(order, result, 'FAILED'), detail: 'down' },
  };
}
