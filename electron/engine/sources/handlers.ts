import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { sourcesMethods } from '../../../shared/contract/methods/sources.ts';
import type { AccountId, SourceId, TrackerId } from '../../../shared/model/ids.ts';
import { accountNeeded } from '../accounts/account-needed.ts';
import type { Connector } from '../connectors/connector.ts';
import type { ConnectorRegistry } from '../connectors/registry.ts';
import { parseSettings } from '../polling/parse-settings.ts';
import type { Poller } from '../polling/poller.ts';
import { rewindSource } from '../polling/rewind-source.ts';
import type { FeatureHandlers } from '../rpc/handlers.ts';
import {
  findSource,
  insertSource,
  listSources,
  removeSource,
  type SourcePatch,
  type SourceRecord,
  updateSource,
} from '../store/queries/sources.ts';
import { findAccount } from '../store/queries/accounts.ts';
import { findTracker } from '../store/queries/trackers.ts';
import type { WritableStore } from '../store/store.ts';
import { sourceOf } from './source-of.ts';
import { testSource, type TestSourceDeps } from './test-source.ts';

/** `http`, `trackers` and `analyser` are for the dry run alone; all else goes by the poller. */
export interface SourcesDeps extends TestSourceDeps {
  readonly store: WritableStore;
  readonly connectors: ConnectorRegistry;
  readonly poller: Poller;
  readonly emit: (event: EngineEvent) => void;
  /** Aborts when the workspace closes: a dry run does not outlive it. */
  readonly closed?: AbortSignal;
}

const longestName = 200;

/** What is listened to: adding, changing and removing needs no network, only polling and testing do. */
export function createSourcesHandlers(deps: SourcesDeps): FeatureHandlers<typeof sourcesMethods> {
  const { store, connectors, poller, clock, emit } = deps;
  const announce = (sourceId: SourceId): void => emit({ name: 'sources.changed', sourceIds: [sourceId] });

  return {
    'sources.add': (input) => {
      const connector = connectorOf(connectors, input.connector);
      const settings = parseSettings(connector, input.settings);
      const trackerIds = knownTrackers(store, input.trackerIds ?? []);
      const accountId = fittingAccount(store, connector, settings, input.accountId);
      refuseDuplicate(store, { connector: input.connector, accountId, settings, trackerIds });
      const { name, url } = connector.describe(settings);
      const now = clock.now();
      const added = insertSource(store, {
        connector: input.connector,
        accountId,
        name: input.name ?? name.slice(0, longestName),
        isNameGiven: input.name !== undefined,
        settings,
        trackerIds,
        followsWhole: followsWhole(connector, trackerIds),
        url,
        createdAt: now,
        nextPollAt: now,
      });
      announce(added.sourceId);
      poller.wake();
      return sourceOf(added);
    },

    'sources.list': () => ({ sources: listSources(store).map(sourceOf) }),

    'sources.update': (input) => {
      const { sourceId } = input;
      const current = findSource(store, sourceId);
      const connector = connectors.get(current.connector);
      const settings = input.settings && parseSettings(needed(connector), input.settings);
      const trackerIds = input.trackerIds && knownTrackers(store, input.trackerIds, current.trackerIds);
      return poller.withoutPolling(sourceId, () => {
        const before = findSource(store, sourceId);
        const isElsewhere =
          (settings !== undefined && canonical(settings) !== canonical(before.settings)) ||
          (input.accountId !== undefined && input.accountId !== before.accountId);
        const hearsOther = trackerIds !== undefined && !isSameSet(trackerIds, before.trackerIds);
        const now = { settings: settings ?? before.settings, accountId: before.accountId };
        if (isElsewhere) {
          const wanted = input.accountId === undefined ? before.accountId : input.accountId;
          now.accountId = fittingAccount(store, needed(connector), now.settings, wanted ?? undefined);
        }
        if (isElsewhere || hearsOther) {
          refuseDuplicate(
            store,
            {
              connector: before.connector,
              ...now,
              trackerIds: trackerIds ?? before.trackerIds,
            },
            sourceId,
          );
        }
        const patch: SourcePatch = {
          ...(input.name === undefined ? {} : { name: input.name }),
          ...(isElsewhere
            ? { ...now, url: needed(connector).describe(now.settings).url, startsAfresh: true }
            : {}),
          ...(hearsOther ? { trackerIds, followsWhole: followsWhole(needed(connector), trackerIds) } : {}),
          ...(input.paused === undefined ? {} : { isPaused: input.paused }),
          ...plan(
            before,
            { isAskedNow: isElsewhere || hearsOther, isResumed: input.paused === false },
            clock.now(),
          ),
        };
        const after = store.transaction(() => {
          // What was left out because nobody listened for it may still be shown there: the next poll looks again.
          if (hearsOther && needed(connector).info.capabilities.listens === 'follow')
            rewindSource(store, needed(connector), sourceId);
          return updateSource(store, sourceId, patch);
        });
        announce(sourceId);
        poller.wake();
        return sourceOf(after);
      });
    },

    'sources.remove': ({ sourceId }) => {
      findSource(store, sourceId);
      return poller.withoutPolling(sourceId, () => {
        removeSource(store, sourceId, clock.now());
        announce(sourceId);
        return {};
      });
    },

    'sources.pollNow': async ({ sourceIds }) => ({ results: await poller.pollNow(sourceIds ?? null) }),

    'sources.test': (input, { signal }) => {
      const connector = connectorOf(connectors, input.connector);
      const trackerIds = knownTrackers(store, input.trackerIds ?? []);
      const settings = parseSettings(connector, input.settings);
      return testSource(deps, connector, {
        settings,
        accountId: fittingAccount(store, connector, settings, input.accountId),
        trackerIds,
        signal: deps.closed ? AbortSignal.any([signal, deps.closed]) : signal,
      });
    },
  };
}

