/** A case on one screen: state, owner and what is due first, because that is what a desk asks in the night. */
import { isQuiet } from '../../workflows/core/language/quiet';
import { openAgainCommand, OPENING_FILE } from '../../workflows/core/words/again';
import { endedSentence } from '../../client/ended';
import type { Seen } from '../../client/tocsin-client';
import type { ToldEvent, CaseView } from '../../workflows/messages';
import { attentionWord, categoryInLine, clockWord } from './labels';
import { actorOf, sentenceOf } from './sentences';
import { cells, counted, hanging, wrapped, type Paint } from './text';
import { clean } from '../../client/untrusted';
import { at, due, span } from './when';

export interface Screen {
  readonly now: number;
  readonly paint: Paint;
  readonly width: number;
}

const LABEL = 12;
const MAX_ROWS = 6;
const LAST_EVENTS = 8;

/** `C1234567 · severity 0 E-Down · M1 ENGAGED · 24x7 · OPEN`. */
export function stateLine(view: Seen<CaseView>): string {
  const { caseNumber, severity, level, escalation, emergency, status, endedOutside } = view;
  return [
    caseNumber,
    `severity ${severity}${severity === 0 ? ' E-Down' : ''}`,
    escalation.status ? `${level} ${escalation.status}` : level,
    emergency === 'ACTIVE' ? '24x7' : emergency === 'STEPPED_DOWN' ? '24x7 stepped down' : '',
    endedOutside ? 'ended from outside' : status,
  ]
    .filter(Boolean)
    .map(clean)
    .join(' · ');
}

/** The picture of `tocsin case show`. */
export function renderCase(view: Seen<CaseView>, events: readonly ToldEvent[], screen: Screen): string {
  const { now, paint, width } = screen;
  const row = (label: string, text: string): string => {
    const name = label.padEnd(LABEL);
    return paint('dim', name) + hanging(name, text, width).slice(LABEL);
  };
  const rows = (label: string, texts: readonly string[]): string[] => {
    const shown =
      texts.length > MAX_ROWS ? [...texts.slice(0, MAX_ROWS - 1), `… and ${texts.length - MAX_ROWS + 1} more`] : texts;
    return shown.map((text, index) => row(index === 0 ? label : '', text));
  };
  /** What was due is told of a case that was ended from outside; that it comes is not. */
  const left = (iso: string): string => (view.endedOutside ? `was due ${at(iso)}` : due(iso, now));
  const deadline = (iso: string): string => (view.endedOutside ? at(iso) : `${at(iso)}, ${due(iso, now)}`);

  return [
    ...heading(view, screen),
    hanging('', whose(view), width),
    row('Owner', owners(view)),
    row(
      'Next due',
      view.nextDue
        ? `${view.nextDue.what}: ${deadline(view.nextDue.at)}`
        : view.endedOutside
          ? 'nothing will come any more'
          : 'nothing',
    ),
    ...eDown(view, now).map((text, index) => row(index === 0 ? 'E-Down' : '', text)),
    ...escalation(view).map((text, index) => row(index === 0 ? 'Escalation' : '', text)),
    ...rows(
      'Clocks',
      view.clocks.map(
        ({ kind, dueAt, breached }) => `${clockWord(kind)}: ${deadline(dueAt)}${breached ? ', broken' : ''}`,
      ),
    ),
    ...rows(
      'Open pages',
      view.pages.filter(isWaitedFor).map((page) => pageLine(page, now)),
    ),
    ...rows(
      'Contacts',
      view.contacts.map(({ name, reach, number, email }) => [name, reach, number, email].filter(Boolean).join(' ')),
    ),
    ...handOver(view, now).map((text) => row('Hand-over', text)),
    ...rows(
      'Actions',
      view.actions
        .filter(({ status }) => status === 'OPEN' || status === 'OVERDUE')
        .map(({ actionId, kind, status, dueAt, what }) => `${actionId} ${kind} ${status} ${left(dueAt)}: ${what}`),
    ),
    ...rows(
      'SPRs',
      view.sprs.map(({ number, status, severity }) => `${number} ${status}${severity ? ` severity ${severity}` : ''}`),
    ),
    ...rows(
      'Emergencies',
      view.pastEpisodes.map(
        ({ episode, startedAt, endedAt, how, review }) =>
          `${episode}: ${at(startedAt)} to ${at(endedAt)}, ${how}${review ? `, reviewed: ${review}` : ', not reviewed yet'}`,
      ),
    ),
    paint('dim', 'Last events'),
    ...events
      .filter((event) => !isQuiet(event))
      .slice(-LAST_EVENTS)
      .map((event) => {
        const time = `  ${at(event.at)} `;
        return paint('dim', time) + hanging(time, `${actorOf(event)}: ${sentenceOf(event)}`, width).slice(time.length);
      }),
    paint('dim', hanging('', record(view), width)),
  ].join('\n');
}

const dotted = (parts: readonly string[]): string => parts.filter(Boolean).join(' · ');

const whose = ({ title, customer: { name, number }, environment, product }: CaseView): string =>
  dotted([title, `${name} (${number})`, environment, product ?? '']);

