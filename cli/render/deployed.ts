/** `tocsin deploy` for people. */
import type { DeployStatus, Moved } from '../../worker/deployment';
import { sentenceOfUnserved } from '../../worker/deployment/unserved';
import { clean } from '../../client/untrusted';
import type { Screen } from './case';
import { hanging } from './text';
import { at } from './when';

/** Of a version: the hash of its sources. */
const NAME = 16;

export function renderStatus(status: DeployStatus, own: string | undefined, { paint, width }: Screen): string {
  const { deployment, versions, current, pending, oldestPending, unversioned, unserved } = status;
  if (versions.length === 0) return `No worker has come with a version yet (${deployment}).`;
  const rows = versions.map(({ build, cases, isCurrent, isServed, createdAt }) => [
    isCurrent ? paint('green', 'current') : '       ',
    clean(build).padEnd(NAME),
    String(cases).padStart(6),
    isServed ? 'served    ' : cases > 0 ? paint('red', 'not served') : 'not served',
    createdAt === null ? '                 ' : at(createdAt),
    build === own ? 'this copy' : '',
  ]);
  const table = [['       ', 'version'.padEnd(NAME), ' cases', 'workers   ', 'first seen'], ...rows].map((cells) =>
    cells.join('  ').trimEnd(),
  );
  const whole = (sentence: string): string => hanging('', sentence, width);
  const oldest = oldestPending
    ? `; the longest there is ${oldestPending.case}, on ${oldestPending.version} since ${at(oldestPending.since)}`
    : '';
  const more = [
    ...(current === null ? [paint('red', 'No version is current: new cases wait. tocsin deploy promote')] : []),
    whole(pending === 0 ? 'Nothing is left to move.' : `${pending} to move${oldest}.`),
    ...(unversioned > 0
      ? [
          whole(
            `${unversioned} opened before there were versions: not moved; end them on the version that opened them.`,
          ),
        ]
      : []),
    ...unserved.map((version) => paint('red', whole(sentenceOfUnserved(version)))),
  ];
  return [...table, ...more].join('\n');
}

export const renderProgress = ({ moved, left }: Pick<Moved, 'moved' | 'left'>): string =>
  `${moved} moved, ${left} left`;

export function renderMoved({ moved, left, current, seconds, waiting, unserved }: Moved, { width }: Screen): string {
  const head = `${moved} moved to ${current} in ${seconds.toFixed(0)} s, ${left} left.`;
  if (left === 0) return head;
  return [
    head,
    `Left: ${waiting.join(', ')}${left > waiting.length ? ' …' : ''}. Run it again to go on.`,
    ...unserved.map((version) => sentenceOfUnserved(version)),
  ]
    .map((sentence) => hanging('', sentence, width))
    .join('\n');
}
