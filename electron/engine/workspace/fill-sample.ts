import { sampleIdentity } from '../connectors/sample/account.ts';
import { sampleWorkspace } from '../connectors/sample/sample-workspace.ts';
import type { ConnectorRegistry } from '../connectors/registry.ts';
import { insertAccount } from '../store/queries/accounts.ts';
import { writeSavedReply } from '../store/queries/saved-replies.ts';
import { insertSource, listSources } from '../store/queries/sources.ts';
import { insertTracker, listTrackers } from '../store/queries/trackers.ts';
import type { WritableStore } from '../store/store.ts';

/** Gives an empty sample workspace its trackers, sources, account and saved replies, all or none of them. */
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
    const { externalId, authorKey, name, handle, url } = sampleIdentity;
    insertAccount(store, {
      connector: 'sample',
      platform: connectors.get('sample')?.info.platforms[0]?.id ?? 'sample',
      externalId,
      authorKey,
      name,
      handle,
      url,
      identity: {},
      settings: {},
      // No secret lies there: nobody has to sign in to an invented platform.
      vaultName: 'sample/sample/invented',
      isReadOnly: false,
      expiresAt: null,
      at: now,
    });
    for (const savedReply of sampleWorkspace.savedReplies) {
      writeSavedReply(store, { ...savedReply, at: now });
    }
  });
}
