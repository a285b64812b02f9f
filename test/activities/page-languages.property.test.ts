/** Every page, to everybody, in each language: whole sentences on the reader's clock, and none of another language. */
import { choose } from '../../activities/choose';
import { messageOf } from '../../activities/templates/page-text';
import { readingOf } from '../../activities/templates/reading';
import type { PageOrder } from '../../workflows/core/language/page';
import { AUDIENCES, EMERGENCIES, LEVELS, PURPOSES, SEVERITIES } from '../../workflows/core/language/vocabulary';
import { NEED_KINDS, type NeedKind } from '../../workflows/core/paging/needs';
import { englishIn, UNSAID } from '../support/languages';
import { asking, directoryOf, factOf, orderOf, someone, teamOf, tryPage } from '../support/paging';
import fc from '../support/random';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const PEOPLE = ['李敏', '安娜', '本', '朵拉', '伊芙', '丽塔', '山姆'] as const;
const [lee, ana, ben, dora, eve, rita, sam] = PEOPLE;
const DIRECTORY = directoryOf(
  [
    someone(lee, { manager: ana }),
    someone(ana, { manager: ben }),
    ...[ben, dora, eve, rita, sam].map((id) => someone(id)),
  ],
  {
    dutyManagers: [dora],
    dutyExecutive: [eve],
    rnd: [rita],
    onCall: [teamOf('白班', 'UTC', '00:00-24:00', sam)],
    contactChannels: [{ kind: 'console' }],
  },
);

const chinese = fc.constantFrom('华东制造', '服务器宕机。', '约 80% 用户受影响', '“核心”系统');
const instant = fc.date({ min: new Date('2026-05-01'), max: new Date('2026-06-01T12:00:00Z'), noInvalidDate: true });
const at = instant.map((date) => date.toISOString());

/** What has happened, as pages of this kind tell it. */
const facts = fc
  .tuple(chinese, at)
  .chain(([text, when]) =>
    fc.constantFrom(
      factOf('SeverityChanged', { before: 2, severity: 1, setBy: lee, reason: text }, lee),
      factOf(
        'EDownRequested',
        { missing: ['category', 'downSince'], caller: { name: ana, number: '+86 21 5555' } },
        lee,
      ),
      factOf('EmergencyAlerted', { episode: 1, alert: 4, lateMs: 90_000, category: 'SUPPLIERS_NO_ACCESS', has: lee }),
      factOf('ContactActionRequested', { actionId: '1', kind: 'TEST', what: text, dueAt: when }, lee),
      factOf('ProgressStalled', { since: when, lateMs: 0 }),
      factOf('LoweringProposed', { origin: 'POLICY', why: null, lateMs: 0 }),
      factOf('ManagerContactRequested', { caller: { name: ana }, callback: '+86 10 5555' }, ana),
      factOf('HandOverOffered', { from: lee, to: ana, state: text, tried: text, nextStep: text }, lee),
    ),
  );

const maybe = <K extends string, T>(key: K, value: fc.Arbitrary<T>): fc.Arbitrary<Partial<Record<K, T>>> =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [key]: given })) as fc.Arbitrary<
    Partial<Record<K, T>>
  >;
const allOf = <T extends object>(parts: readonly fc.Arbitrary<T>[]): fc.Arbitrary<T> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as T);

const ask = (kind: NeedKind) =>
  fc
    .tuple(
      facts,
      allOf<object>([maybe('answerBy', at), maybe('unansweredSince', at), maybe('heldBy', fc.constant(ana))]),
      maybe('declinedBy', fc.constant(lee)),
    )
    .map(([fact, more, declined]) => asking({ kind, subject: '1' } as never, { fact, ...more, ...declined }));

const orders = fc
  .record({
    audience: fc.constantFrom(...AUDIENCES),
    purpose: fc.constantFrom(...PURPOSES),
    kinds: fc.uniqueArray(fc.constantFrom(...NEED_KINDS), { maxLength: 3 }),
    severity: fc.constantFrom(...SEVERITIES),
    level: fc.constantFrom(...LEVELS),
    emergency: fc.constantFrom(...EMERGENCIES),
    down: fc.option(at, { nil: undefined }),
    customer: chinese,
    title: chinese,
    told: facts,
    openedAt: at,
  })
  .chain(({ kinds, ...order }) => fc.tuple(fc.constant(order), fc.tuple(...kinds.map(ask))))
  .map(
    ([{ audience, purpose, severity, level, emergency, down, customer, title, told, openedAt }, asks]): PageOrder => {
      const order = orderOf();
      return orderOf({
        purpose,
        wanted: { audience, excluding: [] },
        engineer: lee,
        rank: 2,
        reach: asks.length > 0,
        contacts: [{ name: '小派', reach: 'PAGER' }],
        asks,
        tells: [{ purpose, fact: { ...told, seq: 9 } }],
        facts: {
          ...order.facts,
          ...{ severity, level, emergency, customer, title, openedAt },
          ...(down !== undefined && { downSince: down, totalUsers: 400 }),
          contact: { name: '小派', reach: 'ON_SITE', number: '+86 21 1234' },
          owners: { engineer: lee, manager: { level: 'M1', person: ana }, onCall: sam },
          nextDue: { at: openedAt, what: { key: 'PROMISE', clock: 'STAFFING' } },
          recent: [told],
          waitsFor: { actionId: '1', what: title, dueAt: openedAt },
        },
      });
    },
  );

