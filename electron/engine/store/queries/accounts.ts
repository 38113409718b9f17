import { EarshotError, type Failure } from '../../../../shared/contract/errors.ts';
import type { AccountState } from '../../../../shared/model/account.ts';
import type { AccountId } from '../../../../shared/model/ids.ts';
import { toAccountId, toRow } from '../row-ids.ts';
import type { ReadableStore, SqlValue, WritableStore } from '../store.ts';

export interface AccountRecord {
  readonly accountId: AccountId;
  readonly connector: string;
  readonly platform: string;
  readonly externalId: string;
  readonly authorKey: string;
  readonly name: string;
  readonly handle: string | null;
  readonly url: string | null;
  /** What else its connector said of its identity, as it was given: not yet checked. */
  readonly identity: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Under which name the vault has what it signs in with. */
  readonly vaultName: string;
  readonly state: AccountState;
  readonly failure: (Failure & { readonly at: number }) | null;
  readonly isReadOnly: boolean;
  /** When it stops working unless somebody signs in again. */
  readonly expiresAt: number | null;
  readonly checkedAt: number | null;
  /** Nothing goes out from it before then. */
  readonly pausedUntil: number | null;
  /** Failures in a row of what goes out. */
  readonly failCount: number;
  readonly createdAt: number;
}

/** What a sign-in says of an account; the same at the first and at every later one. */
export interface SignedInRow {
  readonly connector: string;
  readonly platform: string;
  readonly externalId: string;
  readonly authorKey: string;
  readonly name: string;
  readonly handle: string | null;
  readonly url: string | null;
  readonly identity: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly expiresAt: number | null;
  /** When it was read from the platform. */
  readonly at: number;
}

export function insertAccount(
  store: WritableStore,
  account: SignedInRow & { readonly vaultName: string; readonly isReadOnly: boolean },
): AccountRecord {
  const { lastInsertRowid } = store.run(
    `INSERT INTO accounts (connector, platform, external_id, author_key, name, handle, url, identity, settings,
       vault_name, state, is_read_only, expires_at, checked_at, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ok', ?, ?, ?, ?)`,
    account.connector,
    account.platform,
    account.externalId,
    account.authorKey,
    account.name,
    account.handle,
    account.url,
    JSON.stringify(account.identity),
    JSON.stringify(account.settings),
    account.vaultName,
    Number(account.isReadOnly),
    account.expiresAt,
    account.at,
    account.at,
  );
  return findAccount(store, toAccountId(lastInsertRowid));
}

/** Signed in to again: everything that the platform says of it, and no failure any more. */
export function saveSignedIn(
  store: WritableStore,
  accountId: AccountId,
  account: SignedInRow & { readonly isReadOnly?: boolean },
): AccountRecord {
  findAccount(store, accountId);
  store.run(
    `UPDATE accounts SET connector = ?, author_key = ?, name = ?, handle = ?, url = ?, identity = ?, settings = ?,
       expires_at = ?, checked_at = ?, state = 'ok', failure = NULL, failed_at = NULL, paused_until = NULL,
       fail_count = 0, is_read_only = coalesce(?, is_read_only)
     WHERE id = ?`,
    account.connector,
    account.authorKey,
    account.name,
    account.handle,
    account.url,
    JSON.stringify(account.identity),
    JSON.stringify(account.settings),
    account.expiresAt,
    account.at,
    account.isReadOnly === undefined ? null : Number(account.isReadOnly),
    toRow(accountId),
  );
  return findAccount(store, accountId);
}

/** The platform said again who it is: its credentials hold. */
export function saveIdentity(
  store: WritableStore,
  accountId: AccountId,
  account: Pick<SignedInRow, 'authorKey' | 'name' | 'handle' | 'url' | 'identity' | 'at'>,
): void {
  store.run(
    `UPDATE accounts SET author_key = ?, name = ?, handle = ?, url = ?, identity = ?, checked_at = ?, state = 'ok',
       failure = NULL, failed_at = NULL
     WHERE id = ? AND removed_at IS NULL`,
    account.authorKey,
    account.name,
    account.handle,
    account.url,
    JSON.stringify(account.identity),
    account.at,
    toRow(accountId),
  );
}

/** Live accounts, oldest first. */
export function listAccounts(store: ReadableStore): AccountRecord[] {
  return store
    .all<AccountRow>(`${selectAccount} WHERE removed_at IS NULL ORDER BY id LIMIT 10000`)
    .map(toRecord);
}

/** Throws `not-found`, also for an account that was removed. */
export function findAccount(store: ReadableStore, accountId: AccountId): AccountRecord {
  const row = store.get<AccountRow>(`${selectAccount} WHERE id = ? AND removed_at IS NULL`, toRow(accountId));
  if (row) return toRecord(row);
  throw new EarshotError('not-found', 'There is no such account. It may have been removed.', { accountId });
}

