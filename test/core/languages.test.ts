/**
 * Every language says everything. The compiler names each word that a catalogue lacks; here that no sentence leaves out a fact
 * that it was given, and that no English is left in Chinese: a code of ours, or a label that was forgotten.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseEvent, Fact } from '../../workflows/core/language/events';
import { CODES } from '../../workflows/core/language/codes';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { refusal } from '../../workflows/core/language/refusal';
import { ATTENTION, EMERGENCIES, LEVELS, SEVERITIES, STATUSES } from '../../workflows/core/language/vocabulary';
import { utc, type Reader } from '../../workflows/core/words/catalogue';
import { en } from '../../workflows/core/words/en';
import { zh } from '../../workflows/core/words/zh';
import { policyFrom } from '../../worker/config/policy';
import { englishIn, LANGUAGES, UNSAID } from '../support/languages';
import { factOf } from '../support/paging';
import { lived } from '../support/story';

const AT = '2026-11-24T09:40:00.000Z';
/** A name, a text: whatever somebody wrote. */
const WRITTEN = '某';

/** A fact of every name that sentences take. */
const FACTS: Readonly<Record<string, unknown>> = {
  ...{ person: WRITTEN, name: WRITTEN, engineer: WRITTEN, by: WRITTEN, team: WRITTEN, for: WRITTEN, people: [WRITTEN] },
  ...{
    text: WRITTEN,
    what: WRITTEN,
    why: 'ANSWERED',
    value: WRITTEN,
    values: [WRITTEN],
    pattern: WRITTEN,
    fields: [WRITTEN],
  },
  ...{
    at: AT,
    since: AT,
    forMs: 240_000,
    withinMs: 5_400_000,
    minutes: 5,
    percent: 75,
    max: 10,
    min: 1,
    most: 5,
    count: 6,
  },
  ...{ need: 'REVIEW_DUE:1', needs: ['M1', 'CONTACT_ACTION:A1'], level: 'M1', severity: 1, emergency: 'ACTIVE' },
  ...{ channel: WRITTEN, outcome: 'ANSWERED' },
  ...{ status: 'ESCALATED', route: 'DIRECT', audience: 'ENGINEER', isAgain: false, isPaged: true, isDone: true },
  ...{
    question: 'downSince',
    missing: ['category', 'totalUsers'],
    lacks: ['english'],
    wanted: { key: 'TEXT', max: 9 },
  },
  ...{ clock: 'STAFFING', alert: 4, episode: 2, hotline: '+1 555 0100', number: '+1', email: '@', reach: 'PAGER' },
  ...{
    onFile: [WRITTEN],
    roles: ['ASSISTANT'],
    owners: [{ level: 'M2', person: WRITTEN }],
    owner: WRITTEN,
    onCall: WRITTEN,
  },
  ...{ manager: { level: 'M1', person: WRITTEN }, affected: 380, total: 400, environment: WRITTEN, version: WRITTEN },
  ...{
    actionId: 'A1',
    sprNumber: 'SPR123456',
    pageId: WRITTEN,
    workflowId: WRITTEN,
    caseNumber: WRITTEN,
    runId: WRITTEN,
    seq: 312,
    command: WRITTEN,
    attention: ATTENTION,
  },
  ...{ readAt: AT, moved: [{ team: WRITTEN, before: AT, after: AT }] },
  ...{ cases: [{ caseNumber: WRITTEN, severity: 2, emergency: 'NONE', forMs: 60_000 }], field: WRITTEN },
};
/** What may be unknown, is. */
const UNKNOWN = {
  ...{ person: null, at: null, engineer: null, for: null, manager: null, onCall: null, number: null, email: null },
  ...{
    readAt: null,
    moved: [
      { team: WRITTEN, before: null, after: AT },
      { team: WRITTEN, before: AT, after: null },
    ],
  },
  ...{ since: undefined, why: undefined, by: undefined, hotline: undefined, affected: null, total: null },
  ...{ category: null, product: null },
};
const MAY_BE_UNKNOWN: Readonly<Record<string, readonly string[]>> = {
  details: ['HAS_IT', 'OVER', 'YOU_HAVE_IT', 'AT_M1', 'OWNER', 'MISSING_ANSWERS', 'NOT_YOUR_CASE'],
  dues: ['HAND_OVER_WRITTEN'],
  views: ['DIRECT_MANAGER', 'CASE', 'DOWN_SINCE', 'CONTACT', 'ALERTS', 'ASKED_FOR'],
  pages: ['WHY_YOU', 'DOWN_SINCE', 'CONTACT', 'OWNERS'],
  word: ['ROTA_CHANGED', 'CALENDAR_STALE'],
};
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  HAS_IT: ['person'],
  DIRECT_MANAGER: ['person'],
  ASKED_FOR: ['person'],
  CASE: ['number'],
  ALERTS: ['at'],
  DOWN_SINCE: ['at'],
};

