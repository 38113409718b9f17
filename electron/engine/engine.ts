import { join } from 'node:path';
import { BehaviorSubject, type Observable, Subject } from 'rxjs';
import type { WorkspaceName } from '../../shared/contract/methods/app.ts';
import { EarshotError } from '../../shared/contract/errors.ts';
import type { EngineEvent } from '../../shared/contract/events.ts';
import { createAnalyser } from './analysis/analyse.ts';
import { keepGoing } from './analysis/keep-going.ts';
import type { Connector } from './connectors/connector.ts';
import { createHttp } from './connectors/http/create-http.ts';
import type { PollingConditions } from './polling/poller.ts';
import type { Clock } from './ports/clock.ts';
import type { DataKey } from './ports/data-key.ts';
import type { Http } from './ports/http.ts';
import type { Logger } from './ports/logger.ts';
import type { SettingsStore } from './ports/settings-store.ts';
import { createDispatcher } from './rpc/dispatcher.ts';
import type { Handlers } from './rpc/handlers.ts';
import { createSettingsHandlers } from './settings/handlers.ts';
import { secretsOf } from './accounts/sweep-vault.ts';
import { lockDataDirectory } from './store/lock.ts';
import { systemClock } from './system-clock.ts';
import { createKnownSecrets, type KnownSecrets } from './vault/known-secrets.ts';
import { openVault } from './vault/open-vault.ts';
import type { Vault } from './vault/vault.ts';
import { createAppHandlers } from './workspace/handlers.ts';
import { makeDataDirectory } from './workspace/make-data-directory.ts';
import {
  openWorkspace,
  removeWorkspaceFiles,
  type Workspace,
  type WorkspaceOptions,
} from './workspace/open-workspace.ts';

export interface EngineOptions {
  /** Made when it is not there. One engine at a time may have it open. */
  readonly dataDirectory: string;
  readonly version: string;
  readonly host: 'electron' | 'browser' | 'command-line';
  /** Why the browser host is used and not Electron, in words. */
  readonly hostReason: string | null;
  readonly settings: SettingsStore;
  /** Of the vault. */
  readonly dataKey: DataKey;
  readonly logger: Logger;
  /** Off for the command line: it runs one call and goes. */
  readonly startsPolling: boolean;
  /** Which workspace to open; what was open last, unless told. */
  readonly workspace?: WorkspaceName;
  readonly clock?: Clock;
  readonly http?: Http;
  /** Parses what handlers return, for tests and development. */
  readonly checksOutputs?: boolean;
  /** Platforms beside the usual ones, for tests. */
  readonly moreConnectors?: readonly Connector[];
  /** How long the outbox waits, and what is told of its steps, for tests. */
  readonly outbox?: WorkspaceOptions['outbox'];
}

/** The product, without a screen. */
export interface Engine {
  /** Runs one method of the contract. Rejects with EarshotError. */
  call(method: string, params: unknown, signal?: AbortSignal): Promise<unknown>;
  readonly events$: Observable<EngineEvent>;
  /** Ends polls, closes the database, leaves no timer, socket or handle. */
  close(): Promise<void>;
}

