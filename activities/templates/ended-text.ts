/** The page of cases that were ended from outside, in the words of whoever reads it. */
import type { EndedNotice } from '../../workflows/activities';
import { openAgainCommand } from '../../workflows/core/words/again';
import type { OutgoingPage } from '../channels/channel';
import type { Person } from '../directory/types';
import { oneLine } from './one-line';
import { readingOf } from './reading';

type Said = Pick<OutgoingPage, 'language' | 'title' | 'text' | 'parts'>;

export function endedText({ count, eDowns, cases }: EndedNotice, person: Person): Said {
  const { language, words, reader } = readingOf(person);
  const [first] = cases;
  const one = count === 1 ? first : undefined;
  const state = words.page({ key: 'ENDED_STATE' });
  const headline = words.page({ key: 'ENDED_HEADLINE', count });
  const named = cases.map(({ caseNumber }) => oneLine(caseNumber));
  const what = one
    ? words.page(
        {
          key: 'ENDED_CASE',
          caseNumber: oneLine(one.caseNumber),
          severity: one.severity,
          customer: oneLine(one.customer),
          title: oneLine(one.title),
          how: one.how,
          at: one.at,
          by: one.by === undefined ? null : oneLine(one.by),
          reason: one.reason === undefined ? null : oneLine(one.reason),
        },
        reader,
      )
    : words.page({ key: 'ENDED_CASES', count, eDowns, named });
  const lines = [what, words.page({ key: 'ENDED_MEANS', count })];
  const command = one ? openAgainCommand(oneLine(one.caseNumber)) : 'tocsin case list';
  const about = one ? [oneLine(one.caseNumber), oneLine(one.customer)].filter(Boolean).join(' ') : 'Tocsin';
  const subject = one ? oneLine(one.title) : '';
  return {
    language,
    title: `[${state}] ${about}: ${headline}${subject === '' ? '' : ` — ${subject}`}`,
    text: [...lines, command].join('\n'),
    parts: { state, customer: about, headline, subject, hotline: '', lines: [...lines, command] },
  };
}
