/** When somebody is on call: each span in which they are of an open team. */
import { stretchesBetween } from '../activities/directory/rota';
import type { Directory } from '../activities/directory/types';

export type { Stretch } from '../activities/directory/rota';

export const shiftsOf = ({ onCall }: Directory, person: string, from: number, to: number) =>
  onCall.filter(({ people }) => people.includes(person)).flatMap((team) => stretchesBetween(team, from, to));