const TABLES = ['wanted', 'problems', 'details', 'notes', 'dues', 'pages', 'word', 'views'] as const;
type Table = (typeof TABLES)[number];
type Say = (facts: unknown, reader: Reader) => string;

const SPECIAL: Readonly<Record<string, object>> = {
  OPEN_AT_MOST: { what: 'SPRS' },
  OVER: { need: 'M1' },
  STATE: { status: 'OPEN' },
  CASE: { customer: WRITTEN, title: WRITTEN, product: WRITTEN },
  DOWN_SINCE: { category: 'SUPPLIERS_NO_ACCESS' },
  ALERTS: { isTaken: true },
  ASKED_FOR: { what: [WRITTEN], answer: WRITTEN },
  HAS: { what: [WRITTEN] },
  INVALID: { why: WRITTEN },
  ENDED_CASE: { how: 'TERMINATED', customer: WRITTEN, title: WRITTEN, by: WRITTEN, reason: WRITTEN },
  ENDED_CASES: { eDowns: 2, named: [WRITTEN] },
};

function factsFor(table: Table, key: string): object[] {
  const known = { ...FACTS, ...SPECIAL[key] };
  if (!MAY_BE_UNKNOWN[table]?.includes(key)) return [known];
  const needed = Object.fromEntries((NEEDED[key] ?? []).map((name) => [name, FACTS[name]]));
  return [known, { ...known, ...UNKNOWN, ...needed }];
}

const sentences = TABLES.flatMap((table) => Object.keys(en[table]).map((key) => [table, key] as const));

test.each(LANGUAGES)('%s says every key with the facts that it is given', (_language, words) => {
  for (const [table, key] of sentences) {
    for (const facts of factsFor(table, key)) {
      const said = (words[table] as unknown as Record<string, Say>)[key]?.(facts, utc);
      expect(`${table}.${key}: ${said}`).not.toMatch(UNSAID);
    }
  }
});

test('no English is left in a Chinese sentence', () => {
  const left = sentences.flatMap(([table, key]) =>
    factsFor(table, key).flatMap((facts) => {
      const said = (zh[table] as unknown as Record<string, Say>)[key]?.(facts, utc) ?? '';
      const isNamed = /^(BOOL|NOTHING_TO_CHANGE|CALLED_BACK|ASK_FOR_MANAGER|CATEGORIES|CONTACTS_OR_NONE)$/.test(key);
      return isNamed || englishIn(said).length === 0 ? [] : [`${table}.${key}: ${said}`];
    }),
  );
  expect(left).toEqual([]);
});

test('no English is left in what things are called in Chinese, and each has a name', () => {
  const tables = Object.entries(zh).filter(([name]) => name in en && !TABLES.includes(name as Table));
  const labels = tables.flatMap(([table, names]) =>
    Object.entries(names as object).flatMap(([key, name]: [string, unknown]) =>
      typeof name === 'string' ? [[`${table}.${key}`, name] as const] : [],
    ),
  );
  expect(labels.length).toBeGreaterThan(100);
  expect(labels.filter(([, name]) => englishIn(name).length > 0)).toEqual([]);
  expect(labels.filter(([, name]) => name === '').map(([key]) => key)).toEqual(['emergencies.NONE']);
  expect(Object.values(zh.needs).filter(({ name }) => englishIn(name).length > 0)).toEqual([]);
});

