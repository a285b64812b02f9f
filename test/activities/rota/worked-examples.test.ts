/** T1-T6: a reader must be able to predict the night. Ten rotas and more, and who is first at which instant. */
import { edges, ladderAt } from '../../../activities/directory/rota';
import { parseDirectory } from '../../../worker/config';
import { WORKED, workedDirectory } from '../../support/worked-examples';

const { onCall } = parseDirectory(workedDirectory(), 'directory.yaml', {}, { now: Date.parse('2026-10-01T00:00Z') });

describe.each(WORKED.map(({ name, at }, index) => ({ name, at, team: onCall[index]! })))('$name', ({ at, team }) => {
  test.each(Object.entries(at))('%s %s', (instant, expected) => {
    const ladder = ladderAt(team, Date.parse(instant));
    const wanted = expected === '-' ? [] : expected.split(', ');
    expect(expected === '-' ? ladder : ladder.slice(0, wanted.length)).toEqual(wanted);
  });

  test('between two edges the ladder is constant', () => {
    const [from, to] = [Date.parse('2026-10-20T00:00Z'), Date.parse('2026-11-03T00:00Z')];
    const cuts = [from, ...edges(team, from, to), to];
    const QUARTER_MS = 15 * 60_000;
    for (let at = from; at < to; at += QUARTER_MS) {
      const begins = cuts.findLast((cut) => cut <= at) ?? from;
      expect([new Date(at).toISOString(), ladderAt(team, at)]).toEqual([
        new Date(at).toISOString(),
        ladderAt(team, begins),
      ]);
    }
  });
});
