import { describe, expect, it } from 'vitest';
import {
  insertTracker,
  listTrackers,
  removeTracker,
  updateTracker,
} from '../../../electron/engine/store/queries/trackers.ts';
import { aTracker, noon } from '../ingest/fixtures.ts';
import { aStore } from './a-store.ts';

const conflict = expect.objectContaining({
  code: 'conflict',
  message: expect.stringContaining('Choose another name'),
});

describe('trackers', () => {
  it('have names of their own, capitals aside, as long as they live', () => {
    const store = aStore();
    const acme = aTracker(store, 'acme', 'Acme');
    const rival = aTracker(store, 'rival', 'Rival');
    expect(() => aTracker(store, 'acme corp', 'ACME')).toThrow(conflict);
    expect(() => updateTracker(store, rival, { name: 'acme' })).toThrow(conflict);
    expect(updateTracker(store, acme, { name: 'ACME' }).name).toBe('ACME');
    removeTracker(store, acme, noon);
    expect(updateTracker(store, rival, { name: 'acme' }).name).toBe('acme');
    expect(listTrackers(store).map(({ name }) => name)).toEqual(['acme']);
  });

  it('that are removed are found no more and their ids are not given out again', () => {
    const store = aStore();
    const acme = aTracker(store, 'acme');
    removeTracker(store, acme, noon);
    expect(() => removeTracker(store, acme, noon)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(insertTracker(store, { name: 'acme', query: 'acme', createdAt: noon }).trackerId).not.toBe(acme);
  });
});
