/** What came of a command, in two or three lines. */
import type { OpenResult } from '../../client/opening';
import type { Answer } from '../../workflows/messages';
import type { Screen } from './case';
import { attentionWord, emergencyWord, levelWord, statusWord } from './labels';
import { clean } from '../../client/untrusted';
import { hanging } from './text';
import { at, due } from './when';

type Told = Pick<
  Answer,
  'caseNumber' | 'severity' | 'level' | 'emergency' | 'status' | 'owner' | 'nextDue' | 'notes' | 'attention'
> &
  Partial<Pick<Answer, 'events' | 'phonePreferred' | 'hotline'>>;

/** State, owner and what is due next, then every note of the case. */
export function renderAnswer(answer: Told | OpenResult, { now, paint, width }: Screen): string {
  const told: Told = answer;
  const state = [
    told.caseNumber,
    `severity ${told.severity}`,
    levelWord(told.level),
    emergencyWord(told.emergency),
    statusWord(told.status),
  ];
  const whole = (text: string): string => hanging('', text, width);
  const { nextDue } = told;
  const next = nextDue
    ? `Next due ${at(nextDue.at)} (${due(nextDue.at, now)}): ${clean(nextDue.what)}`
    : 'Nothing is due.';
  const lines = [
    paint('bold', state.filter(Boolean).map(clean).join(' · ')),
    whole(`Owner ${clean(told.owner)}. ${next}`),
  ];
  if (told.events) lines.push(whole(`Events: ${told.events.join(', ') || 'none, this was done before'}`));
  if (told.attention.length > 0)
    lines.push(paint('red', `Needs a look: ${told.attention.map(attentionWord).join(', ')}`));
  if (told.phonePreferred) lines.push(paint('yellow', `Calling is quicker: ${clean(told.hotline ?? 'the hotline')}`));
  return [...lines, ...told.notes.map(whole)].join('\n');
}
