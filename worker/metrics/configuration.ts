/** Which configuration is in force here, since when a file is broken, and whether other workers of the queue have another one. */
import { Gauge, type Registry } from 'prom-client';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { policiesOf } from '../roll-call/differing';
import type { Present } from '../roll-call/identity';

export interface ConfigurationInForce {
  readonly policy: () => Pick<CasePolicy, 'version' | 'hash'>;
  /** By file, since when it is broken while an older one is in force. */
  readonly brokenSince: () => Readonly<Record<string, number | null>>;
  /** The workers of the queue at the last roll call. */
  readonly present: () => readonly Present[];
}

export function configurationMetrics(registry: Registry, inForce: ConfigurationInForce): void {
  const registers = [registry];
  new Gauge({
    name: 'tocsin_config_info',
    help: 'The policy that new cases get from this worker; always 1',
    labelNames: ['version', 'hash'],
    registers,
    collect() {
      const { version, hash } = inForce.policy();
      this.reset();
      this.set({ version, hash }, 1);
    },
  });
  new Gauge({
    name: 'tocsin_config_broken_since_seconds',
    help: 'Unix time since which this file is broken and an older one is in force; 0 while it is in order',
    labelNames: ['file'],
    registers,
    collect() {
      for (const [file, since] of Object.entries(inForce.brokenSince()))
        this.set({ file }, since === null ? 0 : since / 1_000);
    },
  });
  new Gauge({
    name: 'tocsin_config_policies',
    help: 'How many different policies the workers of this queue have; more than 1: chance decides which one a case gets',
    registers,
    collect() {
      this.set(Math.max(1, policiesOf(inForce.present()).size));
    },
  });
}
