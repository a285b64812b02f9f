/**
 * `npm run bench:rota`: what asking a big rota costs, 50 teams and 500 people with twelve-hour turns for 20 years: a page must not
 * pay for the years. No server; the numbers are microseconds of this machine, and a page has some ten thousand of them.
 */
import { ladderAt, ladderNow } from '../activities/directory/rota';
import { isOffShift, openShifts, shiftOf } from '../activities/directory/on-call';
import { candidates } from '../activities/directory/candidates';
import type { Directory } from '../activities/directory/types';
import { directoryFrom } from '../worker/config/directory';
import { bigRota } from './big-rota';

const ROUNDS = 2_000;
const DAY_MS = 86_400_000;

function bigHouse(): Directory {
  const { people, onCall } = bigRota('lee');
  return directoryFrom({ people: [{ id: 'lee', name: 'Lee' }, ...people], dutyManagers: ['lee'], onCall });
}

function measured(name: string, one: (round: number) => unknown, rounds = ROUNDS): void {
  for (let round = 0; round < rounds / 10; round++) one(round);
  const times = Array.from({ length: rounds }, (_, round) => {
    const from = performance.now();
    one(round);
    return (performance.now() - from) * 1_000;
  }).sort((a, b) => a - b);
  const at = (quantile: number): string => (times[Math.floor(rounds * quantile)] ?? NaN).toFixed(1).padStart(9);
  console.log(`  ${name.padEnd(58)} median ${at(0.5)} µs, p99 ${at(0.99)} µs`);
}

const directory = bigHouse();
const [team] = directory.onCall;
if (!team) throw new Error('no team');
const now = Date.now();
const [first] = candidates(directory, { audience: 'ON_CALL', excluding: [] }, { engineer: 'lee' }, now).list;
if (!first) throw new Error('nobody is on call');
const onShift = first;
const wanted = { audience: 'ON_CALL', excluding: [] } as const;

console.log('asking a rota of 50 teams, 500 people, 12h turns since 2006');
measured('one team, the same moment again and again', () => ladderNow(team, now));
measured('one team, any moment of 20 years', (round) => ladderAt(team, now - ((round * 7_919) % (20 * 365)) * DAY_MS));
measured('all teams, as each page asks', () => openShifts(directory, now));
measured('all teams, each page at a turn of its own', (round) => openShifts(directory, now + round * (DAY_MS / 2)));
measured('is an engineer on their shift (D11)', () => isOffShift(directory, 'lee', now));
measured('when the shift of whoever is paged ends (E1)', () => shiftOf(directory, onShift, now));
measured('whoever is on call, first to last (B8)', () => candidates(directory, wanted, { engineer: 'lee' }, now).list);
const edited = Array.from({ length: 60 }, () => structuredClone(directory));
measured(
  'the first page of a directory that was edited',
  () => candidates(edited.pop() ?? directory, wanted, { engineer: 'lee' }, now).list,
  50,
);
