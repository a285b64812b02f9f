/** An export of a few answers, moved in memory. */
import { parse } from 'yaml';
import { ladderAt } from '../../../activities/directory/rota';
import type { Directory } from '../../../activities/directory/types';
import { compare, type Comparison } from '../../../cli/moving-in/compare/compare';
import type { Export, ReportLine, Vendor } from '../../../cli/moving-in/model/export';
import { move } from '../../../cli/moving-in/move';
import { WAYS_IN } from '../../../cli/moving-in/vendors';
import { parseDirectory } from '../../../worker/config';

export const NOW = Date.parse('2026-11-30T00:00:00Z');
export const YEAR = { from: NOW, to: NOW + 52 * 7 * 86_400_000 };

interface TeamYaml {
  readonly team: string;
  readonly windows: unknown;
  readonly people?: unknown;
  readonly rotation?: unknown;
  readonly layers?: unknown;
  readonly turns?: readonly object[];
  readonly overrides?: readonly object[];
}

export interface MovedInMemory {
  readonly from: Export;
  readonly directory: Directory;
  readonly yaml: { readonly people: readonly Record<string, unknown>[]; readonly onCall?: readonly TeamYaml[] };
  readonly policy: Record<string, unknown>;
  readonly report: readonly ReportLine[];
  /** First asked first, of the teams that are open. */
  readonly ladder: (team: string, at: string) => readonly string[];
  readonly compared: () => Comparison;
  /** Why something became what it did. */
  readonly why: (what: string, id: string) => string;
}

export function moved(vendor: Vendor, answers: readonly unknown[], now = NOW): MovedInMemory {
  const from = WAYS_IN[vendor].read(
    answers.map((content, index) => ({ name: `answer ${index + 1}`, content })),
    YEAR,
  );
  const { files, lines } = move(from, now);
  const text = files['directory.yaml'] ?? '';
  const directory = parseDirectory(text, 'directory.yaml', {});
  return {
    from,
    directory,
    yaml: parse(text) as MovedInMemory['yaml'],
    policy: parse(files['policy.yaml'] ?? '') as Record<string, unknown>,
    report: lines,
    ladder: (name, at) => {
      const team = directory.onCall.find((one) => one.team === name);
      return team ? ladderAt(team, Date.parse(at)) : [];
    },
    compared: () => compare(from, directory, YEAR),
    why: (what, id) =>
      lines
        .filter((line) => line.what === what && line.id === id)
        .map(({ outcome, why }) => `${outcome} ${why}`)
        .join('\n'),
  };
}
