import { EarshotError } from '../../../shared/contract/errors.ts';
import type { PollPage } from '../connectors/connector.ts';
import type { Clock } from '../ports/clock.ts';

/** A connector that gives no page for so long hangs. Its requests have limits of their own, a quarter of it. */
const stallLimitMs = 2 * 60_000;
/** A poll of many pages goes on at the next one. */
const pollLimitMs = 10 * 60_000;

type Page = PollPage<unknown, unknown>;

/**
 * The pages of a poll, ended by time or by the signal even when the connector heeds neither: what it still does
 * then is nobody's business any more.
 */
export async function* pagesWithin(
  poll: (signal: AbortSignal) => AsyncIterable<Page>,
  clock: Clock,
  outer: AbortSignal,
): AsyncGenerator<Page> {
  const controller = new AbortController();
  const { signal } = controller;
  const giveUp = (): void => controller.abort(outer.reason);
  if (outer.aborted) giveUp();
  else outer.addEventListener('abort', giveUp, { once: true });
  const stopOverall = startLimit(pollLimitMs, clock, controller);
  let iterator: AsyncIterator<Page> | null = null;
  let isFinished = false;
  const aborted = abortOf(signal);
  aborted.catch(() => {});

  try {
    signal.throwIfAborted();
    iterator = poll(signal)[Symbol.asyncIterator]();
    for (;;) {
      const stopStall = startLimit(stallLimitMs, clock, controller);
      const step = await Promise.race([iterator.next(), aborted]).finally(stopStall);
      if (step.done) {
        isFinished = true;
        return;
      }
      yield step.value;
      signal.throwIfAborted();
    }
  } catch (error) {
    // Whatever the connector made of being called off, the reason for it is what happened.
    throw signal.aborted ? signal.reason : error;
  } finally {
    stopOverall();
    outer.removeEventListener('abort', giveUp);
    if (!isFinished) {
      controller.abort(new Error('Nobody reads this poll any more.'));
      // Not waited for: a hung connector would never let go.
      void iterator?.return?.().then(undefined, () => {});
    }
  }
}

function startLimit(ms: number, clock: Clock, controller: AbortController): () => void {
  const done = new AbortController();
  void clock.sleep(ms, done.signal).then(() => {
    if (done.signal.aborted) return;
    const minutes = Math.round(ms / 60_000);
    controller.abort(
      new EarshotError('timeout', `The poll took longer than ${minutes} minutes and was ended.`, {
        limitMs: ms,
      }),
    );
  });
  return () => done.abort();
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(signal.reason as Error);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
