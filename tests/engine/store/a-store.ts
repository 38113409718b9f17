import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../../../electron/engine/store/open-store.ts';
import type { Store } from '../../../electron/engine/store/store.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

/** A real database in a folder of its own; closed when the test has ended. */
export function aStore(directory = temporaryDirectory()): Store {
  const store = openStore({ path: join(directory, 'earshot.sqlite'), now: () => Date.UTC(2026, 10, 21) });
  let isClosed = false;
  const close = store.close.bind(store);
  store.close = () => {
    if (!isClosed) close();
    isClosed = true;
  };
  onTestFinished(() => store.close());
  return store;
}
