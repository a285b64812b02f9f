/** The shell, in this process: what it says and how it ends. */
import { run } from '../../../cli/program';
import { painter } from '../../../cli/render/text';

export interface Ended {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** `config` is the folder of `TOCSIN_CONFIG` while the command runs. */
export async function tocsin(
  argv: readonly string[],
  { config, env = {} }: { config?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const set = { ...env, ...(config !== undefined && { TOCSIN_CONFIG: config }) };
  const before = Object.keys(set).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, set);
  try {
    const exitCode = await run(argv, {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      stdin: () => Promise.resolve(''),
      screen: (stream) => ({
        now: Date.parse('2026-11-30T00:00:00Z'),
        paint: painter(false),
        width: stream === 'err' ? Infinity : 100,
      }),
    });
    return { exitCode, out: out.join('\n'), err: err.join('\n') };
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