const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/Denver', 'UTC', 'Etc/GMT+5');
const said = (order: PageOrder, language: string, timezone: string) => {
  const chosen = choose(DIRECTORY, order, NOW);
  if ('result' in chosen) return undefined;
  const alsoAsked = [{ caseNumber: '7', severity: 2, emergency: 'NONE', since: NOW - 240_000 }] as const;
  return messageOf(order, chosen, { now: NOW, alsoAsked, ...readingOf({ languages: [language], timezone }) });
};

/** Every word of ours that may stand in a Chinese page, besides names of the product. */
const COMMAND = /tocsin case do .*$/gm;
const CASE_NUMBER = /C1234567/g;

test('no fact is left out of a page, in either language', () => {
  fc.assert(
    fc.property(orders, fc.constantFrom('en', 'zh'), zones, (order, language, zone) => {
      const message = said(order, language, zone);
      if (!message) return;
      expect(`${message.title}\n${message.text}`).not.toMatch(UNSAID);
      expect(message.text.split('\n').filter((line) => line.trim() === '')).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('a Chinese page has no English: to each audience, for each purpose, of each need', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(orders, zones, (order, zone) => {
      const message = said(order, 'zh', zone);
      if (!message) return;
      const { title, text, asks } = message;
      const all = [title, text, ...asks.map(({ what }) => what)].join('\n');
      expect(englishIn(all, COMMAND, CASE_NUMBER)).toEqual([]);
      // Marks are full-width between Chinese characters, and nothing but print stands between sentences.
      expect(text.replace(COMMAND, '')).not.toMatch(/[\p{Script=Han}][,;:!?]|[。！？；，：] /u);
      for (const what of [order.wanted.audience, order.purpose, ...order.asks.map(({ kind }) => kind)]) seen.add(what);
    }),
    { numRuns: 600 },
  );
  expect([...AUDIENCES, ...PURPOSES, ...NEED_KINDS].filter((what) => !seen.has(what))).toEqual([]);
});

test('an English page to somebody in English has no Chinese of ours', () => {
  const order = orderOf({ engineer: lee });
  const { title, text } = said(order, 'en', 'Europe/Berlin') ?? { title: '', text: '' };
  expect(title).toBe('[SEV 1] C1234567 Acme: severity changed — MES down');
  expect(text).toContain('Open since 2026-06-01 13:00 Germany Time.');
});

test('what the customer wrote is never translated, and is all that is not Chinese', () => {
  const order = orderOf({ engineer: lee });
  const { title, text } = said(order, 'zh', 'Asia/Shanghai') ?? { title: '', text: '' };
  expect(title).toBe('[严重级别1] C1234567 Acme: 严重级别已更改 — MES down');
  expect(text.split('\n')).toEqual([
    '您的案例的严重级别已更改，请查看。',
    '这是您的案例。',
    'maria将严重级别由2改为1。',
    '其他案例也在请您处理：7，严重级别2，已4分钟。',
    '严重级别1（业务关键），未升级。',
    '创建于中国时间2026-06-01 19:00。',
    '负责人：lee。',
    expect.stringMatching(/^确认接手：tocsin case do C1234567 acknowledge --by '李敏' /),
  ]);
});

test('a page goes out in the language and on the clock of whoever is chosen for it', async () => {
  const directory = () =>
    directoryOf([someone('lee', { languages: ['ko', 'zh-CN', 'en'], timezone: 'Asia/Shanghai' })]);
  const { result, lines } = tryPage([], {}, {}, { directory });
  expect(await result).toMatchObject({ outcome: 'ACCEPTED' });
  expect(lines).toEqual([expect.stringContaining('[严重级别1] C1234567 Acme: 严重级别已更改 — MES down')]);
});
