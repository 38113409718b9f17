import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { withCredentials } from '../connectors/auth/with-credentials.ts';
import type { ConnectorRegistry } from '../connectors/registry.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http } from '../ports/http.ts';
import { findAccount, saveIdentity, updateAccount } from '../store/queries/accounts.ts';
import type { WritableStore } from '../store/store.ts';
import type { KnownSecrets } from '../vault/known-secrets.ts';
import { type AccountSessions, supportOf } from './sessions.ts';
import { restOf } from './stored-identity.ts';

export interface CheckAccountDeps {
  readonly store: WritableStore;
  readonly connectors: ConnectorRegistry;
  readonly http: Http;
  readonly clock: Clock;
  readonly secrets: KnownSecrets;
  readonly emit: (event: EngineEvent) => void;
  readonly sessions: AccountSessions;
}

/** Reads the account's own name again and stores what comes of it. Throws what the platform answered. */
export async function checkAccount(
  deps: CheckAccountDeps,
  accountId: AccountId,
  signal: AbortSignal,
): Promise<void> {
  const { store, connectors, http, clock, secrets, emit, sessions } = deps;
  const account = findAccount(store, accountId);
  const { support } = supportOf(connectors, account);
  const session = sessions.sessionOf(accountId, { triesExpired: true });
  try {
    const identity = await withCredentials(session, (credentials) =>
      support.identify({ settings: session.settings, credentials, http, now: () => clock.now(), signal }),
    );
    if (identity.externalId !== account.externalId) {
      throw new EarshotError(
        'unauthorized',
        `It signs in as ${identity.name} now, not as ${account.name}. Sign in again.`,
        { accountId },
      );
    }
    const { authorKey, name, handle, url } = identity;
    saveIdentity(store, accountId, {
      authorKey,
      name,
      handle,
      url,
      identity: restOf(identity),
      at: clock.now(),
    });
  } catch (thrown) {
    const error = secrets.stripError(thrown);
    if (error instanceof EarshotError && !signal.aborted) {
      updateAccount(store, accountId, {
        state: error.code === 'unauthorized' ? 'expired' : 'failing',
        failure: { ...error.toFailure(), at: clock.now() },
        checkedAt: clock.now(),
      });
    }
    throw error;
  } finally {
    emit({ name: 'accounts.changed', accountIds: [accountId] });
  }
}
