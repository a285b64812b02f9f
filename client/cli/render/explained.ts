/** `tocsin policy explain` for people: time, who, why, channel, what. */
import type { Part, Told } from '../../../worker/explain';
import { clean } from '../../untrusted';
import type { Screen } from './case';
import { table } from './tables';
import { shorten } from './text';
import { at, span } from './when';

const ROUTES: Readonly<Record<Exclude<Told['route'], 'DIRECT' | null>, string>> = {
  DELEGATE: 'stands in',
  NEXT_UP: 'next manager up',
  ON_CALL: 'on call',
  NEXT_TEAM: 'next team',
  DUTY_MANAGER: 'duty manager',
  DUTY_EXECUTIVE: 'duty executive',
  CONTACT: 'contact',
  NAMED: 'by name',
};

const FAILURES: Partial<Record<NonNullable<Told['failed']>, string>> = { NO_PERSON: 'there is nobody', NO_ADDRESS: 'no channel left' };

/** As what the first one of a rung is asked. */
const FIRST: Partial<Record<Told['audience'], string>> = { ENGINEER: 'engineer', MANAGER: 'direct manager', SECOND_LEVEL_MANAGER: 'second level' };

const routeOf = ({ route, audience }: Told): string => (route === null ? '' : route === 'DIRECT' ? (FIRST[audience] ?? '') : ROUTES[route]);

/** `ESCALATED_M1 · next manager up · mgr-ana away`. */
function why(told: Told): string {
  const { purpose, passedOver, failed } = told;
  const over = passedOver.map(({ person, why: reason }) => `${clean(person)} ${reason.toLowerCase().replaceAll('_', ' ')}`);
  return [purpose, routeOf(told), failed === null ? '' : (FAILURES[failed] ?? failed), ...over].filter(Boolean).join(' · ');
}

const who = ({ person, name, audience }: Told): string => (person === null ? audience.toLowerCase().replaceAll('_', ' ') : name === null || name === person ? clean(person) : `${clean(name)} (${clean(person)})`);

export function renderPart({ title, hours, refusal, told }: Part, screen: Screen): string {
  const head = screen.paint('bold', `${title}: the first ${hours} h, while nobody answers`);
  if (refusal) return `${head}\nRefused, ${refusal.code}: ${clean(refusal.message)}`;
  if (told.length === 0) return `${head}\nNobody is told.`;
  const rows = told.map((entry) => [at(entry.at), `+${entry.afterMs === 0 ? '0' : span(entry.afterMs)}`, who(entry), why(entry), entry.channel === null ? screen.paint('red', '–') : clean(entry.channel)]);
  const taken = [0, 1, 2, 3, 4].reduce((sum, column) => sum + Math.max(...rows.map((row) => row[column]?.length ?? 0)) + 2, 0);
  const room = Math.max(40, screen.width - taken);
  return `${head}\n${table(['time', 'after', 'who', 'why', 'channel', 'what'], rows.map((row, index) => [...row, shorten(told[index]?.what ?? '', room)]), screen)}`;
}
