import type { Account } from '../../../shared/model/account.ts';
import type { Failure } from '../../../shared/contract/errors.ts';
import type { AccountRecord } from '../store/queries/accounts.ts';
import { identityOf } from './stored-identity.ts';

/** An account as the contract shows it. `locked`: why its secret cannot be had, if it cannot. */
export function accountOf(
  record: AccountRecord,
  locked: (Failure & { readonly at: number }) | null,
): Account {
  const { textLimit, replyNote } = identityOf(record);
  return {
    accountId: record.accountId,
    connector: record.connector,
    platform: record.platform,
    externalId: record.externalId,
    displayName: record.name,
    handle: record.handle,
    url: record.url,
    settings: { ...record.settings },
    state: locked ? 'expired' : record.state,
    error: locked ?? record.failure,
    isReadOnly: record.isReadOnly,
    replyNote: replyNote ?? null,
    textLimit: textLimit ?? null,
    expiresAt: record.expiresAt,
    createdAt: record.createdAt,
    checkedAt: record.checkedAt,
  };
}
