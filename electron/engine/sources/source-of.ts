import type { Source } from '../../../shared/model/source.ts';
import type { SourceRecord } from '../store/queries/sources.ts';

/** A source as the contract shows it. */
export function sourceOf(record: SourceRecord): Source {
  return {
    sourceId: record.sourceId,
    connector: record.connector,
    accountId: record.accountId,
    name: record.name,
    settings: { ...record.settings },
    trackerIds: [...record.trackerIds],
    followsWhole: record.followsWhole,
    url: record.url,
    createdAt: record.createdAt,
    mentionCount: record.mentionCount,
    health: {
      state: record.isPaused ? 'paused' : record.state,
      lastPollAt: record.lastPollAt,
      lastSuccessAt: record.lastSuccessAt,
      lastError: record.lastError,
      failCount: record.failCount,
      nextPollAt: record.isPaused ? null : record.nextPollAt,
      intervalMs: record.intervalMs,
    },
  };
}
