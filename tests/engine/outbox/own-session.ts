import { identityOf } from '../../../electron/engine/accounts/stored-identity.ts';
import type { AccountSession } from '../../../electron/engine/connectors/connector.ts';
import { findAccount, insertAccount } from '../../../electron/engine/store/queries/accounts.ts';
import type { ReadableStore, WritableStore } from '../../../electron/engine/store/store.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { noon } from '../ingest/fixtures.ts';

/** An account that signs in with nothing. */
export function ownSession(store: ReadableStore, accountId: AccountId): AccountSession {
  const account = findAccount(store, accountId);
  return {
    identity: identityOf(account),
    settings: account.settings,
    credentials: () => Promise.resolve({}),
    renewed: () => Promise.resolve({}),
  };
}

export function anAccount(store: WritableStore, name: string): AccountId {
  return insertAccount(store, {
    connector: 'square',
    platform: 'square',
    externalId: name,
    authorKey: name,
    name,
    handle: name,
    url: null,
    identity: {},
    settings: {},
    expiresAt: null,
    at: noon,
    vaultName: name,
    isReadOnly: false,
  }).accountId;
}