export function findAccountOf(
  store: ReadableStore,
  platform: string,
  externalId: string,
): AccountRecord | null {
  const row = store.get<AccountRow>(
    `${selectAccount} WHERE platform = ? AND external_id = ? AND removed_at IS NULL`,
    platform,
    externalId,
  );
  return row ? toRecord(row) : null;
}

/** The one that was removed last. */
export function findRemovedAccountOf(
  store: ReadableStore,
  platform: string,
  externalId: string,
): AccountId | null {
  const row = store.get<{ id: number }>(
    `SELECT id FROM accounts WHERE platform = ? AND external_id = ? AND removed_at IS NOT NULL
     ORDER BY removed_at DESC, id DESC LIMIT 1`,
    platform,
    externalId,
  );
  return row ? toAccountId(row.id) : null;
}

/** An account that was removed is added again: what it sent and its sources are its own again. */
export function reviveAccount(
  store: WritableStore,
  accountId: AccountId,
  account: SignedInRow & { readonly vaultName: string; readonly isReadOnly: boolean },
): AccountRecord {
  store.run(
    'UPDATE accounts SET removed_at = NULL, vault_name = ?, created_at = ? WHERE id = ?',
    account.vaultName,
    account.at,
    toRow(accountId),
  );
  return saveSignedIn(store, accountId, account);
}

export interface AccountPatch {
  readonly isReadOnly?: boolean;
  readonly state?: AccountState;
  /** Null: the last call worked. */
  readonly failure?: (Failure & { readonly at: number }) | null;
  readonly expiresAt?: number | null;
  readonly checkedAt?: number;
}

/** Nothing happens to an account that was removed meanwhile. */
export function updateAccount(store: WritableStore, accountId: AccountId, patch: AccountPatch): void {
  const columns: [string, SqlValue][] = [];
  if (patch.isReadOnly !== undefined) columns.push(['is_read_only', Number(patch.isReadOnly)]);
  if (patch.state !== undefined) columns.push(['state', patch.state]);
  if (patch.expiresAt !== undefined) columns.push(['expires_at', patch.expiresAt]);
  if (patch.checkedAt !== undefined) columns.push(['checked_at', patch.checkedAt]);
  if (patch.failure !== undefined) {
    const { at = null, ...failure } = patch.failure ?? {};
    columns.push(['failure', patch.failure && JSON.stringify(failure)], ['failed_at', at]);
  }
  store.transaction(() => {
    for (const [column, value] of columns) {
      store.run(
        `UPDATE accounts SET ${column} = ? WHERE id = ? AND removed_at IS NULL`,
        value,
        toRow(accountId),
      );
    }
  });
}

/** What it sent stays, and so does its name beside it. */
export function removeAccount(store: WritableStore, accountId: AccountId, at: number): void {
  findAccount(store, accountId);
  store.run('UPDATE accounts SET removed_at = ? WHERE id = ?', at, toRow(accountId));
}

interface AccountRow {
  id: number;
  connector: string;
  platform: string;
  external_id: string;
  author_key: string;
  name: string;
  handle: string | null;
  url: string | null;
  identity: string;
  settings: string;
  vault_name: string;
  state: AccountState;
  failure: string | null;
  failed_at: number | null;
  is_read_only: number;
  expires_at: number | null;
  checked_at: number | null;
  paused_until: number | null;
  fail_count: number;
  created_at: number;
}

const selectAccount = `
  SELECT id, connector, platform, external_id, author_key, name, handle, url, identity, settings, vault_name, state,
    failure, failed_at, is_read_only, expires_at, checked_at, paused_until, fail_count, created_at
  FROM accounts`;

function toRecord(row: AccountRow): AccountRecord {
  return {
    accountId: toAccountId(row.id),
    connector: row.connector,
    platform: row.platform,
    externalId: row.external_id,
    authorKey: row.author_key,
    name: row.name,
    handle: row.handle,
    url: row.url,
    identity: JSON.parse(row.identity) as Record<string, unknown>,
    settings: JSON.parse(row.settings) as Record<string, unknown>,
    vaultName: row.vault_name,
    state: row.state,
    failure:
      row.failure === null || row.failed_at === null
        ? null
        : { ...(JSON.parse(row.failure) as Failure), at: row.failed_at },
    isReadOnly: row.is_read_only === 1,
    expiresAt: row.expires_at,
    checkedAt: row.checked_at,
    pausedUntil: row.paused_until,
    failCount: row.fail_count,
    createdAt: row.created_at,
  };
}
