/** Fields that vendors write in the same way. */
import { z } from 'zod';

/** A time with its offset, in epoch milliseconds. */
export const instant = z.string().transform((text, context) => {
  const ms = Date.parse(text);
  // Without an offset the process's own zone would decide.
  if (!Number.isNaN(ms) && /(Z|[+-]\d{2}:?\d{2})$/.test(text)) return ms;
  context.addIssue({ code: 'custom', message: 'is no time with an offset' });
  return z.NEVER;
});

/** `HH:MM` or `HH:MM:SS`, in seconds after midnight. */
export const clock = z
  .string()
  .regex(/^\d{1,2}:\d{2}(:\d{2})?$/, 'is no time of day')
  .transform((text) => {
    const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
    return (hours * 60 + minutes) * 60 + seconds;
  });
