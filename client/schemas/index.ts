/** The zod schemas of everything a case can be sent, and the promise of the compiler that they match the messages. */
import type { z } from 'zod';
import type { CaseOpening, CommandName, Input } from '../../workflows/messages';
import type { commandSchemas } from './commands';
import type { openingSchema } from './opening';

export { commandSchemas } from './commands';
export { openingSchema } from './opening';

/** Flattened, so that two types that were built differently can be compared for identity. */
type Plain<T> = T extends readonly (infer E)[] ? Plain<E>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
type Identical<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;

/**
 * Identity and not assignability: `satisfies` alone would let a schema forget an optional field of its message.
 * A field that drifts apart turns up here as a compile error that names the command.
 */
type Drift = {
  [N in CommandName]: Identical<z.output<(typeof commandSchemas)[N]>, Input<N>>;
} & { opening: Identical<z.output<typeof openingSchema>, CaseOpening> };
type NoDrift = { readonly [N in keyof Drift]: true };
const noDrift = <_ extends NoDrift>(): void => undefined;
noDrift<Drift>();
