/** Platform's five at Acme, as each vendor would have them: the example exports are made of this (REWRITE_EXAMPLES=1). */
import type { Account, Files } from './account';
import { goAlert } from './goalert';
import { grafana } from './grafana';
import { ical } from './ical';
import { opsgenie } from './opsgenie';
import { pagerDuty } from './pagerduty';

const BEGIN = Date.parse('2026-11-28T00:00:00Z');
const WEEK_MS = 7 * 86_400_000;

export const TEAM_OF_FIVE: Account = {
  people: [
    { id: 'maier', name: 'Jana Maier', email: 'jana.maier@acme.example', zone: 'Europe/Berlin' },
    { id: 'rossi', name: 'Piero Rossi', email: 'piero.rossi@acme.example', zone: 'Europe/Rome' },
    { id: 'smith', name: 'Dana Smith', email: 'dana.smith@acme.example', zone: 'Europe/London' },
    { id: 'cruz', name: 'Rafael Cruz', email: 'rafael.cruz@acme.example', zone: 'Europe/Madrid' },
    { id: 'lind', name: 'Vera Lind', email: 'vera.lind@acme.example', zone: 'Europe/Stockholm' },
  ],
  rotas: [
    {
      id: 'prim',
      name: 'Platform primary',
      zone: 'Europe/Berlin',
      order: [0, 1, 2, 3, 4],
      unit: 'week',
      count: 1,
      start: '2026-10-05T09:00',
    },
    {
      id: 'day',
      name: 'Platform office hours',
      zone: 'Europe/Berlin',
      order: [3, 0, 4],
      unit: 'week',
      count: 1,
      start: '2026-10-05T00:00',
      hours: { days: [1, 2, 3, 4, 5], from: 9, to: 17 },
    },
  ],
  // Vera has Christmas for Piero.
  overrides: [
    { rota: 'prim', person: 4, from: Date.parse('2026-12-24T08:00:00Z'), to: Date.parse('2026-12-26T08:00:00Z') },
  ],
  from: BEGIN,
  to: BEGIN + 53 * WEEK_MS,
};

export const RENDERED_AS: Readonly<Record<string, (account: Account) => Files>> = {
  pagerduty: pagerDuty,
  opsgenie,
  grafana,
  goalert: goAlert,
  ical,
};

/** One entry a line where there are hundreds: an example is read by people. */
export const textOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : `${JSON.stringify(content, null, 1)
        .replace(/\n {5,}/g, ' ')
        .replace(/ \n? {3,}([}\]])/g, ' $1')}\n`;
