/** Entry of the `tocsin` command. */
import { run } from './program';
import { processTerminal } from './terminal';

// `tocsin case timeline … | head` ends the pipe before we do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// Set, not exited with: what is still on its way to a pipe has to arrive. A service says by itself how it ended.
void run(process.argv.slice(2), processTerminal()).then((exitCode) => {
  process.exitCode = exitCode || process.exitCode || 0;
});
