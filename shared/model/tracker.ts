import { z } from 'zod';
import { instantSchema, trackerIdSchema } from './ids.ts';

export const trackerSchema = z.object({
  trackerId: trackerIdSchema,
  name: z.string(),
  query: z.string(),
  createdAt: instantSchema,
});
export type Tracker = z.infer<typeof trackerSchema>;
