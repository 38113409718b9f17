import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { AccountSession, AccountSupport } from '../connectors/connector.ts';
import type { ConnectorRegistry } from '../connectors/registry.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http } from '../ports/http.ts';
import type { Logger } from '../ports/logger.ts';
import { type AccountRecord, findAccount, listAccounts, updateAccount } from '../store/queries/accounts.ts';
import type { WritableStore } from '../store/store.ts';
import { type KnownSecrets, secretTextsIn } from '../vault/known-secrets.ts';
import type { Vault } from '../vault/vault.ts';
import { canEndSoon, isSame, refuseEmpty, lastsUntil } from './credentials.ts';
import { parseAccountSettings } from './parse-account-settings.ts';
import { identityOf } from './stored-identity.ts';

export interface AccountSessionsDeps {
  readonly store: WritableStore;
  readonly vault: Vault;
  readonly connectors: ConnectorRegistry;
  readonly http: Http;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told of everything that comes out of the vault or goes into it. */
  readonly secrets: KnownSecrets;
  readonly emit: (event: EngineEvent) => void;
}

export interface TrackedSession extends AccountSession {
  /** Whether anybody has taken credentials from it. */
  isUsed(): boolean;
}

export interface AccountSessions {
  /** Throws `not-found`, or `unsupported` when this version has no such connector. */
  sessionOf(
    accountId: AccountId,
    options?: {
      /** Tries to renew also what could not be renewed before: because the user asks for it. */
      readonly triesExpired?: boolean;
    },
  ): TrackedSession;
  /** What is in the vault for it, as it is. Throws `unauthorized` when nothing usable is. */
  look(account: AccountRecord): Promise<unknown>;
  /** Runs while no renewal of this account does: what it writes to the vault is not overwritten by an older one. */
  inTurn<Result>(accountId: AccountId, work: () => Promise<Result>): Promise<Result>;
  /** An error as it may be stored and shown, should a platform have put into its words what was sent to it. */
  withoutSecrets(error: unknown): unknown;
  /** The platform took its credentials: an account that was taken for expired is not. */
  worked(accountId: AccountId): void;
  /** Waits a little for renewals, because what a platform has renewed must be saved. */
  close(): Promise<void>;
}

/** A renewal that a platform has begun to answer is worth waiting for; the shell's own patience is longer. */
const closingPatienceMs = 5_000;

