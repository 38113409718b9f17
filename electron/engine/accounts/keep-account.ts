import { randomUUID } from 'node:crypto';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { AccountSupport, Connector, SignedIn } from '../connectors/connector.ts';
import {
  type AccountRecord,
  findAccountOf,
  findRemovedAccountOf,
  insertAccount,
  reviveAccount,
  saveSignedIn,
  type SignedInRow,
} from '../store/queries/accounts.ts';
import type { WritableStore } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import { lastsUntil } from './credentials.ts';
import { parseAccountSettings } from './parse-account-settings.ts';
import type { AccountSessions } from './sessions.ts';
import { restOf } from './stored-identity.ts';

export interface KeepAccountDeps {
  readonly store: WritableStore;
  readonly vault: Vault;
  readonly sessions: AccountSessions;
  readonly workspace: string;
  readonly now: () => number;
  /** Somebody has signed in to it, for the first time or again. */
  readonly onKept: (accountId: AccountId) => void;
}

export interface CompletedSignIn {
  readonly connector: Connector;
  readonly support: AccountSupport;
  readonly signedIn: SignedIn<unknown, unknown>;
  /** As they were typed; the sign-in may have found better ones. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly isReadOnly: boolean | undefined;
}

export type KeepAccount = (completed: CompletedSignIn) => Promise<AccountRecord>;

/**
 * Stores what a sign-in ended with: the secret first, then the row. A crash in between leaves a secret that no row
 * speaks of, and the next start takes it away. An identity that is known takes the new credentials.
 */
export function createKeepAccount(deps: KeepAccountDeps): KeepAccount {
  const { store, vault, sessions, workspace, now } = deps;
  // One after the other: the same account may be signed in to twice at once.
  let last: Promise<unknown> = Promise.resolve();

  /** Null when nobody has signed in to it, or when it was removed while a turn was waited for. */
  async function signInAgain(
    row: SignedInRow,
    credentials: unknown,
    isReadOnly: boolean | undefined,
  ): Promise<AccountRecord | null> {
    const find = (): AccountRecord | null => findAccountOf(store, row.platform, row.externalId);
    const known = find();
    if (!known) return null;
    return sessions.inTurn(known.accountId, async () => {
      if (find()?.accountId !== known.accountId) return null;
      await vault.write(known.vaultName, credentials);
      const change = isReadOnly === undefined ? {} : { isReadOnly };
      return saveSignedIn(store, known.accountId, { ...row, ...change });
    });
  }

  return (completed) => {
    const { connector, support, signedIn, isReadOnly } = completed;
    const done = last.then(async () => {
      const credentials = parseCredentials(connector, support, signedIn.credentials);
      const row: SignedInRow = { ...rowOf(completed, credentials), at: now() };
      const known = await signInAgain(row, credentials, isReadOnly);
      if (known) return known;
      const vaultName = `${workspace}/${connector.info.id}/${randomUUID()}`;
      await vault.write(vaultName, credentials);
      try {
        return store.transaction(() => {
          const created = { ...row, vaultName, isReadOnly: isReadOnly ?? false };
          // Its sources and what it sent are still there, and belong to it again.
          const removed = findRemovedAccountOf(store, row.platform, row.externalId);
          return removed ? reviveAccount(store, removed, created) : insertAccount(store, created);
        });
      } catch (error) {
        await vault.remove([vaultName]);
        throw error;
      }
    });
    last = done.catch(() => undefined);
    return done.then((account) => {
      deps.onKept(account.accountId);
      return account;
    });
  };
}

function parseCredentials(connector: Connector, support: AccountSupport, credentials: unknown): unknown {
  const parsed = support.credentialsSchema.safeParse(credentials);
  if (parsed.success) return parsed.data;
  throw new EarshotError(
    'bad-response',
    `${connector.info.name} answered the sign-in without what is needed to use it. Nothing was saved; try again.`,
  );
}

function rowOf(completed: CompletedSignIn, credentials: unknown): Omit<SignedInRow, 'at'> {
  const { connector, support, signedIn, settings } = completed;
  const { identity } = signedIn;
  return {
    connector: connector.info.id,
    platform: connector.info.platforms[0]?.id ?? connector.info.id,
    externalId: identity.externalId,
    authorKey: identity.authorKey,
    name: identity.name,
    handle: identity.handle,
    url: identity.url,
    identity: restOf(identity),
    settings: parseAccountSettings(connector, support, signedIn.settings ?? settings),
    expiresAt: lastsUntil(support, credentials),
  };
}
