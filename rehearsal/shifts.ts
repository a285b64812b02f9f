/** When somebody is on call: each span in which they are of an open team, first or behind somebody. */
import { stretchesWhere, type Stretch } from '../activities/directory/rota';
import type { Directory } from '../activities/directory/types';

export type { Stretch } from '../activities/directory/rota';

export const shiftsOf = ({ onCall }: Directory, person: string, from: number, to: number): Stretch[] =>
  onCall.flatMap((team) => stretchesWhere(team, from, to, (ladder) => ladder.includes(person)));
