import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { Poller } from '../polling/poller.ts';
import type { Clock } from '../ports/clock.ts';
import { listSources, savePollFailure, type SourceRecord, updateSource } from '../store/queries/sources.ts';
import type { WritableStore } from '../store/store.ts';
import { accountGone } from './account-needed.ts';

export interface AccountSourcesDeps {
  readonly store: WritableStore;
  readonly poller: Poller;
  readonly clock: Clock;
  readonly emit: (event: EngineEvent) => void;
}

/** The account was removed: nothing is planned any more, and the source says what to do. */
export async function stopSourcesOf(deps: AccountSourcesDeps, accountId: AccountId): Promise<void> {
  const { store, poller, clock, emit } = deps;
  const stopped = sourcesOf(deps, accountId);
  for (const { sourceId, failCount } of stopped) {
    await poller.withoutPolling(sourceId, () =>
      savePollFailure(store, sourceId, {
        at: clock.now(),
        failure: accountGone().toFailure(),
        state: 'blocked',
        failCount: failCount + 1,
        nextPollAt: null,
      }),
    );
  }
  if (stopped.length > 0) {
    emit({ name: 'sources.changed', sourceIds: stopped.map(({ sourceId }) => sourceId) });
  }
}

/** Somebody has signed in: what waited for that is asked again now. */
export function wakeSourcesOf(deps: AccountSourcesDeps, accountId: AccountId): void {
  const { store, poller, clock, emit } = deps;
  const waiting = sourcesOf(deps, accountId).filter(({ state }) => state === 'blocked');
  if (waiting.length === 0) return;
  for (const { sourceId } of waiting) updateSource(store, sourceId, { nextPollAt: clock.now() });
  emit({ name: 'sources.changed', sourceIds: waiting.map(({ sourceId }) => sourceId) });
  poller.wake();
}

function sourcesOf({ store }: AccountSourcesDeps, accountId: AccountId): SourceRecord[] {
  return listSources(store).filter((source) => source.accountId === accountId);
}
