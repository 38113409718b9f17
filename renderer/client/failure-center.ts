import { createStore } from 'zustand/vanilla';
import { EarshotError, type Failure } from '../../shared/contract/errors.ts';
import { failureSentence } from './failure-sentence.ts';

/** A failed command, ready to be shown: "Could not add the source", what happened, what to do. */
export interface ReportedFailure {
  readonly id: number;
  readonly title: string;
  readonly happened: string;
  readonly next: string | null;
  readonly failure: Failure;
  readonly at: number;
}

interface FailureCenter {
  /** Newest first; the frame shows them as toasts until they are dismissed. */
  readonly failures: readonly ReportedFailure[];
  report(title: string, error: unknown): void;
  dismiss(id: number): void;
}

/** More than this at a time is noise. */
const maxShown = 3;
let lastId = 0;

export const failureCenter = createStore<FailureCenter>((set) => ({
  failures: [],
  report(title, error) {
    lastId += 1;
    const failure = asFailure(error);
    const at = Date.now();
    const reported = { id: lastId, title, failure, at, ...failureSentence(failure, at) };
    set(({ failures }) => ({
      failures: [
        reported,
        // The same failure again (a key held down while offline) replaces the older one.
        ...failures.filter((known) => known.title !== title || known.happened !== reported.happened),
      ].slice(0, maxShown),
    }));
  },
  dismiss(id) {
    set(({ failures }) => ({ failures: failures.filter((known) => known.id !== id) }));
  },
}));

/** Whatever was thrown, as a failure. What is no EarshotError is a bug of the window. */
export function asFailure(error: unknown): Failure {
  if (error instanceof EarshotError) return error.toFailure();
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
