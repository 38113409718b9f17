import { z } from 'zod';
import { outboxActionSchema } from '../../model/reply.ts';
import { textLimitSchema } from '../../model/text-limit.ts';

/** A setting that the add-source dialog asks for. */
export const settingFieldSchema = z.object({
  key: z.string(),
  label: z.string(),
  help: z.string(),
  /** secret: as a password is typed, and never shown again. */
  type: z.enum(['url', 'text', 'boolean', 'select', 'secret']),
  isRequired: z.boolean(),
  isAdvanced: z.boolean(),
  options: z
    .array(
      z.object({
        value: z.string(),
        label: z.string(),
        /** With this choice only what trackers match is given, whatever the connector listens to otherwise. */
        isSearch: z.boolean().optional(),
      }),
    )
    .optional(),
  /** It means something only while the field of this key has one of these values: else it is not asked for. */
  onlyWhen: z.object({ key: z.string(), values: z.array(z.string()) }).optional(),
});
export type SettingField = z.infer<typeof settingFieldSchema>;

/** One way to sign in, as the guided dialog shows it. */
export const signInWaySchema = z.object({
  id: z.string(),
  /** enter: everything is typed or pasted here · redirect: the platform's page sends the answer back to this computer · device: a code is typed in there · paste: the page shows what is pasted here. */
  kind: z.enum(['enter', 'redirect', 'device', 'paste']),
  name: z.string(),
  /** What to click on the platform, one step a line, plain text; an https address in it becomes a link. */
  steps: z.array(z.string()),
  fields: z.array(settingFieldSchema),
});
export type SignInWay = z.infer<typeof signInWaySchema>;

export const mediaLimitSchema = z.object({
  mostFiles: z.number().int(),
  types: z.array(z.string()),
  mostBytes: z.number().int(),
  /** Characters; null: the platform takes no description. */
  mostAlt: z.number().int().nullable(),
});
export type MediaLimit = z.infer<typeof mediaLimitSchema>;

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
    /** Whether listening needs an account. optional: some of what it can listen to does. */
    listensWithAccount: z.enum(['never', 'optional', 'always']),
    canReply: z.boolean(),
    /** Why it cannot reply, and what to do instead; null when it can. */
    replyNote: z.string().nullable(),
    /** Null when it cannot reply. An account's server may allow another length. */
    text: textLimitSchema.nullable(),
    /** Null when replies are text alone. */
    media: mediaLimitSchema.nullable(),
    /** How formatting is written there. */
    markup: z.enum(['plain', 'markdown']),
    /** “@name ” of whom is answered stands before every answer, and counts; see shared/text/opening.ts. */
    opensWithAuthor: z.boolean().optional(),
    /** Chat: people wait, so the hold before sending is short. */
    isChat: z.boolean(),
    /** What else it can do, and to what: somebody's mention, or our own reply. */
    actions: z.array(
      z.object({
        action: outboxActionSchema.exclude(['reply']),
        on: z.array(z.enum(['mention', 'own-reply'])),
        /** One sentence where it is not plain what it does, or who may; null otherwise. */
        note: z.string().nullable(),
      }),
    ),
    /** What users would expect and the platform does not allow, with the reason, one sentence each. */
    cannot: z.array(z.string()),
    minimumIntervalMs: z.number().int(),
  }),
  settings: z.array(settingFieldSchema),
  /** Ways to sign in, the best first; empty: it has no accounts. */
  signIn: z.array(signInWaySchema),
  /** What of an account is no secret and stays the same (the server's address). */
  accountSettings: z.array(settingFieldSchema),
  /** What the platform will be asked to allow, and what for. */
  permissions: z.array(z.object({ name: z.string(), why: z.string() })),
});
export type ConnectorInfo = z.infer<typeof connectorInfoSchema>;

export const connectorsMethods = {
  'connectors.list': { input: z.object({}), output: z.object({ connectors: z.array(connectorInfoSchema) }) },
};
