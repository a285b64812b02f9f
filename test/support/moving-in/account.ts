/** An account of any vendor: people, rotas, and what stands beside them. */
import type { PlainPerson, PlainRota } from './rota';

export interface PlainOverride {
  readonly rota: string;
  readonly person: number;
  readonly from: number;
  readonly to: number;
}

export interface Account {
  readonly people: readonly PlainPerson[];
  readonly rotas: readonly PlainRota[];
  readonly overrides: readonly PlainOverride[];
  /** What the vendor renders. */
  readonly from: number;
  readonly to: number;
}

/** Files of a folder, by name. */
export type Files = Readonly<Record<string, unknown>>;
