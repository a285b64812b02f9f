/**
 * Calendars as an export: each file is a team, and its events are who is on call. An event names people by its attendees, or
 * by its title; a vendor's feed shows final shifts, so it is its rendering and holds no rule.
 */
import type { Export, Span, Stretch, TheirPerson, TheirSchedule } from '../model/export';
import type { Answer } from '../model/items';
import { Report } from '../model/report';
import { overlaid } from '../model/spans';
import { BadCalendar, readCalendar, type Calendar, type CalendarEvent } from './events';

export function readCalendars(answers: readonly Answer[], window: Stretch): Export {
  const report = new Report();
  const people = new Map<string, TheirPerson>();
  const schedules = answers.flatMap(({ name, content }) => scheduleOf(name, content, { window, people, report }));
  return { vendor: 'ical', people: [...people.values()], schedules, policies: [], lines: report.lines };
}

interface Around {
  readonly window: Stretch;
  readonly people: Map<string, TheirPerson>;
  readonly report: Report;
}

function scheduleOf(name: string, content: unknown, { window, people, report }: Around): TheirSchedule[] {
  if (typeof content !== 'string') {
    report.add('file', name, 'LEFT_OUT', 'It is no calendar.');
    return [];
  }
  try {
    const calendar = readCalendar(content, window);
    const { name: called, zone, broken } = calendar;
    const spans = calendar.events.map((event) => spanOf(event, people));
    for (const span of spans.filter((one) => one.people.length === 0))
      report.add('event', new Date(span.from).toISOString(), 'LEFT_OUT', `It names nobody in ${name}.`);
    for (const title of broken) report.add('event', title, 'LEFT_OUT', `It makes no sense in ${name}.`);
    return [
      {
        id: name,
        name: called || name.replace(/\.ics$/i, ''),
        zone,
        layersAre: 'TOGETHER',
        layers: [],
        overrides: [],
        rendered: { spans: overlaid(spans), covers: [window] },
        hint: hintOf(calendar),
      },
    ];
  } catch (error) {
    // What ical.js cannot read it says by errors of its own.
    if (!(error instanceof Error)) throw error;
    const why = error instanceof BadCalendar ? error.message : `It cannot be read: ${error.message}.`;
    report.add('file', name, 'LEFT_OUT', why);
    return [];
  }
}

/** A team can follow the feed itself, which a copy of it does not. */
function hintOf({ events }: Calendar): string {
  const person = events.some(({ attendees }) => attendees.length > 0) ? 'attendee' : 'title';
  const calendar = `{ url: "https://…", person: ${person} }`;
  return `To follow the feed itself, put calendar: ${calendar} in place of windows and turns`;
}

/** Grafana's `[L1]`, and what some vendors put before the name. */
const plain = (title: string): string =>
  title
    .replace(/^\s*\[L\d+\]\s*/i, '')
    .replace(/^on[- ]?call\s*[-:]\s*/i, '')
    .trim();

/** By name or e-mail, as somebody has written it first: capitals say nothing. */
function spanOf({ from, to, title, attendees, names }: CalendarEvent, people: Map<string, TheirPerson>): Span {
  const named = (attendees.length > 0 ? attendees : [plain(title)]).filter(Boolean);
  const ids = named.map((id) => {
    const known = people.get(id.toLowerCase());
    if (known) return known.id;
    const isMail = id.includes('@');
    people.set(id.toLowerCase(), {
      id,
      name: names.get(id) ?? id,
      ...(isMail && { email: id }),
      contacts: isMail ? [{ id, kind: 'email', called: 'email', address: id }] : [],
      isActive: true,
    });
    return id;
  });
  return { from, to, people: ids };
}
