/** What a rehearsed night is made of: who answers after how long, which channel is down, what happens when. */
import type { CommandName } from '../workflows/core/language/inputs';
import { CONTACT, E_DOWN_ANSWERS, TECHNICAL_CONTACT } from './answers';

/** How somebody takes what is asked of them. */
export interface Habits {
  /** After each ring or ask; never, where it is not given. */
  readonly answersAfterMs?: number;
  /** Does what is asked by the book, and not only says that they have it: writes hand-overs, confirms staffing. */
  readonly byTheBook?: true;
}

export interface Happening {
  /** Since the start of the night. */
  readonly atMs: number;
  readonly do: CommandName;
  readonly by: string | Part;
  readonly role?: string;
  readonly input?: Readonly<Record<string, unknown>>;
}

/** Who does it is found when it happens: whoever works on it, manages it, or is asked for the level. */
export interface Part {
  readonly part: (typeof PARTS)[number];
}
export const PARTS = ['AT_WORK', 'MANAGING', 'ASKED_FOR_LEVEL'] as const;

/** A channel that takes nothing for a while. */
export interface Outage {
  /** A kind of channel, of everybody; FIRST is each person's first one. */
  readonly channel: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Scenario {
  readonly name: string;
  readonly start: number;
  readonly hours: number;
  readonly opening: Readonly<Record<string, unknown>>;
  /** By id; `*` for everybody else. */
  readonly people: Readonly<Record<string, Habits>>;
  readonly events: readonly Happening[];
  readonly down: readonly Outage[];
}

export const SHIPPED = ['late', 'well-run', 'nobody', 'flapping', 'provider-down'] as const;
export type Shipped = (typeof SHIPPED)[number];
export const isShipped = (name: string): name is Shipped => (SHIPPED as readonly string[]).includes(name);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CUSTOMER = 'customer';

/** Of whom and when a shipped night is: the zone is the customer's, and the night begins at 22:00 there. */
export interface Setting {
  readonly engineer: string;
  readonly timezone: string;
  readonly start: number;
  readonly caseNumber: string;
}

const opening = ({ engineer, timezone, caseNumber }: Setting): Scenario['opening'] => ({
  caseNumber,
  title: 'Nobody can log in',
  severity: 3,
  environment: 'PRODUCTION',
  by: CUSTOMER,
  role: 'CUSTOMER',
  engineer,
  customer: { number: '1', name: 'The customer', activeSupport: true, enterprise: true, timezone },
  contacts: [TECHNICAL_CONTACT],
});

const declared: Happening = {
  atMs: 0,
  do: 'changeSeverity',
  by: CUSTOMER,
  role: 'CUSTOMER',
  input: { severity: 0, eDown: E_DOWN_ANSWERS },
};

const each = (everyMs: number, fromMs: number, hours: number, event: (atMs: number) => Happening): Happening[] =>
  Array.from({ length: Math.ceil((hours * HOUR_MS - fromMs) / everyMs) }, (_, index) =>
    event(fromMs + index * everyMs),
  );

/** Progress and a call to the customer each hour, M1 after an hour, M2 after three. */
const byTheBook = (hours: number): Happening[] => [
  declared,
  ...each(HOUR_MS, 45 * MINUTE_MS, hours, (atMs) => ({
    atMs,
    do: 'recordProgress',
    by: { part: 'AT_WORK' },
    input: { summary: 'The next part is checked.', substantive: true },
  })),
  ...each(HOUR_MS, 25 * MINUTE_MS, hours, (atMs) => ({
    atMs,
    do: 'recordCustomerContact',
    by: { part: 'MANAGING' },
    input: { how: 'PHONE', outcome: 'REACHED', summary: 'Told how it stands.' },
  })),
  { atMs: HOUR_MS, do: 'escalate', by: CUSTOMER, role: 'CUSTOMER' },
  {
    atMs: 3 * HOUR_MS,
    do: 'escalate',
    by: CUSTOMER,
    role: 'CUSTOMER',
    input: { dissatisfaction: 'It takes too long.' },
  },
];

const PROMPT: Readonly<Record<string, Habits>> = {
  '*': { answersAfterMs: 2 * MINUTE_MS, byTheBook: true },
  [CONTACT]: { answersAfterMs: 5 * MINUTE_MS },
};

/** The nights that come with the product. */
export function shipped(name: Shipped, setting: Setting, hours = name === 'flapping' ? 12 : 24): Scenario {
  const night = { name, start: setting.start, hours, opening: opening(setting), down: [] };
  switch (name) {
    case 'late':
      return { ...night, people: { '*': { answersAfterMs: 20 * MINUTE_MS } }, events: [declared] };
    case 'well-run':
      return { ...night, people: PROMPT, events: byTheBook(hours) };
    case 'nobody':
      return { ...night, people: {}, events: [declared] };
    case 'flapping':
      return {
        ...night,
        people: {},
        events: each(5 * MINUTE_MS, 5 * MINUTE_MS, hours, (atMs) => ({
          atMs,
          do: 'changeSeverity',
          by: CUSTOMER,
          role: 'CUSTOMER',
          input: { severity: (atMs / (5 * MINUTE_MS)) % 2 === 1 ? 1 : 3 },
        })),
      };
    case 'provider-down':
      return {
        ...night,
        people: PROMPT,
        events: byTheBook(hours),
        down: [{ channel: 'FIRST', fromMs: HOUR_MS, toMs: 3 * HOUR_MS }],
      };
    default:
      return name satisfies never;
  }
}
