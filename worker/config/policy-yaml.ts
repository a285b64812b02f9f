/** policy.yaml as it may be written, and what holds where it is silent */
import { z } from 'zod';
import { CHANNEL_KINDS, isChannelName } from './channels';
import { duration, timer, type DurationText } from './duration';

interface SeverityDefaults {
  readonly firstContact: DurationText;
  readonly ack: DurationText;
  readonly managerContact: DurationText;
  readonly staffing: DurationText;
  readonly customerUpdate: DurationText;
  readonly progressStall?: DurationText;
  readonly ackExpires: DurationText;
  readonly suggest?: { readonly M1?: DurationText; readonly M2?: DurationText; readonly executive?: DurationText };
}

/** What is not watched by default may still be watched. */
const maybe = (byDefault: DurationText | undefined) =>
  byDefault === undefined ? duration.optional() : timer(byDefault).optional();

const severity = ({ suggest = {}, ...by }: SeverityDefaults) =>
  z
    .strictObject({
      firstContact: timer(by.firstContact),
      engineerAck: timer(by.ack),
      managerAck: timer(by.ack),
      managerContact: timer(by.managerContact),
      staffing: timer(by.staffing),
      customerUpdate: timer(by.customerUpdate),
      progressStall: maybe(by.progressStall),
      ackExpires: timer(by.ackExpires),
      suggest: z
        .strictObject({ M1: maybe(suggest.M1), M2: maybe(suggest.M2), executive: maybe(suggest.executive) })
        .prefault({}),
    })
    .prefault({});

const severities = z
  .strictObject({
    '0': severity({
      firstContact: '1h',
      ack: '15m',
      managerContact: '30m',
      staffing: '1h',
      customerUpdate: '1h',
      progressStall: '2h',
      ackExpires: '75m',
      suggest: { M1: '2h', M2: '4h', executive: '24h' },
    }),
    '1': severity({
      firstContact: '2h',
      ack: '30m',
      managerContact: '1h',
      staffing: '2h',
      customerUpdate: '4h',
      progressStall: '8h',
      ackExpires: '1h',
      suggest: { M1: '4h', M2: '24h' },
    }),
    '2': severity({
      firstContact: '4h',
      ack: '30m',
      managerContact: '4h',
      staffing: '4h',
      customerUpdate: '1d',
      ackExpires: '4h',
    }),
    '3': severity({
      firstContact: '4h',
      ack: '30m',
      managerContact: '8h',
      staffing: '8h',
      customerUpdate: '2d',
      ackExpires: '8h',
    }),
  })
  .prefault({});

const isRising = (values: readonly number[]): boolean =>
  values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));

const TIME_OF_DAY = 'must be a time of day such as "22:00"; the same time twice means that there is no night';
const timeOfDay = z.string(TIME_OF_DAY).regex(/^([01]\d|2[0-3]):[0-5]\d$/, TIME_OF_DAY);

/** One length of time is that of both. */
const byUrgency = z
  .union([
    duration.transform((ms) => ({ urgent: ms, normal: ms })),
    z.strictObject({ urgent: timer('20s'), normal: timer('5m') }),
  ])
  .prefault({});

const eDown = z
  .strictObject({
    alertEvery: timer('15m'),
    contactCheck: z
      .strictObject({
        first: timer('30m'),
        second: timer('1h'),
        proposeLowering: timer('4h'),
        idle: timer('4h'),
        quiet: z.strictObject({ from: timeOfDay.default('22:00'), to: timeOfDay.default('07:00') }).prefault({}),
      })
      .prefault({})
      .refine(
        ({ first, second, proposeLowering }) => isRising([first, second, proposeLowering]),
        'must rise from first over second to proposeLowering',
      ),
    contactAction: timer('1h'),
    handOver: z.strictObject({ accept: timer('15m'), overlap: timer('30m') }).prefault({}),
    recentProgress: timer('2h'),
    stepDownReading: z.enum(['CHINESE', 'ENGLISH']).default('CHINESE'),
    reviewBusinessDays: z.int().min(1).max(60).default(5),
  })
  .prefault({});

const escalation = z
  .strictObject({
    rounds: z.int().min(1).max(50).default(3),
    keepTryingEvery: timer('15m'),
    remindAtMostEvery: timer('15m'),
    nextChannelAfter: byUrgency,
    nextPersonAfter: timer('30s'),
    retryFor: timer('1m'),
  })
  .prefault({});

const OFF_OR_TIME = 'must be off, or a length of time before a turn such as 30m, 1h or 1d';
/** Word to those whose turns move or begin. Not a case's: it does not travel with one. */
const rota = z
  .strictObject({
    tellChanges: z.boolean().default(false),
    // YAML readers differ on whether `off` is a word.
    tellTurnBegins: z
      .union([z.literal(['off', false]).transform(() => null), duration], { error: () => OFF_OR_TIME })
      .default(null),
  })
  .prefault({});

const regularExpression = z
  .string()
  .min(1)
  .max(200)
  .superRefine((pattern, context) => {
    try {
      new RegExp(pattern);
    } catch (error) {
      context.addIssue({ code: 'custom', message: `must be a regular expression (${(error as Error).message})` });
    }
  });

const hotline = 'must be the telephone number of the hotline, in quotes: it is how E-Down is best declared (R36)';
/** A channel that nobody has is passed over. */
const channelName = z
  .string()
  .refine(isChannelName, `must be one of ${CHANNEL_KINDS.join(', ')}, or the name of a preset`);
const channelOrder = z.array(channelName).min(1).max(20);

export const policyYaml = z.strictObject({
  // A number would lose its digits: 1.10 is 1.1.
  version: z.string('must be text, in quotes').regex(/\S/, 'must not be blank').max(60).default('default'),
  hotline: z.string(hotline).regex(/\S/, hotline).max(60),
  caseNumber: regularExpression.default('^C\\d{7,9}$'),
  severities,
  eDown,
  escalation,
  reopenWindow: timer('14d'),
  channels: z
    .strictObject({
      urgent: channelOrder.default(['voice', 'sms', 'slack', 'http', 'webhook', 'email', 'console']),
      normal: channelOrder.default(['slack', 'http', 'webhook', 'email', 'console']),
    })
    .prefault({}),
  warnAt: z.array(z.int().min(1).max(99)).max(5).refine(isRising, 'percentages must rise').default([50, 75]),
  pageWarnings: z.boolean().default(true),
  rota,
});

export type PolicyYaml = z.output<typeof policyYaml>;
