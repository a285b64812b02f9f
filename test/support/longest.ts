/** A life in which everybody says as much as may be said: what a case carries at most, and how long its clock takes (D18). */
import type { CommandName } from '../../workflows/core/language/inputs';
import { carried as toNextRun } from '../../workflows/core/carried';
import { caseAt, HOUR, MINUTE, type Fixture } from './cases';
import { completeAnswers } from './story';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
/** What the next run is given; the orders on their way are made from it anew (support-case.ts). */
export const carried = ({ simulation: { state } }: Fixture): number => bytesOf(toNextRun(state, 0));

/** Three bytes a character. */
const full = (characters: number): string => '停'.repeat(characters);
const named = (nth: number, characters = 120): string => `${nth}`.padStart(5, '0') + full(characters - 5);
const contact = (nth: number) => ({
  name: named(nth),
  reach: 'ON_SITE',
  number: full(40),
  email: full(200),
  timezone: 'America/Argentina/ComodRivadavia',
  english: true,
  knowsSoftware: true,
  knowsEnvironment: true,
});
const ten = <T>(of: (nth: number) => T): T[] => Array.from({ length: 10 }, (_, nth) => of(nth));
const eDown = (nth: number) => ({
  ...completeAnswers(),
  justification: full(1200),
  actionsTaken: full(4000),
  technicalContact: contact(nth),
  contactChanges: ten((other) => contact(nth + other)),
});

const STAFF = {
  CUSTOMER: 'maria',
  ENGINEER: 'lee',
  MANAGER: 'ana',
  ASSISTANT: 'desk',
  CONTACT: 'pat',
  SERVICE: 'crm',
} as const;
type Long = readonly [role: keyof typeof STAFF, fields: (nth: number) => Record<string, unknown>];

/** Each command at its longest; what it names is another each time. */
export const longest: Readonly<Partial<Record<CommandName, Long>>> = {
  changeSeverity: [
    'CUSTOMER',
    (nth) => ({
      severity: nth % 4,
      reason: full(1200),
      ...(nth % 4 === 0 ? { eDown: eDown(nth) } : { customerAgreed: true }),
    }),
  ],
  requestEDown: ['CUSTOMER', (nth) => ({ eDown: eDown(nth) })],
  escalate: [
    'CUSTOMER',
    (nth) => ({ level: nth % 2 ? 'M1' : 'M2', justification: full(1200), dissatisfaction: named(nth, 1200) }),
  ],
  acceptEscalation: ['MANAGER', () => ({})],
  acknowledge: ['MANAGER', () => ({})],
  decline: ['MANAGER', () => ({ reason: full(1200) })],
  confirmStaffing: ['MANAGER', (nth) => ({ staff: Array.from({ length: 20 }, (_, other) => named(nth + other)) })],
  recordCustomerContact: ['MANAGER', () => ({ how: 'PHONE', outcome: 'REACHED', summary: full(1200) })],
  confirmResources: [
    'MANAGER',
    (nth) => ({
      plan: [
        ...['lee', 'ana', 'ben'].map((who) => ({ who, task: full(400) })),
        ...Array.from({ length: 17 }, (_, other) => ({ who: named(nth + other), task: full(400) })),
      ],
    }),
  ],
  linkSpr: ['ENGINEER', (nth) => ({ sprNumber: `SPR${100_000 + nth}`, sprSeverity: full(40) })],
  escalateSpr: ['MANAGER', (nth) => ({ sprNumber: `SPR${100_000 + nth}`, reason: full(1200) })],
  recordSprStatus: ['ENGINEER', (nth) => ({ sprNumber: `SPR${100_000 + nth}`, status: 'RESOLVED', note: full(1200) })],
  deEscalate: ['MANAGER', () => ({ reason: full(1200), customerAgreed: true })],
  requestManagerContact: ['CUSTOMER', (nth) => ({ callback: named(nth, 200) })],
  recordTransfer: ['ASSISTANT', (nth) => ({ outcome: 'UNREACHABLE', manager: named(nth) })],
  recordProgress: ['ENGINEER', () => ({ summary: full(1200), substantive: true })],
  confirmWorkableSystem: ['ENGINEER', () => ({ summary: full(1200) })],
  stepDown: ['ENGINEER', () => ({ reason: full(1200), customerAgreed: true })],
  updateContacts: [
    'CUSTOMER',
    (nth) =>
      nth % 2 ? { add: ten((other) => contact(nth + other)) } : { remove: ten((other) => named(nth - 1 + other)) },
  ],
  requestContactAction: ['ENGINEER', () => ({ kind: 'GATHER_DATA', what: full(1200) })],
  completeContactAction: ['ENGINEER', (nth) => ({ actionId: `C1000001-A${nth % 50}`, result: full(1200) })],
  handOver: [
    'ENGINEER',
    (nth) => ({
      to: nth % 2 ? 'kim' : named(nth),
      state: full(1200),
      tried: full(1200),
      nextStep: full(1200),
      promise: full(1200),
    }),
  ],
  acceptHandOver: ['ENGINEER', () => ({})],
  assignEngineer: ['SERVICE', (nth) => ({ engineer: nth % 3 ? 'lee' : named(nth) })],
  reviewEDown: ['MANAGER', () => ({ verdict: 'CONFIRMED', note: full(1200) })],
  updateEntitlement: ['SERVICE', () => ({ activeSupport: true, enterprise: true })],
  closeCase: ['ENGINEER', () => ({ resolution: full(1200), customerAgreed: true })],
  reopenCase: ['CUSTOMER', () => ({ reason: full(1200) })],
};

