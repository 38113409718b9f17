import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { Source } from '../../../shared/model/source.ts';
import type { Tracker } from '../../../shared/model/tracker.ts';

/** More names than this are counted instead. */
const namesShown = 3;

/** What of a source comes into the inbox, in a few words. */
export function listeningWords(
  source: Pick<Source, 'trackerIds' | 'followsWhole'>,
  connector: ConnectorInfo | null,
  trackers: readonly Tracker[],
): string {
  if (source.followsWhole) return 'everything it publishes';
  if (source.trackerIds.length === 0) {
    return connector?.capabilities.listens === 'search' && trackers.length === 0
      ? 'waits for a tracker'
      : 'what any tracker matches';
  }
  const names = source.trackerIds.map(
    (id) => trackers.find(({ trackerId }) => trackerId === id)?.name ?? 'a removed tracker',
  );
  if (names.length > namesShown) return `what ${names.length} trackers match`;
  const last = names.at(-1) ?? '';
  return `what ${names.length === 1 ? last : `${names.slice(0, -1).join(', ')} or ${last}`} matches`;
}
