/**
 * The completion of a shell, made from the commands themselves. The whole tree stands in the script: a script that asked
 * `tocsin` at every key would be felt.
 */
import type { Command } from 'commander';
import { bash } from './bash';
import { fish } from './fish';
import { placesOf } from './places';
import { zsh } from './zsh';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export const completionFor = (shell: Shell, program: Command): string =>
  ({ bash, zsh, fish })[shell](placesOf(program, program, ''));
