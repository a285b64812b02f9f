/**
 * Three teams that follow the sun, and people who do what the guide asks of them: they answer, hand over in writing, make
 * progress and talk to the customer. They look at the case every three hours, and when a shift has changed.
 */
import { DateTime } from 'luxon';
import type { Directory, Team } from '../../activities/directory/types';
import type { CaseEvent } from '../../workflows/messages';
import { HOUR, MINUTE } from './cases';
import { org } from './org';
import { ALWAYS, type SkippedCase } from './skipping';

interface TeamOfOne {
  readonly team: string;
  readonly zone: string;
  readonly from: number;
  readonly to: number;
  readonly person: string;
}

/** Somebody is always on call, whatever the clocks of Berlin and New York do. */
const TEAMS: readonly TeamOfOne[] = [
  { team: 'apac', zone: 'Asia/Tokyo', from: 8, to: 16, person: 'sato' },
  { team: 'emea', zone: 'Europe/Berlin', from: 8, to: 16, person: 'maier' },
  { team: 'amer', zone: 'America/New_York', from: 10, to: 19, person: 'jones' },
];

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
const teamOf = ({ team, zone, from, to, person }: TeamOfOne): Team => ({
  team,
  timezone: zone,
  windows: [{ ...ALWAYS, from: clock(from), to: clock(to) }],
  people: [person],
  overrides: [],
});

export const aroundTheWorld = (): Directory => ({ ...org(), onCall: TEAMS.map(teamOf) });

/** When the shifts end between two moments, by the wall clocks of the teams: said here once more, to be compared with. */
export const shiftEnds = (from: number, to: number): { team: string; at: number }[] =>
  TEAMS.flatMap(({ team, zone, to: hour }) => {
    const first = DateTime.fromMillis(from, { zone }).startOf('day');
    return Array.from({ length: Math.ceil((to - from) / (24 * HOUR)) + 2 }, (_, day) => ({
      team,
      at: first.plus({ days: day }).set({ hour }).toMillis(),
    }));
  })
    .filter(({ at }) => at > from && at <= to)
    .sort((a, b) => a.at - b.at);

export class PeopleOnShift {
  /** Every event of the case so far: it carries only the youngest. */
  readonly events: CaseEvent[] = [];

  constructor(
    private readonly live: SkippedCase,
    private engineer: string,
    private readonly contactIsSilent: (at: number) => boolean,
  ) {}

  /** Every hour from `first` on; `ends` are the ends of shifts, each a little before one of these hours. */
  async work(first: number, end: number, ends: readonly number[]): Promise<void> {
    const { company } = this.live;
    for (let at = first; at <= end; at += HOUR) {
      await company.until(at);
      const isSilent = this.contactIsSilent(at);
      const isTimeToCall = isSilent || Math.round((at - first) / HOUR) % 3 === 0;
      if (ends.some((ended) => ended <= at && ended > at - HOUR)) await this.changeShift(at);
      else if (isTimeToCall) await this.look();
      if (isTimeToCall) await this.talkToCustomer(isSilent);
    }
  }

  /** Reads what is new, and answers what waits for an answer. */
  async look(): Promise<void> {
    const { needs } = await this.live.atRest();
    this.events.push(...(await this.live.timeline(this.events.at(-1)?.seq ?? 0)));
    // One answer takes all that a person is asked (D1). A contact is not waited for: they are checked on.
    const asked = needs.flatMap(({ person, answerDueAt }) => (answerDueAt === null ? [] : (person ?? [])));
    for (const person of new Set(asked)) await this.live.do('acknowledge', person);
  }

  private async changeShift(at: number): Promise<void> {
    const { live } = this;
    const { needs } = await live.atRest();
    // Whoever is on call now is asked to take the emergency.
    const to = needs.find(({ need, status }) => need === 'E_DOWN_ALERT' && status === 'ASKED')?.person;
    if (!to) throw new Error(`nobody was asked to take over at ${new Date(at).toISOString()}`);
    await live.do('handOver', this.engineer, { to, state: 'Down.', tried: 'Restarts.', nextStep: 'Read the dump.' });
    await live.do('acceptHandOver', to);
    this.engineer = to;
    // By then the first alert of the shift has come.
    await live.company.until(at + 10 * MINUTE);
    await this.look();
    await live.do('recordProgress', to, { summary: 'A part of the dump is read.', substantive: true });
  }

  private talkToCustomer(isSilent: boolean): Promise<void> {
    return this.live.signal('recordCustomerContact', this.engineer, {
      how: 'PHONE',
      outcome: isSilent ? 'NO_ANSWER' : 'REACHED',
      summary: isSilent ? 'Nobody there.' : 'Told them how it goes.',
    });
  }
}