/** The same numbers for the same seed, so that a failure comes again. */
function dice(seed: number): (sides: number) => number {
  let last = seed;
  return (sides) => {
    last = (Math.imul(last, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((last / 0x80000000) * sides);
  };
}

/** Everybody says as much as may be said, in any order; providers take 20 seconds. Gives the most that was carried, and where it was. */
export function lifeOf(
  seed: number,
  commands: number,
  look: (life: Fixture) => void = () => undefined,
): { readonly most: number; readonly where: string; readonly done: Set<string> } {
  const roll = dice(seed);
  const c = caseAt({
    opening: { title: full(200), description: full(1200), product: full(200) },
    company: (phones) => {
      const page = phones.page.bind(phones);
      phones.page = (order, now) => ({ afterMs: 20_000, ...page(order, now) });
    },
  }).declareEDown();
  const names = Object.keys(longest) as CommandName[];
  const managers = ['ana', 'ben', 'vera', 'dora'];
  const done = new Set<string>();
  let [most, where] = [0, ''];
  for (let nth = 0; nth < commands; nth++) {
    const name = names[roll(names.length)] as CommandName;
    // A case that is closed says no to nearly everything.
    if (name === 'closeCase' && roll(20) > 0) continue;
    const [role, fields] = longest[name] as Long;
    const isStaff = role === 'ENGINEER' || role === 'MANAGER';
    const by = isStaff && roll(3) === 0 ? named(nth) : role === 'MANAGER' ? managers[roll(4)] : STAFF[role];
    const { refusal } = c.simulation.give(name, { by, role, requestId: named(nth, 100), ...fields(nth) });
    if (!refusal) done.add(name);
    if (roll(4) === 0) c.simulation.pass([1_000, MINUTE, 20 * MINUTE, HOUR][roll(4)] as number);
    look(c);
    const now = carried(c);
    if (now > most) {
      most = now;
      const parts = Object.entries(c.simulation.state).map(([part, value]) => `${part} ${bytesOf(value)}`);
      where = `command ${nth}, ${name}: ${parts.filter((part) => Number(part.split(' ')[1]) > 6_000).join(', ')}`;
    }
  }
  return { most, where, done };
}
