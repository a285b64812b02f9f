/**
 * Saved answers, read by their shape and not by the name of the file: a page of a list, one thing alone, and what a GraphQL
 * client wraps around either are all the same to us.
 */
import { isRecord } from '../../../workflows/core/language/shape';
import type { z } from 'zod';
import type { Report } from './report';

/** One answer of a vendor, and where it is from. */
export interface Answer {
  readonly name: string;
  readonly content: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** Tells things apart by the fields that they have; the first that fits is it. */
export type Shapes = Readonly<Record<string, (fields: Fields) => boolean>>;

/** Nothing in an export lies deeper than this, and a file that does is none. */
const DEEPEST = 5;

export interface Item<K extends string> {
  readonly kind: K;
  readonly fields: Fields;
  readonly from: string;
}

function* found<S extends Shapes>(
  shapes: S,
  content: unknown,
  from: string,
  depth = 0,
): Generator<Item<keyof S & string>> {
  if (depth > DEEPEST) return;
  if (Array.isArray(content)) {
    for (const part of content) yield* found(shapes, part, from, depth + 1);
    return;
  }
  if (!isRecord(content)) return;
  const kind = Object.keys(shapes).find((name) => shapes[name]?.(content));
  if (kind !== undefined) yield { kind, fields: content, from };
  else for (const part of Object.values(content)) yield* found(shapes, part, from, depth + 1);
}

/** An empty page of a list says nothing, and is no mistake either. */
const saysNothing = (content: unknown): boolean =>
  Array.isArray(content)
    ? content.every(saysNothing)
    : isRecord(content)
      ? Object.values(content).every(saysNothing)
      : typeof content !== 'string' || content === '';

/** What stands in a list beside things that are known, or is a list of its own, and has a shape of none. */
function* strangers(shapes: Shapes, content: unknown, key: string, depth = 0): Generator<{ id: string; why: string }> {
  if (depth > DEEPEST) return;
  if (Array.isArray(content)) {
    const strange = content.filter((part) => isRecord(part) && [...found(shapes, part, '')].length === 0) as Fields[];
    if (strange.length === content.length && strange.length > 0 && !saysNothing(content))
      yield { id: key, why: `all ${strange.length} have` };
    else
      for (const [index, { id }] of strange.entries())
        yield { id: typeof id === 'string' ? id : `${key} ${index + 1}`, why: 'it has' };
    for (const part of content) if (!strange.includes(part as Fields)) yield* strangers(shapes, part, key, depth + 1);
  } else if (isRecord(content) && !Object.values(shapes).some((isIt) => isIt(content)))
    for (const [name, part] of Object.entries(content)) yield* strangers(shapes, part, name, depth + 1);
}

/** GraphQL answers what it can, and says beside it what it could not. */
const errorsIn = (content: unknown): string[] =>
  isRecord(content) && Array.isArray(content['errors'])
    ? content['errors'].map((error) =>
        isRecord(error) && typeof error['message'] === 'string' ? error['message'] : '?',
      )
    : [];

/** All things of the known shapes, in the order of the answers; what has none is told. */
export function itemsOf<S extends Shapes>(
  answers: readonly Answer[],
  shapes: S,
  report: Report,
): Item<keyof S & string>[] {
  return answers.flatMap(({ name, content }) => {
    const items = [...found(shapes, content, name)];
    if (items.length === 0 && !saysNothing(content))
      report.add('file', name, 'LEFT_OUT', 'It has the shape of nothing that is known of this vendor.');
    const errors = errorsIn(content);
    if (errors.length > 0)
      report.add('entry', name, 'LEFT_OUT', `The answer is not whole, it has errors: ${errors.join('; ')}.`);
    else if (items.length > 0)
      for (const { id, why } of strangers(shapes, content, name))
        report.add('entry', id, 'LEFT_OUT', `In ${name} ${why} the shape of nothing that is known of this vendor.`);
    return items;
  });
}

/** The items of one kind, as the schema reads them; one that it cannot read is told and left out. */
export function read<T>(items: readonly Item<string>[], kind: string, schema: z.ZodType<T>, report: Report): T[] {
  return items.flatMap((item) => {
    if (item.kind !== kind) return [];
    const result = schema.safeParse(item.fields);
    if (result.success) return [result.data];
    const { path = [], message = '' } = result.error.issues[0] ?? {};
    const id = typeof item.fields['id'] === 'string' ? item.fields['id'] : item.from;
    report.add(kind, id, 'LEFT_OUT', `It could not be read in ${item.from}: ${path.join('.')} ${message}`.trim() + '.');
    return [];
  });
}

/** What belongs to one id: an export in pages of time has the same schedule many times. */
export function byId<T extends { readonly id: string }>(things: readonly T[]): Map<string, T[]> {
  const result = new Map<string, T[]>();
  for (const thing of things) result.set(thing.id, [...(result.get(thing.id) ?? []), thing]);
  return result;
}
