/** `tocsin deploy` for people. */
import type { DeployStatus, Moved } from '../../worker/deployment';
import { sentenceOfUnserved } from '../../worker/deployment/unserved';
import { clean } from '../../client/untrusted';
import type { Screen } from './case';
import { at } from './when';

export function renderStatus(status: DeployStatus, own: string | undefined, { paint }: Screen): string {
  const { deployment, versions, current, pending, oldestPending, unversioned, unserved } = status;
  if (versions.length === 0) return `No worker has come with a version yet (${deployment}).`;
  const rows = versions.map(({ build, cases, isCurrent, isServed, createdAt }) =>
    [
      isCurrent ? paint('green', 'current') : '       ',
      clean(build),
      `${String(cases).padStart(6)} ${cases === 1 ? 'case ' : 'cases'}`,
      isServed ? 'served    ' : cases > 0 ? paint('red', 'not served') : 'not served',
      `first seen ${createdAt === null ? '–' : at(createdAt)}`,
      build === own ? 'this copy' : '',
    ]
      .join('  ')
      .trimEnd(),
  );
  const more = [
    ...(current === null ? [paint('red', 'No version is current: new cases wait. tocsin deploy promote')] : []),
    pending === 0
      ? 'Nothing is left to move.'
      : `${pending} to move; the longest there is ${clean(oldestPending?.case ?? '?')}, on ${clean(oldestPending?.version ?? '?')} since ${oldestPending ? at(oldestPending.since) : '?'}.`,
    ...(unversioned > 0
      ? [`${unversioned} opened before there were versions: not moved; end them on the version that opened them.`]
      : []),
    ...unserved.map((version) => paint('red', clean(sentenceOfUnserved(version)))),
  ];
  return [...rows, ...more].join('\n');
}

export const renderProgress = ({ moved, left }: Pick<Moved, 'moved' | 'left'>): string =>
  `${moved} moved, ${left} left`;

export function renderMoved({ moved, left, current, seconds, waiting, unserved }: Moved): string {
  const head = `${moved} moved to ${current} in ${seconds.toFixed(0)} s, ${left} left.`;
  if (left === 0) return head;
  return [
    head,
    `Left: ${waiting.map(clean).join(', ')}${left > waiting.length ? ' …' : ''}. Run it again to go on.`,
    ...unserved.map((version) => clean(sentenceOfUnserved(version))),
  ].join('\n');
}
