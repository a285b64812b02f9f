/** `tocsin test page`, `tocsin texts check` and the probes of `directory check`, for people. */
import type { Probed, Tested } from '../../workflows/word/messages';
import type { ConfiguredTexts } from '../configuration';
import { clean } from '../../client/untrusted';
import type { Screen } from './case';
import { hanging } from './text';
import { span } from './when';

type TestedPage = Omit<Extract<Tested, { readonly is: 'FOUND' }>, 'is'>;

type NotTaken = Exclude<TestedPage['channels'][number]['result'], { readonly outcome: 'accepted' }>;

const MARKS = { true: ['green', 'good '], false: ['red', 'FAILS'], hint: ['yellow', 'hint '] } as const;

/** A line, or more of them where it does not fit, behind how it is. */
function marked(is: boolean | 'hint', text: string, { paint, width }: Screen): string {
  const [colour, word] = MARKS[`${is}`];
  const before = `  ${word}  `;
  return `  ${paint(colour, word)}  ${hanging(before, text, width).slice(before.length)}`;
}

export const renderProbes = (probes: readonly Probed[], screen: Screen): string =>
  probes
    .map(({ what, isGood, isHint, detail }) =>
      marked(!isGood && isHint ? 'hint' : isGood, `${clean(what)}: ${clean(detail)}`, screen),
    )
    .join('\n');

export function renderTestPage({ person, name, worker, probes, channels }: TestedPage, screen: Screen): string {
  const lines = channels.map(({ channel, key, result, tookMs }) => {
    const said = result.outcome === 'accepted' ? `taken after ${tookMs} ms` : notTaken(result);
    const under = key === '' ? '' : ` (${clean(key)})`;
    return marked(result.outcome === 'accepted', `${clean(channel)}: ${clean(said)}${under}`, screen);
  });
  return [
    hanging('', `Test page to ${clean(name)} (${clean(person)}), by worker ${clean(worker)}`, screen.width),
    ...(probes.length > 0 ? ['Its accounts and servers:', renderProbes(probes, screen)] : []),
    'Its channels:',
    ...lines,
    'Taken by a provider is not read by a person: ask them what has arrived.',
  ].join('\n');
}

/** A case tries again by itself; a test page does not. */
function notTaken(result: NotTaken): string {
  if (result.outcome === 'rejected') return `rejected: ${result.detail}`;
  const { afterMs, detail } = result;
  return `${afterMs === undefined ? 'retry' : `retry in ${span(afterMs)}`}: ${detail}`;
}

export function renderTextsCheck({ rendered, findings, segments, languages }: ConfiguredTexts, screen: Screen): string {
  const sms = Object.entries(segments).map(([parts, count]) => `${count} of ${parts} part${parts === '1' ? '' : 's'}`);
  const head = `${rendered} texts in ${languages.join(', ')}; SMS: ${sms.join(', ')}`;
  if (findings.length === 0) return `${head}\n${screen.paint('green', 'Nothing is too long, missing or unknown.')}`;
  return [
    head,
    ...findings.map(
      ({ purpose, audience, language, form, problem }) =>
        `  ${language} ${purpose} to ${audience}, ${form}: ${problem}`,
    ),
  ].join('\n');
}