/** What connectors sign in with, from the vault; renewed one at a time, and saved before anybody gets it. */
export function createAccountSessions(deps: AccountSessionsDeps): AccountSessions {
  const { store, vault, connectors, http, clock, logger, secrets, emit } = deps;
  const turns = new Map<AccountId, Promise<unknown>>();
  /** Renewed but not on disk: the old ones may have stopped working, so these are saved first, not renewed again. */
  const unsaved = new Map<AccountId, unknown>();
  const closed = new AbortController();

  function inTurn<Result>(accountId: AccountId, work: () => Promise<Result>): Promise<Result> {
    const result = (turns.get(accountId) ?? Promise.resolve()).then(work);
    const settled = result.then(nothing, nothing).then(() => {
      if (turns.get(accountId) === settled) turns.delete(accountId);
    });
    turns.set(accountId, settled);
    return result;
  }

  async function held(account: AccountRecord, support: AccountSupport): Promise<unknown> {
    const parsed = support.credentialsSchema.safeParse(await vault.read(account.vaultName));
    if (parsed.success) {
      secrets.learn(secretTextsIn(parsed.data, [account.identity, account.settings, account.handle]));
      return parsed.data;
    }
    throw signInAgain(account, 'What it signs in with is not in the vault any more.');
  }

  function note(account: AccountRecord, patch: Parameters<typeof updateAccount>[2]): void {
    updateAccount(store, account.accountId, patch);
    emit({ name: 'accounts.changed', accountIds: [account.accountId] });
  }

  function expire(account: AccountRecord, reason: EarshotError): EarshotError {
    const failure = signInAgain(account, reason.message);
    // Told once, though a platform without renewals is asked again now and then.
    if (account.state === 'expired') return failure;
    note(account, { state: 'expired', failure: { ...failure.toFailure(), at: clock.now() } });
    logger.warn('account-expired', { accountId: account.accountId, connector: account.connector });
    return failure;
  }

  async function renew(
    account: AccountRecord,
    support: AccountSupport,
    settings: unknown,
    old: unknown,
    triesExpired: boolean,
  ): Promise<unknown> {
    const { accountId } = account;
    const fresh = unsaved.has(accountId)
      ? unsaved.get(accountId)
      : await askForNewer(triesExpired ? { ...account, state: 'ok' } : account, support, settings, old);
    secrets.learn(secretTextsIn(fresh, [account.identity, account.settings, account.handle]));
    unsaved.set(accountId, fresh);
    await vault.write(account.vaultName, fresh);
    unsaved.delete(accountId);
    note(account, { state: 'ok', failure: null, expiresAt: lastsUntil(support, fresh) });
    return fresh;
  }

  async function askForNewer(
    account: AccountRecord,
    support: AccountSupport,
    settings: unknown,
    old: unknown,
  ): Promise<unknown> {
    if (!support.refresh) {
      throw expire(account, new EarshotError('unauthorized', 'The platform does not take it any more.'));
    }
    // What cannot be renewed is not asked for again and again: some platforms take that for a theft.
    if (account.state === 'expired') throw signInAgain(account, account.failure?.message);
    try {
      const fresh = await support.refresh({
        settings,
        credentials: old,
        http,
        now: () => clock.now(),
        signal: closed.signal,
      });
      return refuseEmpty(support, fresh, old);
    } catch (thrown) {
      const error = secrets.stripError(thrown);
      if (error instanceof EarshotError && error.code === 'unauthorized') throw expire(account, error);
      if (error instanceof EarshotError && !closed.signal.aborted) {
        note(account, { state: 'failing', failure: { ...error.toFailure(), at: clock.now() } });
      }
      throw error;
    }
  }

  function sessionOf(
    accountId: AccountId,
    { triesExpired = false }: { readonly triesExpired?: boolean } = {},
  ): TrackedSession {
    let isUsed = false;
    const first = findAccount(store, accountId);
    const { connector, support } = supportOf(connectors, first);
    const settings = parseAccountSettings(connector, support, first.settings);

    return {
      identity: identityOf(first),
      settings,
      isUsed: () => isUsed,
      async credentials() {
        isUsed = true;
        const account = findAccount(store, accountId);
        const current = await held(account, support);
        if (!support.refresh || !canEndSoon(support, current, clock.now())) return current;
        return inTurn(accountId, async () => {
          // Somebody else may have renewed them meanwhile, or signed in again.
          const now = findAccount(store, accountId);
          const newest = await held(now, support);
          if (!canEndSoon(support, newest, clock.now())) return newest;
          try {
            return await renew(now, support, settings, newest, triesExpired);
          } catch (error) {
            // They hold for a moment yet; the next call tries again.
            const isDead = error instanceof EarshotError && error.code === 'unauthorized';
            const endsAt = support.expiresAt?.(newest) ?? null;
            if (isDead || unsaved.has(accountId) || endsAt === null || endsAt <= clock.now()) throw error;
            return newest;
          }
        });
      },
      renewed: (refused) =>
        inTurn(accountId, async () => {
          const account = findAccount(store, accountId);
          const newest = await held(account, support);
          if (!isSame(newest, refused)) return newest;
          return renew(account, support, settings, newest, triesExpired);
        }),
    };
  }

  return {
    sessionOf,
    look: (account) => held(account, supportOf(connectors, account).support),
    inTurn: (accountId, work) =>
      inTurn(accountId, () => {
        // Whoever takes a turn by hand signs in again or removes it: what was renewed before is not wanted any more.
        unsaved.delete(accountId);
        return work();
      }),
    withoutSecrets: (error) => secrets.stripError(error),
    worked(accountId) {
      const account = listAccounts(store).find((one) => one.accountId === accountId);
      if (account && account.state !== 'ok')
        note(account, { state: 'ok', failure: null, checkedAt: clock.now() });
    },
    async close() {
      const patience = new AbortController();
      await Promise.race([
        Promise.all(turns.values()),
        clock.sleep(closingPatienceMs, AbortSignal.any([patience.signal, closed.signal])),
      ]);
      patience.abort();
      closed.abort(new EarshotError('unreachable', 'Earshot is closing.', { reason: 'closing' }));
      await Promise.all(turns.values());
    },
  };
}

/** Throws `unsupported` for an account whose connector, or whose accounts, this version does not know. */
export function supportOf(connectors: ConnectorRegistry, account: Pick<AccountRecord, 'connector'>) {
  const connector = connectors.get(account.connector);
  if (connector?.account) return { connector, support: connector.account };
  throw new EarshotError(
    'unsupported',
    `This version of Earshot has no accounts on “${account.connector}”.`,
    { connector: account.connector },
  );
}

const advice = 'Sign in again: Accounts, then this account, then “Sign in again”.';

function signInAgain(account: AccountRecord, reason: string | undefined): EarshotError {
  const why = reason?.replace(advice, '').trim();
  // Connectors that have advice of their own need no second one.
  const parts = why !== undefined && /\bsign in again\b/i.test(why) ? [why] : [why, advice];
  return new EarshotError('unauthorized', parts.filter(Boolean).join(' '), {
    accountId: account.accountId,
  });
}

function nothing(): void {}
