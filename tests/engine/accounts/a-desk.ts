import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stopSourcesOf, wakeSourcesOf } from '../../../electron/engine/accounts/account-sources.ts';
import { createInstallationId } from '../../../electron/engine/accounts/installation-id.ts';
import { openAccounts } from '../../../electron/engine/accounts/open-accounts.ts';
import type { Connector } from '../../../electron/engine/connectors/connector.ts';
import { createHttp } from '../../../electron/engine/connectors/http/create-http.ts';
import { createPoller } from '../../../electron/engine/polling/poller.ts';
import type { DataKey } from '../../../electron/engine/ports/data-key.ts';
import { createSourcesHandlers } from '../../../electron/engine/sources/handlers.ts';
import { createKnownSecrets } from '../../../electron/engine/vault/known-secrets.ts';
import { openVault } from '../../../electron/engine/vault/open-vault.ts';
import { contract, type MethodInput, type MethodOutput } from '../../../shared/contract/contract.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { accountsMethods } from '../../../shared/contract/methods/accounts.ts';
import type { sourcesMethods } from '../../../shared/contract/methods/sources.ts';
import { memoryDataKey } from '../../helpers/memory-data-key.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { realClock } from '../connectors/http/real-clock.ts';
import { type FakeClock, fakeClock } from '../polling/fake-clock.ts';
import { pollingBench } from '../polling/polling-bench.ts';
import { perch, type Perch } from './perch.ts';
import { perchConnector, type PerchConnectorOptions } from './perch-connector.ts';

type Method = keyof typeof accountsMethods | keyof typeof sourcesMethods;

export interface DeskOptions extends PerchConnectorOptions {
  readonly directory?: string;
  readonly dataKey?: DataKey;
  readonly platform?: Perch;
  readonly clock?: FakeClock;
}

/** Accounts on the stand-in: a real store, a real vault, real requests; only the clock is held. */
export async function aDesk(options: DeskOptions = {}) {
  const { directory = temporaryDirectory(), dataKey = memoryDataKey(), clock = fakeClock() } = options;
  const platform = options.platform ?? (await perch(() => clock.now()));
  const connector: Connector = perchConnector(platform, options);
  const connectors = new Map([[connector.info.id, connector]]);
  const http = createHttp({ version: '0', clock: realClock });
  const events: EngineEvent[] = [];
  const emit = (event: EngineEvent): void => void events.push(event);
  const { store, deps, look } = pollingBench({ clock, http, directory });
  const vaultPath = join(directory, 'vault.json');
  const vault = openVault({ path: vaultPath, dataKey, logger: silentLogger, now: () => clock.now() });
  const secrets = createKnownSecrets();
  const installationId = createInstallationId(join(directory, 'installation-id'));
  const common = { store, connectors, http, clock, logger: silentLogger, emit };
  const accounts = openAccounts({ ...common, workspace: 'own', vault, secrets, installationId });
  const pollerDeps = { ...deps, ...common, accounts: accounts.sessions };
  const poller = createPoller(pollerDeps);
  const sources = createSourcesHandlers({ ...pollerDeps, poller });
  accounts.onKept((accountId) => wakeSourcesOf({ store, poller, clock, emit }, accountId));
  accounts.onRemoved((accountId) => stopSourcesOf({ store, poller, clock, emit }, accountId));
  onTestFinished(async () => {
    await poller.close();
    await accounts.close();
    await http.close();
  });

  async function ask<M extends Method>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    const handler = { ...accounts.handlers, ...sources }[method] as unknown as (
      input: unknown,
      context: { signal: AbortSignal },
    ) => unknown;
    const { signal } = new AbortController();
    return contract[method].output.parse(
      await handler(contract[method].input.parse(input), { signal }),
    ) as MethodOutput<M>;
  }

  const kate = { user: 'kate', password: 'kates-password' };
  return {
    directory,
    dataKey,
    clock,
    platform,
    store,
    vault,
    vaultPath,
    secrets,
    accounts,
    events,
    poller,
    look,
    ask,
    add: () => ask('accounts.add', { connector: 'perch', credentials: kate }),
    list: async () => (await ask('accounts.list', {})).accounts,
  };
}

/** What a call refuses with, thrown or rejected. */
export async function refusal(call: () => unknown): Promise<EarshotError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof EarshotError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
