/** A page calls people by their names: whoever is rung at night need not know whose id that is. */
import { choose } from '../../activities/choose';
import { nameOf } from '../../activities/directory/names';
import { named } from '../../activities/templates/named';
import { messageOf } from '../../activities/templates/page-text';
import type { EventType } from '../../workflows/core/language/events';
import { factOf as asFact } from '../../workflows/core/language/fact';
import { en } from '../../workflows/core/words/en';
import { zh } from '../../workflows/core/words/zh';
import { inEveryLife } from '../support/lives';
import { org } from '../support/org';
import { asking, directoryOf, factOf, orderOf, someone } from '../support/paging';

/** What says an id on purpose: beside the name, or because nobody has that name. */
const WITH_IDS: readonly EventType[] = [
  'OwnerUnknown',
  'AnswerVoided',
  'PersonRecognised',
  'PageSent',
  // Passed over, each with a reason: on the record, and told to nobody.
  'PageFailed',
  'PageRequested',
];
const IDS = org().people.map(({ id }) => id);
const idsIn = (text: string): string[] => IDS.filter((id) => new RegExp(`(?<![\\w«])${id}(?![\\w»])`).test(text));

test('no sentence of what has happened leaves an id, in either language, whatever happens', () => {
  const left = new Set<string>();
  inEveryLife(({ events }) => {
    for (const event of events) {
      if (WITH_IDS.includes(event.type)) continue;
      const fact = named(asFact(event), (id) => `«${id}»`);
      for (const words of [en, zh]) {
        const sentence = words.event(fact);
        if (idsIn(sentence).length > 0) left.add(`${event.type}: ${sentence}`);
      }
    }
  });
  expect([...left]).toEqual([]);
});

const LEE = someone('eng-lee', { name: 'Lee Min', manager: 'mgr-ana' });
const ANA = someone('mgr-ana', { name: 'Ana Ruiz' });
const COMPANY = directoryOf([LEE, ANA, someone('eng-kim', { name: 'Kim Jiho' })], { dutyManagers: ['mgr-ana'] });

test('a whole page: why you, what has happened, who has it for now, whose case it is; and the command keeps the id', () => {
  const { facts } = orderOf();
  const order = orderOf({
    engineer: 'eng-lee',
    wanted: { audience: 'MANAGER', excluding: [] },
    asks: [
      asking('M1', {
        fact: factOf(
          'SeverityChanged',
          { before: 2, severity: 1, setBy: 'eng-lee', reason: 'eng-lee wrote it' },
          'eng-lee',
        ),
        heldBy: 'eng-kim',
      }),
    ],
    facts: {
      ...facts,
      nextDue: { at: '2026-11-24T15:00:00.000Z', what: { key: 'ANSWER', need: 'M1', person: 'mgr-ana' } },
      owners: { engineer: 'eng-lee', manager: { level: 'M1', person: 'mgr-ana' }, onCall: 'eng-kim' },
    },
  });
  const chosen = choose(COMPANY, order, Date.now());
  if ('result' in chosen) throw new Error('nobody gets it');
  const { text } = messageOf(order, chosen, { now: Date.now(), nameOf: (id) => nameOf(COMPANY, id) });
  expect(text).toContain('You are the manager of Lee Min. Kim Jiho has it for now.');
  // What somebody wrote is left as they wrote it.
  expect(text).toContain('Severity 2 → 1 by Lee Min: eng-lee wrote it.');
  expect(text).toContain('Owner: Lee Min, M1: Ana Ruiz, on call: Kim Jiho.');
  expect(text).toContain('M1: Ana Ruiz answers, or the next one is asked.');
  expect(text).toContain('--by mgr-ana');
});

test('two of one name are told apart, and whom the directory does not know is called as the case calls them', () => {
  const company = directoryOf([LEE, someone('eng-lee-2', { name: 'Lee Min' }), ANA]);
  expect(['eng-lee', 'eng-lee-2', 'mgr-ana', 'maria'].map((id) => nameOf(company, id))).toEqual([
    'Lee Min (eng-lee)',
    'Lee Min (eng-lee-2)',
    'Ana Ruiz',
    'maria',
  ]);
});
