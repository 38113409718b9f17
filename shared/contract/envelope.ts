import { z } from 'zod';
import { failureSchema } from './errors.ts';

/** Messages as they travel over every transport. `id` is chosen by the caller and echoed. */
export const requestSchema = z.object({
  type: z.literal('request'),
  id: z.number().int().nonnegative(),
  method: z.string().max(100),
  params: z.unknown(),
});
export const cancelSchema = z.object({ type: z.literal('cancel'), id: z.number().int().nonnegative() });
export const clientMessageSchema = z.discriminatedUnion('type', [requestSchema, cancelSchema]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('result'), id: z.number(), result: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.number(), error: failureSchema }),
  z.object({ type: z.literal('event'), event: z.unknown() }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;
