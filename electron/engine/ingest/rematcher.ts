import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { ConversationId } from '../../../shared/model/ids.ts';
import { conversationsChanged, mostListed } from '../inbox/conversations-changed.ts';
import type { Clock } from '../ports/clock.ts';
import type { WritableStore } from '../store/store.ts';
import { rematchSlice } from './rematch.ts';

/** Between two slices others get their turn, the window's calls above all. */
const pauseMs = 5;
/** After a failure, of a disk that is full above all. */
const retryMs = 60_000;

export interface Rematcher {
  /** Call when a tracker was made, changed or removed, and once at the start. Resolves when all is matched, or matching failed. */
  run(): Promise<void>;
  /** Resolves when it no longer touches the store. */
  stop(): Promise<void>;
}

export interface RematcherDeps {
  readonly store: WritableStore;
  readonly clock: Clock;
  readonly emit: (event: EngineEvent) => void;
  readonly onError: (error: unknown) => void;
}

/** Keeps the stored mentions in step with the trackers, in the background. */
export function createRematcher({ store, clock, emit, onError }: RematcherDeps): Rematcher {
  const stopped = new AbortController();
  let running: Promise<void> | null = null;
  /** Asked for while a run was ending. */
  let isWanted = false;

  async function work(): Promise<void> {
    const changed = new Set<ConversationId>();
    try {
      while (!stopped.signal.aborted) {
        const slice = rematchSlice(store);
        if (slice === null) break;
        for (const conversationId of slice.conversationIds) {
          if (changed.size <= mostListed) changed.add(conversationId);
        }
        await clock.sleep(pauseMs, stopped.signal);
      }
    } catch (error) {
      // What is left stays noted in the store: nobody waits for it, but it is tried again.
      onError(error);
      void clock.sleep(retryMs, stopped.signal).then(run);
    }
    if (changed.size > 0) emit(conversationsChanged([...changed]));
  }

  async function workWhileWanted(): Promise<void> {
    while (isWanted) {
      isWanted = false;
      await work();
    }
    running = null;
  }

  function run(): Promise<void> {
    isWanted = true;
    running ??= workWhileWanted();
    return running;
  }

  return {
    run,
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
