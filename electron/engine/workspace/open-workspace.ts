import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BehaviorSubject } from 'rxjs';
import type { WorkspaceName } from '../../../shared/contract/methods/app.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import { stopSourcesOf, wakeSourcesOf } from '../accounts/account-sources.ts';
import { guardErrors } from '../accounts/guard-errors.ts';
import { createInstallationId } from '../accounts/installation-id.ts';
import { openAccounts } from '../accounts/open-accounts.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import type { Analyser } from '../analysis/analysis.ts';
import type { Connector } from '../connectors/connector.ts';
import { type ConnectorRegistry, connectorsOf } from '../connectors/registry.ts';
import { createConversationsHandlers, createInboxHandlers } from '../inbox/handlers.ts';
import { createSnoozeWaker } from '../inbox/snooze-waker.ts';
import { createRematcher } from '../ingest/rematcher.ts';
import { createTrackerBook } from '../ingest/tracker-book.ts';
import type { AttemptDeps } from '../outbox/attempt-context.ts';
import { openOutbox } from '../outbox/open-outbox.ts';
import { createPoller, type PollingConditions, type PollingInfo } from '../polling/poller.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http } from '../ports/http.ts';
import type { Logger } from '../ports/logger.ts';
import { createSourcesHandlers } from '../sources/handlers.ts';
import { listBackups } from '../store/migrate.ts';
import { openStore } from '../store/open-store.ts';
import { createTrackersHandlers } from '../trackers/handlers.ts';
import type { KnownSecrets } from '../vault/known-secrets.ts';
import type { Vault } from '../vault/vault.ts';
import { fillSample } from './fill-sample.ts';

export interface WorkspaceOptions {
  readonly name: WorkspaceName;
  readonly dataDirectory: string;
  readonly vault: Vault;
  readonly secrets: KnownSecrets;
  readonly http: Http;
  readonly analyser: Analyser;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly emit: (event: EngineEvent) => void;
  readonly conditions$: BehaviorSubject<PollingConditions>;
  readonly startsPolling: boolean;
  readonly settings: () => Promise<Settings>;
  /** Platforms beside the usual ones, for tests. */
  readonly moreConnectors?: readonly Connector[] | undefined;
  readonly outbox?: Partial<Pick<AttemptDeps, 'timings' | 'onStep'>> | undefined;
}

const fileNames: Readonly<Record<WorkspaceName, string>> = { own: 'earshot.sqlite', sample: 'sample.sqlite' };

export type Workspace = ReturnType<typeof openWorkspace>;

/** One database and everything that works on it. Throws EarshotError when the database cannot be used. */
export function openWorkspace(options: WorkspaceOptions) {
  const { name, dataDirectory, vault, secrets, http, analyser, clock, logger, emit, conditions$ } = options;
  const { startsPolling } = options;
  const store = openStore({ path: join(dataDirectory, fileNames[name]), now: () => clock.now() });
  const connectors: ConnectorRegistry = new Map(
    [...connectorsOf(name).values(), ...(options.moreConnectors ?? [])].map((connector) => [
      connector.info.id,
      guardErrors(connector, secrets),
    ]),
  );
  try {
    if (name === 'sample') fillSample(store, connectors, clock.now());
  } catch (error) {
    store.close();
    throw error;
  }

  const report = (error: unknown): void =>
    logger.error('background-work-failed', { error: error instanceof Error ? error.stack : String(error) });
  const trackers = createTrackerBook();
  const accounts = openAccounts({
    store,
    workspace: name,
    vault,
    secrets,
    connectors,
    http,
    clock,
    logger,
    emit,
    installationId: createInstallationId(join(dataDirectory, 'installation-id')),
  });
  const poller = createPoller({
    store,
    connectors,
    http,
    accounts: accounts.sessions,
    trackers,
    analyser,
    clock,
    logger,
    emit,
    conditions$,
  });
  const waker = createSnoozeWaker({ store, clock, emit, onError: report });
  const rematcher = createRematcher({ store, clock, emit, onError: report });
  const outbox = openOutbox({
    store,
    connectors,
    http,
    sessionOf: (accountId) => accounts.sessions.sessionOf(accountId),
    trackers,
    analyser,
    clock,
    logger,
    emit,
    conditions$,
    settings: options.settings,
    isOneCall: !startsPolling,
    ...options.outbox,
  });
  const closed = new AbortController();
  accounts.onKept((accountId) => outbox.resumeAccount(accountId));
  accounts.onRemoved(() => outbox.failOrphans());
  accounts.onKept((accountId) => wakeSourcesOf({ store, poller, clock, emit }, accountId));
  accounts.onRemoved((accountId) => stopSourcesOf({ store, poller, clock, emit }, accountId));

  waker.start();
  void rematcher.run();
  if (startsPolling) {
    poller.start();
    outbox.start();
  }

  return {
    name,
    connectors,
    pollingInfo: (): PollingInfo => poller.info(),
    handlers: {
      ...accounts.handlers,
      ...outbox.handlers,
      ...createInboxHandlers({ store }),
      ...createConversationsHandlers({
        store,
        clock,
        emit,
        onSnoozed: () => waker.poke(),
        answering: (conversationId) => outbox.answering(conversationId),
      }),
      ...createSourcesHandlers({
        store,
        connectors,
        poller,
        clock,
        http,
        accounts: accounts.sessions,
        trackers,
        analyser,
        emit,
        closed: closed.signal,
      }),
      ...createTrackersHandlers({
        store,
        clock,
        emit,
        rematch: () => {
          void rematcher.run();
          poller.heedTrackers();
        },
      }),
    },
    async close(): Promise<void> {
      closed.abort(new EarshotError('unreachable', 'This workspace was closed meanwhile. Try again.'));
      // A single call (the command line) finishes what it began; the app goes on with it at the next start.
      if (!startsPolling) await rematcher.run();
      await Promise.all([poller.close(), outbox.close()]);
      await accounts.close();
      await waker.stop();
      await rematcher.stop();
      store.close();
    },
  };
}

/** Deletes a workspace that is not open, its backups too. */
export function removeWorkspaceFiles(dataDirectory: string, name: WorkspaceName): void {
  const path = join(dataDirectory, fileNames[name]);
  try {
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    for (const backup of listBackups(path)) rmSync(backup, { force: true });
  } catch (error) {
    throw new EarshotError(
      'in-use',
      `${path} could not be deleted. Close what uses it, or delete it yourself once Earshot is closed.`,
      { path },
      error,
    );
  }
}
