import { sampleWorkspace } from '../connectors/sample/sample-workspace.ts';
import type { ConnectorRegistry } from '../connectors/registry.ts';
import { insertSource, listSources } from '../store/queries/sources.ts';
import { insertTracker, listTrackers } from '../store/queries/trackers.ts';
import type { WritableStore } from '../store/store.ts';

/** Gives an empty sample workspace its trackers and sources, all or none of them. */
export function fillSample(store: WritableStore, connectors: ConnectorRegistry, now: number): void {
  if (listSources(store).length > 0 || listTrackers(store).length > 0) return;
  store.transaction(() => {
    const trackers = sampleWorkspace.trackers.map(({ name, query }) =>
      insertTracker(store, { name, query, createdAt: now }),
    );
    for (const { connector, name, settings, trackerNames = [] } of sampleWorkspace.sources) {
      const listened = trackers.filter((tracker) => trackerNames.includes(tracker.name));
      insertSource(store, {
        connector,
        name,
        isNameGiven: true,
        settings,
        trackerIds: listened.map(({ trackerId }) => trackerId),
        followsWhole: listened.length === 0,
        url: connectors.get(connector)?.describe(settings).url ?? null,
        createdAt: now,
        nextPollAt: now,
      });
    }
  });
}
