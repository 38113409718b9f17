import { z } from 'zod';

/** A setting that the add-source dialog asks for. */
export const settingFieldSchema = z.object({
  key: z.string(),
  label: z.string(),
  help: z.string(),
  type: z.enum(['url', 'text', 'boolean', 'select']),
  isRequired: z.boolean(),
  isAdvanced: z.boolean(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
});
export type SettingField = z.infer<typeof settingFieldSchema>;

export const connectorInfoSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** One sentence: what it listens to. */
  summary: z.string(),
  /** Platform ids of the mentions it brings, with their display names. */
  platforms: z.array(z.object({ id: z.string(), name: z.string() })),
  capabilities: z.object({
    /** follow: everything the source publishes may be kept · search: only what trackers match. */
    listens: z.enum(['follow', 'search']),
    canReply: z.boolean(),
    /** Why it cannot reply, and what to do instead; null when it can. */
    replyNote: z.string().nullable(),
    minimumIntervalMs: z.number().int(),
  }),
  settings: z.array(settingFieldSchema),
  /** Credentials it needs, in the same form; empty: it works without an account. */
  credentials: z.array(settingFieldSchema),
});
export type ConnectorInfo = z.infer<typeof connectorInfoSchema>;

export const connectorsMethods = {
  'connectors.list': { input: z.object({}), output: z.object({ connectors: z.array(connectorInfoSchema) }) },
};
