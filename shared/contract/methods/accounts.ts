import { z } from 'zod';
import { accountSchema } from '../../model/account.ts';
import { accountIdSchema, instantSchema } from '../../model/ids.ts';
import { failureSchema } from '../errors.ts';

const connectorSchema = z.string().max(50);
const settingsSchema = z.record(z.string(), z.unknown());
/** What was typed into the fields of a way to sign in. Never sent back, logged or stored as it is. */
const credentialsSchema = z.record(z.string().max(100), z.string().max(20_000));

/** Where secrets lie, in words for the user. */
export const vaultInfoSchema = z.object({
  kind: z.enum(['keychain', 'key-file', 'weak']),
  note: z.string(),
});
export type VaultInfo = z.infer<typeof vaultInfoSchema>;

export const signInSchema = z.object({
  signInId: z.string(),
  state: z.enum(['waiting', 'done', 'failed', 'cancelled']),
  /** The page to open in the system's browser. */
  url: z.string(),
  /** To be typed in on that page; null when the way needs none. */
  userCode: z.string().nullable(),
  /** The page shows a text that has to be pasted here (`accounts.finishSignIn`). */
  needsPaste: z.boolean(),
  expiresAt: instantSchema,
  accountId: accountIdSchema.nullable(),
  displayName: z.string().nullable(),
  error: failureSchema.optional(),
});
export type SignIn = z.infer<typeof signInSchema>;

export const accountsMethods = {
  'accounts.list': {
    input: z.object({}),
    output: z.object({ accounts: z.array(accountSchema), vault: vaultInfoSchema }),
  },
  /**
   * By what can be typed or pasted (`way` of kind `enter`; unless named, the first that these credentials fit). The
   * account's own name is read at once, which proves it; one that is already known takes the new credentials.
   */
  'accounts.add': {
    input: z.object({
      connector: connectorSchema,
      way: z.string().max(50).optional(),
      credentials: credentialsSchema,
      settings: settingsSchema.optional(),
      isReadOnly: z.boolean().optional(),
    }),
    output: z.object({ accountId: accountIdSchema, displayName: z.string() }),
  },
  /** By a page of the platform. The answer comes back to this computer, by a code to type there, or pasted. */
  'accounts.startSignIn': {
    input: z.object({
      connector: connectorSchema,
      way: z.string().max(50),
      credentials: credentialsSchema.optional(),
      settings: settingsSchema.optional(),
      isReadOnly: z.boolean().optional(),
    }),
    output: signInSchema,
  },
  'accounts.getSignIn': { input: z.object({ signInId: z.string().max(100) }), output: signInSchema },
  'accounts.finishSignIn': {
    input: z.object({ signInId: z.string().max(100), pasted: z.string().max(50_000) }),
    output: signInSchema,
  },
  'accounts.cancelSignIn': { input: z.object({ signInId: z.string().max(100) }), output: signInSchema },
  /** Reads the account's own name again. Fails as that call does. */
  'accounts.test': { input: z.object({ accountId: accountIdSchema }), output: accountSchema },
  'accounts.update': {
    input: z.object({ accountId: accountIdSchema, isReadOnly: z.boolean().optional() }),
    output: accountSchema,
  },
  /** Takes its secret out of the vault, and back on the platform where that can be done. What it sent stays. */
  'accounts.remove': { input: z.object({ accountId: accountIdSchema }), output: z.object({}) },
};
