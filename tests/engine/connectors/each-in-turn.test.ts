import { describe, expect, it } from 'vitest';
import { eachInTurn } from '../../../electron/engine/connectors/each-in-turn.ts';
import { EarshotError, type FailureCode } from '../../../shared/contract/errors.ts';

type Page = string | { readonly warning: FailureCode };

/** Reads places called `a`, and fails at those called after a failure, when they have given a page. */
async function read(places: readonly string[]): Promise<{ pages: Page[]; failure: FailureCode | null }> {
  async function* pagesOf(place: string): AsyncGenerator<Page> {
    yield `page of ${place}`;
    if (place !== 'a') throw new EarshotError(place as FailureCode, 'No.');
  }
  const pages: Page[] = [];
  try {
    const all = eachInTurn(places, pagesOf, ({ code }): Page => ({ warning: code }));
    for await (const page of all) pages.push(page);
    return { pages, failure: null };
  } catch (error) {
    return { pages, failure: error instanceof EarshotError ? error.code : 'internal' };
  }
}

describe('several places in turn', () => {
  it('go on behind one that is gone, which becomes a warning', async () => {
    expect(await read(['gone', 'a', 'forbidden'])).toEqual({
      pages: ['page of gone', 'page of a', 'page of forbidden', { warning: 'gone' }],
      failure: null,
    });
  });

  it('that are all closed are a failure', async () => {
    const { failure } = await read(['not-found', 'forbidden']);
    expect(failure).toBe('not-found');
  });

  it('end at what concerns all of them', async () => {
    expect(await read(['rate-limited', 'a'])).toEqual({
      pages: ['page of rate-limited'],
      failure: 'rate-limited',
    });
  });
});
