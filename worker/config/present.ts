export type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Left out, not undefined: configuration travels as JSON. */
export const present = <T extends object>(fields: T): T extends T ? Present<T> : never =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T extends T
    ? Present<T>
    : never;
