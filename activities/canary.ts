/** The canary's page: what every page needs of this worker, and nobody who is paged. */
import type { CasePolicy } from '../workflows/core/language/policy';
import type { Directory } from './directory/types';

export interface CanaryOutside {
  readonly directory: () => Directory;
  readonly policy: () => Pick<CasePolicy, 'version' | 'hash'>;
  /** Where its line goes: never among those of people. */
  readonly sink: (line: string) => void;
  readonly worker: string;
}

/** What a worker registers for it. */
export const canaryActivities = ({ directory, policy, sink, worker }: CanaryOutside) => ({
  pageCanary: (name: string) => {
    const { version, hash } = policy();
    const people = directory().people.length;
    sink(`CANARY ${name} → ${worker}`);
    return Promise.resolve({ worker, policy: { version, hash }, people });
  },
});
