import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { accountsMethods } from '../../../shared/contract/methods/accounts.ts';
import type { Account } from '../../../shared/model/account.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { ConnectorRegistry } from '../connectors/registry.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http } from '../ports/http.ts';
import type { FeatureHandlers } from '../rpc/handlers.ts';
import {
  type AccountRecord,
  findAccount,
  listAccounts,
  removeAccount,
  updateAccount,
} from '../store/queries/accounts.ts';
import type { WritableStore } from '../store/store.ts';
import type { KnownSecrets } from '../vault/known-secrets.ts';
import type { Vault } from '../vault/vault.ts';
import { accountOf } from './account-of.ts';
import { checkAccount } from './check-account.ts';
import type { KeepAccount } from './keep-account.ts';
import { type AccountSessions, supportOf } from './sessions.ts';
import { chooseEnterWay } from './sign-in-ways.ts';
import type { SignIns } from './sign-ins.ts';

export interface AccountsDeps {
  readonly store: WritableStore;
  readonly vault: Vault;
  readonly connectors: ConnectorRegistry;
  readonly http: Http;
  readonly clock: Clock;
  readonly secrets: KnownSecrets;
  readonly emit: (event: EngineEvent) => void;
  readonly sessions: AccountSessions;
  readonly signIns: SignIns;
  readonly keep: KeepAccount;
  /** It works again without a new sign-in: what waited for it goes on. */
  readonly onRecovered: (accountId: AccountId) => void;
  /** Its sources stop, and what waits to go out from it is called off. */
  readonly onRemoved: (accountId: AccountId) => Promise<void>;
  /** Aborts when the workspace closes. */
  readonly closed: AbortSignal;
}

/** The platform is told that an account is gone, but the user does not wait long for it. */
const revokePatienceMs = 5_000;

export function createAccountsHandlers(deps: AccountsDeps): FeatureHandlers<typeof accountsMethods> {
  const { store, vault, connectors, http, clock, secrets, emit, sessions, signIns, keep } = deps;
  const now = (): number => clock.now();

  /** Its secret may be missing, or locked by a key that is not there. */
  async function shown(record: AccountRecord): Promise<Account> {
    try {
      await sessions.look(record);
      return accountOf(record, null);
    } catch (error) {
      if (!(error instanceof EarshotError)) throw error;
      return accountOf(record, { ...error.toFailure(), at: record.failure?.at ?? now() });
    }
  }

  async function revoke(account: AccountRecord, credentials: unknown): Promise<void> {
    const { support } = supportOf(connectors, account);
    const settings = support.settingsSchema.safeParse(account.settings);
    if (!support.revoke || !settings.success) return;
    const patience = new AbortController();
    const signal = AbortSignal.any([deps.closed, patience.signal]);
    await Promise.race([
      support.revoke({ settings: settings.data, credentials, http, now, signal }).catch(() => undefined),
      clock.sleep(revokePatienceMs, signal),
    ]);
    patience.abort();
  }

  return {
    'accounts.list': async () => ({
      accounts: await Promise.all(listAccounts(store).map(shown)),
      vault: await vault.info(),
    }),

    'accounts.add': async (input, { signal }) => {
      const {
        connector,
        support,
        method,
        settings,
        entered,
        secrets: typed,
      } = chooseEnterWay(connectors, input);
      secrets.learn(typed);
      const signedIn = await method.signIn({
        settings,
        entered,
        http,
        now,
        signal: AbortSignal.any([signal, deps.closed]),
      });
      const account = await keep({ connector, support, signedIn, settings, isReadOnly: input.isReadOnly });
      return { accountId: account.accountId, displayName: account.name };
    },

    'accounts.startSignIn': (input, { signal }) => signIns.start(input, signal),
    'accounts.getSignIn': ({ signInId }) => signIns.get(signInId),
    'accounts.finishSignIn': ({ signInId, pasted }) => signIns.finish(signInId, pasted),
    'accounts.cancelSignIn': ({ signInId }) => signIns.cancel(signInId),

    'accounts.test': async ({ accountId }, { signal }) => {
      const { state } = findAccount(store, accountId);
      await checkAccount(deps, accountId, AbortSignal.any([signal, deps.closed]));
      if (state !== 'ok') deps.onRecovered(accountId);
      return shown(findAccount(store, accountId));
    },

    'accounts.update': ({ accountId, isReadOnly }) => {
      findAccount(store, accountId);
      if (isReadOnly !== undefined) {
        updateAccount(store, accountId, { isReadOnly });
        emit({ name: 'accounts.changed', accountIds: [accountId] });
      }
      return shown(findAccount(store, accountId));
    },

    'accounts.remove': async ({ accountId }) => {
      findAccount(store, accountId);
      const { account, credentials, emptied } = await sessions.inTurn(accountId, async () => {
        const found = findAccount(store, accountId);
        const held: unknown = await sessions.look(found).catch(() => null);
        // The row first: a secret that no row speaks of is taken away at the next start, should this be cut off.
        removeAccount(store, accountId, now());
        const [removal] = await Promise.allSettled([vault.remove([found.vaultName])]);
        return { account: found, credentials: held, emptied: removal };
      });
      await deps.onRemoved(accountId);
      emit({ name: 'accounts.changed', accountIds: [accountId] });
      if (credentials !== null && connectors.has(account.connector)) await revoke(account, credentials);
      // It is gone all the same, but whoever removed it should know that its secret is not gone yet.
      if (emptied.status === 'rejected') throw emptied.reason;
      return {};
    },
  };
}
