/** Why Temporal does not answer a process that goes on without it: looked for again and again, said once for as long as it is so. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { tlsMistake, type Access } from '../connection/trouble';

const LOOK_EVERY_MS = 10_000;

export class ConnectionTrouble {
  private mistake: string | undefined;
  private readonly stopping = new AbortController();
  private readonly looking: Promise<void>;

  /** `probe` rejects while there is no answer. */
  constructor(
    private readonly access: Access,
    private readonly probe: () => Promise<unknown>,
    private readonly log: Logger,
  ) {
    this.looking = this.look();
  }

  /** A mistake that somebody has to mend; nothing where the server is simply not there. */
  sentences(): readonly string[] {
    return this.mistake === undefined ? [] : [this.mistake.replace(/\.$/, '')];
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.looking;
  }

  private async look(): Promise<void> {
    const { signal } = this.stopping;
    for (let said: string | undefined; !signal.aborted;) {
      this.mistake = await this.probe().then(
        () => undefined,
        () => tlsMistake(this.access),
      );
      if (this.mistake !== undefined && this.mistake !== said) this.log.warn(this.mistake);
      said = this.mistake;
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
