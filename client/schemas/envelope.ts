/** Who acts, as what, through which channel: the fields of every message. */
import { z } from 'zod';
import { CHANNELS, MEANS, ROLES } from '../../workflows/core/language/vocabulary';
import { id, instant, optional } from './scalars';

const sender = {
  by: id(120),
  channel: optional(z.enum(CHANNELS)),
  requestedBy: optional(id(120)),
  requestId: optional(id(100)),
  occurredAt: optional(instant),
  means: optional(z.enum(MEANS)),
};

/** A message of the case: its envelope and its own fields, whatever else it carries being left out. */
export const message = <S extends z.core.$ZodLooseShape>(own: S) =>
  z.object({ ...sender, role: z.enum(ROLES), ...own });

/** One that only one role may give, or whose sender is known by what they are asked. */
export const messageOfOneRole = <S extends z.core.$ZodLooseShape>(own: S) =>
  z.object({ ...sender, role: optional(z.enum(ROLES)), ...own });
