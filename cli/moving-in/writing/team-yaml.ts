/** What is written into `onCall`, and what is needed to write it. */
import type { TheirLayer } from '../model/export';
import type { Report } from '../model/report';
import { free, slug, type People } from './people';
import type { RotationYaml, WindowYaml } from './words';

/** As it is written into `onCall`. */
export interface TeamYaml {
  readonly team: string;
  readonly timezone: string;
  readonly windows: 'always' | readonly WindowYaml[];
  readonly people?: readonly PlaceYaml[];
  readonly rotation?: RotationYaml;
  readonly layers?: readonly {
    readonly layer: string;
    readonly people: readonly PlaceYaml[];
    readonly rotation?: RotationYaml;
  }[];
  readonly turns?: readonly object[];
  readonly overrides?: readonly object[];
}
export type PlaceYaml = string | readonly string[];

export interface WrittenTeam {
  readonly yaml: TeamYaml;
  readonly comment: string;
}

export interface Wanted {
  readonly people: People;
  readonly now: number;
  readonly report: Report;
}

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Of a schedule's layers, each name once. */
export function layerNames(layers: readonly TheirLayer[]): string[] {
  const taken = new Set<string>();
  return layers.map((layer) => {
    const name = free(slug(layer.name) || 'layer', taken);
    taken.add(name);
    return name;
  });
}
