import type { z } from 'zod';
import { accountsMethods } from './methods/accounts.ts';
import { appMethods } from './methods/app.ts';
import { connectorsMethods } from './methods/connectors.ts';
import { conversationsMethods } from './methods/conversations.ts';
import { inboxMethods } from './methods/inbox.ts';
import { repliesMethods } from './methods/replies.ts';
import { settingsMethods } from './methods/settings.ts';
import { sourcesMethods } from './methods/sources.ts';
import { trackersMethods } from './methods/trackers.ts';

/** What may be asked of the engine: method name to the schemas of its input and output. */
export const contract = {
  ...accountsMethods,
  ...appMethods,
  ...connectorsMethods,
  ...conversationsMethods,
  ...inboxMethods,
  ...repliesMethods,
  ...settingsMethods,
  ...sourcesMethods,
  ...trackersMethods,
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type Contract = typeof contract;
export type MethodName = keyof Contract;
/** What a caller passes; fields with defaults may be left out. */
export type MethodInput<M extends MethodName> = z.input<Contract[M]['input']>;
/** What a handler receives, parsed. */
export type ParsedInput<M extends MethodName> = z.output<Contract[M]['input']>;
export type MethodOutput<M extends MethodName> = z.output<Contract[M]['output']>;
