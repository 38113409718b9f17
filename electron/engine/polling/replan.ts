import type { ConnectorRegistry } from '../connectors/registry.ts';
import type { SourceId } from '../../../shared/model/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { listSources, updateSource } from '../store/queries/sources.ts';
import type { WritableStore } from '../store/store.ts';
import { rewindSource } from './rewind-source.ts';

const msPerSource = 2_000;
const longestSpreadMs = 5 * 60_000;
/** No plan reaches further: a day of back-off or Retry-After, and the spread on top. */
const furthestPlanMs = 27 * 60 * 60_000;

/**
 * After a start, a sleep or time offline everything may be overdue at once. What was asked before is spread over
 * a few minutes; what never was is left to be asked now. A plan further away than any can be was made by
 * a clock that has been set back since.
 */
export function spreadOverdue(store: WritableStore, clock: Clock): void {
  const now = clock.now();
  const overdue = listSources(store).filter(
    ({ isPaused, nextPollAt, lastPollAt }) =>
      !isPaused &&
      nextPollAt !== null &&
      lastPollAt !== null &&
      (nextPollAt <= now || nextPollAt > now + furthestPlanMs),
  );
  const spreadMs = Math.min(overdue.length * msPerSource, longestSpreadMs);
  store.transaction(() => {
    for (const { sourceId } of overdue) {
      updateSource(store, sourceId, { nextPollAt: now + Math.floor(clock.random() * spreadMs) });
    }
  });
}

/** Nobody is asked again sooner because a query was edited word by word. */
const heedGapMs = 60_000;

/**
 * Trackers were added or changed: whoever is asked on their behalf is asked again soon. What a feed still shows
 * and nobody listened for is read anew; a search keeps a cursor for each of its words and begins the new ones by itself.
 */
export function heedTrackers(
  store: WritableStore,
  connectors: ConnectorRegistry,
  clock: Clock,
  /** All sources, unless told. */
  sourceIds?: readonly SourceId[],
): void {
  const now = clock.now();
  store.transaction(() => {
    for (const source of listSources(store)) {
      if (source.followsWhole || source.isPaused || source.nextPollAt === null) continue;
      const { sourceId, lastError, lastPollAt } = source;
      if (sourceIds && !sourceIds.includes(sourceId)) continue;
      const connector = connectors.get(source.connector);
      if (connector?.info.capabilities.listens === 'follow') rewindSource(store, connector, sourceId);
      const pausedUntil = lastError?.code === 'rate-limited' ? Number(lastError.details?.['retryAt']) : 0;
      const soon = Math.max(now, (lastPollAt ?? 0) + heedGapMs, pausedUntil || 0);
      if (soon < source.nextPollAt) updateSource(store, sourceId, { nextPollAt: soon });
    }
  });
}
