/** Entry of the `tocsin` command. */
import { run } from './program';
import { processTerminal } from './terminal';

// `tocsin case timeline … | head` ends the pipe before we do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// A service says by itself how it ended. What is still on its way to a pipe has to arrive first. Then nothing keeps the process: gRPC
// leaves a handshake with a server that says nothing open for as long as that server does.
void run(process.argv.slice(2), processTerminal()).then((exitCode) => {
  process.exitCode = exitCode || process.exitCode || 0;
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
});
