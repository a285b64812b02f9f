/** The `tocsin` command as a shell runs it: a process of its own, with nothing of this one's environment. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

export interface Run {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** `config`: the folder of the configuration. */
export async function tocsinIn(
  config: string,
  argv: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, TOCSIN_CONFIG: config, ...more };
  const child = spawn(process.execPath, [path.resolve('client/tocsin.js'), ...argv], { env, stdio: 'pipe' });
  child.stdin.end();
  const [out, err, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { exitCode, out, err };
}
