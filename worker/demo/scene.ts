/** Who and what the demo has: its people read mail, its timers are seconds, and nothing of it leaves this machine. */
import type { Directory, Person } from '../../activities/directory/types';
import { policyFrom } from '../config/policy';
import type { CasePolicy } from '../../workflows/core/language/policy';

export const CUSTOMER = { number: '1001', name: 'Acme Motors', activeSupport: true, enterprise: true } as const;
export const FIRST_NUMBER = 7_000_001;

export const now = (): string => new Date().toISOString().slice(11, 19);

/** How long somebody has whom nobody answers for. */
const ANSWER = '4s';

/** `anaHas`: the time of a manager at severity 1. */
export function demoPolicy(anaHas: string): CasePolicy {
  const quick = { engineerAck: '20s', managerAck: ANSWER };
  return policyFrom({
    version: 'demo',
    hotline: '+1 555 0100',
    severities: {
      '0': { ...quick, engineerAck: ANSWER },
      '1': { ...quick, managerAck: anaHas },
      '2': quick,
      '3': quick,
    },
    eDown: { alertEvery: '3s' },
  });
}

/** Everybody by mail, and by nothing else: what is shown is what went out. */
export const byMail = (directory: Directory): Directory => ({
  ...directory,
  people: directory.people.map((person) => ({ ...person, channels: [{ kind: 'email', address: addressOf(person) }] })),
  contactChannels: [{ kind: 'email' }],
});

const addressOf = ({ id }: Person): string => `${id}@acme.example`;

export const ANSWERS = {
  category: 'MOST_USERS_NO_ACCESS',
  totalUsers: 400,
  affectedUsers: 380,
  actionsTaken: 'Restarted the vault twice.',
  contactChanges: 'none',
  downForMinutes: 20,
  allProductionStopped: true,
  confirmGenuine: true,
  technicalContact: {
    name: 'pat',
    reach: 'PAGER',
    number: '+1 555 0199',
    email: 'pat@acme-motors.example',
    english: true,
    knowsSoftware: true,
    knowsEnvironment: true,
  },
} as const;
