/**
 * Which channel of whom is never tried, though the policy allows it: the next person is asked before its turn comes. Asked of
 * the rehearsal, for every severity, because arithmetic on timers would be a second opinion of what the case does.
 */
import { usable } from '../../activities/channels';
import type { Channel, Directory, Person } from '../../activities/directory/types';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { Night } from '../night';
import { shipped } from '../scenario';
import { ANY_CASE, engineersOf, type Problem } from './problems';

const SEVERITIES = [0, 1, 2, 3] as const;
const HOUR_MS = 3_600_000;
/** By then a search has gone up the chart and round again. */
function hoursOf({ severities }: CasePolicy): number {
  const answers = Object.values(severities).flatMap(({ engineerAckMs, managerAckMs }) => [engineerAckMs, managerAckMs]);
  return Math.min(24, Math.ceil((8 * Math.max(...answers)) / HOUR_MS));
}
/** A Tuesday: who is asked in working hours only is at work. */
const START = Date.parse('2026-06-02T09:00:00Z');

interface Untried {
  readonly list: 'urgent' | 'normal';
  readonly channels: readonly string[];
  /** None of the channels that ring is tried: what is left is a line on a log. */
  readonly isSilent: boolean;
}

/** People of the same part with the same kinds of channels fare alike, and are told together. */
export function neverTried(directory: Directory, policy: CasePolicy): Problem[] {
  const engineers = new Set(engineersOf(directory));
  const partOf = ({ id }: Person): Part => (engineers.has(id) ? ENGINEER : MANAGER);
  const alike = new Map<string, Person[]>();
  for (const person of directory.people) {
    const kinds = [partOf(person), ...person.channels.map(({ kind }) => kind)].join();
    alike.set(kinds, [...(alike.get(kinds) ?? []), person]);
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    // With one channel there is nothing that could come too late.
    if (!first || first.channels.length < 2) return [];
    const found = new Map<string, Untried & { severities: number[] }>();
    for (const severity of SEVERITIES) {
      for (const untried of untriedAt(severity, partOf(first), first.channels, policy)) {
        const key = JSON.stringify(untried);
        const known = found.get(key) ?? { ...untried, severities: [] };
        known.severities.push(severity);
        found.set(key, known);
      }
    }
    return [...found.values()].map(({ list, channels: names, isSilent, severities }) => ({
      who: ANY_CASE,
      what: 'PEOPLE' as const,
      reason: 'NEVER_TRIED' as const,
      people: group.map(({ id }) => id),
      instead: [],
      severity: isSilent ? ('UNREACHABLE' as const) : ('DEGRADED' as const),
      detail: `${names.join(', ')} (channels.${list}), at severity ${severities.join(', ')}`,
    }));
  });
}

/** A case of this severity for two people who never answer: the engineer, and whoever is asked for M1. */
function untriedAt(severity: number, part: Part, channels: readonly Channel[], policy: CasePolicy): Untried[] {
  const setting = { engineer: ENGINEER, timezone: 'UTC', start: START, caseNumber: 'C1' };
  const night = shipped('nobody', setting, hoursOf(policy));
  const { messages } = new Night(
    { directory: companyWith(channels), policy: { ...policy, caseNumber: '' } },
    {
      ...night,
      opening: { ...night.opening, severity: severity === 0 ? 1 : severity },
      events: [
        ...(severity === 0 ? night.events : []),
        { atMs: 0, do: 'escalate', by: String(night.opening['by']), role: 'CUSTOMER' },
      ],
    },
  ).play().run;
  const tried = { urgent: new Set<string>(), normal: new Set<string>() };
  for (const { result } of messages) {
    if (result.outcome !== 'ACCEPTED' || result.person !== part) continue;
    // Word is said once; a ring and an ask go from channel to channel until somebody answers.
    if (result.mode !== 'WORD') tried[result.mode === 'RING' ? 'urgent' : 'normal'].add(result.channel);
  }
  return (['urgent', 'normal'] as const).flatMap((list) => {
    const allowed = usable(channels, policy.channels[list]);
    // Whoever was rung over a channel may be asked by another one in between: they were reached.
    const isTried = (name: string): boolean => tried.urgent.has(name) || tried.normal.has(name);
    const untried = allowed.filter(({ name }) => !isTried(name));
    // Nothing of this severity goes by this list.
    if (tried[list].size === 0 || untried.length === 0) return [];
    const rings = allowed.filter(({ channel }) => channel.kind !== 'console');
    const isSilent = rings.length > 0 && rings.every(({ name }) => !isTried(name));
    return [{ list, channels: untried.map(({ name }) => name), isSilent }];
  });
}

const ENGINEER = 'engineer';
const MANAGER = 'manager';
type Part = typeof ENGINEER | typeof MANAGER;

function companyWith(channels: readonly Channel[]): Directory {
  const person = (id: string, manager?: string): Person => ({
    id,
    name: id,
    ...(manager !== undefined && { manager }),
    timezone: 'UTC',
    languages: ['en'],
    channels,
    away: [],
  });
  return {
    people: [person(ENGINEER, MANAGER), person(MANAGER, 'second'), person('second'), person('duty')],
    dutyManagers: ['duty'],
    dutyExecutive: [],
    rnd: [],
    onCall: [],
    contactChannels: [{ kind: 'console' }],
  };
}
