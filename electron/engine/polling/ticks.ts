import { Observable } from 'rxjs';
import type { Clock } from '../ports/clock.ts';

/** Emits at once and then every `ms`, by the clock that was passed in and not by rxjs's own. */
export function ticks(clock: Clock, ms: number): Observable<void> {
  return new Observable((subscriber) => {
    const stopped = new AbortController();
    const run = async (): Promise<void> => {
      while (!stopped.signal.aborted) {
        subscriber.next();
        await clock.sleep(ms, stopped.signal);
      }
    };
    void run();
    return () => stopped.abort();
  });
}
