import { z } from 'zod';
import type { AccountSupport, Identity, PerformAction, ReplySupport } from '../connector.ts';
import { channelIds } from './story.ts';

/** The invented brand's own. Its posts in the invented community would be told by these keys. */
export const sampleIdentity: Identity = {
  externalId: 'hawfinch-desk',
  authorKey: 'sample:hawfinch-desk',
  name: 'Hawfinch desk',
  handle: 'hawfinch',
  url: null,
};

/** There is nobody to sign in to: no secret is made up, and the vault may have none. */
const credentialsSchema = z.object({}).nullable();
const settingsSchema = z.record(z.string(), z.never());
export type SampleCredentials = z.infer<typeof credentialsSchema>;

export const sampleAccount: AccountSupport<
  z.infer<typeof credentialsSchema>,
  z.infer<typeof settingsSchema>
> = {
  settingsSchema,
  credentialsSchema,
  methods: [
    {
      id: 'invented',
      kind: 'enter',
      signIn: () => Promise.resolve({ identity: sampleIdentity, credentials: {} }),
    },
  ],
  identify: () => Promise.resolve(sampleIdentity),
};

const preparedSchema = z.object({ id: z.string() });

/**
 * Answers that reach nobody: they are kept here as sent and shown in the conversation. The same reply is the same
 * post however often it is sent, so there is never a doubt whether it arrived.
 */
export const sampleReply: ReplySupport<
  z.infer<typeof credentialsSchema>,
  z.infer<typeof settingsSchema>,
  z.infer<typeof preparedSchema>
> = {
  reaches: (_, { key, kind }) =>
    kind !== 'article' && channelIds.some((id) => key.startsWith(`${id}:`) && id !== 'widget'),
  preparedSchema,
  prepare: ({ reply }) => Promise.resolve({ id: reply.idempotencyKey }),
  repeatableForMs: () => Number.MAX_SAFE_INTEGER,
  send: ({ prepared }) => Promise.resolve(postOf(prepared.id)),
  find: ({ prepared }) => Promise.resolve(postOf(prepared.id)),
};

function postOf(id: string) {
  return { externalId: id, key: `sample:${id}`, url: null };
}

const done: PerformAction = () => Promise.resolve();

export const sampleActions = { like: done, unlike: done, hide: done, unhide: done, delete: done };
