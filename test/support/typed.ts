/** The command line in this process, as it is typed in a terminal of so many columns. */
import { run } from '../../cli/program';
import { painter } from '../../cli/render/text';
import type { Terminal } from '../../cli/terminal';

export interface Typed {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

interface Setting {
  readonly stdin?: string;
  readonly width?: number;
  /** Of the terminal that refusals go to; without it they go into a file, which has no width. */
  readonly errWidth?: number;
  readonly now?: number;
  /** TOCSIN_CONFIG while it runs. */
  readonly config?: string;
}

export async function typed(
  argv: readonly string[],
  { stdin = '', width = 100, errWidth = Infinity, now = 0, config }: Setting = {},
): Promise<Typed> {
  const lines = { out: [] as string[], err: [] as string[] };
  const terminal: Terminal = {
    out: (line) => void lines.out.push(line),
    err: (line) => void lines.err.push(line),
    stdin: () => Promise.resolve(stdin),
    screen: (stream) => ({ now, paint: painter(false), width: stream === 'err' ? errWidth : width }),
  };
  const { TOCSIN_CONFIG: before } = process.env;
  process.env['TOCSIN_CONFIG'] = config ?? '';
  try {
    const exitCode = await run(argv, terminal);
    return { exitCode, out: lines.out.join('\n'), err: lines.err.join('\n') };
  } finally {
    process.env['TOCSIN_CONFIG'] = before ?? '';
  }
}
