import { z } from 'zod';
import { textLimitSchema } from '../../../shared/model/text-limit.ts';
import type { Identity } from '../connectors/connector.ts';
import type { AccountRecord } from '../store/queries/accounts.ts';

/** What of an identity has no column of its own. A part that no longer parses is as if it had not been said. */
const restSchema = z.object({
  textLimit: textLimitSchema.optional().catch(undefined),
  replyNote: z.string().optional().catch(undefined),
  facts: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/** The part of an identity that is stored as JSON. */
export function restOf({ textLimit, replyNote, facts }: Identity): Record<string, unknown> {
  return {
    ...(textLimit ? { textLimit } : {}),
    ...(replyNote === undefined ? {} : { replyNote }),
    ...(facts ? { facts } : {}),
  };
}

export function identityOf(record: AccountRecord): Identity {
  const { textLimit, replyNote, facts } = restSchema.parse(record.identity);
  return {
    externalId: record.externalId,
    authorKey: record.authorKey,
    name: record.name,
    handle: record.handle,
    url: record.url,
    ...(textLimit ? { textLimit } : {}),
    ...(replyNote === undefined ? {} : { replyNote }),
    ...(facts ? { facts } : {}),
  };
}
