/** `directory.yaml`, as somebody would have written it: one line a person, and a comment where somebody has to think. */
import { Document, isMap, isScalar, isSeq, visit, type Node } from 'yaml';
import type { Report } from '../model/report';
import { channelsOf, isUnderstood } from './channels';
import { TO_BE_NAMED, type MovedPerson, type People } from './people';
import type { WrittenTeam } from './team-yaml';

/** A vendor's names may hold line breaks, and a comment may not. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const LONGEST_NAME = 120;

function personOf(moved: MovedPerson, report: Report): { yaml: object; comment: string } {
  const { id, theirs } = moved;
  const [first] = theirs;
  const { channels, comment } = channelsOf(moved, report);
  const timezone = theirs.find((person) => person.timezone !== undefined)?.timezone;
  const said = theirs.find((person) => person.email !== undefined)?.email;
  const email = said !== undefined && isUnderstood({ email: said }) ? said : undefined;
  for (const their of theirs) {
    if (!their.isActive)
      report.add(
        'person',
        their.id,
        'DIFFERENT',
        `${id} is switched off or gone there, and keeps their place in the turns so that nobody else moves.`,
      );
    else report.add('person', their.id, 'SAME', `${their.name} is ${id}.`);
  }
  if (email === undefined)
    report.add(
      'e-mail',
      id,
      'MISSING',
      said === undefined
        ? 'The export does not say it: their id here is made of their name.'
        : `${oneLine(said)} is no e-mail address: without one they are known by their id alone.`,
    );
  if (timezone === undefined)
    report.add(
      'time zone',
      id,
      'MISSING',
      'Until it is set it is UTC: what waits for their working hours waits for those of London.',
    );
  report.add('manager', id, 'MISSING', 'Who is their direct manager? Without one M1 goes to the duty managers.');
  report.add('languages', id, 'MISSING', 'Which languages do they speak? Without an answer it is English.');
  const notes = [theirs.some(({ isActive }) => isActive) ? '' : 'switched off there', comment ?? ''].filter(Boolean);
  return {
    yaml: {
      id,
      name: (first?.name.trim() || id).slice(0, LONGEST_NAME),
      ...(email !== undefined && { email }),
      ...(timezone !== undefined && { timezone }),
      channels,
    },
    comment: oneLine(notes.join('; ')),
  };
}

/** Lists of people and of windows on one line each. */
function flow(node: Node | null | undefined): void {
  if (node && (isMap(node) || isSeq(node))) node.flow = true;
}

export function directoryText(people: People, teams: readonly WrittenTeam[], source: string, report: Report): string {
  report.add(
    'dutyManagers',
    TO_BE_NAMED,
    'MISSING',
    'Every search for a manager ends with the duty managers: name them in place of this entry.',
  );
  report.add(
    'dutyExecutive',
    '-',
    'MISSING',
    'Who hears when an E-Down starts and ends? Without anybody nobody is told.',
  );
  report.add(
    'contactChannels',
    '-',
    'MISSING',
    "How are customers' contacts reached? Without an answer it is a line on the worker's log.",
  );
  const written = people.all.map((person) => personOf(person, report));
  const placeholder = { id: TO_BE_NAMED, name: 'To be named: the duty manager', channels: [] };
  const document = new Document({
    people: [...written.map(({ yaml }) => yaml), placeholder],
    dutyManagers: [TO_BE_NAMED],
    ...(teams.length > 0 && { onCall: teams.map(({ yaml }) => yaml) }),
  });
  document.commentBefore = ` Moved from ${source}. What came over how is in report.md.`;
  comment(document, written, teams);
  visit(document, {
    // Another reader of YAML would take 08:00 for the number 480.
    Scalar(_, scalar) {
      if (typeof scalar.value === 'string' && /^(\w{3} )?\d\d:\d\d$/.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
    },
    Pair(_, pair) {
      if (isScalar(pair.key) && IN_ONE_LINE.has(String(pair.key.value))) flow(pair.value as Node);
      if (isScalar(pair.key) && ROWS.has(String(pair.key.value)) && isSeq(pair.value))
        for (const item of pair.value.items) flow(item as Node);
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Each is one line, whatever is in it. */
const IN_ONE_LINE = new Set(['channels', 'dutyManagers', 'rotation', 'days']);
const ROWS = new Set(['overrides', 'turns', 'windows', 'layers']);

function comment(document: Document, written: readonly { comment: string }[], teams: readonly WrittenTeam[]): void {
  const list = document.get('people', true);
  if (isSeq(list)) {
    for (const [index, item] of list.items.entries()) {
      flow(item as Node);
      const words =
        index < written.length
          ? written[index]?.comment
          : 'Name a person, and put their id into dutyManagers. Until then directory check is red.';
      if (isMap(item) && words) item.commentBefore = ` ${words}`;
    }
  }
  const onCall = document.get('onCall', true);
  if (isSeq(onCall))
    for (const [index, item] of onCall.items.entries())
      if (isMap(item)) {
        item.commentBefore = ` ${oneLine(teams[index]?.comment ?? '')}`;
        if (index > 0) item.spaceBefore = true;
        const people = item.get('people', true);
        if (isSeq(people)) people.flow = true;
      }
}