/** The one place where the parts meet. Throws EarshotError (`in-use`, `database-newer`, `database-damaged`). */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { dataDirectory, settings } = options;
  const secrets = createKnownSecrets();
  const logger = withoutSecrets(options.logger, secrets);
  const clock = options.clock ?? systemClock;
  makeDataDirectory(dataDirectory);
  const unlock = lockDataDirectory(dataDirectory);
  const http = options.http ?? createHttp({ version: options.version, clock });
  const analyser = keepGoing(createAnalyser(), (error) =>
    logger.error('analysis-failed', { error: describe(error) }),
  );
  const events = new Subject<EngineEvent>();
  const emit = (event: EngineEvent): void => events.next(event);
  const conditions$ = new BehaviorSubject<PollingConditions>({
    online: true,
    asleep: false,
    pollingPaused: false,
  });

  const open = (name: WorkspaceName): Workspace =>
    openWorkspace({
      name,
      dataDirectory,
      vault,
      secrets,
      http,
      analyser,
      clock,
      logger,
      emit,
      conditions$,
      startsPolling: options.startsPolling,
      settings: () => settings.get(),
      moreConnectors: options.moreConnectors,
      outbox: options.outbox,
    });

  let vault: Vault;
  let workspace: Workspace;
  try {
    vault = openVault({
      path: join(dataDirectory, 'vault.json'),
      dataKey: options.dataKey,
      logger,
      now: () => clock.now(),
    });
    workspace = options.workspace ? open(options.workspace) : await openLast();
  } catch (error) {
    unlock();
    await http.close();
    throw error;
  }

  /** What cannot be read of settings or sample, which can be had anew, keeps nobody from their own mentions. */
  async function openLast(): Promise<Workspace> {
    try {
      const last = (await settings.get()).workspace;
      if (last !== 'own') return open(last);
    } catch (error) {
      logger.error('last-workspace-not-opened', { error: describe(error) });
    }
    return open('own');
  }

  let handlers = joinHandlers(workspace);
  let isWorkspaceOpen = true;
  /** Calls wait here while one workspace closes and the next opens. */
  let switching: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | null = null;

  function switchTo(
    name: WorkspaceName,
    afterwards: () => void = () => {},
  ): Promise<{ workspace: WorkspaceName }> {
    const done = switching.then(async () => {
      if (closing) throw closingFailure();
      if (workspace.name !== name || !isWorkspaceOpen) await replaceBy(name);
      await remember(name);
      emit({ name: 'workspace.changed' });
      afterwards();
      return { workspace: name };
    });
    switching = done.catch(() => {});
    return done;
  }

  /** When the other one cannot be opened, the one that was open is open again. */
  async function replaceBy(name: WorkspaceName): Promise<void> {
    isWorkspaceOpen = false;
    await workspace.close();
    try {
      adopt(open(name));
    } catch (error) {
      adopt(open(workspace.name));
      throw error;
    }
  }

  function adopt(opened: Workspace): void {
    workspace = opened;
    handlers = joinHandlers(opened);
    isWorkspaceOpen = true;
  }

  /** For the next start alone: a workspace that is open is not closed again because this fails. */
  async function remember(name: WorkspaceName): Promise<void> {
    try {
      await settings.set({ workspace: name });
    } catch (error) {
      logger.error('workspace-not-remembered', { error: describe(error) });
    }
  }

  function joinHandlers(current: Workspace): Handlers {
    return {
      ...current.handlers,
      'connectors.list': () => ({ connectors: [...current.connectors.values()].map(({ info }) => info) }),
      ...createSettingsHandlers({ settings, emit }),
      ...createAppHandlers({
        info: () => ({
          version: options.version,
          host: options.host,
          hostReason: options.hostReason,
          dataDirectory,
          workspace: current.name,
          polling: current.pollingInfo(),
        }),
        setConditions: (changes) => {
          const known = conditions$.value;
          conditions$.next({
            online: changes.online ?? known.online,
            asleep: changes.asleep ?? known.asleep,
            pollingPaused: changes.pollingPaused ?? known.pollingPaused,
          });
        },
        openWorkspace: (name) => switchTo(name),
        removeSample: async () => {
          const opened = await switchTo('own', () => removeWorkspaceFiles(dataDirectory, 'sample'));
          await vault.remove(secretsOf(vault, 'sample'));
          return opened;
        },
      }),
    };
  }

  const dispatch = createDispatcher({
    handlers: async () => {
      await switching;
      if (closing) throw closingFailure();
      return handlers;
    },
    logger,
    ...(options.checksOutputs === undefined ? {} : { checksOutputs: options.checksOutputs }),
  });

  async function close(): Promise<void> {
    await switching;
    try {
      await workspace.close();
      await http.close();
    } finally {
      events.complete();
      unlock();
    }
  }

  return {
    call: (method, params, signal) =>
      closing
        ? Promise.reject(closingFailure())
        : dispatch(method, params, signal).catch((error: unknown) => {
            throw secrets.stripError(error);
          }),
    events$: events.asObservable(),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Whatever a platform or a bug puts into words, no secret goes into the log. */
function withoutSecrets(logger: Logger, secrets: KnownSecrets): Logger {
  return {
    info: (event, fields) => logger.info(event, secrets.strip(fields)),
    warn: (event, fields) => logger.warn(event, secrets.strip(fields)),
    error: (event, fields) => logger.error(event, secrets.strip(fields)),
  };
}

function closingFailure(): EarshotError {
  return new EarshotError('unreachable', 'Earshot is closing.', { reason: 'closing' });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