function record({ openedAt, closedAt, policy, counters: { events, pages, eDowns } }: CaseView): string {
  const closed = closedAt ? `, closed ${at(closedAt)}` : '';
  return dotted([
    `Opened ${at(openedAt)}${closed}`,
    `policy ${policy.version}`,
    `${counted(events, 'event')}, ${counted(pages, 'page')}, ${counted(eDowns, 'E-Down')}`,
  ]);
}

/** Empty is green, and a case that reached nobody never is. On a line of its own where it does not fit. */
function heading(view: Seen<CaseView>, { paint, width }: Screen): string[] {
  if (view.endedOutside) {
    const again = `Open it again, or make sure that its work goes on elsewhere. ${OPENING_FILE}:`;
    return [
      paint('red', hanging('! ', `${endedSentence(view.endedOutside)} ${again}`, width)),
      // In one piece, so that it can be copied.
      `  ${openAgainCommand(clean(view.caseNumber))}`,
      paint('bold', `As it stood: ${stateLine(view)}`),
    ];
  }
  const state = stateLine(view);
  const light = view.attention.length > 0 ? `! ${view.attention.map(attentionWord).join(', ')}` : 'ok';
  const colour = view.attention.length > 0 ? 'red' : 'green';
  return cells(`${state}  ${light}`) <= width
    ? [`${paint('bold', state)}  ${paint(colour, light)}`]
    : [paint('bold', state), paint(colour, wrapped(light, width))];
}

function owners({ owner, owners: by }: CaseView): string {
  const others = [
    by.manager ? `manager ${by.manager}` : '',
    by.secondLevelManager ? `second level ${by.secondLevelManager}` : '',
    by.onCall ? `on call ${by.onCall}` : '',
  ].filter(Boolean);
  return [by.engineer ? `${owner} (engineer)` : owner, ...others].join(' · ');
}

function eDown(view: Seen<CaseView>, now: number): string[] {
  const lines: string[] = [];
  if (view.eDown) {
    const { episode, answers, downSince, alerts, nextAlertAt, contactStatus, warnings } = view.eDown;
    const { category = 'no category', affectedUsers = '?', totalUsers = '?' } = answers;
    lines.push(
      dotted([
        view.endedOutside
          ? `${episode}. down since ${at(downSince)}`
          : `${episode}. down ${span(now - Date.parse(downSince))} since ${at(downSince)}`,
        categoryInLine(category),
        `${affectedUsers} of ${totalUsers} users`,
      ]),
      dotted([
        `alerts ${alerts}${view.endedOutside ? '' : `, next ${due(nextAlertAt, now)}`}`,
        `contact ${contactStatus}`,
        warnings.length > 0 ? `to be reviewed: ${warnings.join(', ')}` : '',
      ]),
    );
  }
  if (view.eDownRequest) {
    const { by, at: since, missing } = view.eDownRequest;
    lines.push(`asked for by ${by} at ${at(since)}; still to answer: ${missing.join(', ') || 'nothing'}`);
  }
  return lines;
}

function escalation({ escalation: e }: CaseView): string[] {
  if (e.status === null) return [];
  const lines = [
    dotted([
      `${e.level} ${e.status}${e.owner ? ` by ${e.owner}` : ''}${e.since ? ` since ${at(e.since)}` : ''}`,
      e.reason ?? '',
      e.criticalDate ? `critical ${at(e.criticalDate)}` : '',
    ]),
  ];
  if (e.dissatisfaction) lines.push(`not satisfied: ${e.dissatisfaction}`);
  if (e.staff.length > 0) lines.push(`staff ${e.staff.join(', ')}`);
  if (e.plan.length > 0) lines.push(`plan ${e.plan.map(({ who, task }) => `${who} ${task}`).join('; ')}`);
  return lines;
}

/**
 * A page that nobody waits for any more would make a case look as if somebody were still asked. A contact has no answer time:
 * the contact check goes on for them instead.
 */
const isWaitedFor = ({ status, answerDueAt, audience, asks }: CaseView['pages'][number]): boolean =>
  status !== 'SENT' || answerDueAt !== null || (audience === 'CONTACT' && asks.length > 0);

function pageLine(page: CaseView['pages'][number], now: number): string {
  const { pageId, purpose, status, name, person, audience, channel, answerDueAt } = page;
  const by = channel ? ` by ${channel}` : '';
  const until = answerDueAt ? `, answer due ${due(answerDueAt, now)}` : '';
  return `${pageId} ${purpose} ${status} ${name ?? person ?? audience}${by}${until}`;
}

function handOver({ handOver: h, endedOutside }: Seen<CaseView>, now: number): string[] {
  if (!h) return [];
  const by = endedOutside ? `was due ${at(h.dueAt)}` : h.overdue ? 'overdue' : `due ${due(h.dueAt, now)}`;
  const next = h.nextStep ? `, next: ${h.nextStep}` : '';
  return [`${h.from ?? '?'} → ${h.to ?? 'not written yet'}, ${by}${next}`];
}
