/** The events of 0.1.0 as events of now, so that the timeline of an old case is shown by a newer version in its own words. */
import { MOST } from '../language/bounds';
import { EVENT_TYPES } from '../language/event-types';
import type { CaseEvent, EventType } from '../language/events';
import type { CasePolicy } from '../language/policy';
import { bytesOf } from '../language/text';
import { QUESTIONS } from '../language/vocabulary';
import type { NeedKey } from '../paging/needs';
import { keyOf01 } from './needs-0.1';
import type { Event01, State01 } from './shape-0.1';

type Data = Readonly<Record<string, unknown>>;
interface Now {
  readonly type: EventType;
  readonly data: object;
}
interface Setting {
  readonly needOf: (ladder: unknown) => NeedKey | undefined;
  readonly needOfPage: (pageId: unknown) => NeedKey | undefined;
  readonly policy: CasePolicy;
}
type Translate = (data: Data, event: Event01, setting: Setting) => Now | undefined;

/** The youngest that there is room for, and how many bytes each takes. */
export function timelineFrom01(
  { tail, pages, engineer }: State01,
  policy: CasePolicy,
): { readonly events: CaseEvent[]; readonly bytes: number[] } {
  const needOf = (ladder: unknown): NeedKey | undefined =>
    typeof ladder === 'string' ? keyOf01(ladder, engineer) : undefined;
  const setting: Setting = {
    needOf,
    needOfPage: (pageId) => needOf(pages.find((page) => page.pageId === pageId)?.ladder),
    policy,
  };
  const events = tail.flatMap((event) => eventFrom01(event, setting) ?? []);
  const bytes = events.map(bytesOf);
  let total = bytes.reduce((sum, size) => sum + size, 0);
  let from = 0;
  while (total > MOST.tailBytes && from < events.length - 1) total -= bytes[from++] ?? 0;
  return { events: events.slice(from), bytes: bytes.slice(from) };
}

/** What has another form now is told in it; what is the same is left as it was. */
function eventFrom01(event: Event01, setting: Setting): CaseEvent | undefined {
  const { type, data } = event;
  const translate = TRANSLATIONS[type];
  const now = translate ? translate(data, event, setting) : isType(type) ? { type, data } : undefined;
  return now && ({ ...event, ...now } as CaseEvent);
}

const isType = (type: string): type is EventType => (EVENT_TYPES as readonly string[]).includes(type);

/** Fields that there were none of: as they would have been. */
const withMore =
  (more: (event: Event01) => object): Translate =>
  (data, event) => ({ type: event.type as EventType, data: { ...data, ...more(event) } });

/** Without what was a sentence. */
const without =
  (...fields: readonly string[]): Translate =>
  (data, { type }) => ({
    type: type as EventType,
    data: Object.fromEntries(Object.entries(data).filter(([name]) => !fields.includes(name))),
  });

const caller = ({ by }: Event01): object => ({ caller: { name: by ?? 'the customer' } });
const questions = (missing: unknown): readonly string[] =>
  Array.isArray(missing) ? QUESTIONS.filter((question) => missing.includes(question)) : [];

const TRANSLATIONS: Readonly<Record<string, Translate>> = {
  CaseOpened: (data, _event, { policy }) => ({ type: 'CaseOpened', data: { ...data, policy } }),
  EDownRequested: (data, event) => ({
    type: 'EDownRequested',
    data: { ...data, missing: questions(data['missing']), ...caller(event) },
  }),
  EDownRefused: ({ code, fields }, event) => ({ type: 'EDownRefused', data: { code, fields, ...caller(event) } }),
  EDownDeclared: withMore(() => ({ warnings: [] })),
  EmergencyAlerted: withMore(() => ({ category: null, has: null })),
  EmergencyEnded: without('paged'),
  ContactsUpdated: ({ takesOver, ...data }) => ({
    type: 'ContactsUpdated',
    data: { ...data, elsewhere: [], ...(takesOver !== undefined && { nowFirst: takesOver }) },
  }),
  ContactUnavailable: withMore(() => ({ why: 'SILENT' })),
  ContactActionOverdue: withMore(() => ({ what: '' })),
  ShiftEnded: withMore(() => ({ from: null })),
  CustomerContacted: withMore(({ role }) => ({ byManager: role === 'MANAGER' })),
  ManagerContactRequested: withMore(caller),
  NoManagerReached: ({ ladder, ...data }, _event, { needOf }) => {
    const need = needOf(ladder);
    return need && { type: 'NoManagerReached', data: { ...data, need } };
  },
  CommandRejected: without('message'),
  PageRequested: (
    { ladder, what: _, answerDueAt: __, person, prefer, excluding, unless, ...data },
    _event,
    { needOf },
  ) => {
    const { key, rung = 0, round = 1 } = (ladder ?? {}) as Data;
    const need = needOf(key);
    const wanted = {
      audience: data['audience'],
      excluding: excluding ?? [],
      ...(person !== undefined && { person }),
      ...(prefer !== undefined && { prefer }),
      ...(unless !== undefined && { unless }),
    };
    const asks = need === undefined ? [] : [{ need, rung, round }];
    const rank = data['urgent'] === true ? 1 : 2;
    return {
      type: 'PageRequested',
      data: { ...data, rank, reach: ladder !== undefined, wanted, asks, tells: [], beside: [] },
    };
  },
  PageSent: ({ directManager, ...data }, _event, { needOfPage }) => {
    const need = needOfPage(data['pageId']);
    const asks = need === undefined ? [] : [need];
    const chart = directManager === undefined ? {} : { chart: [directManager] };
    return {
      type: 'PageSent',
      data: { ...data, ...chart, mode: need === undefined ? 'WORD' : 'ASK', asks, tells: [] },
    };
  },
  PageAcknowledged: ({ pageId, person }, _event, { needOfPage }) => {
    const need = needOfPage(pageId);
    return { type: 'PageAcknowledged', data: { pageId, person, needs: need === undefined ? [] : [need] } };
  },
  PageUnanswered: (data, _event, { needOfPage }) => {
    const need = needOfPage(data['pageId']);
    return need && data['person'] !== null ? { type: 'PageUnanswered', data: { ...data, need } } : undefined;
  },
  AcknowledgementExpired: ({ ladder, person }, { at }, { needOf }) => {
    const need = needOf(ladder);
    return need && { type: 'AcknowledgementExpired', data: { need, person, since: at } };
  },
  AcknowledgementKept: ({ ladder, person }, _event, { needOf }) => {
    const need = needOf(ladder);
    return need && { type: 'PageAcknowledged', data: { person, needs: [need], byAct: true } };
  },
  LadderEnded: ({ ladder, why }, _event, { needOf }) => {
    const need = needOf(ladder);
    return need && { type: 'NeedEnded', data: { need, kind: need.replace(/:.*/, ''), why, asked: [] } };
  },
  LadderPaused: ({ ladder, round, retryAt }, _event, { needOf }) => {
    const need = needOf(ladder);
    return need && { type: 'SearchPaused', data: { need, round, retryAt } };
  },
};
