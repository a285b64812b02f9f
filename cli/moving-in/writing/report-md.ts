/** The report for people: what has to be done first, then what came over differently, then all the rest. */
import type { Outcome, ReportLine } from '../model/export';

const PARTS: readonly (readonly [Outcome, string, string])[] = [
  ['MISSING', 'Asked of you', 'Nobody there knows it, and nothing was guessed.'],
  ['LEFT_OUT', 'Left out', 'It has no equivalent here, or is over.'],
  ['DIFFERENT', 'Came over with a difference', 'Read each of them before you switch.'],
  ['SAME', 'Came over as it was', ''],
];

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ').trim();

export function reportText(lines: readonly ReportLine[], source: string): string {
  const counts = PARTS.map(
    ([outcome, title]) => `${lines.filter((line) => line.outcome === outcome).length} ${title.toLowerCase()}`,
  );
  const parts = PARTS.flatMap(([outcome, title, words]) => {
    const rows = lines.filter((line) => line.outcome === outcome);
    if (rows.length === 0) return [];
    const table = rows.map(({ what, id, why }) => `| ${cell(what)} | ${cell(id)} | ${cell(why)} |`);
    return [
      `## ${title}`,
      '',
      ...(words === '' ? [] : [words, '']),
      '| What | Id | Why |',
      '|---|---|---|',
      ...table,
      '',
    ];
  });
  return [`# Moved from ${cell(source)}: what came over, and how?`, '', `${counts.join(', ')}.`, '', ...parts].join(
    '\n',
  );
}