function connectorOf(connectors: ConnectorRegistry, id: string): Connector {
  const connector = connectors.get(id);
  if (connector) return connector;
  const known = [...connectors.keys()].join(', ');
  const message = `There is no connector “${id}”; there are: ${known}.`;
  throw new EarshotError('invalid-input', message, { issues: [{ path: 'connector', message }] });
}

function needed(connector: Connector | undefined): Connector {
  if (connector) return connector;
  throw new EarshotError('unsupported', 'This version of Earshot has no connector for this source any more.');
}

/** Each once; throws `not-found` for one that is not there. What a source holds already may have been removed since. */
function knownTrackers(
  store: WritableStore,
  trackerIds: readonly TrackerId[],
  held: readonly TrackerId[] = [],
): TrackerId[] {
  return [...new Set(trackerIds)].map((trackerId) =>
    held.includes(trackerId) ? trackerId : findTracker(store, trackerId).trackerId,
  );
}

/** Throws `invalid-input` when one is needed and there is none, or when it is one of another platform. */
function fittingAccount(
  store: WritableStore,
  connector: Connector,
  settings: unknown,
  accountId: AccountId | undefined,
): AccountId | null {
  if (accountId === undefined) {
    const why = accountNeeded(connector, settings);
    if (why === null) return null;
    throw new EarshotError('invalid-input', why, { issues: [{ path: 'accountId', message: why }] });
  }
  const { name, id, capabilities } = connector.info;
  if (findAccount(store, accountId).connector === id && capabilities.listensWithAccount !== 'never') {
    return accountId;
  }
  const message = `${name} cannot be listened to with this account.`;
  throw new EarshotError('invalid-input', message, { issues: [{ path: 'accountId', message }] });
}

function followsWhole(connector: Connector, trackerIds: readonly TrackerId[]): boolean {
  return connector.info.capabilities.listens === 'follow' && trackerIds.length === 0;
}

type Identity = Pick<SourceRecord, 'connector' | 'accountId' | 'settings' | 'trackerIds'>;

function refuseDuplicate(store: WritableStore, wanted: Identity, except?: SourceId): void {
  const same = listSources(store).find(
    (source) =>
      source.sourceId !== except &&
      source.connector === wanted.connector &&
      source.accountId === wanted.accountId &&
      canonical(source.settings) === canonical(wanted.settings) &&
      isSameSet(source.trackerIds, wanted.trackerIds),
  );
  if (!same) return;
  throw new EarshotError('conflict', `Earshot listens to that already: “${same.name}”.`, {
    sourceId: same.sourceId,
  });
}

/** When to poll a source that the user has just changed; nothing when its plan stands. */
function plan(
  before: SourceRecord,
  change: { readonly isAskedNow: boolean; readonly isResumed: boolean },
  now: number,
): { nextPollAt?: number } {
  if (change.isAskedNow) {
    // Other trackers do not lift the pause that a server has asked for.
    const retryAt =
      before.lastError?.code === 'rate-limited' ? Number(before.lastError.details?.['retryAt']) : now;
    return { nextPollAt: retryAt > now ? retryAt : now };
  }
  return change.isResumed && before.nextPollAt === null ? { nextPollAt: now } : {};
}

function isSameSet(left: readonly TrackerId[], right: readonly TrackerId[]): boolean {
  return left.length === right.length && left.every((id) => right.includes(id));
}

/** The same settings give the same text, in whatever order they were written. */
function canonical(settings: unknown): string {
  return JSON.stringify(settings, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
