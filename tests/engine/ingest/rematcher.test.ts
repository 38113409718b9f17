import { expect, test } from 'vitest';
import { createRematcher } from '../../../electron/engine/ingest/rematcher.ts';
import { fakeClock } from '../polling/fake-clock.ts';
import { aStore } from '../store/a-store.ts';
import { anItem, aSource, aTracker, ingest, noon } from './fixtures.ts';

test('what could not be matched, of a disk that was full, is tried again after a minute', async () => {
  const store = aStore();
  ingest(store, aSource(store), [anItem('a', { text: 'acme' })]);
  aTracker(store, 'acme');
  let isFull = true;
  const clock = fakeClock(noon);
  const errors: unknown[] = [];
  const rematcher = createRematcher({
    store: {
      ...store,
      transaction: (work) => {
        if (isFull) throw new Error('full');
        return store.transaction(work);
      },
    },
    clock,
    emit: () => {},
    onError: (error) => errors.push(error),
  });
  await rematcher.run();
  expect(errors).toHaveLength(1);
  isFull = false;
  await clock.advance(61_000);
  expect(store.all('SELECT tracker_id FROM mention_matches')).toHaveLength(1);
  isFull = true;
  aTracker(store, 'words');
  await rematcher.run();
  await rematcher.stop();
  await clock.advance(61_000);
  expect(errors).toHaveLength(2);
  expect(clock.sleepers()).toBe(0);
});
