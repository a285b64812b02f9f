/**
 * What each command says, and the shortest message that gives it: read by whoever has never given it, in `tocsin help`, in
 * docs/commands.md and where a case is worked on by dialogs. Who may give it and what else it takes is in the tables of commands.
 */
import type { CommandName, Input } from '../../language/inputs';

interface Said<N extends CommandName> {
  readonly says: string;
  /** `policy` is not written by hand: `tocsin policy check --json` has it. */
  readonly example: N extends 'adoptPolicy' ? Omit<Input<N>, 'policy'> : Input<N>;
  /** Where the shortest is not enough to learn it from. */
  readonly another?: { readonly what: string; readonly example: Input<N> };
}

const ENGINEER = { by: 'eng-lee', role: 'ENGINEER' } as const;
const CUSTOMER = { by: 'maria', role: 'CUSTOMER' } as const;
/** Where one role only may give it, it may be left out. */
const lee = { by: 'eng-lee' } as const;
const ana = { by: 'mgr-ana' } as const;
const QUALIFIED = { english: true, knowsSoftware: true, knowsEnvironment: true } as const;

export const commands: { readonly [N in CommandName]: Said<N> } = {
  changeSeverity: {
    says: 'The case is more, or less, severe. 0 is E-Down and needs its answers; from 0 down the customer has to agree.',
    example: { ...CUSTOMER, severity: 1 },
    another: {
      what: 'To declare an E-Down',
      example: {
        ...CUSTOMER,
        severity: 0,
        eDown: {
          category: 'MOST_USERS_NO_ACCESS',
          totalUsers: 400,
          affectedUsers: 380,
          actionsTaken: 'Restarted the vault twice; the log says that its index is lost.',
          contactChanges: 'none',
          downForMinutes: 20,
          allProductionStopped: true,
          confirmGenuine: true,
          technicalContact: { name: 'pat', reach: 'PAGER', number: '+1 555 0199', ...QUALIFIED },
        },
      },
    },
  },
  requestEDown: {
    says: 'Somebody says that production is down. Whatever they know is recorded, and somebody calls them back for the rest.',
    example: { ...CUSTOMER },
    another: {
      what: 'With what is known',
      example: { ...CUSTOMER, eDown: { category: 'MOST_USERS_NO_ACCESS', totalUsers: 400, downForMinutes: 20 } },
    },
  },
  escalate: {
    says: 'Management is asked for, one level a request: M1, then M2.',
    example: { ...CUSTOMER, reason: 'RESOLUTION_TIME' },
  },
  acceptEscalation: { says: '"I take this level."', example: ana },
  acknowledge: { says: '"I have it": all that the case asks of you, or one page.', example: lee },
  decline: { says: '"I cannot": the next one is asked at once.', example: { ...lee, reason: 'On a train.' } },
  confirmStaffing: { says: 'These people work on it now.', example: { ...ana, staff: ['eng-lee', 'eng-kim'] } },
  recordCustomerContact: {
    says: 'You have spoken to the customer, or tried to.',
    example: { by: 'mgr-ana', role: 'MANAGER', how: 'PHONE', outcome: 'REACHED', summary: 'Maria knows the plan.' },
  },
  confirmResources: {
    says: 'Who does what, at M2.',
    example: {
      by: 'mgr-ben',
      plan: [
        { who: 'eng-lee', task: 'Rebuilds the index.' },
        { who: 'mgr-ana', task: 'Talks to the customer every hour.' },
        { who: 'mgr-ben', task: 'Frees two more engineers.' },
      ],
    },
  },
  linkSpr: {
    says: 'This software problem report belongs to the case.',
    example: { ...ENGINEER, sprNumber: 'SPR123456' },
  },
  escalateSpr: {
    says: 'The owner of R&D is asked for this report.',
    example: { by: 'mgr-ana', role: 'MANAGER', sprNumber: 'SPR123456', reason: 'Production waits for the fix.' },
  },
  recordSprStatus: {
    says: 'R&D has taken the report, or resolved it.',
    example: { by: 'crm', role: 'SERVICE', sprNumber: 'SPR123456', status: 'RESOLVED' },
  },
  deEscalate: {
    says: 'The level is left, with the customer’s agreement.',
    example: { ...ana, reason: 'The plan holds.', customerAgreed: true },
  },
  requestManagerContact: {
    says: 'The customer wants to talk to a manager.',
    example: { ...CUSTOMER, callback: '+1 555 0199' },
  },
  recordTransfer: {
    says: 'You have put a caller through to a manager, or could not.',
    example: { by: 'desk-1', outcome: 'UNREACHABLE' },
  },
  recordProgress: {
    says: 'What has been found or done. Substantive is what brings the end nearer.',
    example: { ...ENGINEER, summary: 'The index is lost; a rebuild runs.', substantive: true },
  },
  confirmWorkableSystem: { says: 'The customer’s system works again.', example: { by: 'pat', role: 'CONTACT' } },
  stepDown: {
    says: 'Round-the-clock work is no longer needed, after progress and with the customer’s agreement.',
    example: { ...ENGINEER, reason: 'The rebuild is through.', customerAgreed: true },
  },
  updateContacts: {
    says: 'The customer’s technical contacts change.',
    example: { ...CUSTOMER, add: [{ name: 'quinn', reach: 'PAGER', number: '+1 555 0142', ...QUALIFIED }] },
  },
  requestContactAction: {
    says: 'The customer’s contact is asked to do something.',
    example: { ...ENGINEER, kind: 'GATHER_DATA', what: 'Send the log of the vault since 3:00.' },
  },
  completeContactAction: {
    says: 'The contact has done what was asked.',
    example: { by: 'pat', role: 'CONTACT', actionId: 'C1234567-A1', result: 'The log is uploaded.' },
  },
  handOver: {
    says: 'Your shift ends: how it stands, what was tried, what is next.',
    example: { ...lee, to: 'eng-kim', state: 'The rebuild runs.', tried: 'A restart.', nextStep: 'Check at 6:00.' },
  },
  acceptHandOver: { says: '"I go on from here."', example: { by: 'eng-kim' } },
  assignEngineer: {
    says: 'The case has another engineer.',
    example: { by: 'mgr-ana', role: 'MANAGER', engineer: 'eng-kim' },
  },
  reviewEDown: {
    says: 'An E-Down is judged when it is over.',
    example: { ...ana, verdict: 'CONFIRMED', note: 'Production was down.' },
  },
  updateEntitlement: {
    says: 'What the customer’s contract is.',
    example: { by: 'crm', role: 'SERVICE', activeSupport: true, enterprise: true },
  },
  adoptPolicy: {
    says: 'A running case goes on by another policy.',
    example: { by: 'mgr-ana', role: 'MANAGER' },
  },
  closeCase: {
    says: 'The case is solved, and the customer agrees.',
    example: { ...ENGINEER, resolution: 'The index is rebuilt.', customerAgreed: true },
  },
  reopenCase: { says: 'The case is not over after all.', example: { ...CUSTOMER, reason: 'It is down again.' } },
};
