import type { WritableStore } from './store.ts';

/**
 * What `work` commits is on the disk when it returns, also if the power fails then. Elsewhere a power cut may take the
 * last moments, which the next poll brings again; what was sent is brought by nobody. Not within a transaction.
 */
export function durably<Result>(store: WritableStore, work: () => Result): Result {
  store.exec('PRAGMA synchronous = FULL');
  try {
    return work();
  } finally {
    store.exec('PRAGMA synchronous = NORMAL');
  }
}
