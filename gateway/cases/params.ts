/** What stands in addresses. */
import { z } from 'zod';

export const caseParams = z.object({ caseNumber: z.string().min(1).max(40).describe('C1234567') });
