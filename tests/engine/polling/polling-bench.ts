import { join } from 'node:path';
import { BehaviorSubject } from 'rxjs';
import { onTestFinished } from 'vitest';
import type { Analyser } from '../../../electron/engine/analysis/analysis.ts';
import { createTrackerBook } from '../../../electron/engine/ingest/tracker-book.ts';
import { createPoller, type Poller, type PollerDeps } from '../../../electron/engine/polling/poller.ts';
import type { Http } from '../../../electron/engine/ports/http.ts';
import { openStore } from '../../../electron/engine/store/open-store.ts';
import {
  findSource,
  insertSource,
  readCursor,
  type SourceRecord,
} from '../../../electron/engine/store/queries/sources.ts';
import type { Store } from '../../../electron/engine/store/store.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { SourceId } from '../../../shared/model/ids.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { type FakePlatform, fakePlatform } from './fake-connector.ts';

export const plainAnalyser: Analyser = {
  analyse: (_, language) => ({ language, sentiment: { label: 'neutral', score: 0, words: [] } }),
};

export interface PollingBench {
  readonly store: Store;
  readonly clock: FakeClock;
  readonly platform: FakePlatform;
  readonly poller: Poller;
  readonly deps: PollerDeps;
  readonly events: EngineEvent[];
  readonly conditions$: BehaviorSubject<{ online: boolean; asleep: boolean; pollingPaused: boolean }>;
  readonly add: (
    name: string,
    more?: Partial<{ host: string | null; nextPollAt: number | null; lastPollAt: number }>,
  ) => SourceId;
  readonly look: (sourceId: SourceId) => SourceRecord & { readonly cursor: unknown };
}

/** Sources of the played platform listen without one; those that do not are in tests/engine/accounts. */
const noAccounts: PollerDeps['accounts'] = {
  sessionOf: (accountId) => {
    throw new EarshotError('not-found', 'There are no accounts here.', { accountId });
  },
  worked: () => {},
  withoutSecrets: (error) => error,
};

/** A poller on a real store, with a played platform and a clock that stands still. */
export function pollingBench(
  options: { platform?: FakePlatform; clock?: FakeClock; http?: Http; directory?: string } = {},
): PollingBench {
  const { platform = fakePlatform(), clock = fakeClock(), directory = temporaryDirectory() } = options;
  const store = openStore({ path: join(directory, 'test.sqlite'), now: () => clock.now() });
  const events: EngineEvent[] = [];
  const conditions$ = new BehaviorSubject({ online: true, asleep: false, pollingPaused: false });
  const deps: PollerDeps = {
    store,
    connectors: new Map([[platform.connector.info.id, platform.connector]]),
    http: options.http ?? {
      send: () => Promise.reject(new Error('no network here')),
      close: () => Promise.resolve(),
    },
    trackers: createTrackerBook(),
    analyser: plainAnalyser,
    clock,
    logger: silentLogger,
    emit: (event) => events.push(event),
    accounts: noAccounts,
    conditions$,
  };
  const poller = createPoller(deps);
  onTestFinished(async () => {
    await poller.close();
    store.close();
  });
  return {
    store,
    clock,
    platform,
    poller,
    deps,
    events,
    conditions$,
    add(name, { host, nextPollAt = clock.now(), lastPollAt } = {}) {
      const { sourceId } = insertSource(store, {
        connector: platform.connector.info.id,
        name,
        isNameGiven: false,
        settings: { name, ...(host === undefined ? {} : { host }) },
        trackerIds: [],
        followsWhole: platform.connector.info.capabilities.listens === 'follow',
        url: null,
        createdAt: clock.now(),
        nextPollAt,
      });
      if (lastPollAt !== undefined) {
        store.run('UPDATE sources SET last_poll_at = ? WHERE id = ?', lastPollAt, Number(sourceId));
      }
      return sourceId;
    },
    look: (sourceId) => ({ ...findSource(store, sourceId), cursor: readCursor(store, sourceId) }),
  };
}
