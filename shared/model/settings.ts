import { z } from 'zod';

/** What the user chose about the app itself. One schema for the file on disk, the contract and the window. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark', 'high-contrast']).default('system'),
  density: z.enum(['comfortable', 'cosy', 'compact']).default('cosy'),
  autoAdvance: z.enum(['next', 'previous', 'stay']).default('next'),
  areKeysOn: z.boolean().default(true),
  /** Pixels; null is the design's own width. */
  navigationWidth: z.number().min(160).max(480).nullable().default(null),
  listWidth: z.number().min(280).max(900).nullable().default(null),
  /** How long a reply can be taken back. Chat platforms wait at most five seconds. */
  holdSeconds: z.union([z.literal(0), z.literal(5), z.literal(10), z.literal(20), z.literal(30)]).default(10),
  isOnboardingHidden: z.boolean().default(false),
  /** The workspace that was open last. */
  workspace: z.enum(['own', 'sample']).default('own'),
});
export type Settings = z.infer<typeof settingsSchema>;