describe('refusals', () => {
  test.each(CODES)('%s', (code) => {
    const { message, hint } = zh.refusal(refusal(code));
    expect(message).toMatch(/。$/);
    expect(message).not.toMatch(UNSAID);
    const callersNames = /\b(CASE_TRACKER|PHONE|DESK|API)\b|docs\/commands\.md|C1234567/g;
    expect(englishIn(`${message}${hint}`, callersNames)).toEqual([]);
  });

  test('name every field that is wrong, as in English', () => {
    const fields = [
      { field: 'title', problem: { key: 'NOT_GIVEN' } },
      { field: 'severity', problem: { key: 'MUST_BE', wanted: { key: 'INTEGER', min: 0, max: 3 } } },
    ] as const;
    expect(zh.refusal(refusal('INVALID_INPUT', { key: 'FIELDS' }, fields)).message).toBe(
      '输入无效。title缺失；severity必须是0到3的整数。请更正指出的字段后重新发送。',
    );
    expect(zh.refusal(refusal('ENGINEER_REQUIRED', undefined, fields)).message).toMatch(/还需更正：title、severity。$/);
  });

  test('say when it was on the clock of whoever reads them', () => {
    const reader: Reader = { when: () => '中国时间', clock: () => '' };
    const held = refusal('STALE_ASSIGNMENT', { key: 'HAS_IT', person: 'ana', since: AT });
    expect(zh.refusal(held, reader).message).toBe(
      '已有其他人接手。ana自中国时间起已接手。无需任何操作，除非对方请您帮忙。',
    );
  });
});

test('a view is marked up in Chinese as in English, whatever the case is at', () => {
  for (const severity of SEVERITIES)
    for (const level of LEVELS)
      for (const emergency of EMERGENCIES)
        for (const status of STATUSES) {
          const said = zh.view({ key: 'STATE', severity, level, emergency, status });
          expect(englishIn(said)).toEqual([]);
          expect(said).not.toMatch(UNSAID);
        }
});

const toSomebody = { pageId: 'C1000001-1', attempt: 1, person: 'lee', name: 'Lee' } as const;

describe('the timeline of every story', () => {
  const folder = join(__dirname, '..', 'stories');
  const policy = (over: Record<string, unknown>) => policyFrom({ hotline: '+1 555 0100', ...over });
  const cases = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .flatMap((name) => lived(readFileSync(join(folder, name), 'utf8'), policy) ?? []);
  /** What happens in no story. */
  const besides = [
    factOf('OwnerUnknown', { person: 'lee' }),
    factOf('PolicyAdopted', { before: '1', policy: { version: '2' } as CasePolicy }),
    factOf('ContactUnreached', { contact: 'pat', purpose: 'CONTACT_CHECK' }),
    factOf('HandOverClosed', { why: 'TAKEN_OVER' }),
    factOf('SprSubmitted', { sprNumber: 'SPR123456' }),
    factOf('SprResolved', { sprNumber: 'SPR123456' }),
    factOf('PageDeferred', { ...toSomebody, until: AT, why: 'QUIET' }),
    factOf('PageDelayed', { ...toSomebody, channel: 'sms', channelsLeft: 0, why: 'SLOW' }),
    factOf('PageDelivered', { ...toSomebody, channel: 'sms' }),
    factOf('PageSettled', {
      ...toSomebody,
      audience: 'ENGINEER',
      outcome: 'ANSWERED',
      by: 'ana',
      targets: [{ pageId: 'C1234567-1', channel: 'slack', receipt: 'x' }],
    }),
    factOf('CommandRejected', { command: 'escalate', code: 'CASE_CLOSED', fields: ['level'] }),
  ];
  const happened: readonly (CaseEvent | Fact)[] = [...cases.flatMap(({ events }) => events), ...besides];

  /** What people wrote and what they are called, in Chinese: what is English then is ours. */
  function inChinese<T>(value: T, name = ''): T {
    if (Array.isArray(value)) return value.map((entry: unknown) => inChinese(entry, name)) as T;
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, inChinese(of as unknown, key)])) as T;
    }
    if (typeof value !== 'string' || name === 'type' || name === 'missing' || name === 'fields') return value;
    // Codes and instants are ours to say.
    return (/^[A-Z][A-Z0-9_]*(:.*)?$|^\d{4}-\d\d-\d\dT/.test(value) ? value : WRITTEN) as T;
  }

  test('has every kind of event', () => {
    const kinds = new Set<string>(happened.map(({ type }) => type));
    expect(Object.keys(en.events).filter((type) => !kinds.has(type))).toEqual([]);
  });

  test.each(LANGUAGES)('is said in %s', (_language, words) => {
    expect(happened.map((event) => words.event(event)).filter((said) => said === '' || UNSAID.test(said))).toEqual([]);
  });

  test('has no English in Chinese', () => {
    const command = (event: Fact | CaseEvent): RegExp[] => (event.type === 'CommandRejected' ? [/[A-Za-z_.]+/g] : []);
    const left = happened.flatMap((event) => {
      const said = zh.event(inChinese(event));
      return englishIn(said, ...command(event)).length === 0 ? [] : [`${event.type}: ${said}`];
    });
    expect([...new Set(left)]).toEqual([]);
  });
});
