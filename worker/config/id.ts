import { z } from 'zod';

const ID = 'must be an id: up to 120 characters without spaces and slashes';

/** Ids become part of idempotency keys, whose parts are kept apart by slashes. */
export const id = z.string(ID).regex(/^[^\s/]{1,120}$/, ID);

export const name = z.string().min(1).max(120);
