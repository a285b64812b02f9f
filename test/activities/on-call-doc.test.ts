/** The page that docs/on-call.md begins with is one that goes out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choose } from '../../activities/choose';
import { nameOf } from '../../activities/directory/names';
import { messageOf } from '../../activities/templates/page-text';
import { readingOf } from '../../activities/templates/reading';
import { PACKAGE_ROOT } from '../../worker/package-root';
import { asking, directoryOf, factOf, orderOf, someone, teamOf } from '../support/paging';

const BERLIN = 'Europe/Berlin';
const COMPANY = directoryOf(
  [
    someone('eng-maier', { name: 'Jana Maier', timezone: BERLIN }),
    someone('eng-lee', { name: 'Lee Min', manager: 'mgr-ana' }),
    someone('mgr-ana', { name: 'Ana Ruiz' }),
  ],
  { onCall: [teamOf('emea', BERLIN, '00:00-24:00', 'eng-maier')] },
);
const NOW = Date.parse('2026-11-24T02:00:00Z');

test('its title, its lines, its link', () => {
  const order = orderOf({
    engineer: 'eng-lee',
    wanted: { audience: 'ON_CALL', excluding: [] },
    asks: [
      asking('E_DOWN_ALERT', {
        fact: factOf('EmergencyAlerted', {
          episode: 1,
          alert: 4,
          lateMs: 0,
          category: 'MOST_USERS_NO_ACCESS',
          has: null,
        }),
        unansweredSince: '2026-11-24T01:15:00Z',
        answerBy: '2026-11-24T02:15:00Z',
      }),
    ],
    facts: {
      customer: 'Acme Motors',
      title: 'MES cannot reach the file vault',
      severity: 0,
      level: 'M1',
      emergency: 'ACTIVE',
      openedAt: '2026-11-23T20:00:00Z',
      downSince: '2026-11-24T00:55:00Z',
      affectedUsers: 380,
      totalUsers: 400,
      contact: { name: 'pat', reach: 'PAGER', number: '+1 555 0199' },
      hotline: '+1 555 0100',
      owners: { engineer: 'eng-lee', manager: { level: 'M1', person: 'mgr-ana' }, onCall: null },
      recent: [],
    },
  });
  const chosen = choose(COMPANY, order, NOW);
  if ('result' in chosen) throw new Error('nobody gets it');
  const { title, text } = messageOf(order, chosen, {
    now: NOW,
    ...readingOf(chosen.candidate.person),
    nameOf: (id) => nameOf(COMPANY, id),
    ackUrl: 'https://tocsin.example.com/p/…',
  });
  const [, page] = /```\n(.*?)```/s.exec(readFileSync(join(PACKAGE_ROOT, 'docs', 'on-call.md'), 'utf8')) ?? [];
  expect(page).toBe(`${title}\n${text}\n`);
});
