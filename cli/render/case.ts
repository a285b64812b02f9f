/** A case on one screen: state, owner and what is due first, because that is what a desk asks in the night. */
import { isQuiet } from '../../workflows/core/language/quiet';
import { withoutEnd } from '../../workflows/core/words/en/prose';
import { openAgainCommand, OPENING_FILE } from '../../workflows/core/words/again';
import { endedSentence } from '../../client/ended';
import type { Seen } from '../../client/tocsin-client';
import type { ToldEvent, CaseView } from '../../workflows/messages';
import {
  actionKindWord,
  attentionWord,
  audienceWord,
  categoryInLine,
  clockWord,
  contactWord,
  emergencyEndWord,
  environmentWord,
  levelWord,
  needWord,
  purposeWord,
  questionsInLine,
  reachWord,
  reasonWord,
  reviewInWords,
  sprStatusWord,
  statusWord,
  warningWord,
} from './labels';
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

/** `C1234567 · severity 0 E-Down · escalated to M1, ana has it · 24x7 · open`. */
export function stateLine(view: Seen<CaseView>): string {
  const { caseNumber, severity, level, escalation, emergency, status, endedOutside } = view;
  return [
    caseNumber,
    `severity ${severity}${severity === 0 ? ' E-Down' : ''}`,
    level === 'NORMAL' ? levelWord(level) : `${levelWord(level)}, ${whoHasIt(escalation)}`,
    emergency === 'ACTIVE' ? '24x7' : emergency === 'STEPPED_DOWN' ? '24x7 stepped down' : '',
    endedOutside ? 'ended from outside' : statusWord(status),
  ]
    .filter(Boolean)
    .map(clean)
    .join(' · ');
}

const whoHasIt = ({ owner }: Pick<CaseView['escalation'], 'owner'>): string =>
  owner === null ? 'nobody has it yet' : `${owner} has it`;

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
      view.contacts.map(({ name, reach, number, email }) =>
        [name, [reachWord(reach), number].filter(Boolean).join(' '), email].filter(Boolean).join(', '),
      ),
    ),
    ...handOver(view, now).map((text) => row('Hand-over', text)),
    ...rows(
      'Actions',
      view.actions
        .filter(({ status }) => status === 'OPEN' || status === 'OVERDUE')
        .map(({ actionId, kind, dueAt, what }) => `${actionId} ${actionKindWord(kind)}, ${left(dueAt)}: ${what}`),
    ),
    ...rows(
      'SPRs',
      view.sprs.map(
        ({ number, status, severity }) =>
          `${number} ${sprStatusWord(status)}${severity ? `, severity ${severity}` : ''}`,
      ),
    ),
    ...rows(
      'Emergencies',
      view.pastEpisodes.map(
        ({ episode, startedAt, endedAt, how, review }) =>
          `${episode}: ${at(startedAt)} to ${at(endedAt)}, ${emergencyEndWord(how)}; ` +
          (review ? `reviewed: ${reviewInWords(review)}` : 'not reviewed yet'),
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
  dotted([title, `${name} (${number})`, environmentWord(environment), product ?? '']);

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

function owners({ owners: by }: CaseView): string {
  const others = [
    by.manager ? `manager ${by.manager}` : '',
    by.secondLevelManager ? `second level ${by.secondLevelManager}` : '',
    by.onCall ? `on call ${by.onCall}` : '',
  ].filter(Boolean);
  return [by.engineer ? `${by.engineer} (engineer)` : 'no engineer: the support desk', ...others].join(' · ');
}

function eDown(view: Seen<CaseView>, now: number): string[] {
  const lines: string[] = [];
  if (view.eDown) {
    const { episode, answers, downSince, alerts, nextAlertAt, contactStatus, warnings } = view.eDown;
    const { category, affectedUsers = '?', totalUsers = '?' } = answers;
    lines.push(
      dotted([
        view.endedOutside
          ? `down since ${at(downSince)}`
          : `down ${span(now - Date.parse(downSince))}, since ${at(downSince)}`,
        category === undefined ? '' : categoryInLine(category),
        `${affectedUsers} of ${totalUsers} users`,
        episode > 1 ? `E-Down ${episode} of this case` : '',
      ]),
      dotted([
        `${counted(alerts, 'alert')}${view.endedOutside ? '' : `, next ${due(nextAlertAt, now)}`}`,
        contactWord(contactStatus),
        warnings.length > 0 ? `to be reviewed: ${warnings.map(warningWord).join(', ')}` : '',
      ]),
    );
  }
  if (view.eDownRequest) {
    const { by, at: since, missing } = view.eDownRequest;
    const asked = missing.length > 0 ? `Still to ask: ${questionsInLine(missing)}` : 'All questions are answered.';
    lines.push(`asked for by ${by} at ${at(since)}. ${asked}`);
  }
  return lines;
}

function escalation({ escalation: e }: CaseView): string[] {
  if (e.status === null) return [];
  const lines = [
    dotted([
      `${e.level}, ${whoHasIt(e)}${e.since ? `, since ${at(e.since)}` : ''}`,
      e.reason ? reasonWord(e.reason) : '',
      e.criticalDate ? `critical ${at(e.criticalDate)}` : '',
    ]),
  ];
  if (e.dissatisfaction) lines.push(`not satisfied: ${e.dissatisfaction}`);
  if (e.staff.length > 0) lines.push(`staff: ${e.staff.join(', ')}`);
  if (e.plan.length > 0) lines.push(`plan: ${e.plan.map(({ who, task }) => `${who}: ${withoutEnd(task)}`).join('; ')}`);
  return lines;
}

/**
 * A page that nobody waits for any more would make a case look as if somebody were still asked. A contact has no answer time:
 * the contact check goes on for them instead.
 */
const isWaitedFor = ({ status, answerDueAt, audience, asks }: CaseView['pages'][number]): boolean =>
  status !== 'SENT' || answerDueAt !== null || (audience === 'CONTACT' && asks.length > 0);

function pageLine(page: CaseView['pages'][number], now: number): string {
  const { pageId, purpose, status, name, person, audience, channel, answerDueAt, asks } = page;
  const by = channel ? ` by ${channel}` : '';
  const way = status === 'SENDING' ? 'on its way to' : 'to';
  const what = asks.length > 0 ? asks.map(needWord).join(', ') : purposeWord(purpose);
  const until = answerDueAt ? `; answer due ${due(answerDueAt, now)}` : '';
  return `${pageId} ${way} ${name ?? person ?? audienceWord(audience)}${by}: ${what}${until}`;
}

function handOver({ handOver: h, endedOutside }: Seen<CaseView>, now: number): string[] {
  if (!h) return [];
  const by = endedOutside ? `was due ${at(h.dueAt)}` : h.overdue ? 'overdue' : `due ${due(h.dueAt, now)}`;
  const next = h.nextStep ? `, next: ${h.nextStep}` : '';
  return [`${h.from ?? 'nobody'} → ${h.to ?? 'not written yet'}, ${by}${next}`];
}
