/** What a test page begins with, before anything is sent: who it is for, by which channels, and whether what those need is there. */
import type { TestLook, TestPageActivities } from '../workflows/word/messages';
import type { Channels } from './channels';
import { probe } from './channels/probe';
import { allOf } from './channels/usable';
import { personOf } from './directory/present';
import type { Directory } from './directory/types';

export interface TestPageOutside {
  readonly directory: () => Directory;
  readonly channels: Channels;
  /** By what Temporal calls this worker. */
  readonly worker: string;
}

/** What a worker registers for it. */
export const testPageActivities = ({ directory, channels, worker }: TestPageOutside): TestPageActivities => ({
  lookAtChannels: async (id, only): Promise<TestLook> => {
    const person = personOf(directory(), id);
    if (!person) return { is: 'NOBODY' };
    const theirs = allOf(person.channels);
    const tried = only === undefined ? theirs : theirs.filter(({ name }) => name === only);
    if (tried.length === 0) return { is: 'NO_SUCH_CHANNEL', channels: theirs.map(({ name }) => name) };
    const probes = await probe(
      tried.map(({ channel }) => channel),
      channels.means,
    );
    return { is: 'FOUND', worker, name: person.name, probes, channels: tried.map(({ name }) => name) };
  },
});
