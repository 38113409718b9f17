import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { Clock } from '../ports/clock.ts';
import { nextWakeAt, wakeSnoozed } from '../store/queries/triage.ts';
import type { WritableStore } from '../store/store.ts';
import { conversationsChanged } from './conversations-changed.ts';

/** A laptop sleeps and its clock is set: never trust one long timer. */
const longestSleepMs = 30_000;
const batchSize = 200;

export interface SnoozeWaker {
  start(): void;
  /** A snooze was added: look again when to wake. */
  poke(): void;
  /** Resolves when it no longer touches the store. */
  stop(): Promise<void>;
}

export interface SnoozeWakerDeps {
  readonly store: WritableStore;
  readonly clock: Clock;
  readonly emit: (event: EngineEvent) => void;
  readonly onError: (error: unknown) => void;
}

/** Brings snoozed conversations back when their time has come, also those whose time passed while Earshot was closed. */
export function createSnoozeWaker({ store, clock, emit, onError }: SnoozeWakerDeps): SnoozeWaker {
  const stopped = new AbortController();
  let nap = new AbortController();
  let running: Promise<void> = Promise.resolve();

  function wakeDue(): number {
    const woken = wakeSnoozed(store, clock.now(), batchSize);
    if (woken.length > 0) emit(conversationsChanged(woken));
    if (woken.length === batchSize) return 0;
    const next = nextWakeAt(store);
    return next === null ? longestSleepMs : Math.max(0, Math.min(longestSleepMs, next - clock.now()));
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      let sleepMs = longestSleepMs;
      try {
        sleepMs = wakeDue();
      } catch (error) {
        // A full disk may have room again in half a minute; the waker must not end for good.
        onError(error);
      }
      nap = new AbortController();
      await clock.sleep(sleepMs, AbortSignal.any([nap.signal, stopped.signal]));
    }
  }

  return {
    start() {
      running = run();
    },
    poke: () => nap.abort(),
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
