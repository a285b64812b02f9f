/** Who acts, as what, through which channel: the fields of every message (contract, section 2). */
import { z } from 'zod';
import { CHANNELS, ROLES } from '../../workflows/case/vocabulary';
import { instant, optional, text } from './scalars';

export const envelope = {
  by: text(120),
  role: z.enum(ROLES),
  channel: optional(z.enum(CHANNELS)),
  requestedBy: optional(text(120)),
  requestId: optional(text(100)),
  occurredAt: optional(instant),
};

/** A message of the case: its envelope and its own fields, whatever else it carries being left out. */
export const message = <S extends z.core.$ZodLooseShape>(own: S) => z.object({ ...envelope, ...own });
