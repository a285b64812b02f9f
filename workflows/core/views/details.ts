/**
 * The current details of a case for the Temporal Web UI, in Markdown: state, owner and next due first, then what runs
 * and who is asked, then the last events. One line a fact; it fits one screen. Customer text is escaped.
 */
import type { CaseState, Clock, Need } from '../language/state';
import { iso } from '../language/time';
import { levelOf } from '../paging/levels';
import { rowOf } from '../paging/needs';
import { en } from '../words/en';
import { isQuiet } from '../language/quiet';
import { attentionOf } from './attention';
import type { Ownership } from './view';

/** So that a title cannot draw a table, a link or a picture where support staff look, nor turn the line around. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/[\\`*_[\]|<>~#!]/g, (mark) => `\\${mark}`)
    // A dash or a number makes a list only where a line begins.
    .replace(/^(\s*)([-+]|\d+[.)])/, '$1\\$2');

/** One line a need: who is asked, or has it. */
function needLine({ kind, turn }: Need): string {
  const what = escapeMarkdown(en.purposes[rowOf(kind).purpose]);
  switch (turn.is) {
    case 'ASKED': {
      const at = turn.answerDueAt === null ? null : iso(turn.answerDueAt);
      return en.view({ key: 'ASKED_FOR', person: escapeMarkdown(turn.person), what, at });
    }
    case 'HELD':
      return en.view({ key: 'HAS', person: escapeMarkdown(turn.person), what });
    case 'RESTING':
      return en.view({ key: 'RESTS', at: iso(turn.until), what });
    case 'SENDING':
    case 'NEXT':
      return en.view({ key: 'ON_ITS_WAY', what });
    default:
      return turn satisfies never;
  }
}

const clockLine = ({ kind, dueAt, brokenAt }: Clock): string =>
  en.view({ key: brokenAt === null ? 'PROMISED' : 'OVERDUE', what: en.clocks[kind], at: iso(dueAt) });

/** `nextDue` and the sentence of whose it is come with the ownership. */
export function detailsOf(state: CaseState, { sentence }: Pick<Ownership, 'sentence'>): string {
  const { severity, emergency, status, eDownRequest } = state;
  const attention = attentionOf(state).map(escapeMarkdown);
  const light = en.view(attention.length > 0 ? { key: 'NEEDS_A_LOOK', attention } : { key: 'GREEN' });
  const is = en.view({ key: 'STATE', severity, level: levelOf(state), emergency: emergency.is, status });
  const lines = [`${is} · ${light}`, '', escapeMarkdown(sentence), ''];
  const shown = [
    ...state.clocks.map(clockLine),
    ...(eDownRequest ? [en.view({ key: 'CALL_BACK', person: escapeMarkdown(eDownRequest.by) })] : []),
    ...state.needs.slice(0, MOST_NEEDS).map(needLine),
  ];
  if (shown.length > 0) lines.push(...shown.map((line) => `- ${line}`), '');
  const last = state.tail
    .filter((event) => !isQuiet(event))
    .slice(-MOST_EVENTS)
    .reverse();
  if (last.length > 0) lines.push(en.view({ key: 'LAST_EVENTS' }), '');
  lines.push(
    ...last.map((event) => `- \`${event.at.slice(5, 19).replace('T', ' ')}\` ${escapeMarkdown(en.event(event))}`),
  );
  return lines.join('\n');
}

/** Of a run that hands the case on: nothing in it lives any more. */
export const handedOnDetails = ({ caseNumber, seq }: CaseState): string =>
  en.view({ key: 'GOES_ON', caseNumber: escapeMarkdown(caseNumber), seq });

/** The last line, of a run that was handed the case: where it was before. */
export const earlierRun = ({ caseNumber }: CaseState, runId: string | undefined): string =>
  runId === undefined ? '' : `\n\n${en.view({ key: 'EARLIER', caseNumber: escapeMarkdown(caseNumber), runId })}`;

/** What fits one screen. */
const MOST_NEEDS = 8;
const MOST_EVENTS = 10;
