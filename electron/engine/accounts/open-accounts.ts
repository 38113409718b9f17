import type { EngineEvent } from '../../../shared/contract/events.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { accountsMethods } from '../../../shared/contract/methods/accounts.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { ConnectorRegistry } from '../connectors/registry.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http } from '../ports/http.ts';
import type { Logger } from '../ports/logger.ts';
import type { FeatureHandlers } from '../rpc/handlers.ts';
import type { WritableStore } from '../store/store.ts';
import type { KnownSecrets } from '../vault/known-secrets.ts';
import type { Vault } from '../vault/vault.ts';
import { createAccountsHandlers } from './handlers.ts';
import { createKeepAccount, type KeepAccount } from './keep-account.ts';
import { type AccountSessions, createAccountSessions } from './sessions.ts';
import { createSignIns } from './sign-ins.ts';
import { sweepVault } from './sweep-vault.ts';

export interface AccountsOptions {
  readonly store: WritableStore;
  /** Whose secrets these are in the vault. */
  readonly workspace: string;
  readonly vault: Vault;
  readonly secrets: KnownSecrets;
  readonly connectors: ConnectorRegistry;
  readonly http: Http;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly emit: (event: EngineEvent) => void;
  readonly installationId: () => Promise<string>;
}

export interface Accounts {
  readonly sessions: AccountSessions;
  readonly handlers: FeatureHandlers<typeof accountsMethods>;
  /** Called after somebody has signed in to it, for the first time or again, or it was tested and works again. */
  onKept(listener: (accountId: AccountId) => void): void;
  /** Called after it was removed; the removal waits for it. */
  onRemoved(listener: (accountId: AccountId) => void | Promise<void>): void;
  close(): Promise<void>;
}

/** The accounts of one workspace. */
export function openAccounts(options: AccountsOptions): Accounts {
  const { store, workspace, vault, clock, emit } = options;
  const keptListeners: ((accountId: AccountId) => void)[] = [];
  const removedListeners: ((accountId: AccountId) => void | Promise<void>)[] = [];
  const closed = new AbortController();
  const tellKept = (accountId: AccountId): void => {
    for (const listener of keptListeners) listener(accountId);
  };
  const swept = sweepVault({ store, vault, workspace, logger: options.logger });
  const sessions = createAccountSessions(options);
  /** What somebody has signed in to is stored before the database closes. */
  let keeping: Promise<unknown> = Promise.resolve();
  const keepAccount = createKeepAccount({
    store,
    vault,
    sessions,
    workspace,
    now: () => clock.now(),
    onKept: (accountId) => {
      emit({ name: 'accounts.changed', accountIds: [accountId] });
      tellKept(accountId);
    },
  });
  const keep: KeepAccount = (completed) => {
    const kept = keepAccount(completed);
    keeping = Promise.allSettled([keeping, kept]);
    return kept;
  };
  const signIns = createSignIns({ ...options, keep });

  return {
    sessions,
    handlers: createAccountsHandlers({
      ...options,
      sessions,
      signIns,
      keep,
      closed: closed.signal,
      onRecovered: tellKept,
      onRemoved: async (accountId) => {
        for (const listener of removedListeners) await listener(accountId);
      },
    }),
    onKept: (listener) => void keptListeners.push(listener),
    onRemoved: (listener) => void removedListeners.push(listener),
    async close() {
      closed.abort(new EarshotError('unreachable', 'Earshot is closing.', { reason: 'closing' }));
      await signIns.close();
      await keeping;
      await sessions.close();
      await swept;
    },
  };
}
