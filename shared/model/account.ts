import { z } from 'zod';
import { failureSchema } from '../contract/errors.ts';
import { textLimitSchema } from './text-limit.ts';
import { accountIdSchema, instantSchema } from './ids.ts';

/**
 * ok: the last call with it worked · failing: the last one did not, another is planned · expired: its credentials
 * stopped holding and could not be renewed, or were revoked: only signing in again mends it.
 */
export const accountStateSchema = z.enum(['ok', 'failing', 'expired']);
export type AccountState = z.infer<typeof accountStateSchema>;

/** A signed-in identity on a platform. What it signs in with is in the vault and nowhere else. */
export const accountSchema = z.object({
  accountId: accountIdSchema,
  connector: z.string(),
  platform: z.string(),
  /** The platform's own id of it. */
  externalId: z.string(),
  displayName: z.string(),
  handle: z.string().nullable(),
  url: z.string().nullable(),
  /** What was chosen when it was added and is no secret: the server's address and the like. */
  settings: z.record(z.string(), z.unknown()),
  state: accountStateSchema,
  error: failureSchema.extend({ at: instantSchema }).nullable(),
  /** The user's choice: nothing goes out from it. */
  isReadOnly: z.boolean(),
  /** Why the platform would refuse a reply from it (a permission that was not given); null when nothing is known to. */
  replyNote: z.string().nullable(),
  /** Where its server allows another length than the platform's usual one. */
  textLimit: textLimitSchema.nullable(),
  /** When it stops working unless somebody signs in again; null when it renews itself or never ends. */
  expiresAt: instantSchema.nullable(),
  createdAt: instantSchema,
  checkedAt: instantSchema.nullable(),
});
export type Account = z.infer<typeof accountSchema>;
