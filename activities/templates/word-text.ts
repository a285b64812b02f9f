/** What word says that is of no case: one sentence, why it is theirs where they stand in, and that nothing is asked. */
import type { WordOrder } from '../../workflows/word/messages';
import type { OutgoingPage } from '../channels/channel';
import type { Candidate } from '../directory/present';
import { pageOfNoCase } from './no-case';
import type { Reading } from './reading';

type Addressee = Pick<Candidate, 'route' | 'for'> & { readonly person: Pick<Candidate['person'], 'id' | 'name'> };

export function pageOfWord(
  { person, route, for: principal }: Addressee,
  { language, words, reader }: Reading,
  channel: string,
  { pageId, caseNumber, audience, said }: Pick<WordOrder, 'pageId' | 'caseNumber' | 'audience' | 'said'>,
  orderedAt: number,
): OutgoingPage {
  const line = words.tell(said, reader);
  const standsIn = { key: 'WHY_YOU', route, audience, engineer: null, for: principal ?? null, isAgain: false } as const;
  return pageOfNoCase({
    pageId,
    person,
    channel,
    language,
    orderedAt,
    state: words.wordStates[said.key],
    headline: words.wordHeadlines[said.key],
    subject: said.key === 'TEST' ? '' : line,
    lines: [line, ...(route === 'DELEGATE' ? [words.page(standsIn)] : []), words.page({ key: 'FOR_INFORMATION' })],
    audience,
    purpose: said.key,
    // A test tries what a page would do, which may ring.
    urgent: said.key === 'TEST',
    ...(caseNumber !== undefined && { caseNumber }),
  });
}
