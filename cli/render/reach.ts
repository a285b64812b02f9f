/** `tocsin test page`, `tocsin texts check` and the probes of `directory check`, for people. */
import type { TestedPage, ConfiguredTexts } from '../configuration';
import type { Probed } from '../../activities/channels/probe';
import { clean } from '../../client/untrusted';
import type { Screen } from './case';

const mark = (isGood: boolean, screen: Screen): string =>
  screen.paint(isGood ? 'green' : 'red', isGood ? 'good' : 'FAILS');

export const renderProbes = (probes: readonly Probed[], screen: Screen): string =>
  probes
    .map(
      ({ what, isGood, isHint, detail }) =>
        `  ${!isGood && isHint ? screen.paint('yellow', 'hint ') : mark(isGood, screen)}  ${clean(what)}: ${clean(detail)}`,
    )
    .join('\n');

export function renderTestPage({ person, name, probes, channels }: TestedPage, screen: Screen): string {
  const lines = channels.map(({ channel, key, result, tookMs }) => {
    const said = result.outcome === 'accepted' ? `taken after ${tookMs} ms` : `${result.outcome}: ${result.detail}`;
    return `  ${mark(result.outcome === 'accepted', screen)}  ${clean(channel)}: ${clean(said)} (${clean(key)})`;
  });
  return [
    `Test page to ${clean(name)} (${clean(person)})`,
    ...(probes.length > 0 ? ['Accounts and servers:', renderProbes(probes, screen)] : []),
    // A worker may run elsewhere, with another account and another network.
    'Sent from this machine, with the accounts of this shell; a worker uses its own, and its limits:',
    ...lines,
    'Taken by a provider is not read by a person: ask them what has arrived.',
  ].join('\n');
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
